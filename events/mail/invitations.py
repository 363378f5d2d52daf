"""The letters to somebody invited personally, and what becomes of them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.forms_of_address import full_name, salutation
from events.links import invitation_url
from events.mail.told import Row, Told
from events.models import Event, Invitation, SeatHold
from events.outlook import hours_of
from events.when import spell_day
from sistercities.mail.fates import Fate, hears_of
from sistercities.mail.kinds import Letter, Overtaken, renders
from sistercities.mail.models import Message

Fates = Invitation.Letter


@dataclass
class ToldInvited(Told):
    """What a message tells somebody who is invited."""

    @cached_property
    def invitation(self) -> Invitation:
        if made_up := self.made_up(Invitation):
            return made_up
        found = Invitation.objects.filter(pk=self.snapshot["invitation"]).first()
        if found is None:
            raise Overtaken("the invitation is gone")
        return found

    @property
    def link(self) -> str:
        return invitation_url(self.invitation)

    @property
    def salutation(self) -> str:
        return salutation(self.invitation)

    @property
    def full_name(self) -> str:
        return full_name(self.invitation)

    @property
    def hosts(self) -> list[str]:
        """Who invites: the hosts of the event, or the association."""
        names = [str(host.name) for host in self.event.hosts.all()]
        return names or [settings.SITE_NAME[self.message.language]]

    @property
    def answer_by(self) -> datetime | None:
        """The last moment for an answer, the guest's own if there is one, where that is before the event begins."""
        if (starts_at := self.event.starts_at) is None:
            return None
        last = hours_of(starts_at, self.event.rsvp_policy, self.invitation).last_moment
        return last if last < starts_at else None

    @property
    def invited_on(self) -> str:
        """The day on which the invitation went out, where the event takes place."""
        sent_at = self.invitation.sent_at or timezone.now()
        return spell_day(sent_at.astimezone(self.event.zone).date(), self.message.language)

    @property
    def rows(self) -> list[Row]:
        """How many may come, where that is the guest's own, and the seats that are kept."""
        rows = []
        if largest := self.invitation.largest_party:
            more = ngettext("you and %(count)d more", "you and up to %(count)d more", largest - 1)
            rows.append((_("Invited"), _("you alone") if largest == 1 else more % {"count": largest - 1}))
        if kept := self._kept:
            rows.append((_("Seats kept for you"), str(kept)))
        return rows

    @cached_property
    def _kept(self) -> int:
        if self.invitation._state.adding:
            return 0
        holds = SeatHold.objects.live().filter(invitation=self.invitation)
        return holds.values_list("seats_unnamed", flat=True).first() or 0

    def check_still_true(self) -> None:
        """Raise Overtaken where it was revoked or answered meanwhile, or its guest could not answer any more."""
        if self.is_preview:
            return
        invited = self.invitation
        if not invited.is_live or invited.link_version != self.snapshot["version"]:
            raise Overtaken("revoked, or sent to another address by now")
        if invited.is_answered or self.event.state != Event.State.ON:
            raise Overtaken("answered, or the event called off")

    def check_worth_reminding(self) -> None:
        """The same for a reminder, which nobody gets whose address has answered, or who could not answer any more."""
        self.check_still_true()
        closes_at = self.answer_by or self.event.starts_at
        if self.is_preview:
            return
        if self.invitation.answer or (closes_at and closes_at <= timezone.now()):
            raise Overtaken("answered, or too late")


@renders("invitation")
def invitation(message: Message) -> Letter:
    """A personal invitation, as it would be printed; it confirms nothing, so no calendar entry goes with it."""
    told = ToldInvited(message)
    told.check_still_true()
    return told.letter(_("Invitation: %(event)s"))


@renders("invitation_reminder")
def reminder(message: Message) -> Letter:
    """To whoever was invited and has not answered: short, with the same link."""
    told = ToldInvited(message)
    told.check_worth_reminding()
    return told.letter(_("May we hear from you? %(event)s"))


# --- what becomes of them -------------------------------------------------------------------------------


@hears_of("invitation")
@hears_of("invitation_reminder")
def note_fate(message: Message, fate: Fate) -> None:
    """Keep with the invitation what became of its last letter; one that went to an earlier address tells nothing."""
    told = message.snapshot
    invited = Invitation.objects.filter(pk=told.get("invitation"), link_version=told.get("version"))
    values: dict[str, Any] = {"letter": _fate(fate), "returned_at": None, "returned_why": ""}
    if values["letter"] in (Fates.FAILED, Fates.RETURNED):
        values |= {"returned_at": timezone.now(), "returned_why": fate.words[:300]}
    # A reminder that is not needed any more says nothing of the letter before it.
    if values["letter"] == Fates.OVERTAKEN and message.kind == "invitation_reminder":
        values["letter"] = Fates.SENT
    invited.update(**values)


def _fate(fate: Fate) -> str:
    if fate.refused or fate.state == Message.State.RETURNED:
        return Fates.RETURNED
    known = {Message.State.SENT: Fates.SENT, Message.State.OVERTAKEN: Fates.OVERTAKEN}
    return known.get(fate.state, Fates.FAILED)
