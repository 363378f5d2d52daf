"""Samples of the letters about events: of answers, delegations, invitations, and of the hosts."""

from datetime import timedelta

from django.utils import timezone

from events import rsvp as verbs
from events.letters import letter_to_owner
from events.models import Mailing, SeatHold
from sistercities.mail.models import Message
from tests import factories
from tests.letters.world import STAFF, Request, World, sample

# --- answers --------------------------------------------------------------------------------------------


@sample("rsvp_confirmed", "rsvp_changed", "rsvp_promoted", "rsvp_already", "rsvp_new_link", "event_changed")
def _confirmed(world: World, kind: str) -> Request:
    return world.told(world.confirmed, kind)


@sample("rsvp_declined")
def _declined(world: World, kind: str) -> Request:
    return world.told(world.party(world.reception, 0), kind)


@sample("rsvp_withdrawn")
def _withdrawn(world: World, kind: str) -> Request:
    return world.told(verbs.withdraw(world.party(world.reception)), kind)


@sample("rsvp_verify")
def _unverified(world: World, kind: str) -> Request:
    event = world.event(verify_email=True)
    return world.told(world.party(event, by=verbs.GUEST), kind)


@sample("rsvp_requested")
def _requested(world: World, kind: str) -> Request:
    return world.told(world.party(world.by_approval, by=verbs.GUEST), kind)


@sample("rsvp_rejected")
def _rejected(world: World, kind: str) -> Request:
    party = world.party(world.by_approval, by=verbs.GUEST)
    return world.told(verbs.reject(party, STAFF, "We are sorry.\nAnother time."), kind)


@sample("rsvp_offered", "rsvp_offer_reminder")
def _offered(world: World, kind: str) -> Request:
    assert world.full.pk
    return world.told(world.waiting, kind, 1)


@sample("rsvp_waitlisted", "rsvp_queue_changed", "rsvp_deferred")
def _waiting(world: World, kind: str) -> Request:
    assert world.full.pk
    return world.told(world.behind, kind, 2)


@sample("rsvp_lapsed")
def _lapsed(world: World, kind: str) -> Request:
    event = world.event(5)
    first = factories.rsvp(event, 5)
    waiting = world.party(event)
    verbs.withdraw(first)
    now = timezone.now()
    over = {"made_at": now - timedelta(hours=2), "expires_at": now - timedelta(hours=1), "remind_at": None}
    waiting.offers.update(**over)
    verbs.settle(event)
    return world.told(waiting, kind)


@sample("event_cancelled")
def _called_off(world: World, kind: str) -> Request:
    assert world.cancelled.pk
    asked = Message.objects.get(kind=kind, to_email=world.called_off.email)
    return {"to_email": asked.to_email, "to_name": asked.to_name, "snapshot": asked.snapshot}


@sample("event_reminder")
def _reminded(world: World, kind: str) -> Request:
    asked = world.told(world.confirmed, kind)
    start = world.reception.starts_at
    assert start
    asked["snapshot"] |= {"start": start.isoformat(), "at": timezone.now().isoformat()}
    return asked


@sample("event_thanks")
def _thanked(world: World, kind: str) -> Request:
    day = world.over.held
    assert day
    asked = world.told(world.came, kind)
    asked["snapshot"] |= {"last_day": str(day)}
    return asked


# --- delegations, invitations, letters of the hosts -----------------------------------------------------


@sample("hold_made", "hold_changed", "hold_event_changed")
def _delegation(world: World, kind: str) -> Request:
    return letter_to_owner(world.delegation, kind, "")


@sample("hold_reminder")
def _delegation_reminded(world: World, kind: str) -> Request:
    asked = letter_to_owner(world.delegation, kind, "")
    start = world.delegation.event.starts_at
    assert start
    asked["snapshot"] |= {"start": start.isoformat(), "at": timezone.now().isoformat()}
    return asked


@sample("hold_event_cancelled")
def _delegation_called_off(world: World, kind: str) -> Request:
    assert world.cancelled.pk
    return letter_to_owner(SeatHold.objects.get(pk=world.called_off_hold.pk), kind, "")


@sample("invitation", "invitation_reminder")
def _invited(world: World, kind: str) -> Request:
    made = world.invited
    snapshot = {"event": made.event_id, "invitation": made.pk, "version": made.link_version}
    return {"to_email": made.email, "to_name": made.name, "snapshot": snapshot}


@sample("event_letter", "event_letter_test")
def _free(world: World, kind: str) -> Request:
    words = {"subject_en": "Parking", "subject_zh_hans": "停车事宜"}
    words |= {
        "body_en": "There is room for {seats}.\n\nSee {page}.",
        "body_zh_hans": "备有{seats}个车位。\n\n详见{page}。",
    }
    made = Mailing.objects.create(event=world.reception, **words)
    party = world.confirmed
    snapshot = {"event": made.event_id, "mailing": made.pk, "rsvp": party.pk}
    return {"to_email": party.email, "to_name": party.name, "snapshot": snapshot}
