"""Two people who edit one page lose nothing: the second sees what the first changed, and saves both in one step.

The form carries what it showed when it was opened. Where the page was saved meanwhile, what was sent is brought
together with what the page is now, and shown again; nothing is saved before somebody has looked.
"""

from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sistercities.pages import merging
from sistercities.pages.admin_forms import stamp
from sistercities.pages.admin_merging_panel import KEEPS, FormAndRows, Panel, Telling, choice
from sistercities.pages.admin_values import as_sent, state_of, state_sent
from sistercities.pages.merging import REMOVED, Clash, Part, Row, State
from sistercities.pages.models import Revision
from sistercities.pages.revisions import kind_of

SALT = "pages.merging"


@dataclass(frozen=True)
class Opened:
    """What a form showed when it was opened, which revision that was, and what still is to be chosen."""

    state: State
    revision: int
    # By the key of a clash: what both had before them when they began.
    clashes: dict[str, merging.Value] = field(default_factory=dict)

    def sealed(self) -> str:
        kept = {"revision": self.revision, "clashes": self.clashes, **merging.in_json(self.state)}
        return signing.dumps(kept, salt=SALT, compress=True)

    @classmethod
    def unsealed(cls, text: str) -> "Opened | None":
        """None where the form came back without it, or damaged."""
        try:
            kept = signing.loads(text, salt=SALT)
        except signing.BadSignature:
            return None
        return cls(merging.from_json(kept), kept["revision"], merging.row_of(kept["clashes"]))


class Merging(admin.ModelAdmin):
    """Mixed into the admin of pages."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        is_saved = request.method == "POST" and not hasattr(request, "is_tried")  # a preview is no contest
        if not is_saved or not object_id or not object_id.isdecimal():
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            # Two forms of one page sent at the same moment come here one after the other.
            held = self.model.objects.select_for_update(no_key=True).order_by().filter(pk=object_id).first()
            page = self.get_object(request, object_id)
            if held is None and self.has_add_permission(request):
                return self.enter_anew(request, object_id, extra_context)
            if page and self.has_change_permission(request, page):
                self.bring_together(request, page)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.merging = getattr(request, "merging", None)
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Give the form what it shows, sealed, so that it is known when it comes back."""
        page, form = kwargs.get("obj"), context["adminform"].form
        if page and not form.is_bound:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            form.initial["opened_as"] = Opened(state_of(form, formsets), last_number(page)).sealed()
        context["merging"] = getattr(request, "merging", None)
        return super().render_change_form(request, context, *args, **kwargs)

    # --- what was sent, and what is there -------------------------------------------------------------

    def bring_together(self, request: HttpRequest, page: Any) -> None:
        """Put in place of what was sent what the form is to hold now, and have it looked over where that differs."""
        opened = Opened.unsealed(request.POST.get("opened_as", ""))
        is_overtaken = request.POST.get("opened_at") != stamp(page.updated_at)
        if opened is None or not (is_overtaken or opened.clashes):
            return
        form, formsets = self.shown_now(request, page)
        mine = state_sent(request.POST, form, formsets)
        chosen = {key: request.POST.get(KEEPS + key, "") for key in opened.clashes if is_in(mine, key)}
        put_values(mine, {key: at(opened.state, key) for key, side in chosen.items() if side == "theirs"})
        forms_now: FormAndRows = form, formsets
        if is_overtaken:
            # What nobody has chosen yet is still as far apart as it was.
            put_values(opened.state, {key: opened.clashes[key] for key, side in chosen.items() if not side})
            self.merge(request, page, opened, mine, forms_now)
            return
        request.POST = as_sent(mine, request.POST, form, formsets)  # type: ignore[assignment]  # not to be changed
        if not all(chosen.values()):
            clashes = [clash_at(key, opened, mine) for key in chosen]
            request.merging = Panel(  # type: ignore[attr-defined]  # for the form and its template
                who_since(page, opened.revision - 1),
                choices=[choice(clash, forms_now, chosen[clash.key]) for clash in clashes],
            )

    def merge(
        self, request: HttpRequest, page: Any, opened: Opened, mine: State, forms_now: FormAndRows
    ) -> None:
        form, formsets = forms_now
        theirs = state_of(form, formsets)
        merged = merging.merge(opened.state, theirs, mine)
        clashes = {clash.key: clash.opened for clash in merged.clashes}
        data = as_sent(merged.state, request.POST, form, formsets)
        data["opened_at"] = stamp(page.updated_at)
        data["opened_as"] = Opened(theirs, last_number(page), clashes).sealed()
        request.POST = data  # type: ignore[assignment]  # not to be changed any more
        told = Telling(opened.state, theirs, forms_now)
        if told.comparison:
            notes = [*told.notes(merged), *again_files(request)]
            choices = [choice(clash, forms_now) for clash in merged.clashes]
            who = who_since(page, opened.revision)
            request.merging = Panel(who, told.comparison, choices, notes)  # type: ignore[attr-defined]  # see above

    def enter_anew(self, request: HttpRequest, object_id: str, extra_context: Any) -> HttpResponse:
        """Somebody deleted the page meanwhile: what was sent is offered as a new one."""
        opened = Opened.unsealed(request.POST.get("opened_as", ""))
        if opened is None:
            return super().changeform_view(request, object_id, "", extra_context)
        form, formsets = self.shown_now(request, None)
        sent = state_sent(request.POST, form, formsets)
        sent.parts = {name: Part(new=all_rows(part)) for name, part in sent.parts.items()}
        request.POST = as_sent(sent, request.POST, form, formsets)  # type: ignore[assignment]  # not to be changed
        kept = Revision.objects.filter(kind=self.model._meta.label_lower, object_id=object_id)
        who = names_of(kept.order_by("-number")[:1])
        request.merging = Panel(who, notes=again_files(request), is_deleted=True)  # type: ignore[attr-defined]  # see above
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return super().changeform_view(request, None, url, extra_context)

    def shown_now(self, request: HttpRequest, page: Any) -> FormAndRows:
        """The forms as they would be shown to whoever opened the page at this moment."""
        opening = copy(request)
        opening.method = "GET"
        fields = flatten_fieldsets(self.get_fieldsets(opening, page))
        form = self.get_form(opening, page, change=page is not None, fields=fields)(instance=page)
        # Private in name, yet the one place where the prefixes of the rows are given.
        formsets, _inlines = self._create_formsets(opening, form.instance, change=page is not None)  # type: ignore[attr-defined]
        return form, formsets


