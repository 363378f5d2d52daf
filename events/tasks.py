"""What has to happen to RSVPs because time goes by."""

from django.db.models import F, Q
from django.db.models.functions import Now

from events import rsvp
from events.models import Event
from sistercities.tasks import every


@every(seconds=60)
def serve_those_who_wait() -> None:
    """Give out free seats where parties wait: from 72 hours before an event they go to the next party that fits.

    Nobody has to touch an answer for that moment to come.
    """
    seats_are_free = Q(rsvp_policy__seats_committed__lt=F("rsvp_policy__seat_limit"))
    waited_for = Event.objects.upcoming().filter(
        seats_are_free, starts_at__gt=Now(), rsvps__queue_number__gt=0
    )
    for event in waited_for.distinct():
        rsvp.settle(event)
