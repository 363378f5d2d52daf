"""Too many answer at once: each page says so within five seconds, keeps what was typed, and stores nothing half."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from events import serving
from events.models import (
    Guest,
    Invitation,
    Rsvp,
    RsvpPolicy,
    RsvpTransition,
    SeatHold,
    SeatOffer,
)
from people.models import Member
from sistercities.mail.models import Message
from tests import factories
from tests.events.buttons import BUTTONS, Button, first_answer, typed
from tests.events.delegates import block
from tests.events.delegates import page_of as delegation_page
from tests.events.delegates import sent as names_sent
from tests.events.rsvp_pages import manage_page, words
from tests.forms import sent as form_sent

pytestmark = pytest.mark.django_db(transaction=True)

LONGEST_SECONDS = 5
TRY_AGAIN = {
    "en": "Many are answering just now. Nothing was recorded; please press again in a moment.",
    "zh-hans": "目前回复的人较多，刚才提交的内容未作任何记录，请稍候再次提交。",
}
STORED = (Rsvp, Guest, RsvpTransition, SeatOffer, SeatHold, Invitation, RsvpPolicy, Message)


@contextmanager
def connection_of_its_own() -> Iterator[Any]:
    """Somebody else's transaction, committed at its end."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("begin")
            yield cursor
            cursor.execute("commit")
    finally:
        other.close()


@contextmanager
def held(statement: str) -> Iterator[None]:
    """Somebody else's session holds what this statement locks."""
    with connection_of_its_own() as other:
        other.execute(statement)
        yield


def the_desks() -> Any:
    return held("select * from events_rsvppolicy for update")


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are tried one after the other: none waits for as long as a guest would."""
    monkeypatch.setitem(serving.PATIENCE, "lock_timeout", "100ms")


def stored() -> list[Any]:
    return [list(model._default_manager.order_by("pk").values()) for model in STORED]


def assert_says_so(page: Any, language: str, kept: list[str]) -> None:
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert TRY_AGAIN[language] in words(page)
    content = page.content.decode()
    assert [text for text in kept if text not in content] == []


@pytest.mark.parametrize("button", BUTTONS)
def test_a_busy_page_keeps_what_was_typed_stores_nothing_and_then_takes_it_once(
    soon: None, button: Callable[[str], Button]
) -> None:
    for language in TRY_AGAIN:
        pressed = button(language)
        before = stored()
        with the_desks():
            assert_says_so(pressed.press(), language, pressed.kept)
        assert stored() == before
        answer = pressed.press()
        assert answer.status_code in (302, 303), words(answer)
        after = stored()
        assert after != before
        if "nonce" in pressed.data:
            assert "recorded=again" in pressed.press()["location"]
            assert stored() == after


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_whoever_waits_for_the_desk_is_answered_within_five_seconds(language: str) -> None:
    pressed = first_answer(language)
    with the_desks():
        began = time.monotonic()
        page = pressed.press()
        took = time.monotonic() - began
    assert_says_so(page, language, pressed.kept)
    assert 3 <= took < LONGEST_SECONDS
    assert not Rsvp.objects.exists()


def test_an_answer_that_waits_for_the_outbox_is_not_stored_without_its_mail(soon: None) -> None:
    pressed = first_answer("en")
    before = stored()
    with held("lock table mail_message in share mode"):
        assert_says_so(pressed.press(), "en", pressed.kept)
    assert stored() == before
    assert pressed.press().status_code == 303


def test_a_delegation_gives_back_no_seats_where_its_names_could_not_be_written(soon: None) -> None:
    hold = block(factories.reception(20), 12)
    pressed = Button(delegation_page(hold), names_sent(Client(), hold, "Ana", "Ben"))
    before = stored()
    with held(f"select * from events_seathold where id = {hold.pk} for update"):
        assert_says_so(pressed.press(), "en", ["Ana", "Ben"])
    assert stored() == before


def test_staff_who_change_an_event_wait_no_longer_and_can_send_the_form_once_more(curator: Member) -> None:
    event = factories.reception()
    staff = Client(headers={"origin": "http://testserver"})
    staff.force_login(curator)
    url = reverse("admin:events_event_change", args=[event.pk])
    data = form_sent(staff.get(url), place_en="In the garden")
    before = stored()
    with the_desks():
        began = time.monotonic()
        page = staff.post(url, data)
        took = time.monotonic() - began
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert took < LONGEST_SECONDS
    assert "What you wrote is kept here: please press again in a moment." in words(page)
    assert "In the garden" in page.content.decode()
    assert stored() == before


def test_new_links_for_several_guests_are_made_for_all_or_none(soon: None, curator: Member) -> None:
    first, second = (factories.rsvp(factories.reception()) for _ in range(2))
    staff = Client()
    staff.force_login(curator)
    data = {"action": "renew_links", "_selected_action": [first.pk, second.pk]}
    before = stored()
    with held(f"select * from events_rsvppolicy where event_id = {second.event_id} for update"):
        assert staff.post(reverse("admin:events_rsvp_changelist"), data).status_code == 503
    assert stored() == before


# --- what guests never see ---------------------------------------------------------------------------------


@contextmanager
def asked_for_the_desk(
    before: Callable[[], object] = bool, after: Callable[[], object] = bool
) -> Iterator[list[str]]:
    """Something happens just before, or after, the desk is first locked; gives how often that was asked for."""
    asked: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_first = "FOR UPDATE" in sql and not asked
        if "FOR UPDATE" in sql:
            asked.append(sql)
        if is_first:
            before()
        result = execute(sql, params, many, context)
        if is_first:
            after()
        return result

    with connection.execute_wrapper(look):
        yield asked


def test_a_serialisation_failure_at_the_desk_is_tried_again_and_not_shown() -> None:
    event = factories.reception()
    pressed = Button(f"/en/events/{event.slug}/rsvp/", typed("en"))

    def others_write() -> None:
        with connection_of_its_own() as other:
            other.execute("update events_rsvppolicy set last_queue_number = last_queue_number + 1")

    with connection.cursor() as cursor:
        cursor.execute("set default_transaction_isolation = 'repeatable read'")
        try:
            with asked_for_the_desk(before=others_write) as asked:
                assert pressed.press().status_code == 303
        finally:
            cursor.execute("reset default_transaction_isolation")
    assert len(asked) == 2
    assert Rsvp.objects.count() == 1


def test_a_deadlock_with_another_writer_is_tried_again_and_not_shown() -> None:
    rsvp = factories.rsvp(factories.reception())
    pressed = Button(manage_page(rsvp), {"answer": "declined"})
    has_the_desk = threading.Event()

    def write_in_the_wrong_order() -> None:
        with connection_of_its_own() as cursor:
            cursor.execute("update events_rsvp set message = 'By another way' where id = %s", [rsvp.pk])
            ready.set()
            has_the_desk.wait(5)
            time.sleep(
                0.3
            )  # the guest waits longer than this writer, and is the one whom PostgreSQL breaks off
            cursor.execute("select * from events_rsvppolicy for update")

    ready = threading.Event()
    other = threading.Thread(target=write_in_the_wrong_order)
    other.start()
    ready.wait(5)
    with asked_for_the_desk(after=has_the_desk.set) as asked:
        assert pressed.press().status_code == 303
    other.join(10)
    assert len(asked) == 2
    fresh = Rsvp.objects.get()
    assert (fresh.status, fresh.message) == ("cancelled", "By another way")
