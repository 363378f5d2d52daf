"""The list of guests that other guests see: of those who come, whoever agreed to be named, and nobody else."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from events.models import Event, Guest, Rsvp
from sistercities.pages.search import sort_key
from sistercities.traces import NOBODY

# A page that has to open on a slow telephone; the hosts have the whole list.
LONGEST = 200


@dataclass(frozen=True)
class WhoComes:
    """Those who are named, in the order of their names, and how many more agreed than one page holds."""

    guests: list[Guest]
    more: int


def who_comes(event: Event) -> WhoComes | None:
    """Who is named to the guests of an event; None where its hosts show no list."""
    if not event.rsvp_policy.guest_list:
        return None
    guests = sorted(_named(event), key=lambda guest: sort_key(guest.name))
    return WhoComes(guests[:LONGEST], max(len(guests) - LONGEST, 0))


def _named(event: Event) -> QuerySet[Guest]:
    """The guests of parties that agreed, as far as they have a name and a seat."""
    agreed = Guest.objects.filter(
        rsvp__event=event, rsvp__status=Rsvp.Status.CONFIRMED, rsvp__shows_in_list=True
    )
    seated = agreed.filter(position__lt=F("rsvp__seats_confirmed"))
    return seated.exclude(name__in=["", NOBODY]).only("name", "title", "organisation")
