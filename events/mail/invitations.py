"""The letter that invites somebody personally."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _

from events.links import invitation_url
from events.mail.told import Told
from events.models import Event, Invitation
from sistercities.mail.kinds import Letter, Overtaken, renders
from sistercities.mail.models import Message


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


@renders("invitation")
def invitation(message: Message) -> Letter:
    """A personal invitation, as it would be printed; it confirms nothing, so no calendar entry goes with it."""
    told = ToldInvited(message)
    told.check_still_true()
    return told.letter(_("Invitation: %(event)s"))
