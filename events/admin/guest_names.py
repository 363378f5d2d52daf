"""The names of who comes, for the door: to be searched and printed, and nothing of anybody beside the name."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from events.admin.access import event_with_rules
from events.guest_lines import Line, is_found, lines
from events.models import Event
from sistercities.pages.search import sort_key


@dataclass(frozen=True)
class AtTheDoor:
    """A party that comes: its names in their order, the delegation, and how many seats have no name."""

    names: list[str]
    delegation: str
    unnamed: int
    seats: int


class GuestNamesViews:
    """Mixed into the admin of events."""

    admin_site: Any
    answer: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [path("<int:pk>/names/", wrap(self.guest_names), name="events_event_guest_names")]
        return own + super().get_urls()  # type: ignore[misc]

    @method_decorator(require_safe)
    def guest_names(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everybody who is confirmed, by name; for the role at the door as well."""
        event = event_with_rules(request, pk, "view_guestnames")
        words = request.GET.get("q", "").strip()[:100]
        coming = names_of(event)
        shown = [each for each in coming if not words or is_found(words, (*each.names, each.delegation))]
        context = {
            "title": _("Names for the door"),
            "tab": "guests",
            "q": words,
            "rows": shown,
            "parties": len(coming),
            "seats": sum(each.seats for each in coming),
            "sees_list": request.user.has_perm("events.view_rsvp"),
            "printed_at": timezone.now(),
        }
        return self.answer(request, "guest_names", event, context)


def names_of(event: Event) -> list[AtTheDoor]:
    """Parties with a seat, by the name that they are under."""
    found = [line for line in lines(event) if line.confirmed and not line.is_removed]
    return [_at_the_door(line) for line in sorted(found, key=lambda line: sort_key(line.name))]


def _at_the_door(line: Line) -> AtTheDoor:
    people = line.people[: line.confirmed]
    names = [each.name for each in people if each.name]
    return AtTheDoor(names or [line.name], line.delegation, line.confirmed - len(names), line.confirmed)
