"""Letters of the hosts to a choice of guests, as the tests write them."""

from typing import Any

from events import mailings
from events.audience import Audience
from events.models import Event, Mailing, Rsvp
from people.models import Member
from tests.events.postbox import taken_down

WORDS = {
    "subject_en": "A word about {event}",
    "subject_zh_hans": "关于{event}",
    "body_en": "Please use the door on Main Street, {name}.\n\nYou have {seats}.",
    "body_zh_hans": "请{name}从主街入口进入，共{seats}席。",
}


def letter(event: Event, *groups: str, **fields: Any) -> Mailing:
    """A draft to those who are so."""
    chosen = Audience(groups=groups or ("confirmed",))
    return Mailing.objects.create(event=event, audience=chosen.kept(), **{**WORDS, **fields})


def sent_by(curator: Member, mailing: Mailing) -> bool:
    """Whether this press sent it, after a look at what would go out."""
    return mailings.send(mailing, curator, mailings.prospect(mailing).seen)


def party(event: Event, name: str, seats: int = 1, **fields: Any) -> Rsvp:
    return taken_down(event, seats, name.title(), email=f"{name}@example.org", **fields)
