"""A free letter of the hosts, as one of those gets it whom they chose."""

from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from events.calendar import address_of
from events.links import hold_url, invitation_url, manage_url
from events.mail.told import Told
from events.mailing_words import PLACEHOLDERS
from events.models import Invitation, Mailing, Rsvp, SeatHold
from sistercities.mail.kinds import Letter, Overtaken, renders
from sistercities.mail.models import Message
from sistercities.pages.bilingual import local_text


@dataclass
class ToldByHosts(Told):
    """What a free letter tells one reader; in the other language where it was not written in the reader's own."""

    read_in: str = ""
    is_sample: bool = False

    @cached_property
    def mailing(self) -> Mailing:
        found = Mailing.objects.filter(pk=self.snapshot["mailing"]).first()
        if found is None:
            raise Overtaken("the letter was deleted")
        return found

    @cached_property
    def rsvp(self) -> Rsvp | None:
        return Rsvp.objects.select_related("member").filter(pk=self.snapshot.get("rsvp")).first()

    @cached_property
    def invitation(self) -> Invitation | None:
        return Invitation.objects.live().select_related("member").filter(pk=self.snapshot.get("invitation")).first()

    @cached_property
    def hold(self) -> SeatHold | None:
        return SeatHold.objects.filter(pk=self.snapshot.get("hold")).first()

    @property
    def link(self) -> str:
        """Where the reader answers; nobody's in a sample, and none to what is over."""
        if self.is_sample or self.event.is_over:
            return address_of(self.event, self.read_in)
        if self.rsvp:
            return manage_url(self.rsvp.link_handle, self.rsvp.link_version, self.read_in)
        if self.invitation:
            return invitation_url(self.invitation)
        if self.hold:
            return hold_url(self.hold.link_handle, self.hold.link_version, self.read_in)
        return address_of(self.event, self.read_in)

    @property
    def leads_to(self) -> str:
        """What the button leads to: an answer, an invitation, a delegation, or the page of the event."""
        if self.event.is_over:
            return "event"
        return next((name for name in ("rsvp", "invitation", "hold") if self.snapshot.get(name)), "event")

    @property
    def seats(self) -> int:
        if self.rsvp:
            return self.rsvp.seats_confirmed
        return self.hold.seats if self.hold else 0

    # --- the hosts' words -------------------------------------------------------------------------------

    @cached_property
    def own_words(self) -> tuple[str, str]:
        subject, body = (local_text(self.mailing, name, self.message.language) for name in ("subject", "body"))
        return str(subject), str(body)

    @cached_property
    def _fillings(self) -> dict[str, str]:
        return {name: self.filling(name) for name in PLACEHOLDERS}

    def filling(self, name: str) -> str:
        return str(self.seats) if name == "seats" else super().filling(name)

    # --- whether it is still to be sent -----------------------------------------------------------------

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
    return _written(message)


@renders("event_letter_test")
def free_letter_test(message: Message) -> Letter:
    """To whoever writes it: as somebody else will read it, but with nobody's link."""
    letter = _written(message, is_sample=True)
    return replace(letter, subject=_("[Test] %(subject)s") % {"subject": letter.subject})


def _written(message: Message, *, is_sample: bool = False) -> Letter:
    mailing = ToldByHosts(message).mailing
    language = local_text(mailing, "body", message.language).language
    shown = copy(message)
    shown.kind, shown.language = "event_letter", language
    told = ToldByHosts(shown, read_in=message.language, is_sample=is_sample)
    if not is_sample:
        told.check_still_wanted()
    with translation.override(language):
        letter = told.letter("")
    headers = {**letter.headers, "Content-Language": to_locale(language).replace("_", "-")}
    return replace(letter, headers=headers)
