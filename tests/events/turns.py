"""What guests do, over and over, on an evening of ten guests and on one of thousands; and a watch that looks on."""

import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events import rsvp as verbs
from events.models import Event, Rsvp, RsvpPolicy, SeatOffer
from tests import factories
from tests.events.crowd import crowd
from tests.events.rsvp_pages import manage_page

QUESTIONS = 12
Act = Callable[["Evening", "Watch"], None]


@dataclass
class Watch:
    """What acts took, in milliseconds, for how much of that they held the desk, and what they asked the database."""

    reads: bool = False  # whether to keep the statements themselves, which takes time
    took: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    sql: list[str] = field(default_factory=list)
    statements: int = 0
    locked_at: float = 0.0

    def act(self, act: Callable[[], Any]) -> Any:
        self.locked_at, self.statements = 0.0, 0
        commit = connection._commit
        connection._commit = lambda: self._commit(commit)
        try:
            with (
                CaptureQueriesContext(connection) if self.reads else nullcontext() as queries,
                connection.execute_wrapper(self._look),
            ):
                began = time.perf_counter()
                done = act()
                self.took.append(1000 * (time.perf_counter() - began))
        finally:
            del connection._commit
        self.asked.append(self.statements)
        self.sql += [row["sql"].strip() for row in queries.captured_queries] if queries else []
        return done

    def _look(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        self.statements += 1
        if "FOR UPDATE" in sql:
            self.locked_at = time.perf_counter()
        return result

    def _commit(self, commit: Callable[[], None]) -> None:
        commit()
        if self.locked_at:
            self.held.append(1000 * (time.perf_counter() - self.locked_at))
            self.locked_at = 0.0


@dataclass
class Evening:
    """The same evening twice: once with free seats, once full with a waiting list. Each act leaves it as it was."""

    free: Event
    full: Event

    def promote(self, how: str) -> None:
        RsvpPolicy.objects.filter(event=self.full).update(promotion=how)

    def offered(self) -> Rsvp:
        return SeatOffer.objects.live().get(rsvp__event=self.full).rsvp


def evening(guests: int, waiting: int) -> Evening:
    return Evening(crowd(guests), crowd(guests, waiting))


def one_in(event: Event) -> Rsvp:
    return event.rsvps.filter(status="confirmed", seats_wanted=1).order_by("-pk")[0]


def now_wants(rsvp: Rsvp, seats: int) -> Rsvp:
    return verbs.change(rsvp, verbs.Answer(rsvp.name, rsvp.email, seats))


def answers(at: Evening, watch: Watch) -> None:
    said = factories.answer(2, nonce=f"{time.perf_counter_ns():024}")
    verbs.withdraw(watch.act(lambda: verbs.respond(at.free, said)).rsvp)


def answers_and_waits(at: Evening, watch: Watch) -> None:
    said = factories.answer(2, nonce=f"{time.perf_counter_ns():024}")
    verbs.withdraw(watch.act(lambda: verbs.respond(at.full, said)).rsvp)


def answers_again(at: Evening, watch: Watch) -> None:
    known = one_in(at.free).email
    watch.act(lambda: verbs.respond(at.free, factories.answer(2, email=known)))


def grows(at: Evening, watch: Watch) -> None:
    rsvp = one_in(at.free)
    watch.act(lambda: now_wants(rsvp, 2))
    now_wants(rsvp, 1)


def shrinks(at: Evening, watch: Watch) -> None:
    rsvp = now_wants(one_in(at.free), 2)
    watch.act(lambda: now_wants(rsvp, 1))


def grows_and_waits(at: Evening, watch: Watch) -> None:
    rsvp = one_in(at.full)
    watch.act(lambda: now_wants(rsvp, 2))
    now_wants(rsvp, 1)


def withdraws_for_the_next(at: Evening, watch: Watch) -> None:
    at.promote("seat")
    rsvp = one_in(at.full)
    watch.act(lambda: verbs.withdraw(rsvp))
    now_wants(rsvp, 1)


def withdraws_for_an_offer(at: Evening, watch: Watch) -> None:
    at.promote("offer")
    rsvp = one_in(at.full)
    watch.act(lambda: verbs.withdraw(rsvp))
    verbs.accept(at.offered(), 1)
    now_wants(rsvp, 1)


def accepts(at: Evening, watch: Watch) -> None:
    at.promote("offer")
    rsvp = one_in(at.full)
    verbs.withdraw(rsvp)
    offered = at.offered()
    watch.act(lambda: verbs.accept(offered, 1))
    now_wants(rsvp, 1)


def looks_who_waits(at: Evening, watch: Watch) -> None:
    last = at.full.rsvps.waiting().last()
    assert last
    assert watch.act(lambda: Client().get(manage_page(last))).status_code == 200


def looks_at_the_form(at: Evening, watch: Watch) -> None:
    assert watch.act(lambda: Client().get(f"/en/events/{at.full.slug}/rsvp/")).status_code == 200


def small_turn(at: Evening, watch: Watch) -> None:
    """What takes as long as the desk on any machine, fast or slow: a lock, some small questions, and a write."""

    def turn() -> None:
        with transaction.atomic():
            policy = RsvpPolicy.objects.select_for_update().get(event=at.full)
            for _ in range(QUESTIONS):
                RsvpPolicy.objects.get(event=at.full)
            policy.save()

    watch.act(turn)
