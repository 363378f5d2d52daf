"""Thanks on the day after: once, to those who were to come, for what has taken place."""

import pytest

from events import rsvp as verbs
from events.models import Event, EventPicture
from sistercities.mail import outbox
from tests import factories
from tests.events.evenings import ANSWERED, EVENING, asked_for, at, coming, evening
from tests.events.postbox import (
    STAFF,
    all_delivered,
    body,
    method,
    taken_down,
)
from tests.post import Post

pytestmark = pytest.mark.django_db


def test_those_who_were_to_come_are_thanked_once_on_the_morning_after() -> None:
    event = evening(EVENING.replace(hour=23))
    coming(event, email="mei@example.org")
    unwilling = factories.member("lin@example.org", wants_greetings=False)
    coming(event, email=unwilling.email, member=unwilling)
    with at(ANSWERED):
        verbs.withdraw(taken_down(event, email="gone@example.org"), STAFF)
    assert asked_for("2026-11-09T17:59:59+00:00", "event_thanks") == []
    assert asked_for("2026-11-09T18:00:00+00:00", "event_thanks") == ["mei@example.org"]
    assert asked_for("2026-11-12T18:00:00+00:00", "event_thanks") == []


@pytest.mark.parametrize("because", ["called off", "postponed", "rules", "a week has passed", "draft"])
def test_nobody_is_thanked_for_what_did_not_take_place_or_is_long_over(because: str) -> None:
    event = evening(sends_thanks=because != "rules")
    coming(event, email="mei@example.org")
    if because == "called off":
        with at(ANSWERED):
            verbs.call_off(event, "Flooded.", "场馆进水。", STAFF)
    elif because in ("postponed", "draft"):
        values = {"state": "postponed"} if because == "postponed" else {"status": "draft"}
        Event.objects.filter(pk=event.pk).update(**values)
    moment = "2026-11-16T18:00:00+00:00" if because == "a week has passed" else "2026-11-09T18:00:00+00:00"
    assert asked_for(moment, "event_thanks") == []


@pytest.mark.parametrize("has_pictures", [True, False])
def test_thanks_lead_to_the_record_and_promise_no_picture_that_is_not_there(
    post: Post, has_pictures: bool
) -> None:
    event = evening()
    coming(event, email="mei@example.org")
    with at(ANSWERED):
        outbox.send_due(1000)
    if has_pictures:
        EventPicture.objects.create(event=event, picture=factories.picture())
    asked_for("2026-11-09T18:00:00+00:00", "event_thanks")
    with at("2026-11-09T18:01:00+00:00"):
        mail = all_delivered(post)["mei@example.org"]
    assert f"/en/events/{event.slug}/" in body(mail)
    assert ("pictures" in body(mail)) is has_pictures
    assert method(mail) == ""
