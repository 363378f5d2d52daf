"""What a member's own page shows of events: answers, invitations that wait, events for members; and what joins it.

An answer is the member's own if it was given signed in, or with an address that the account has proven since. Changes
nothing but by ``take_in``.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import IntegrityError
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.links import invitation_path, manage_path
from events.models import Event, Invitation, Rsvp, RsvpPolicy, SeatOffer
from events.occasion import Occasion
from events.outlook import door_of, room_of
from events.rsvp import Busy, Refused, adopt
from events.seating import SHUT, Door
from events.standing_words import answer_by, state_of
from people.models import Member
from people.proving import joins, proven_addresses
from sistercities.pages.bilingual import current_language

Mode = RsvpPolicy.Mode
TAKING_ANSWERS = (Door.OPEN, Door.WAITING_LIST)
TAKES_NONE = (*SHUT, Door.NOT_YET, Door.CLOSED)
# Of a very long past the page shows the latest; the calendar has all events.
MOST_SHOWN = 60


@dataclass
class Line:
    """One event on a member's page: which, how things stand, and where that can be seen or changed."""

    event: Event
    url: str
    state: list[str] = field(default_factory=list)
    # The address with which it was answered, where that is not the member's main one.
    under: str = ""
    is_urgent: bool = False

    @cached_property
    def occasion(self) -> Occasion:
        return Occasion(self.event)


@dataclass
class MyPage:
    """All that a member's page shows of events, asked for in few questions."""

    member: Member
    now: datetime = field(default_factory=timezone.now)

    @cached_property
    def addresses(self) -> list[str]:
        return proven_addresses(self.member)

    # --- answers ------------------------------------------------------------------------------------------

    @cached_property
    def answers(self) -> Sequence[Rsvp]:
        """All answers of the member, under whatever address; an answer that was not verified is none."""
        own = Q(member=self.member) | Q(member=None, email_key__in=self.addresses)
        offers = Prefetch("offers", SeatOffer.objects.live(), to_attr="live_offers")
        found = Rsvp.objects.standing().filter(own).select_related("event__venue__city")
        return list(found.prefetch_related(offers).order_by("event__starts_at", "pk"))

    @cached_property
    def coming(self) -> list[Line]:
        """Answers to events that are not over, the nearest first; whatever was said, for minds change."""
        ahead = [rsvp for rsvp in self.answers if not rsvp.event.is_over_at(self.now)]
        return [self._line(rsvp) for rsvp in ahead]

    @cached_property
    def past(self) -> list[Line]:
        """Events at which the member had a seat, the latest first, each with the way to its record."""
        had_seats = [
            rsvp for rsvp in self.answers if rsvp.seats_confirmed and rsvp.event.state == Event.State.ON
        ]
        over = {rsvp.event_id: rsvp.event for rsvp in had_seats if rsvp.event.is_over_at(self.now)}
        lines = [Line(event, event.get_absolute_url() if event.is_public else "") for event in over.values()]
        return lines[::-1][:MOST_SHOWN]

    @property
    def answered_twice(self) -> list[Event]:
        """Events to come for which more than one answer of the member holds a seat, or waits for one."""
        live = [rsvp.event for rsvp in self.answers if rsvp.is_live and not rsvp.event.is_over_at(self.now)]
        return [event for event in dict.fromkeys(live) if live.count(event) > 1]

    def _line(self, rsvp: Rsvp) -> Line:
        path = manage_path(rsvp.link_handle, rsvp.link_version, current_language())
        offer = next((each for each in rsvp.live_offers if self.now < each.expires_at), None)  # type: ignore[attr-defined]
        other = rsvp.email if rsvp.email.lower() != self.member.email.lower() else ""
        return Line(rsvp.event, path, state_of(rsvp, offer), other, is_urgent=offer is not None)

    # --- what can be answered -----------------------------------------------------------------------------

    @cached_property
    def invitations(self) -> list[Line]:
        """Personal invitations that wait for an answer, sent to an address of the member or naming the member."""
        at_address = Q(member=None, email_key__in=self.addresses)
        # Where there is no address, the hosts hand over the link themselves; else it waits until the letter is sent.
        given = Q(sent_at__isnull=False) | Q(email="")
        found: Any = (
            Invitation.objects.live().with_answers().filter(Q(member=self.member) | at_address, given)
        )
        open_now = found.filter(
            answered=None,
            event__in=Event.objects.published().upcoming(self.now).order_by(),
            event__state=Event.State.ON,
            event__rsvp_policy__isnull=False,
        ).exclude(event__in=self._answered)
        rows = open_now.select_related("event__venue__city", "event__rsvp_policy").order_by(
            "event__starts_at", "pk"
        )
        return [line for invitation in rows for line in self._invited(invitation)]

    def _invited(self, invitation: Invitation) -> Iterator[Line]:
        event, policy = invitation.event, invitation.event.rsvp_policy
        if door_of(event, policy, room_of(policy, others_wait=False), self.now, invitation) in TAKES_NONE:
            return
        path = invitation_path(invitation, current_language())
        yield Line(event, path, [answer_by(event, policy, invitation)])

    @cached_property
    def for_members(self) -> list[Line]:
        """Events for members, or where members are served first, that take answers now and have none of this member."""
        if not self.member.is_current_member:
            return []
        queue = Rsvp.objects.filter(event=OuterRef("pk")).waiting()
        ours = Q(rsvp_policy__mode=Mode.MEMBERS) | Q(
            rsvp_policy__mode__in=[Mode.OPEN, Mode.APPROVAL], rsvp_policy__members_first=True
        )
        found = Event.objects.listed().upcoming(self.now).filter(ours, state=Event.State.ON)
        known = {*self._answered, *(line.event.pk for line in self.invitations)}
        events = found.exclude(pk__in=known).annotate(others_wait=Exists(queue))
        return [
            self._open_to_members(event)
            for event in events.select_related("venue__city", "rsvp_policy")
            if self._takes_answers(event)
        ]

    def _takes_answers(self, event: Event) -> bool:
        policy = event.rsvp_policy
        room = room_of(policy, others_wait=event.others_wait)  # type: ignore[attr-defined]
        return door_of(event, policy, room, self.now) in TAKING_ANSWERS

    def _open_to_members(self, event: Event) -> Line:
        policy = event.rsvp_policy
        whose = _("For members only") if policy.mode == Mode.MEMBERS else _("Members are served first")
        return Line(event, event.get_absolute_url(), [whose, answer_by(event, policy)])

    @property
    def _answered(self) -> set[int]:
        return {rsvp.event_id for rsvp in self.answers}


# --- what joins an account ------------------------------------------------------------------------------


@joins
def take_in(member: Member, addresses: list[str]) -> Iterable[str]:
    """Answers and invitations that nobody's account has, at addresses that are now proven; of answers, what to tell.

    A member has one answer to an event. Where there is one already it stays the member's; a second one, under another
    address, stays as it is, and the member's page shows both. Nothing is taken from another account.
    """
    found = Rsvp.objects.standing().filter(member=None, email_key__in=addresses).select_related("event")
    joined = 0
    for rsvp in found.order_by("answered_at", "pk"):
        # Where the desk is busy, or a second answer is there, it stays as it is: the page shows it all the same.
        with suppress(Busy, Refused, IntegrityError):
            joined += adopt(rsvp, member)
    Invitation.objects.live().filter(member=None, email_key__in=addresses).update(member=member)
    if joined:
        words = ngettext(
            "%(count)d answer that you gave with your address is now on your page.",
            "%(count)d answers that you gave with your address are now on your page.",
            joined,
        )
        yield words % {"count": joined}
