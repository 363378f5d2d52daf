"""The letters to those who wait for seats that are given at once."""

import pytest

from events import rsvp as verbs
from events.models import Event
from sistercities.mail import outbox
from tests import factories
from tests.events.postbox import body, calendar, delivered, lantern_reception, subject
from tests.post import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return lantern_reception()


def test_waiting_party_learns_its_place_and_the_rule_and_gets_no_entry(post: Post, event: Event) -> None:
    factories.rsvp(event, 5)
    factories.rsvp(event, 1)
    outbox.send_due()
    factories.rsvp(event, 3)
    mail = delivered(post)
    assert "waiting list" in subject(mail)
    assert "Nothing is confirmed yet" in body(mail)
    assert "You are waiting for 3 seats.\nYour place on the waiting list: 2." in body(mail)
    assert "72 hours" in body(mail)
    assert calendar(mail) is None


def test_party_that_waits_for_more_learns_that_it_keeps_its_seats(post: Post, event: Event) -> None:
    rsvp = factories.rsvp(event, 2)
    factories.rsvp(event, 3)
    outbox.send_due()
    verbs.change(rsvp, factories.answer(4, rsvp.name, email=rsvp.email))
    mail = delivered(post)
    assert "You keep your seats" in subject(mail)
    assert "Your 2 seats are confirmed and remain yours" in body(mail)
    assert "You are waiting for 2 seats" in body(mail)
    assert "Seats confirmed: 2 (2 more on the waiting list)" in body(mail)
    assert "Your party" not in body(mail)
    assert calendar(mail) is not None


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_waiting_party_that_wants_more_learns_that_its_request_was_changed(
    post: Post, event: Event, kind: str
) -> None:
    factories.rsvp(event, 5)
    rsvp = factories.rsvp(event, 2)
    outbox.send_due()
    verbs.change(rsvp, factories.answer(4, rsvp.name, email=rsvp.email))
    mail = delivered(post)
    assert subject(mail).startswith("Your request on the waiting list has been changed")
    assert "You are now waiting for 4 seats, as number 1 on the waiting list." in body(mail, kind)
    assert "Thank you for your answer" not in body(mail, kind)


@pytest.mark.parametrize(
    ("seats", "words"), [(1, "There is no free seat"), (3, "not enough free seats for your whole party")]
)
def test_waiting_party_is_told_what_is_lacking(post: Post, event: Event, seats: int, words: str) -> None:
    factories.rsvp(event, 5 if seats == 1 else 3)
    outbox.send_due()
    factories.rsvp(event, seats)
    assert words in body(delivered(post))


def test_party_from_the_waiting_list_gets_its_seats_and_its_entry(post: Post, event: Event) -> None:
    first = factories.rsvp(event, 5)
    second = factories.rsvp(event, 2)
    outbox.send_due()
    post.mails.clear()
    verbs.withdraw(first)
    outbox.send_due()
    by_address = {str(mail["To"].addresses[0].addr_spec): mail for mail in post.mails}
    assert "From the waiting list" in subject(by_address[second.email])
    entry = calendar(by_address[second.email])
    assert entry is not None
    assert entry["METHOD"] == "REQUEST"
    taken_away = calendar(by_address[first.email])
    assert taken_away is not None
    assert taken_away["METHOD"] == "CANCEL"


def test_party_that_only_waited_has_no_entry_to_take_away(post: Post, event: Event) -> None:
    factories.rsvp(event, 5)
    waiting = factories.rsvp(event, 2)
    outbox.send_due()
    verbs.withdraw(waiting)
    mail = delivered(post)
    assert "withdrawn" in subject(mail)
    assert calendar(mail) is None
