"""What concerns everybody is done for everybody, however many they are."""

import pytest
from django.db import transaction
from django.utils import timezone

from events import rsvp as verbs
from events.models import Event, Rsvp, RsvpPolicy, RsvpTransition
from events.rsvp import By
from sistercities.mail.models import Message
from tests.events.crowd import crowd

STAFF = By(RsvpTransition.Actor.STAFF, reason="A storm.")


@pytest.mark.django_db
@pytest.mark.thorough
def test_an_event_with_thousands_of_guests_is_cancelled_as_a_whole() -> None:
    event = crowd(guests=2_000, waiting=500)
    parties = Rsvp.objects.live().count()
    assert verbs.call_off(event, "A storm.", "台风。", STAFF) == parties
    transaction.get_connection().check_constraints()
    assert not Rsvp.objects.live().exists()
    assert RsvpPolicy.objects.get(event=event).seats_committed == 0
    assert Message.objects.filter(kind="event_cancelled").count() == parties
    assert RsvpTransition.objects.filter(deed="called-off").count() == parties


@pytest.mark.django_db
@pytest.mark.thorough
def test_an_event_with_thousands_of_guests_is_postponed_and_keeps_them() -> None:
    event = crowd(guests=2_000, waiting=500, promotion="offer")
    verbs.set_limit(event, 2_150, STAFF)
    offered = Rsvp.objects.exclude(seats_offered=0).count()
    assert offered == 150
    before = timezone.now()
    Event.objects.filter(pk=event.pk).update(state=Event.State.POSTPONED)
    assert verbs.announce_change(event, STAFF) == Rsvp.objects.live().count()
    transaction.get_connection().check_constraints()
    assert not Rsvp.objects.exclude(seats_offered=0).exists()
    assert RsvpPolicy.objects.get(event=event).seats_committed == 2_000
    assert (timezone.now() - before).total_seconds() < 60
