"""What has to happen to RSVPs because time goes by."""

from events import rsvp
from events.models import Event
from sistercities.tasks import every


@every(seconds=60)
def serve_those_who_wait() -> None:
    """Give out free seats where parties wait: from 72 hours before an event they go to the next party that fits.

    Nobody has to touch an answer for that moment to come.
    """
    for event in Event.objects.upcoming().filter(rsvps__queue_number__isnull=False).distinct():
        rsvp.settle(event)
