"""What a letter tells a party about its answer."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.letter_kinds import COUNTED
from events.links import manage_url
from events.mail.told import Row, Told
from events.models import Deed, Rsvp, RsvpTransition, SeatOffer
from sistercities.mail.kinds import Overtaken


@dataclass
class ToldParty(Told):
    """What a message tells a party: how its answer stood when the message was asked for."""

    @property
    def link(self) -> str:
        return manage_url(self.snapshot["handle"], self.snapshot["version"], self.message.language)

    @cached_property
    def rsvp(self) -> Rsvp:
        """The answer as it is now. Raises Overtaken where it is gone."""
        if made_up := self.made_up(Rsvp):
            return made_up
        found = Rsvp.objects.select_related("member").filter(pk=self.snapshot["rsvp"]).first()
        if found is None:
            raise Overtaken("the answer is gone")
        return found

    @cached_property
    def change(self) -> RsvpTransition | None:
        """The change that it tells of: the last one noted when the message was asked for."""
        if made_up := self.made_up(RsvpTransition):
            return made_up
        noted: int = self.snapshot["sequence"]
        changes = RsvpTransition.objects.filter(rsvp=self.snapshot["rsvp"])
        return changes.order_by("pk")[max(noted - 1, 0) : noted].first()

    @property
    def deed(self) -> str:
        """What was done with the answer, as its history has it."""
        return self.change.deed if self.change else ""

    @property
    def reader_zone(self) -> str:
        return self.rsvp.member.timezone if self.rsvp.member else ""

    # --- seats ----------------------------------------------------------------------------------------

    @property
    def seats(self) -> int:
        return int(self.snapshot["seats_confirmed"])

    @property
    def awaited(self) -> int:
        """Seats that it waits for, those that are offered included."""
        return int(self.snapshot["seats_wanted"]) - self.seats

    @cached_property
    def offer(self) -> SeatOffer | None:
        """The offer that stands now; a moved event may have brought its end nearer."""
        if self.is_made_up:
            return self.made_up(SeatOffer)
        return self.rsvp.offers.live().filter(expires_at__gt=timezone.now()).first()

    @property
    def offered(self) -> int:
        return self.offer.seats if self.offer else 0

    @property
    def unserved(self) -> int:
        """Seats that it waits for and that nobody has offered it."""
        return self.awaited - self.offered

    @property
    def until(self) -> str:
        """The end of the offer that stands, in words; empty where none does."""
        return self.spell_deadline(self.offer.expires_at) if self.offer else ""

    @property
    def seats_gone(self) -> int:
        """Seats that were offered until this change."""
        return self.change.offered_before - self.change.offered_after if self.change else 0

    @property
    def has_grown(self) -> bool:
        """Whether an offer that stood already became larger."""
        return bool(self.change and self.change.deed == Deed.OFFERED and self.change.offered_before)

    @property
    def may_defer(self) -> bool:
        """Whether it can still let the next in line go ahead."""
        if self.rsvp.has_deferred or self.rsvp.queue_number is None:
            return False
        return Rsvp.objects.filter(event=self.event).behind(self.rsvp).unserved().exists()

    @property
    def place_in_queue(self) -> int | None:
        place: int | None = self.snapshot["place_in_queue"]
        return place

    @property
    def reply(self) -> str:
        """What the hosts wrote with their decision."""
        return str(self.snapshot["reply"]) if self.deed in (Deed.APPROVED, Deed.REJECTED) else ""

    @property
    def is_asking(self) -> bool:
        """Whether the hosts have not decided yet whether it may come."""
        return bool(self.snapshot["status"] == Rsvp.Status.REQUESTED)

    @property
    def rows(self) -> list[Row]:
        asked = str(self.awaited) if self.is_asking else ""
        offered = str(self.offered or "")
        rows = [
            (_("Seats confirmed"), self.seating),
            (_("Seats asked for"), asked),
            (_("Seats offered"), offered),
            (_("Please answer by"), self.until),
            (_("Your party"), self.party),
        ]
        return [(label, words) for label, words in rows if words]

    @property
    def seating(self) -> str:
        """How many seats are confirmed, and how many are awaited beside them; those offered have a row of their own."""
        if not self.unserved or not self.seats:
            return str(self.seats or "")
        numbers = {"seats": self.seats, "awaited": self.unserved}
        return _("%(seats)d (%(awaited)d more on the waiting list)") % numbers

    @property
    def party(self) -> str:
        """Who is to come, as far as names are known; empty for those who do not come, or not all together yet."""
        if bool(self.seats) == bool(self.awaited):
            return ""
        names = [name for name in self.snapshot["guests"] if name]
        listed = ("、" if self.is_chinese else ", ").join(names)
        unnamed = len(self.snapshot["guests"]) - len(names)
        words = ngettext(
            "%(names)s (one more name to follow)", "%(names)s (%(count)d more names to follow)", unnamed
        )
        return words % {"names": listed, "count": unnamed} if unnamed else listed

    # --- the hosts' own words -------------------------------------------------------------------------

    def filling(self, name: str) -> str:
        if name == "until":
            return self.until
        if name == "position":
            return str(self.place_in_queue or "")
        return str(getattr(self, COUNTED[self.message.kind])) if name == "seats" else super().filling(name)

    # --- whether it is still to be sent ---------------------------------------------------------------

    def check_still_true(self) -> None:
        """Raise Overtaken where the answer has changed since; each change has a letter of its own."""
        if self.is_preview:
            return
        for name in ("status", "seats_confirmed", "seats_wanted"):
            if getattr(self.rsvp, name) != self.snapshot[name]:
                raise Overtaken(f"{name} is {getattr(self.rsvp, name)} by now")

    def check_offer_stands(self) -> None:
        """Raise Overtaken where the offer is over, or another one by now."""
        told = self.snapshot["offer"]
        if self.is_preview:
            return
        if self.offer is None or told is None:
            raise Overtaken("the offer is over")
        stands = (self.offer.pk, self.offer.seats, self.offer.expires_at)
        if stands != (told["id"], told["seats"], datetime.fromisoformat(told["expires_at"])):
            raise Overtaken("the offer is another one by now")

    @property
    def entry(self) -> str:
        """What the calendar entry that goes with it does: whoever has seats gets it anew with every letter about them.

        An earlier letter may have been overtaken, and with it the entry that it would have brought, or taken away.
        """
        if self.seats:
            return "REQUEST"
        return "CANCEL" if self.turns else ""

    @cached_property
    def turns(self) -> int:
        """How often the party came to have seats, or to have none, until this change."""
        if self.is_made_up:  # an invented party
            return int(self.snapshot["status"] == Rsvp.Status.CANCELLED)
        changes = RsvpTransition.objects.filter(rsvp=self.snapshot["rsvp"]).order_by("pk")
        told = changes[: self.snapshot["sequence"]].values_list("seats_before", "seats_after")
        return sum(bool(before) != bool(after) for before, after in told)

    @property
    def entry_sequence(self) -> int:
        """Only a seat gained or lost is news to a calendar; other changes of an answer are none."""
        return max(self.turns - 1, 0)
