"""What a runner of a race does: one thing that a guest, a clerk or the worker would do. Hands back plain values."""

import time
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from events import rsvp as verbs
from events import tasks
from events.models import Event, Rsvp, SeatHold, SeatOffer
from events.rsvp import Answer, Busy, By


@dataclass(frozen=True)
class Told:
    """What somebody was told of an answer."""

    rsvp: int
    status: str
    confirmed: int
    wanted: int
    recorded: str = ""


def _told(rsvp: Rsvp, recorded: str = "") -> Told:
    return Told(rsvp.pk, str(rsvp.status), rsvp.seats_confirmed, rsvp.seats_wanted, recorded)


def _answer(number: int, seats: int, nonce: str = "") -> Answer:
    return Answer(f"Runner {number}", f"runner{number}@example.org", seats, nonce=nonce)


def respond(event: int, number: int, seats: int, nonce: str = "") -> Told:
    outcome = verbs.respond(Event.objects.get(pk=event), _answer(number, seats, nonce))
    return _told(outcome.rsvp, str(outcome.recorded))


def change(rsvp: int, seats: int) -> Told:
    known = Rsvp.objects.get(pk=rsvp)
    return _told(verbs.change(known, Answer(known.name, known.email, seats)))


def withdraw(rsvp: int) -> Told:
    return _told(verbs.withdraw(Rsvp.objects.get(pk=rsvp)))


def set_limit(event: int, seats: int) -> None:
    verbs.set_limit(Event.objects.get(pk=event), seats, By("staff"))


def call_off(event: int) -> int:
    return verbs.call_off(Event.objects.get(pk=event), "Called off.", "取消。", By("staff"))


def verify(rsvp: int) -> Told:
    outcome = verbs.verify(Rsvp.objects.get(pk=rsvp))
    return _told(outcome.rsvp, str(outcome.recorded))


def accept(rsvp: int, seats: int) -> Told:
    return _told(verbs.accept(Rsvp.objects.get(pk=rsvp), seats))


def not_now(rsvp: int) -> Told:
    return _told(verbs.not_now(Rsvp.objects.get(pk=rsvp)))


def offer(rsvp: int, seats: int) -> Told:
    return _told(verbs.offer(Rsvp.objects.get(pk=rsvp), seats, By("staff", reason="a guest of honour")))


def prioritise(rsvp: int, priority: int) -> Told:
    return _told(
        verbs.prioritise(Rsvp.objects.get(pk=rsvp), priority, By("staff", reason="a guest of honour"))
    )


def approve(rsvp: int) -> Told:
    return _told(verbs.approve(Rsvp.objects.get(pk=rsvp), By("staff")))


def reject(rsvp: int) -> Told:
    return _told(verbs.reject(Rsvp.objects.get(pk=rsvp), By("staff", reason="no room")))


def remove(rsvp: int) -> Told:
    return _told(verbs.remove(Rsvp.objects.get(pk=rsvp), By("staff", reason="a hoax")))


def name_delegates(hold: int, names: tuple[str, ...]) -> tuple[int, int]:
    """Returns the seats of the block and those of it that nobody is named for."""
    named = verbs.name_delegates(SeatHold.objects.get(pk=hold), names)
    return named.seats, named.seats_unnamed


def release_hold(hold: int) -> None:
    verbs.release_hold(SeatHold.objects.get(pk=hold), By("staff"))


def settle(event: int) -> None:
    verbs.settle(Event.objects.get(pk=event))


def work() -> None:
    """What the worker does each minute."""
    tasks.serve_those_who_wait()


def work_when_offers_end(event: int) -> None:
    """What the worker does in the moment when the first of an event's offers is over."""
    live = SeatOffer.objects.live().filter(rsvp__event=event)
    over = live.order_by("expires_at").values_list("expires_at", flat=True)[0]
    time.sleep(max(0.0, (over - timezone.now()).total_seconds() + 0.01))
    work()


def post(url: str, data: dict[str, Any]) -> tuple[int, str]:
    """Send a form as a browser of its own; returns the status and where it leads."""
    response = Client().post(url, data)
    if response.status_code == 503:
        raise Busy("The page said: try again in a moment.")
    return response.status_code, response.headers.get("Location", "")
