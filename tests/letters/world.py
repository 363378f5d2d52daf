"""The people and events that samples of letters tell of, and the table of the samples."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from events import rsvp as verbs
from events.letters import letter
from events.models import Event, Invitation, ProgrammeItem, Rsvp, RsvpTransition, SeatHold
from people.models import Member
from relationships.models import City, Relationship
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
        owner = self.address()
        block = verbs.Block(f"Consular corps {self.number}", 6, self.name, owner, self.language)
        return verbs.hold_seats(event, block, STAFF)

    def member(self, **fields: Any) -> Member:
        return factories.member(self.address(), name=self.name, language=self.language, **fields)
