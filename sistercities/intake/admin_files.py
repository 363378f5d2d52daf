"""The files of lists that are handed in or out: what was left out, what stood there, an empty list, every list."""

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sistercities.intake import listing
from sistercities.intake.kinds import Verdict, kind_named
from sistercities.intake.reviewing import as_it_stands, review
from sistercities.tables.writing import Form, as_file


class ListFiles:
    """Mixed into the admin of lists that are handed in."""

    admin_site: Any
    found: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path(
                "<int:pk>/left-out.<slug:form>", wrap(require_safe(self.left_out)), name="intake_intake_left"
            ),
            path("<int:pk>/before.<slug:form>", wrap(require_safe(self.before)), name="intake_intake_before"),
            path(
                "now/<slug:kind>/<int:about>.<slug:form>",
                wrap(require_safe(self.now)),
                name="intake_intake_now",
            ),
            path("empty/<slug:kind>.<slug:form>", wrap(require_safe(self.empty)), name="intake_intake_empty"),
            path(
                "list/<slug:app>/<slug:model>.<slug:form>",
                wrap(require_safe(self.as_file)),
                name="intake_list",
            ),
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def left_out(self, request: HttpRequest, pk: int, form: str) -> HttpResponse:
        """The lines that cannot be taken over, or could not, with what is wrong: to be mended, and handed in again."""
        intake, kind = self.found(request, pk)
        if intake.taken_at:
            rows = [[row["line"], row.get("why", ""), *row["cells"]] for row in intake.rows]
        else:
            faulty = review(intake, kind).of(Verdict.FAULTY)
            rows = [[row.number, row.why, *row.cells] for row in faulty]
        return as_file(
            f"to-mend-{intake.pk}", [_("Line"), _("What is wrong"), *intake.header], rows, known(form)
        )

    def before(self, request: HttpRequest, pk: int, form: str) -> HttpResponse:
        """What a list would change, as it stands: whoever keeps the file can go back."""
        intake, kind = self.found(request, pk)
        if intake.taken_at:
            raise Http404
        columns, rows = as_it_stands(review(intake, kind).rows, kind)
        heads = [capfirst(str(column.label)) for column in columns]
        return as_file(f"as-it-stood-{intake.pk}", heads, rows, known(form))

    def empty(self, request: HttpRequest, kind: str, form: str) -> HttpResponse:
        """A list without lines, whose columns are named as they are read."""
        found = kind_named(kind)
        if found is None:
            raise Http404
        if not found.may_at_all(request.user):
            raise PermissionDenied
        heads = [capfirst(str(column.label)) for column in found.columns() if not column.only_shown]
        return as_file(f"empty-{kind}", heads, [], known(form))

    def now(self, request: HttpRequest, kind: str, about: int, form: str) -> HttpResponse:
        """All there is of one thing, in the columns that are read: to be mended, and handed in again."""
        found = kind_named(kind)
        if found is None or not found.may(request.user, about):
            raise Http404
        columns = [column for column in found.columns() if not column.is_empty_now]
        rows = (
            [column.show(told.get(column.name)) for column in columns]
            for told in map(found.told, found(request.user, about).things())
        )
        heads = [capfirst(str(column.label)) for column in columns]
        return as_file(f"{kind}-{about}", heads, rows, known(form))

    def as_file(self, request: HttpRequest, app: str, model: str, form: str) -> HttpResponse:
        """A list of the admin as a file: what the address filters, whoever asks may see, and no page of it alone."""
        try:
            kind = apps.get_model(app, model)
        except LookupError:
            raise Http404 from None
        if not self.admin_site.is_registered(kind):
            raise Http404
        return listing.answer(request, self.admin_site.get_model_admin(kind), known(form))


def known(form: str) -> str:
    if form not in set(Form):
        raise Http404
    return form
