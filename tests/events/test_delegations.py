"""A delegation and its block of seats, as the person sees it who names the people by the personal link."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.db import connection
from django.utils import timezone

from events import rsvp as verbs
from events.links import Purpose, hold_path, token
from events.models import Actor, Event, Guest, Rsvp, RsvpPolicy, SeatHold
from tests import factories

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])
STAFF = verbs.By(Actor.STAFF, reason="by phone")
OLD = tuple(f"Guest {letter}" for letter in "ABCDEFGHIJKL")
NEW = ("王伟", "李娜", "张敏", "刘洋", "陈静", "杨帆", "赵磊", "黄丽", "周杰", "吴倩", "徐强", "孙悦")


def block(event: Event, seats: int = 12, names: tuple[str, ...] = (), **fields: Any) -> SeatHold:
    """A block of seats, with these people named in it."""
    known = {"owner_name": "Li Na", "owner_email": "li.na@example.org", **fields}
    hold = verbs.hold_seats(event, verbs.Block(name="广州市外办", seats=seats, **known), STAFF)
    return verbs.name_delegates(hold, names) if names else hold


def page_of(hold: SeatHold, language: str = "en") -> str:
    return hold_path(hold.link_handle, hold.link_version, language)


def sent(client: Client, hold: SeatHold, *names: str, language: str = "en", **fields: Any) -> dict[str, Any]:
    """What a browser sends that opened the page and wrote these names over those in it."""
    form = client.get(page_of(hold, language)).context["form"]
    shown = {field.html_name: field.value() or "" for field in form}
    return {
        **{name: "" for name in shown if name.startswith("name-")},
        **{f"name-{place}": name for place, name in enumerate(names, start=1)},
        "seen": shown["seen"],
        **fields,
    }


def names_in(hold: SeatHold) -> list[str]:
    guests = Guest.objects.filter(rsvp__hold=hold, rsvp__status=Rsvp.Status.CONFIRMED)
    return list(guests.order_by("position").values_list("name", flat=True))


def committed(event: Event) -> int:
    return RsvpPolicy.objects.get(event=event).seats_committed


def text_of(answer: Any) -> str:
    return answer.content.decode()


@LANGUAGES
def test_the_owner_swaps_twelve_names_in_one_go_and_reads_what_was_changed(
    client: Client, language: str
) -> None:
    event = factories.reception(seats=20)
    hold = block(event, names=OLD)
    answer = client.post(page_of(hold, language), sent(client, hold, *NEW, language=language))
    assert answer.status_code == 303
    assert names_in(hold) == list(NEW)
    assert committed(event) == 12
    page = text_of(client.get(answer.url))
    joined = "、".join(NEW) if language == "zh-hans" else ", ".join(NEW)
    assert joined in page
    assert all(name in page for name in OLD)
