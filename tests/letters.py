"""A sample of every kind of letter. A kind that has none here fails ``tests/events/test_every_letter.py``.

Each sample is what an app asks the outbox for when it tells something true of rows that are there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from events import rsvp as verbs
from events.letters import letter, letter_to_owner
from events.models import Event, Invitation, Mailing, ProgrammeItem, Rsvp, RsvpTransition, SeatHold
from people.models import Member
from relationships.models import City, Relationship
from sistercities.mail.models import Message
from sistercities.news.models import Enquiry
from sistercities.newsletter import composing, sending
from sistercities.newsletter.models import Newsletter, Subscriber
from sistercities.pages.models import Correction
from tests import factories

STAFF = verbs.By(RsvpTransition.Actor.STAFF, reason="by phone")
NAMES = {"en": "Mei Chen", "zh-hans": "梁文"}
COMPANIONS = {"en": "Zoë O’Hara", "zh-hans": "欧阳明月"}
Request = dict[str, Any]
Sample = Callable[["World", str], Request]
SAMPLES: dict[str, Sample] = {}


def sample(*kinds: str) -> Callable[[Sample], Sample]:
    """Marks the function that asks for letters of these kinds."""

    def register(made: Sample) -> Sample:
        SAMPLES.update(dict.fromkeys(kinds, made))
        return made

    return register


def request_for(kind: str, world: "World") -> Request:
    """What the outbox is asked for."""
    asked = SAMPLES[kind](world, kind)
    return {
        "to_name": "",
        **asked,
        "key": f"sample:{kind}:{world.language}",
        "kind": kind,
        "language": world.language,
    }


@dataclass
class World:
    """The people and events that the samples in one language tell of."""

    language: str
    number: int = field(default=0, init=False)

    @property
    def name(self) -> str:
        return NAMES[self.language]

    def address(self) -> str:
        self.number += 1
        return f"reader{self.number}.{self.language}@example.org"

    def event(self, seats: int = 200, **rules: Any) -> Event:
        """A reception at City Hall in Los Angeles, for the bond with Guangzhou."""
        made = factories.reception(seats, **{"largest_party": 5, "promotion": "offer", **rules})
        known = Relationship.objects.filter(slug="guangzhou-los-angeles").first()
        bond = known or factories.relationship()
        made.relationships.add(bond)
        words = {"title_en": "Lantern Reception", "title_zh_hans": "元宵招待会", "dress_code_en": "Business"}
        words |= {
            "dress_code_zh_hans": "正装",
            "notice_en": "Doors open early.",
            "notice_zh_hans": "提前开门。",
        }
        at = City.objects.get(slug="los-angeles")
        street = {"address_en": "200 N Spring Street", "address_zh_hans": "北春街200号"}
        Event.objects.filter(pk=made.pk).update(venue=factories.venue(city=at, **street), **words)
        return Event.objects.get(pk=made.pk)

    @cached_property
    def reception(self) -> Event:
        made = self.event()
        ProgrammeItem.objects.create(event=made, title_en="Welcome", title_zh_hans="致欢迎辞", position=1)
        return made

    @cached_property
    def confirmed(self) -> Rsvp:
        return self.party(self.reception)

    @cached_property
    def by_approval(self) -> Event:
        return self.event(mode="approval")

    @cached_property
    def delegation(self) -> SeatHold:
        return self.hold(self.reception)

    @cached_property
    def invited(self) -> Invitation:
        who = {"email": self.address(), "language": self.language, "sent_at": timezone.now()}
        return factories.invitation(self.reception, self.name, **who)

    @cached_property
    def some_member(self) -> Member:
        return self.member(member_until=timezone.localdate() + timedelta(days=30))

    @cached_property
    def full(self) -> Event:
        """All seats are taken but two that were given back, and are offered to the first in line."""
        made = self.event(5)
        self.first = factories.rsvp(made, 5)
        self.waiting = self.party(made, 2)
        self.behind = self.party(made, 1)
        verbs.change(self.first, factories.answer(3, self.first.name, email=self.first.email))
        return made

    @cached_property
    def cancelled(self) -> Event:
        made = self.event()
        self.called_off = self.party(made)
        self.called_off_hold = self.hold(made)
        verbs.call_off(made, made.notice_en, made.notice_zh_hans, STAFF)
        Event.objects.filter(pk=made.pk).update(state=Event.State.CANCELLED)
        return made

    @cached_property
    def over(self) -> Event:
        """It took place the day before yesterday."""
        made = self.event()
        self.came = self.party(made)
        starts_at = timezone.now() - timedelta(days=2)
        times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3)}
        fresh = Event.objects.get(pk=made.pk)
        fresh.starts_at, fresh.ends_at = times["starts_at"], times["ends_at"]
        fresh.save()
        return fresh

    def party(self, event: Event, seats: int = 2, by: verbs.By = STAFF) -> Rsvp:
        """Somebody whom staff know, with a companion."""
        known = {"email": self.address(), "language": self.language}
        others = (COMPANIONS[self.language],) if seats == 2 else ()
        answer = factories.answer(seats, self.name, companions=others, **known)
        return Rsvp.objects.get(pk=verbs.respond(event, answer, by).rsvp.pk)

    def told(self, rsvp: Rsvp, kind: str = "", place: int | None = None) -> Request:
        """What a letter about an answer tells as it stands now."""
        fresh = Rsvp.objects.get(pk=rsvp.pk)
        return letter(fresh, "", kind, place, fresh.transitions.count(), by_staff=True)

    def hold(self, event: Event) -> SeatHold:
        who = {"owner_name": self.name, "owner_email": self.address(), "language": self.language}
        return verbs.hold_seats(event, verbs.Block(f"Consular corps {self.number}", 6, **who), STAFF)

    def member(self, **fields: Any) -> Member:
        return factories.member(self.address(), name=self.name, language=self.language, **fields)


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
    assert world.full
    return world.told(world.waiting, kind, 1)


@sample("rsvp_waitlisted", "rsvp_queue_changed", "rsvp_deferred")
def _waiting(world: World, kind: str) -> Request:
    assert world.full
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
    assert world.cancelled
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


@sample("hold_event_cancelled")
def _delegation_called_off(world: World, kind: str) -> Request:
    assert world.cancelled
    return letter_to_owner(SeatHold.objects.get(pk=world.called_off_hold.pk), kind, "")


@sample("invitation", "invitation_reminder")
def _invited(world: World, kind: str) -> Request:
    made = world.invited
    snapshot = {"event": made.event_id, "invitation": made.pk, "version": made.link_version}
    return {"to_email": made.email, "to_name": made.name, "snapshot": snapshot}


@sample("event_letter", "event_letter_test")
def _free(world: World, kind: str) -> Request:
    words = {"subject_en": "Parking", "subject_zh_hans": "停车事宜"}
    words |= {"body_en": "There is room for {seats}.\n\nSee {page}.", "body_zh_hans": "备有{seats}个车位。\n\n详见{page}。"}
    made = Mailing.objects.create(event=world.reception, **words)
    party = world.confirmed
    snapshot = {"event": made.event_id, "mailing": made.pk, "rsvp": party.pk}
    return {"to_email": party.email, "to_name": party.name, "snapshot": snapshot}


# --- members and accounts -------------------------------------------------------------------------------


@sample("membership_ends")
def _membership(world: World, kind: str) -> Request:
    member = world.some_member
    snapshot = {"member": member.pk, "until": str(member.member_until), "days": 30}
    return {"to_email": member.email, "to_name": member.name, "snapshot": snapshot}


@sample(
    "account_code",
    "account_address_code",
    "account_new_password",
    "account_address_taken",
    "account_address_added",
    "account_main_address",
    "account_address_gone",
    "account_password_set",
    "account_password_changed",
    "account_passkey_added",
    "account_passkey_gone",
    "account_app_added",
    "account_app_gone",
    "account_recovery_codes",
)
def _account(world: World, kind: str) -> Request:
    member, now = world.some_member, timezone.now()
    told = {"at": now.isoformat(), "until": (now + timedelta(minutes=15)).isoformat(), "name": member.name}
    told |= {"word": "abcdefgh", "code": "12345678", "address": "new@example.org"}
    told |= {"to_email": "new@example.org", "from_email": member.email, "deleted_email": "old@example.org"}
    return {"to_email": member.email, "snapshot": told}


# --- newsletter, corrections, enquiries -----------------------------------------------------------------


@sample("newsletter")
def _newsletter(world: World, kind: str) -> Request:
    reader = _reader(world, Subscriber.State.ACTIVE)
    newsletter = sending.begin(_draft())
    Newsletter.objects.filter(pk=newsletter.pk).update(state=Newsletter.State.SENT, sent_at=timezone.now())
    bulk = {"delivery": Message.Delivery.AT_MOST_ONCE, "priority": Message.Priority.BULK}
    return {
        "to_email": reader.email,
        "snapshot": {"newsletter": newsletter.pk, "subscriber": reader.pk},
        **bulk,
    }


@sample("newsletter_test")
def _newsletter_test(world: World, kind: str) -> Request:
    return {"to_email": world.address(), "snapshot": {"newsletter": _draft().pk}}


@sample("newsletter_asked")
def _asked(world: World, kind: str) -> Request:
    return {"to_email": _reader(world, Subscriber.State.ASKED).email, "snapshot": {}}


def _reader(world: World, state: str) -> Subscriber:
    long_ago = timezone.now() - timedelta(days=60)
    confirmed_at = long_ago if state == Subscriber.State.ACTIVE else None
    return Subscriber.objects.create(
        email=world.address(), language=world.language, state=state, confirmed_at=confirmed_at
    )


def _draft() -> Newsletter:
    words = {"subject_en": "Winter news", "subject_zh_hans": "冬季通讯", "greeting_en": "Dear readers,"}
    made = Newsletter.objects.create(**words, greeting_zh_hans="各位读者：")
    composing.add(made, [factories.story(publish_at=timezone.now() - timedelta(hours=1))])
    return made


@sample("correction_received", "correction_thanks")
def _correction(world: World, kind: str) -> Request:
    page = factories.person(en="Tom Bradley")
    about = {
        "kind": page._meta.label_lower,
        "object_id": page.pk,
        "page_title": page.title_en,
    }
    words = {"text": "The year is wrong.", "name": world.name, "email": world.address()}
    made = Correction.objects.create(**about, **words, nonce=world.address())
    return {"to_email": world.address(), "snapshot": {"correction": made.pk}}


@sample("enquiry_received")
def _enquiry(world: World, kind: str) -> Request:
    words = {"subject": "A question", "text": "When do you meet?\n<b>Soon?</b>"}
    made = Enquiry.objects.create(name=world.name, email=world.address(), nonce=world.address(), **words)
    return {"to_email": world.address(), "snapshot": {"enquiry": made.pk}}
