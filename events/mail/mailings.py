"""A free letter of the hosts, as one of those gets it whom they chose."""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, to_locale

from events.calendar import address_of
from events.letter_kinds import FREE
from events.links import hold_url, invitation_url, manage_url
from events.mail.told import Told
from events.models import Invitation, Mailing, Rsvp, SeatHold
from sistercities.mail.kinds import Letter, Overtaken, named, renders
from sistercities.mail.models import Message
from sistercities.pages.bilingual import local_text

# What does not depend on the language, and so is loaded once for several.
LOADED = ("event", "rsvp", "invitation", "hold")
named({kind: known.name for kind, known in FREE.items()})
named({"event_letter_test": gettext_lazy("Test of a letter to guests")})


@dataclass
class ToldByHosts(Told):
    """What a free letter tells one reader; in the other language where it was not written in the reader's own."""

    mailing: Mailing
    read_in: str
    is_sample: bool = False

    def _about(self, kind: str) -> int:
        """The number of the answer, invitation or block that it is about; none has 0."""
        return int(self.snapshot.get(kind) or 0)

    @cached_property
    def rsvp(self) -> Rsvp | None:
        return Rsvp.objects.select_related("member").filter(pk=self._about("rsvp")).first()

    @cached_property
    def invitation(self) -> Invitation | None:
        live = Invitation.objects.live().select_related("member")
        return live.filter(pk=self._about("invitation")).first()

    @cached_property
    def hold(self) -> SeatHold | None:
        return SeatHold.objects.filter(pk=self._about("hold")).first()

    @property
    def leads_to(self) -> str:
        """What the button leads to: an answer, an invitation, a delegation, or the page of the event."""
        if self.event.is_over:
            return "event"
        return next((name for name in ("rsvp", "invitation", "hold") if getattr(self, name)), "event")

    @property
    def link(self) -> str:
        """Where the reader answers; nobody's in a sample, and none to what is over."""
        if self.leads_to == "rsvp" and self.rsvp and not self.is_sample:
            return manage_url(self.rsvp.link_handle, self.rsvp.link_version, self.read_in)
        if self.leads_to == "invitation" and self.invitation and not self.is_sample:
            return invitation_url(self.invitation)
        if self.leads_to == "hold" and self.hold and not self.is_sample:
            return hold_url(self.hold.link_handle, self.hold.link_version, self.read_in)
        return address_of(self.event, self.read_in)

    @cached_property
    def own_words(self) -> tuple[str, str]:
        subject, body = (
            local_text(self.mailing, name, self.message.language) for name in ("subject", "body")
        )
        return str(subject), str(body)

    def filling(self, name: str) -> str:
        if name == "seats":
            return str(self.rsvp.seats_confirmed if self.rsvp else self.hold.seats if self.hold else 0)
        return super().filling(name)

    def check_still_wanted(self) -> None:
        """Raise Overtaken where whoever it is for is gone, has another address, or wants no such letters by now."""
        found: Any = self.rsvp or self.invitation or self.hold
        if found is None:
            raise Overtaken("whoever it was for is gone")
        if (found.owner_email if self.hold else found.email) != self.message.to_email:
            raise Overtaken("another address by now")
        member = None if self.hold else found.member
        if member and not member.wants_greetings:
            raise Overtaken("the member wants no such letters")


@renders("event_letter")
def free_letter(message: Message) -> Letter:
    """Once, to each of those whom the hosts chose."""
    return as_read(_of(message), message)


@renders("event_letter_test")
def free_letter_test(message: Message) -> Letter:
    """To whoever writes it."""
    letter = as_read(_of(message), message, is_sample=True)
    return replace(letter, subject=_("[Test] %(subject)s") % {"subject": letter.subject})


def as_read(mailing: Mailing, message: Message, *, is_sample: bool = False) -> Letter:
    """The letter as the one reads it whom the message tells of. Raises Overtaken where it is no longer to be sent."""
    return _letter(_told(mailing, message, is_sample=is_sample))


def samples(mailing: Mailing, messages: Iterable[Message]) -> Iterator[Letter]:
    """The same for staff to look at, of one reader in several languages: a sample carries nobody's link."""
    known: dict[str, Any] = {}
    for message in messages:
        told = _told(mailing, message, is_sample=True)
        told.__dict__.update(known)
        yield _letter(told)
        known = {name: told.__dict__[name] for name in LOADED if name in told.__dict__}


def _told(mailing: Mailing, message: Message, *, is_sample: bool) -> ToldByHosts:
    shown = copy(message)
    shown.kind = "event_letter"
    shown.language = local_text(mailing, "body", message.language).language
    return ToldByHosts(shown, mailing, message.language, is_sample)


def _letter(told: ToldByHosts) -> Letter:
    if not told.is_sample:
        told.check_still_wanted()
    language = told.message.language
    with translation.override(language):
        letter = told.letter("")
    headers = {**letter.headers, "Content-Language": to_locale(language).replace("_", "-")}
    return replace(letter, headers=headers)


def _of(message: Message) -> Mailing:
    found = Mailing.objects.filter(pk=message.snapshot["mailing"]).first()
    if found is None:
        raise Overtaken("the letter was thrown away")
    return found
