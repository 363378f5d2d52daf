"""The letters that no answer asks for: a reminder before the day, and thanks after it."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from events.calendar import address_of
from events.mail.holds import ToldOwner
from events.mail.party import ToldParty
from events.mail.told import Row, Told
from events.models import Event, Remark
from events.mornings import STAYS_DUE, is_time_for_thanks
from relationships.models import Agreement
from sistercities.mail.kinds import Letter, Overtaken, renders
from sistercities.mail.models import Message
from sistercities.pages.models.picture import described


class ToldBefore(ToldParty):
    """What a reminder tells: all that a guest wants to know on the way."""

    @property
    def rows(self) -> list[Row]:
        venue = self.event.venue
        more = [
            (_("Languages"), str(self.event.spoken)),
            (_("Getting there"), str(venue.access) if venue else ""),
        ]
        return super().rows + [(label, words) for label, words in more if words]

    @property
    def programme_url(self) -> str:
        """Where the programme stands; empty where none is known yet."""
        if not self.event.programme.exists():
            return ""
        return f"{address_of(self.event, self.message.language)}#programme"

    def check_still_true(self) -> None:
        """Raise Overtaken also where its day is another one or over, or the member wants no reminders."""
        super().check_still_true()
        if self.is_preview:
            return
        check_day(self)
        if self.rsvp.member and not self.rsvp.member.wants_reminders:
            raise Overtaken("the member wants no reminders")


def check_day(told: Told) -> None:
    """Raise Overtaken where the event is off or on another day, or the reminder comes too late for its day."""
    event, starts_at = told.event, told.event.starts_at
    if event.state != Event.State.ON or not event.is_public or starts_at is None:
        raise Overtaken("it does not take place")
    if starts_at.isoformat() != told.snapshot["start"]:
        raise Overtaken("it begins at another time by now")
    latest = datetime.fromisoformat(told.snapshot["at"]) + STAYS_DUE
    if timezone.now() >= min(starts_at, latest):
        raise Overtaken("it is too late for a reminder")


@renders("event_reminder")
def reminder(message: Message) -> Letter:
    """Some days before the event, to those who come."""
    told = ToldBefore(message)
    told.check_still_true()
    return told.letter(_("We look forward to seeing you: %(event)s"), calendar=told.entry)


@renders("hold_reminder")
def hold_reminder(message: Message) -> Letter:
    """The same to whoever looks after a delegation."""
    told = ToldOwner(message)
    told.check_still_true()
    if not told.is_preview:
        check_day(told)
    return told.letter(_("We look forward to your delegation: %(event)s"))


class ToldAfter(ToldParty):
    """What thanks tell: where the record of the event is, and of it only what is there."""

    @property
    def link(self) -> str:
        return address_of(self.event, self.message.language)

    @property
    def rows(self) -> list[Row]:
        return []

    @property
    def has_pictures(self) -> bool:
        return self.event.gallery.filter(described("picture__")).exists()

    @property
    def has_remarks(self) -> bool:
        return Remark.objects.published().filter(event=self.event).exists()

    @property
    def was_signed(self) -> bool:
        return Agreement.objects.published().filter(signed_at_events=self.event).exists()

    def check_still_true(self) -> None:
        super().check_still_true()
        if self.is_preview:
            return
        event, member = self.event, self.rsvp.member
        last_day = event.held_until or event.held
        if event.state != Event.State.ON or not event.is_public or not event.is_over:
            raise Overtaken("it has not taken place")
        if not event.rsvp_policy.sends_thanks or (member and not member.wants_greetings):
            raise Overtaken("no thanks are wanted")
        day = date.fromisoformat(self.snapshot["last_day"])
        if last_day is None or last_day.as_date != day:
            raise Overtaken("it took place on another day")
        if not is_time_for_thanks(day, event.zone, timezone.now()):
            raise Overtaken("it is too long ago")


@renders("event_thanks")
def thanks(message: Message) -> Letter:
    """On the day after, to those who were to come."""
    told = ToldAfter(message)
    told.check_still_true()
    return told.letter(_("Thank you for coming: %(event)s"))
