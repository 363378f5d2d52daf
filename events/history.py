"""The history of a party, in sentences that a person can read, in the language of whoever reads."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import cast

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import desk_notes
from events.deeds import what
from events.models import Actor, Deed, DeskNote, Event, Rsvp, RsvpTransition
from events.when import spell_instant
from sistercities.pages.bilingual import current_language

Kind, Status = DeskNote.Kind, Rsvp.Status


@dataclass(frozen=True)
class Told:
    """One change: when, on the clocks of the place, and what happened."""

    change: RsvpTransition
    when: str
    sentence: str


def history(rsvp: Rsvp) -> list[Told]:
    """What was done with an answer, from the first word to the last: one query, and one where the event was changed."""
    changes = RsvpTransition.objects.filter(rsvp=rsvp).select_related("member").annotate(place=_place())
    found = list(changes.order_by("pk"))
    news = _news(rsvp.event) if any(change.deed == Deed.TOLD for change in found) else {}
    return [tell(change, rsvp.event, news.get(change.at, "")) for change in found]


def _news(event: Event) -> dict[datetime, str]:
    """What became of the event, by the moment at which its guests were told."""
    notes = DeskNote.objects.filter(event=event, kind__in=(Kind.MOVED, Kind.POSTPONED, Kind.RESUMED))
    return {note.at: desk_notes.what(note, event).rstrip(".。") for note in notes}


def tell(change: RsvpTransition, event: Event, news: str = "") -> Told:
    when = spell_instant(change.at, event.zone, current_language())
    return Told(change, when, sentence(change, news))


def sentence(change: RsvpTransition, news: str = "") -> str:
    """By whom, what, and how the party stood then: "by phone, noted by Ana: asked for 4 seats instead of 2; …"."""
    said = _("%(who)s: %(what)s") % {"who": who(change), "what": what(change)}
    if news and change.deed == Deed.TOLD:
        said = _("%(said)s (%(news)s)") % {"said": said, "news": news}
    if stands := how_it_stands(change):
        said = _("%(said)s; %(stands)s") % {"said": said, "stands": stands}
    said = _("%(sentence)s.") % {"sentence": said}
    if change.reason:
        said = _("%(sentence)s Reason: %(reason)s") % {"sentence": said, "reason": change.reason}
    return said


def _place() -> Case:
    """The place in line at the time: how many waited then with a smaller number, or in an earlier class, plus one."""
    later = RsvpTransition.objects.filter(
        rsvp=OuterRef("rsvp"), pk__gt=OuterRef("pk"), pk__lte=OuterRef(OuterRef("pk"))
    )
    served_before = Q(priority_after__lt=OuterRef("priority_after")) | Q(
        priority_after=OuterRef("priority_after"), queue_after__lt=OuterRef("queue_after")
    )
    ahead = (
        RsvpTransition.objects.filter(
            served_before,
            ~Exists(later),
            rsvp__event=OuterRef("rsvp__event"),
            queue_after__isnull=False,
            pk__lt=OuterRef("pk"),
        )
        .order_by()
        .values("rsvp__event")
        .annotate(number=Count("pk"))
        .values("number")
    )
    number = Coalesce(Subquery(ahead, output_field=IntegerField()), 0) + Value(1)
    return Case(When(queue_after__isnull=False, then=number), default=None, output_field=IntegerField())


# --- by whom --------------------------------------------------------------------------------------------


def who(change: RsvpTransition) -> str:
    """Whoever did it, and how it reached us."""
    if change.actor == Actor.SYSTEM:
        return _("automatically")
    if change.actor == Actor.GUEST:
        return _("the delegation") if change.deed == Deed.NAMED else _("the guest")
    name = (change.member.name or change.member.email) if change.member else _("the hosts")
    if change.source == Rsvp.Source.WEB:
        return name
    return _("%(source)s, noted by %(name)s") % {"source": change.get_source_display(), "name": name}


# --- how it stood then ----------------------------------------------------------------------------------


def how_it_stands(change: RsvpTransition) -> str:
    """The seats that a party had, was offered and waited for then; nothing where nothing became of it."""
    if change.to_status == Status.UNVERIFIED:
        return _("it counts once the address is confirmed")
    if change.to_status == Status.REQUESTED:
        return _("the hosts decide")
    if not _has_moved(change):
        return ""
    if change.to_status in Rsvp.ENDED:
        return _given_back(change)
    parts = [_confirmed(change), _on_offer(change), _waits(change)]
    return reduce(_joined, (part for part in parts if part), "")


def _has_moved(change: RsvpTransition) -> bool:
    before = (
        change.from_status,
        change.seats_before,
        change.offered_before,
        change.wanted_before,
        change.queue_before,
    )
    after = (
        change.to_status,
        change.seats_after,
        change.offered_after,
        change.wanted_after,
        change.queue_after,
    )
    return before != after or change.deed == Deed.PRIORITISED


def _given_back(change: RsvpTransition) -> str:
    freed = change.seats_before + change.offered_before
    if not freed:
        return ""
    return ngettext("%(count)d seat is free again", "%(count)d seats are free again", freed) % {
        "count": freed
    }


def _confirmed(change: RsvpTransition) -> str:
    count, values = change.seats_after, {"count": change.seats_after}
    if not count:
        return ""
    if count == change.seats_before and change.wanted_after > count:
        return ngettext("%(count)d stays confirmed", "%(count)d stay confirmed", count) % values
    return ngettext("%(count)d confirmed", "%(count)d confirmed", count) % values


def _on_offer(change: RsvpTransition) -> str:
    count = change.offered_after
    return ngettext("%(count)d offered", "%(count)d offered", count) % {"count": count} if count else ""


def _waits(change: RsvpTransition) -> str:
    count = change.wanted_after - change.seats_after - change.offered_after
    if not count:
        return ""
    # Known where the history was asked for; a change on its own does not say who else waited.
    place = cast(int | None, vars(change).get("place"))
    if place is None:
        return ngettext("%(count)d waits", "%(count)d wait", count) % {"count": count}
    words = ngettext(
        "%(count)d waits, number %(place)d in line", "%(count)d wait, number %(place)d in line", count
    )
    return words % {"count": count, "place": place}


def _joined(one: str, other: str) -> str:
    return _("%(one)s, %(other)s") % {"one": one, "other": other} if one else other
