"""What forms of bonds and agreements share: refusals of the database told in words."""

from typing import Any, ClassVar

from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse

from relationships.guards import check_now, in_words
from sistercities.pages.admin import PageAdmin
from sistercities.pages.admin_forms import PageForm


def message_of(model: type[models.Model], name: str) -> Any:
    """What a constraint of the database says where it is violated."""
    found = next(each for each in model._meta.constraints if each.name == name)
    return found.get_violation_error_message()


class GuardedForm(PageForm):
    """A page's form that can be shown again with what the database refused."""

    refusal: ClassVar[Any] = None

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        return values


class GuardedAdmin(PageAdmin):
    """What two people changed at the same instant passes both their forms; the database then refuses the second."""

    form: type[PageForm] = GuardedForm

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as refused:
            words = in_words(refused)
            if words is None:
                raise
            request.refusal = words  # type: ignore[attr-defined]  # for the form below, which keeps what was typed
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        check_now()
