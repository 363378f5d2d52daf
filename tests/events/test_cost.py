"""One RSVP costs the same with ten guests in as with 20,000, and 2,000 who wait."""

import json
from collections.abc import Iterator
from statistics import quantiles
from typing import Any

import pytest
from django.db import connection, transaction

from events import letters
from tests.events import turns
from tests.events.turns import Act, Evening, Watch, evening

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

FEW, MANY, WAITING = 10, 20_000, 2_000
TRIES = 10  # of which the quicker ones count: the machine has other work too
LONGEST_HELD = 5.0  # milliseconds, for each party that is written
SMALL_TURNS = 3  # are as much, on any machine, however busy

# What each asks the database, from the first statement to the last.
STATEMENTS: dict[Act, int] = {
    turns.answers: 11,
    turns.answers_and_waits: 12,
    turns.answers_again: 6,
    turns.grows: 11,
    turns.shrinks: 14,
    turns.grows_and_waits: 12,
    turns.withdraws_for_the_next: 12,
    turns.withdraws_for_an_offer: 14,
    turns.accepts: 14,
    turns.looks_who_waits: 10,
    turns.looks_at_the_form: 6,
}
# Whoever withdraws is written, and so is whoever is next.
PARTIES_WRITTEN: dict[Act, int] = {
    turns.answers: 1,
    turns.answers_and_waits: 1,
    turns.answers_again: 1,
    turns.grows: 1,
    turns.shrinks: 1,
    turns.grows_and_waits: 1,
    turns.accepts: 1,
    turns.withdraws_for_the_next: 2,
    turns.withdraws_for_an_offer: 2,
}


@pytest.fixture(autouse=True)
def _letters_for_every_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever changes an answer so often within an hour is written to no more, which would be a statement less."""
    monkeypatch.setattr(letters, "MOST_AN_HOUR", 1000)


def measured(*acts: Act) -> dict[Act, tuple[Watch, Watch]]:
    """Each act many times over, in turn among few and among many, so that both have the same of what disturbs them."""
    evenings = evening(FEW, 5), evening(MANY, WAITING)
    analyse()
    watches = {act: (Watch(), Watch()) for act in acts}
    for _ in range(TRIES):
        for act, pair in watches.items():
            for at, watch in zip(evenings, pair, strict=True):
                act(at, watch)
    return watches


def quick(milliseconds: list[float]) -> float:
    """What no more than a quarter of the tries fell short of."""
    return quantiles(milliseconds, n=4)[0]


def analyse() -> None:
    """What PostgreSQL does by itself within a minute after so many rows have come."""
    with connection.cursor() as cursor:
        cursor.execute(
            "analyze events_rsvp, events_guest, events_rsvptransition, events_rsvppolicy, events_event"
        )


def test_an_act_asks_and_takes_the_same_among_ten_guests_and_among_twenty_thousand() -> None:
    found = measured(*STATEMENTS)
    asked = {act.__name__: (set(few.asked), set(many.asked)) for act, (few, many) in found.items()}
    assert asked == {act.__name__: ({number}, {number}) for act, number in STATEMENTS.items()}
    took = {act.__name__: (quick(few.took), quick(many.took)) for act, (few, many) in found.items()}
    assert {name: times for name, times in took.items() if times[1] > 1.5 * times[0] + 2} == {}


@pytest.fixture
def _without_the_disk(transactional_db: None) -> Iterator[None]:
    """How long a disk takes to keep what was committed is no matter of ours."""
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
        yield
        cursor.execute("reset synchronous_commit")


@pytest.mark.usefixtures("_without_the_disk")
def test_the_desk_is_held_for_less_than_five_milliseconds_for_each_party() -> None:
    """On a machine that is busy or slow: for no longer than what takes five milliseconds on one that is neither."""
    found = measured(turns.small_turn, *PARTIES_WRITTEN)
    allowed = max(LONGEST_HELD, SMALL_TURNS * quick(found[turns.small_turn][1].held))
    held = {act.__name__: quick(found[act][1].held) / number for act, number in PARTIES_WRITTEN.items()}
    assert {name: took for name, took in held.items() if took > allowed} == {}


# --- by which index ----------------------------------------------------------------------------------------

# The tables that grow with the guests, and what of them one act may look at. Only the line may be longer.
CROWDED = {"events_rsvp", "events_guest", "events_rsvptransition", "events_seatoffer", "mail_message"}
MOST_LOOKED_AT = 60
OF_THE_LINE = {"rsvp_queue", "rsvp_queue_number_once"}


def scans(plan: dict[str, Any], among: str = "") -> Iterator[tuple[str, str, int]]:
    """Each scan of a crowded table: by which index, if by any, and how many rows it looked at."""
    table, kind = plan.get("Relation Name", among), plan["Node Type"]
    if "Scan" in kind and table in CROWDED and kind != "Bitmap Heap Scan":
        looked_at = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        yield table, plan.get("Index Name", kind), int(looked_at * plan["Actual Loops"])
    for inner in plan.get("Plans", []):
        yield from scans(inner, table)


def explained(statement: str) -> dict[str, Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"explain (analyze, format json) {statement}")
        (plan,) = cursor.fetchone()
        transaction.set_rollback(True)
    found: dict[str, Any] = (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]
    return found


def looked_at(at: Evening, act: Act) -> Iterator[tuple[str, str, int]]:
    watch = Watch(reads=True)
    act(at, watch)
    for statement in watch.sql:
        if statement.lower().startswith(("select", "update", "delete")):
            yield from scans(explained(statement))


@pytest.mark.parametrize("is_analysed", [False, True], ids=["new", "analysed"])
def test_no_act_looks_through_all_who_have_answered(is_analysed: bool) -> None:
    at = evening(MANY, WAITING)
    if is_analysed:
        analyse()
    found = [(act.__name__, *scan) for act in STATEMENTS for scan in looked_at(at, act)]
    long = [scan for scan in found if scan[3] > MOST_LOOKED_AT]
    assert [scan for scan in long if scan[2] not in OF_THE_LINE or scan[3] > WAITING + 10] == []
    by = {index for _act, table, index, _number in found if table == "events_rsvp"}
    assert {"rsvp_queue", "rsvp_one_per_address", "rsvp_form_once", "events_rsvp_pkey"} <= by
