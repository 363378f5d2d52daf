"""Two hundred guests at once for ten seats, by real web requests; and killing everything in the midst of answers."""

import os
import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.guest import Answered, Guest
from tests.journeys.site import Site
from tests.post import Post

pytestmark = pytest.mark.slow
SECONDS_FOR_MAIL = 120
EVENT = """
from tests import factories
print(factories.reception(seats={seats}, largest_party=4).slug)
"""
STAND = """
from events.models import Rsvp, RsvpPolicy
from django.db.models import Sum
policy = RsvpPolicy.objects.get()
print(policy.seats_committed, Rsvp.objects.aggregate(seats=Sum("seats_confirmed"))["seats"], Rsvp.objects.count())
"""


def at_once(jobs: list[Callable[[], Any]]) -> None:
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> None:
        gate.wait()
        job()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)


def test_two_hundred_at_once_for_ten_seats_each_get_a_true_answer(tmp_path: Path) -> None:
    with Site(tmp_path) as site:
        slug = site.python(EVENT.format(seats=10))
        form = f"{site.url}/en/events/{slug}/rsvp/"
        guests = [Guest() for _ in range(200)]
        seats = [1 + number % 4 for number in range(200)]
        forms: list[dict[str, str]] = [
            guest.filled(
                form, name=f"Guest {chr(65 + n % 26)}", email=f"guest{n}@example.org", seats=seats[n]
            )
            for n, guest in enumerate(guests)
        ]
        told: list[Answered | None] = [None] * 200

        def send(number: int) -> None:
            told[number] = guests[number].open(form, forms[number])

        at_once([lambda number=number: send(number) for number in range(200)])
        committed, confirmed, answers = map(int, site.python(STAND).split())
        assert committed == confirmed <= 10
        assert answers == 200
        for number, answer in enumerate(told):
            assert answer is not None
            assert answer.code == 200
            assert answer.status in ("confirmed", "waitlisted")
            assert Guest().open(answer.url).status == answer.status, "what a guest was told is what holds"
            expected = seats[number] if answer.status == "confirmed" else 0
            told_seats = (
                int(match[1]) if (match := re.search(r"Your (\d+) seats are confirmed", answer.page)) else 1
            )
            assert answer.status == "waitlisted" or told_seats == expected
        assert (
            sum(seats[n] for n, answer in enumerate(told) if answer and answer.status == "confirmed")
            == committed
        )
        site.run("audit")


def test_killing_everything_in_the_midst_of_answers_loses_none_and_no_mail(tmp_path: Path) -> None:
    with Post(seconds_per_mail=0.02) as post, Site(tmp_path, post.url) as site:
        slug = site.python(EVENT.format(seats=100))
        form = f"{site.url}/en/events/{slug}/rsvp/"
        recorded: list[str] = []

        def come(number: int) -> None:
            email = f"guest{number}@example.org"
            try:
                answer = Guest().rsvp(form, name=f"Guest {chr(65 + number % 26)}", email=email)
            except OSError:
                return  # the server died under the guest: nothing was promised
            if answer.code == 200 and answer.status:
                recorded.append(email)

        for wave, victim in enumerate(["worker", "web", "database", "worker", "database"]):
            crowd = [threading.Thread(target=come, args=[wave * 20 + number]) for number in range(20)]
            for guest in crowd:
                guest.start()
            crowd[3].join(60)
            kill(site, victim)
            for guest in crowd:
                guest.join(120)
            site.wait()
        stored = set(
            site.python(
                "from events.models import Rsvp\nprint(*Rsvp.objects.values_list('email', flat=True))"
            ).split()
        )
        assert len(recorded) >= 20
        assert set(recorded) <= stored, "every answer that was shown as recorded is there"
        assert mailed_to(post, stored) == stored
        site.run("audit")


def mailed_to(post: Post, expected: set[str]) -> set[str]:
    """Who has been written to. A confirmation may come twice after a kill, so it is addresses that are waited for."""
    deadline = time.monotonic() + SECONDS_FOR_MAIL
    while True:
        reached = {mail["To"].addresses[0].addr_spec for mail in post.mails}
        if reached >= expected or time.monotonic() > deadline:
            return reached
        time.sleep(0.1)


def kill(site: Site, victim: str) -> None:
    """Kill -9, then start anew what a supervisor would."""
    if victim != "database":
        site.kill(victim)
        site.start(victim)
        return
    pid = site.database.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    site.database.start()
