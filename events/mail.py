"""The letters that guests get about their answer, and how each is written.

A message holds what it tells (``events.rsvp`` says what that is); the facts of the event are read when it is
written, and the personal link is built anew each time, so that it is stored nowhere.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.calendar import address_of, both_titles, event_calendar, labelled, place_of
from events.links import invitation_url, manage_url
from events.models import Event, Invitation, Rsvp, RsvpTransition
from events.occasion import Occasion
from events.when import is_chinese, spell_elsewhere
from sistercities.mail.kinds import Attachment, Letter, Overtaken, renders
from sistercities.mail.models import Message
from sistercities.pages.bilingual import html_language

BLANK_LINES = re.compile(r"\n\s*\n\s*\n")


@dataclass
class Told(ABC):
    """What a message tells of an event, and the letter it becomes. A subclass knows who is told."""

    message: Message

    @property
    def snapshot(self) -> dict[str, Any]:
        return self.message.snapshot

    @cached_property
    def event(self) -> Event:
        found: Event = Event.objects.for_lists().get(pk=self.snapshot["event"])
        return found

    @cached_property
    def occasion(self) -> Occasion:
        return Occasion(self.event)

    @property
    def is_postponed(self) -> bool:
        return bool(self.event.state == Event.State.POSTPONED)

    @property
    def when(self) -> str:
        """Date and hours; a postponed event has its old ones only."""
        if self.is_postponed:
            return _("New date to be announced (originally %(when)s)") % {"when": self.occasion.when}
        return self.occasion.when

    @property
    def elsewhere(self) -> str:
        """The start on the clocks of the other cities, as plain words."""
        if self.event.starts_at is None or self.is_postponed:
            return ""
        occasion = self.occasion
        return spell_elsewhere(self.event.starts_at, occasion.home, occasion.clocks, self.message.language)

    @property
    @abstractmethod
    def link(self) -> str:
        """The personal link that goes with the letter."""

    @property
    def titles(self) -> list[str]:
        """The title in the reader's language, then in the other."""
        return both_titles(self.event, self.message.language)

    def letter(self, subject: str, *, calendar: str = "") -> Letter:
        """Write it. ``calendar`` is the method of the calendar entry that goes with it, if one does."""
        context = self._context() | {"calendar": calendar}
        return Letter(
            labelled(self.event, subject % {"event": " · ".join(self.titles)}),
            BLANK_LINES.sub("\n\n", render_to_string(f"mail/{self.message.kind}.txt", context)).strip()
            + "\n",
            render_to_string(f"mail/{self.message.kind}.html", context),
            (self._entry(calendar),) if calendar else (),
        )

    def _context(self) -> dict[str, Any]:
        language = self.message.language
        return {
            "told": self,
            "name": self.message.to_name,
            "event": self.event,
            "place": place_of(self.event, language),
            "event_url": address_of(self.event, language),
            "link": self.link,
            "site_name": settings.SITE_NAME[language],
            "site_names": settings.SITE_NAME,
            "language": language,
            "html_lang": html_language(language),
        }

    def _entry(self, method: str) -> Attachment:
        sequence = self.snapshot["sequence"]
        content = event_calendar(self.event, self.message.language, method=method, sequence=sequence)
        return Attachment(f"{self.event.slug}.ics", content, f"text/calendar; method={method}")


@dataclass
class ToldParty(Told):
    """What a message tells a party about its answer."""

    @property
    def link(self) -> str:
        return manage_url(self.snapshot["handle"], self.snapshot["version"], self.message.language)

    @property
    def seats(self) -> int:
        return int(self.snapshot["seats_confirmed"])

    @property
    def awaited(self) -> int:
        return int(self.snapshot["seats_wanted"]) - self.seats

    @property
    def seating(self) -> str:
        """How many seats are confirmed, and how many are awaited beside them."""
        if not self.awaited:
            return str(self.seats)
        numbers = {"seats": self.seats, "awaited": self.awaited}
        return _("%(seats)d (%(awaited)d more on the waiting list)") % numbers

    @property
    def party(self) -> str:
        """Who is to come, as far as names are known; empty for those who do not come, or not all together yet."""
        if bool(self.seats) == bool(self.awaited):
            return ""
        names = [name for name in self.snapshot["guests"] if name]
        listed = ("、" if is_chinese(self.message.language) else ", ").join(names)
        unnamed = len(self.snapshot["guests"]) - len(names)
        words = ngettext(
            "%(names)s (one more name to follow)", "%(names)s (%(count)d more names to follow)", unnamed
        )
        return words % {"names": listed, "count": unnamed} if unnamed else listed

    @property
    def place_in_queue(self) -> int | None:
        place: int | None = self.snapshot["place_in_queue"]
        return place

    def check_still_true(self) -> None:
        """Raise Overtaken where the answer has changed since; each change has a letter of its own."""
        rsvp = Rsvp.objects.get(pk=self.snapshot["rsvp"])
        for name in ("status", "seats_confirmed", "seats_wanted"):
            if getattr(rsvp, name) != self.snapshot[name]:
                raise Overtaken(f"{name} is {getattr(rsvp, name)} by now")

    def had_seats(self) -> bool:
        """Whether the party ever had seats, and so an entry in its calendar."""
        return RsvpTransition.objects.filter(rsvp=self.snapshot["rsvp"], seats_before__gt=0).exists()


