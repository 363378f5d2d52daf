"""What strangers wrote, as staff deal with it: the new ones first, by whom it was handled, and when."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Case, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sistercities.pages.curating import pill

SHOWN = 90  # characters of a text in the list


class Handling(admin.ModelAdmin):
    """Staff say what became of it; what was written stays as it was written.

    The model has ``state`` with the states ``OPEN``, ``received_at``, ``handled_at`` and ``handled_by``.
    """

    pills: ClassVar[dict[str, str]] = {}
    list_select_related = ["handled_by"]
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_ordering(self, request: HttpRequest) -> Any:
        is_new = Case(When(state__in=self.model.OPEN, then=Value(0)), default=Value(1))
        return [is_new.asc(), "-received_at"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Who handled it and when is noted with its first answer, and taken back when it is open again."""
        if obj.state in self.model.OPEN:
            obj.handled_at = obj.handled_by = None
        elif obj.handled_at is None:
            obj.handled_at, obj.handled_by_id = timezone.now(), request.user.pk
        super().save_model(request, obj, form, change)

    @admin.display(description=_("state"), ordering="state")
    def state_pill(self, written: Any) -> SafeString:
        return pill(self.pills[written.state], written.get_state_display())


def in_short(text: str) -> str:
    """The beginning of a text, for a list."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
