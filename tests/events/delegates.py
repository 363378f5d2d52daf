"""What the tests of delegations share: blocks of seats, and what a browser sends."""

from typing import Any

from django.test import Client

from events import rsvp as verbs
from events.links import hold_path
from events.models import Actor, Event, Guest, Rsvp, RsvpPolicy, SeatHold

STAFF = verbs.By(Actor.STAFF, reason="by phone")
OLD = tuple(f"Guest {letter}" for letter in "ABCDEFGHIJKL")
NEW = ("王伟", "李娜", "张敏", "刘洋", "陈静", "杨帆", "赵磊", "黄丽", "周杰", "吴倩", "徐强", "孙悦")


def block(event: Event, seats: int = 12, names: tuple[str, ...] = (), **fields: Any) -> SeatHold:
    """A block of seats, with these people named in it."""
    known = {"name": "广州市外办", "owner_name": "Li Na", "owner_email": "li.na@example.org", **fields}
    hold = verbs.hold_seats(event, verbs.Block(seats=seats, **known), STAFF)
    return verbs.name_delegates(hold, names) if names else hold


def page_of(hold: SeatHold, language: str = "en") -> str:
    return hold_path(hold.link_handle, hold.link_version, language)


def sent(client: Client, hold: SeatHold, *names: str, language: str = "en", **fields: Any) -> dict[str, Any]:
    """What a browser sends that opened the page and wrote these names over those in it."""
    form = client.get(page_of(hold, language)).context["form"]
    return {
        **{name: "" for name in form.fields if name.startswith("name-")},
        **{f"name-{place}": name for place, name in enumerate(names, start=1)},
        "seen": form["seen"].value(),
        **fields,
    }


def names_in(hold: SeatHold) -> list[str]:
    guests = Guest.objects.filter(rsvp__hold=hold, rsvp__status=Rsvp.Status.CONFIRMED)
    return list(guests.order_by("position").values_list("name", flat=True))


def committed(event: Event) -> int:
    return RsvpPolicy.objects.get(event=event).seats_committed


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text