@dataclass
class ToldInvited(Told):
    """What a message tells somebody who is invited."""

    @cached_property
    def invitation(self) -> Invitation:
        return Invitation.objects.get(pk=self.snapshot["invitation"])

    @property
    def link(self) -> str:
        return invitation_url(self.invitation)

    @property
    def hosts(self) -> list[str]:
        """Who invites: the hosts of the event, or the association."""
        names = [str(host.name) for host in self.event.hosts.all()]
        return names or [settings.SITE_NAME[self.message.language]]

    @property
    def answer_by(self) -> datetime | None:
        """The last moment for an answer, where that is before the event begins."""
        policy, starts_at = self.event.rsvp_policy, self.event.starts_at
        return policy.closes_at if starts_at and policy.closes_at and policy.closes_at < starts_at else None

    def check_still_true(self) -> None:
        """Raise Overtaken where the invitation was revoked or answered meanwhile, or the event will not take place."""
        found = Invitation.objects.live().filter(
            pk=self.snapshot["invitation"], link_version=self.snapshot["version"]
        )
        if not found.exists() or self.invitation.is_answered or self.event.state != Event.State.ON:
            raise Overtaken("revoked, answered, or the event called off")


@renders("rsvp_confirmed")
def confirmed(message: Message) -> Letter:
    """Seats, at once."""
    told = ToldParty(message)
    told.check_still_true()
    subject = ngettext("Your seat is confirmed: %(event)s", "Your seats are confirmed: %(event)s", told.seats)
    return told.letter(subject, calendar="PUBLISH")


@renders("rsvp_promoted")
def promoted(message: Message) -> Letter:
    """Seats, after waiting."""
    told = ToldParty(message)
    told.check_still_true()
    subject = ngettext(
        "From the waiting list: your seat is confirmed: %(event)s",
        "From the waiting list: your seats are confirmed: %(event)s",
        told.seats,
    )
    return told.letter(subject, calendar="PUBLISH")


@renders("rsvp_changed")
def changed(message: Message) -> Letter:
    """Another number of seats, all of them confirmed, or other names."""
    told = ToldParty(message)
    told.check_still_true()
    return told.letter(_("Your answer has been changed: %(event)s"), calendar="PUBLISH" if told.seats else "")


@renders("rsvp_waitlisted")
def waitlisted(message: Message) -> Letter:
    """A place in line; of seats that are confirmed already an earlier letter brought the calendar entry."""
    told = ToldParty(message)
    told.check_still_true()
    if told.seats:
        subject = ngettext(
            "You keep your seat, and wait for more: %(event)s",
            "You keep your seats, and wait for more: %(event)s",
            told.seats,
        )
        return told.letter(subject)
    return told.letter(_("You are on the waiting list: %(event)s"))


@renders("rsvp_queue_changed")
def queue_changed(message: Message) -> Letter:
    """Another number of seats, of which none is confirmed yet."""
    told = ToldParty(message)
    told.check_still_true()
    return told.letter(_("Your request on the waiting list has been changed: %(event)s"))


@renders("rsvp_withdrawn")
def withdrawn(message: Message) -> Letter:
    told = ToldParty(message)
    told.check_still_true()
    subject = _("Your answer has been withdrawn: %(event)s")
    return told.letter(subject, calendar="CANCEL" if told.had_seats() else "")


@renders("rsvp_declined")
def declined(message: Message) -> Letter:
    told = ToldParty(message)
    told.check_still_true()
    return told.letter(_("Thank you for your answer: %(event)s"))


@renders("rsvp_already")
def already(message: Message) -> Letter:
    """For whoever owns an address with which somebody filled in the form again."""
    return ToldParty(message).letter(_("You have answered already: %(event)s"))


@renders("rsvp_new_link")
def new_link(message: Message) -> Letter:
    """A link in place of those that fell into wrong hands."""
    return ToldParty(message).letter(_("A new link to your answer: %(event)s"))


@renders("event_cancelled")
def event_cancelled(message: Message) -> Letter:
    told = ToldParty(message)
    return told.letter(_("Cancelled: %(event)s"), calendar="CANCEL" if told.had_seats() else "")


@renders("event_changed")
def event_changed(message: Message) -> Letter:
    """Another time or place; what the event's notice says stands in it."""
    told = ToldParty(message)
    told.check_still_true()
    subject = _("Postponed: %(event)s") if told.is_postponed else _("Changed: %(event)s")
    return told.letter(subject, calendar="PUBLISH" if told.seats else "")


@renders("invitation")
def invitation(message: Message) -> Letter:
    """A personal invitation, as it would be printed; it confirms nothing, so no calendar entry goes with it."""
    told = ToldInvited(message)
    told.check_still_true()
    return told.letter(_("Invitation: %(event)s"))
