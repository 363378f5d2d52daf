"""What has to happen to RSVPs because time goes by."""

from contextlib import suppress

from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from events import reminding, retention, rsvp
from events.models import Event
from events.serving import due
from sistercities.tasks import every


@every(seconds=60)
def serve_those_who_wait() -> None:
    """Let offers lapse and blocks freeze when their time is over, and give out free seats where parties wait.

    From 72 hours before an event they go to the next party that fits; nobody has to touch an answer for that moment to
    come.
    """
    limit = F("rsvp_policy__seat_limit")
    seats_are_free = Q(rsvp_policy__seats_committed__lt=limit) | Q(rsvp_policy__seat_limit=None)
    waited_for = Event.objects.upcoming().filter(
        seats_are_free, starts_at__gt=Now(), rsvps__queue_number__isnull=False
    )
    something_due = Event.objects.filter(pk__in=due(timezone.now()))
    for event in (waited_for.distinct() | something_due.distinct()).order_by("pk"):
        # Where too many answer just now it is done with the next answer, or in a minute; the others need not wait.
        with suppress(rsvp.Busy):
            rsvp.settle(event)


@every(seconds=60)
def write_before_and_after() -> None:
    """Ask for reminders whose morning has come where their readers are, and for thanks on the day after."""
    reminding.remind()
    reminding.thank()


@every(seconds=600)
def forget_what_had_its_time() -> None:
    """Remove what guests told once the days are over that the rules of their event give it."""
    retention.forget_due()
