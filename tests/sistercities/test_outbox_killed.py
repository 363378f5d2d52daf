"""Real workers that are killed, and a mail server at its worst: no mail is lost, and none repeated that must not be."""

import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import pytest
from django.utils import timezone

from events.models import Event
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.post import Post, database_url
from tests.sistercities.moody_post import MOODS, MoodyPost

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
State = Message.State
Worker = subprocess.Popen[bytes]
PATIENCE = "0.8"  # seconds that a worker waits for a server that hangs


@contextmanager
def workers(post: Post, count: int, patience: str = PATIENCE) -> Iterator[list[Worker]]:
    """So many workers; whichever are on the list at the end are stopped."""
    working = [start_worker(post, patience) for _ in range(count)]
    try:
        yield working
    finally:
        for worker in working:
            worker.kill()
            worker.wait()


def start_worker(post: Post, patience: str = PATIENCE) -> Worker:
    told = {"DATABASE_URL": database_url(), "EMAIL_URL": post.url, "MAIL_TIMEOUT": patience}
    environment = {**os.environ, **told, "LOG_LEVEL": "CRITICAL"}
    return subprocess.Popen([sys.executable, "manage.py", "work"], env=environment)


def stop(worker: Worker) -> int:
    worker.send_signal(signal.SIGTERM)
    return worker.wait(30)


def wait_until(condition: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def is_down_to(left: int) -> bool:
    """Whether so few mails wait; whatever waits for another attempt need not wait for a minute, or an hour."""
    later = Message.objects.waiting().filter(handed_over_at=None, send_after__gt=timezone.now())
    later.exclude(fault=Message.Fault.WRITING).update(send_after=timezone.now())
    return Message.objects.waiting().count() <= left


@dataclass
class Evening:
    """A reception with many guests, each with a letter, every fifth of which may go out once at most."""

    guests: int
    event: Event = field(default_factory=lambda: factories.reception(5000))

    def invite(self) -> None:
        """Every sixth guest gets a second letter."""
        for number in range(1, self.guests + 1):
            email = f"guest{number}@example.org"
            self.answer(email)
            first = Message.objects.filter(to_email=email)
            if number % 5 == 4:
                first.update(delivery=Message.Delivery.AT_MOST_ONCE)
            if number % 6 == 2:
                asked = {"to_email": email, "language": "zh-hans", "snapshot": first.get().snapshot}
                outbox.queue(key=f"second:{first.get().pk}", kind="rsvp_already", **asked)

    def answer(self, email: str) -> float:
        begun = time.perf_counter()
        factories.rsvp(self.event, email=email)
        return time.perf_counter() - begun

    def answers(self, name: str, count: int = 12) -> list[float]:
        """How long so many answers take."""
        return [self.answer(f"{name}@{number}.example.org") for number in range(count)]


def kill_amid_work(evening: Evening, post: MoodyPost, kills: int) -> list[float]:
    """Two workers, of whom one after the other is killed; how long answers took meanwhile."""
    taken: list[float] = []
    with workers(post, 2) as working:
        total = Message.objects.count()
        for kill in range(kills):
            goal = total - (kill + 1) * total // (kills + 2)
            wait_until(partial(is_down_to, goal))
            if kill == kills // 2:
                taken = evening.answers("late")
            victim = working.pop(random.randrange(len(working)))
            victim.kill()
            victim.wait()
            if kill < kills - 1:
                working.append(start_worker(post))
            if kill == kills // 2:
                post.go_away()
                time.sleep(0.5)
                post.come_back()
        wait_until(partial(is_down_to, 0), 240)
        assert [stop(worker) for worker in working] == [0]
    return taken


def check_every_letter(post: MoodyPost) -> dict[str, int]:
    """Each has arrived, or is on a list for staff; returns how many ended how."""
    ends: dict[str, int] = {"repeated": 0}
    for message in Message.objects.all():
        arrived = post.received[message.to_email].count(message.message_id)
        ends[message.state.value] = ends.get(message.state.value, 0) + 1
        ends["repeated"] += arrived > 1
        if message.state == State.GIVEN_UP:
            assert (arrived, message.error) == (0, "550 5.1.1 No such mailbox")
        elif message.delivery == Message.Delivery.AT_MOST_ONCE:
            assert arrived <= 1, message
            assert message.state == (State.SENT if arrived and message.sent_at else State.UNCERTAIN), message
        else:
            assert message.state == State.SENT, message
            assert arrived >= 1, message
    asked_for = {message.message_id for message in Message.objects.all()}
    assert {arrived for each in post.received.values() for arrived in each} <= asked_for
    in_trouble = set(Message.objects.in_trouble().values_list("pk", flat=True))
    for message in Message.objects.exclude(failed_at=None):
        assert message.pk in in_trouble
    return ends


def check_order(post: MoodyPost) -> int:
    """Of two letters to one address the earlier arrived first; returns how many such there were."""
    pairs = 0
    for second in Message.objects.filter(kind="rsvp_already").exclude(sent_at=None):
        first = Message.objects.get(pk=int(second.key.removeprefix("second:")))
        arrived = post.received[second.to_email]
        if first.message_id in arrived:
            assert arrived.index(first.message_id) < arrived.index(second.message_id)
            pairs += 1
    return pairs


@pytest.mark.parametrize(
    ("guests", "kills"),
    [
        pytest.param(31, 3, id="60 letters"),
        pytest.param(860, 12, id="1000 letters", marks=pytest.mark.thorough),
    ],
)
def test_no_letter_is_lost_when_workers_are_killed_and_the_mail_server_is_at_its_worst(
    guests: int, kills: int
) -> None:
    random.seed(4)
    evening = Evening(guests)
    before = evening.answers("early")
    evening.invite()
    with MoodyPost(seconds_per_mail=0.03) as post:
        meanwhile = kill_amid_work(evening, post, kills)
        ends, pairs = check_every_letter(post), check_order(post)
    assert pairs > guests // 8
    assert post.done.keys() == MOODS.keys()
    assert ends[State.UNCERTAIN] >= 1
    assert statistics.median(meanwhile) < 3 * statistics.median(before) + 0.1  # no answer waits for a mail
    print(f"{Message.objects.count()} letters: {ends}, {pairs} pairs in order; the server {dict(post.done)}")
    print(f"an answer before: {spread(before)}; meanwhile: {spread(meanwhile)}")


def spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.0f} ms, at most {max(seconds) * 1000:.0f} ms"


def test_a_worker_that_is_told_to_stop_finishes_the_letter_in_hand_and_takes_no_other() -> None:
    event = factories.reception(10)
    for who in ("first", "second"):  # without a number, on which the moods of the server hang
        factories.rsvp(event, email=f"{who}@example.org")
    with MoodyPost(seconds_per_mail=0.5) as post, workers(post, 1, "20") as (worker,):
        assert post.begun.wait(30)
        assert stop(worker) == 0
        assert len(post.mails) == 1
    first, second = Message.objects.order_by("pk")
    assert (first.state, first.attempts) == (State.SENT, 1)
    assert (second.state, second.attempts) == (State.WAITING, 0)
