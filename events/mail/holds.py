"""The letters to whoever names the people of a delegation."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from events.links import hold_url
from events.mail.told import Row, Told
from events.models import Event, SeatHold
from sistercities.mail.kinds import Letter, Overtaken, renders
from sistercities.mail.models import Message


@dataclass
class ToldOwner(Told):
    """What a message tells the owner of a block of seats."""

    @cached_property
    def hold(self) -> SeatHold:
        """The block as it is now. Raises Overtaken where it is gone."""
        if made_up := self.made_up(SeatHold):
            return made_up
        found = SeatHold.objects.filter(pk=self.snapshot["hold"]).first()
        if found is None:
            raise Overtaken("the block is gone")
        return found

    @property
    def link(self) -> str:
        return hold_url(self.snapshot["handle"], self.snapshot["version"], self.message.language)

    @property
    def kept(self) -> int:
        """The seats of the block, those of people who are named included."""
        return int(self.snapshot["seats"])

    @property
    def named(self) -> int:
        return int(self.snapshot["named"])

    @property
    def freezes(self) -> str:
        """Until when people can be named, in words; until the event begins where nothing else was agreed."""
        moment = self.hold.freezes_at or self.event.starts_at  # as it is now: it moves with the event
        return self.spell_deadline(moment) if moment else ""

    @property
    def rows(self) -> list[Row]:
        rows = [(_("Delegation"), self.hold.name)]
        if not self.event.is_cancelled:
            rows += [(_("Seats of the delegation"), str(self.kept)), (_("Guests named"), str(self.named))]
        if self.event.state == Event.State.ON:
            rows.append((_("Names by"), self.freezes))
        return [(label, words) for label, words in rows if words]

    @property
    def is_new_link(self) -> bool:
        """Whether it brings a link in place of an earlier one."""
        return self.message.kind == "hold_made" and int(self.snapshot["version"]) > 1

    def filling(self, name: str) -> str:
        known = {"delegation": self.hold.name, "seats": str(self.kept), "until": self.freezes}
        return known[name] if name in known else super().filling(name)

    def check_still_true(self) -> None:
        """Raise Overtaken where the block or its link has changed since; each change has a letter of its own."""
        if self.is_preview:
            return
        hold = self.hold
        told = (self.snapshot["seats"], self.snapshot["version"], self.snapshot["is_live"])
        if told != (hold.seats, hold.link_version, hold.is_live) or self.event.is_cancelled:
            raise Overtaken("the block is another one by now")


@renders("hold_made")
def hold_made(message: Message) -> Letter:
    """Seats for a delegation, whose people are to be named."""
    told = ToldOwner(message)
    told.check_still_true()
    return told.letter(_("Seats for your delegation: %(event)s"))


@renders("hold_changed")
def hold_changed(message: Message) -> Letter:
    """Another number of seats, other names, or no more seats than names."""
    told = ToldOwner(message)
    told.check_still_true()
    return told.letter(_("The list of your delegation was changed: %(event)s"))


@renders("hold_event_changed")
def hold_event_changed(message: Message) -> Letter:
    """Another time or place."""
    told = ToldOwner(message)
    told.check_still_true()
    subject = _("Postponed: %(event)s") if told.is_postponed else _("Changed: %(event)s")
    return told.letter(subject)


@renders("hold_event_cancelled")
def hold_event_cancelled(message: Message) -> Letter:
    return ToldOwner(message).letter(_("Cancelled: %(event)s"))