def last_number(page: Any) -> int:
    """The number of the last revision, by which those who changed the page since are found."""
    kept = Revision.objects.filter(kind=kind_of(page), object_id=page.pk).order_by("-number")
    return kept.values_list("number", flat=True).first() or 0


def who_since(page: Any, number: int) -> str:
    return names_of(Revision.objects.filter(kind=kind_of(page), object_id=page.pk, number__gt=number))


def names_of(revisions: Any) -> str:
    """Who made these revisions, each named once; nothing where only programs did."""
    makers = [each.made_by for each in revisions.select_related("made_by") if each.made_by]
    return pgettext("between things in a row", ", ").join(
        dict.fromkeys(getattr(maker, "name", "") or str(maker) for maker in makers)
    )


def all_rows(part: Part) -> list[Row]:
    kept = [row for row in part.known.values() if not any(row.get(REMOVED, ()))]
    return [*kept, *part.new]


def again_files(request: HttpRequest) -> list[str]:
    """A browser does not send a file twice by itself."""
    names = [file.name for files in dict(request.FILES.lists()).values() for file in files]
    return [_("Choose the file again: %(name)s.") % {"name": name} for name in names]


# --- the place of a field ----------------------------------------------------------------------------


def row_with(state: State, key: str) -> tuple[Row, str]:
    """Where the field of a key stands: ``title_en``, or ``names/12/family`` in a row; a row that is gone is empty."""
    part, _slash, rest = key.partition("/")
    if not rest:
        return state.fields, part
    pk, _slash, name = rest.partition("/")
    return state.parts.get(part, Part()).known.get(pk, {}), name


def is_in(state: State, key: str) -> bool:
    row, name = row_with(state, key)
    return name in row


def at(state: State, key: str) -> merging.Value:
    row, name = row_with(state, key)
    return row[name]


def put_values(state: State, values: dict[str, merging.Value]) -> None:
    for key, value in values.items():
        row, name = row_with(state, key)
        row[name] = value


def clash_at(key: str, opened: Opened, mine: State) -> Clash:
    row, name = row_with(mine, key)
    place = key.split("/")[:2] if "/" in key else ["", ""]
    theirs = at(opened.state, key)
    return Clash(place[0], place[1], name, opened.clashes[key], theirs, row.get(name, theirs))
