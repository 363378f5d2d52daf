"""Acts that meet in the database: tried again where that helps, else answered soon, with nothing lost."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from people.models import Member
from sistercities.busy import Busy, retried
from sistercities.mail.models import Message
from sistercities.news.models import Topic
from tests.forms import sent

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST_SECONDS = 5
OWN = {"origin": "http://testserver"}


@pytest.fixture
def mails() -> list[Message]:
    return [
        Message.objects.create(key=key, kind="test", to_email="a@example.org", snapshot={})
        for key in ("one", "two")
    ]


@pytest.fixture
def topic() -> Topic:
    return Topic.objects.create(slug="one", name_en="one", name_zh_hans="一")


@contextmanager
def somebody_else() -> Iterator[Any]:
    """A second session of the same database."""
    other = connection.copy()
    try:
        yield other.cursor()
    finally:
        other.close()


@contextmanager
def patience(**milliseconds: int) -> Iterator[None]:
    """This session waits no longer than that."""
    with connection.cursor() as cursor:
        for name, limit in milliseconds.items():
            cursor.execute("select set_config(%s, %s, false)", [name, f"{limit}ms"])
        yield
        for name in milliseconds:
            cursor.execute(f"reset {name}")


def count_up(mail: Message) -> None:
    fresh = Message.objects.select_for_update().get(pk=mail.pk)
    fresh.attempts += 1
    fresh.save(update_fields=["attempts"])


def counted() -> list[int]:
    return list(Message.objects.order_by("key").values_list("attempts", flat=True))


def together(*acts: Callable[[], object]) -> list[Exception]:
    """Each in a thread and a session of its own; gives what was raised."""
    raised: list[Exception] = []

    def run(act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as problem:  # noqa: BLE001 - a thread must hand its failure to the test
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return raised


def crossing(mails: list[Message], tries: list[str], outer: bool = False) -> list[Callable[[], None]]:
    """Two acts that take the same two rows in opposite order, and meet in the middle at the first try."""
    gate = threading.Barrier(2, timeout=5)

    @retried
    def act(name: str, first: Message, second: Message) -> None:
        with transaction.atomic():
            count_up(first)
            tries.append(name)
            if tries.count(name) == 1:
                gate.wait()
            count_up(second)

    def inside(name: str, first: Message, second: Message) -> None:
        with transaction.atomic():
            act(name, first, second)

    run = inside if outer else act
    one, two = mails
    return [lambda: run("there", one, two), lambda: run("back", two, one)]


def test_a_deadlock_is_tried_again_and_nobody_notices(mails: list[Message]) -> None:
    tries: list[str] = []
    began = time.monotonic()
    assert together(*crossing(mails, tries)) == []
    assert time.monotonic() - began < LONGEST_SECONDS
    assert sorted(tries) in (["back", "back", "there"], ["back", "there", "there"])
    assert counted() == [2, 2]


def test_a_deadlock_within_a_larger_act_is_left_to_that(mails: list[Message]) -> None:
    tries: list[str] = []
    (problem,) = together(*crossing(mails, tries, outer=True))
    assert isinstance(problem, Busy)
    assert len(tries) == 2
    assert counted() == [1, 1]


def overtaken(mail: Message, times: int) -> Callable[[], int]:
    """An act that sees the table as it was at its beginning, and is overtaken by another so many times."""
    tries = 0

    @retried
    def act() -> int:
        nonlocal tries
        with transaction.atomic(), connection.cursor() as cursor, somebody_else() as other:
            cursor.execute("set transaction isolation level repeatable read")
            cursor.execute("select attempts from mail_message where id = %s", [mail.pk])
            tries += 1
            if tries <= times:
                other.execute("update mail_message set attempts = attempts + 10 where id = %s", [mail.pk])
            cursor.execute("update mail_message set attempts = attempts + 1 where id = %s", [mail.pk])
        return tries

    return act


@pytest.mark.parametrize("times", [1, 3])
def test_a_conflict_is_tried_again_up_to_three_times(mails: list[Message], times: int) -> None:
    assert overtaken(mails[0], times)() == times + 1
    assert counted() == [10 * times + 1, 0]


def test_a_fourth_conflict_says_that_it_is_busy(mails: list[Message]) -> None:
    with pytest.raises(Busy):
        overtaken(mails[0], 9)()
    assert counted() == [40, 0]


def test_a_lock_that_is_not_free_in_time_says_that_it_is_busy(mails: list[Message]) -> None:
    with somebody_else() as other, patience(lock_timeout=100):
        other.execute("begin")
        other.execute("select * from mail_message where id = %s for update", [mails[0].pk])
        act = retried(transaction.atomic(lambda: count_up(mails[0])))
        began = time.monotonic()
        with pytest.raises(Busy):
            act()
        assert time.monotonic() - began < 1  # not tried again
        other.execute("rollback")
        act()
    assert counted() == [1, 0]


def test_a_statement_that_takes_too_long_says_that_it_is_busy() -> None:
    with patience(statement_timeout=50), pytest.raises(Busy), connection.cursor() as cursor:
        retried(lambda: cursor.execute("select pg_sleep(5)"))()


def test_a_database_that_is_away_is_not_busy() -> None:
    def gone() -> None:
        raise OperationalError("the connection is lost")

    with pytest.raises(OperationalError, match="lost"):
        retried(gone)()


# --- what a page says that could not save ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "What you wrote is kept here: please press again in a moment."),
        ("zh-hans", "您填写的内容已保留在此，请稍候再次提交。"),
    ],
)
def test_a_form_of_staff_is_kept_while_others_come_first(
    topic: Topic, curator: Member, language: str, words: str
) -> None:
    staff = Client(headers={"accept-language": language, **OWN})
    staff.force_login(curator)
    url = reverse("admin:news_topic_change", args=[topic.pk])
    data = sent(staff.get(url), name_en="Ports & “harbours”")
    with somebody_else() as other, patience(lock_timeout=200):
        other.execute("begin")
        other.execute("select * from news_topic where id = %s for update", [topic.pk])
        busy = staff.post(url, data)
        other.execute("rollback")
    content = busy.content.decode()
    assert (busy.status_code, busy.headers["Retry-After"], busy.headers["Cache-Control"]) == (
        503,
        "5",
        "no-store",
    )
    assert words in content
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}">' in content
    assert Topic.objects.get(pk=topic.pk).name_en == "one"
    assert staff.post(url, sent_again(content)).status_code == 302
    assert Topic.objects.get(pk=topic.pk).name_en == "Ports & “harbours”"


def sent_again(content: str) -> dict[str, str]:
    """What the button of the page sends."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', content)
    return {name: value.replace("&amp;", "&") for name, value in hidden}


def test_a_form_from_elsewhere_is_not_kept_while_others_come_first(topic: Topic, curator: Member) -> None:
    staff = Client()
    staff.force_login(curator)
    url = reverse("admin:news_topic_change", args=[topic.pk])
    data = sent(staff.get(url), name_en="Ports")
    with somebody_else() as other, patience(lock_timeout=200):
        other.execute("begin")
        other.execute("select * from news_topic where id = %s for update", [topic.pk])
        content = staff.post(url, data, headers={"origin": "https://other.example"}).content.decode()
        other.execute("rollback")
    assert "Please go back in a moment and send the form once more." in content
    assert "Ports" not in content
