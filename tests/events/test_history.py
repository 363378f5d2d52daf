"""The history of a party as a person reads it: every deed, by whom, and what became of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from events import rsvp as verbs
from events.deeds import DEEDS
from events.desk_notes import tell_notes
from events.history import history, tell
from events.models import Actor, Deed, DeskNote, Event, Rsvp, RsvpTransition, SeatOffer
from events.rsvp import By
from people.models import Member
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db: None) -> By:
    """Staff at the phone."""
    member = factories.member("ana@example.org", name="Ana")
    return By(Actor.STAFF, member, "as she asked", Rsvp.Source.PHONE)


def _said(rsvp: Rsvp) -> list[str]:
    return [each.sentence for each in history(Rsvp.objects.get(pk=rsvp.pk))]


def _change(rsvp: Rsvp, seats: int, by: By = verbs.GUEST) -> Rsvp:
    return verbs.change(rsvp, factories.answer(seats, rsvp.name), by)


def test_a_call_is_told_with_who_noted_it_what_was_asked_and_where_the_party_stands(ana: By) -> None:
    event = factories.reception(2, largest_party=2)
    rsvp = factories.rsvp(event, 2, "Mei")
    verbs.set_limit(event, 4, ana)
    verbs.set_rules(event, ana, largest_party=4)
    factories.rsvp(event, 3)
    factories.rsvp(event, 1)
    _change(rsvp, 4, ana)
    assert _said(rsvp) == [
        "the guest: asked for 2 seats; 2 confirmed.",
        (
            "by phone, noted by Ana: asked for 4 seats instead of 2;"
            " 2 stay confirmed, 2 wait, number 3 in line. Reason: as she asked"
        ),
    ]


def test_the_place_told_is_the_one_of_that_moment() -> None:
    event = factories.reception(1, largest_party=1)
    first, second, third = (factories.rsvp(event, 1) for _each in range(3))
    verbs.withdraw(second)
    verbs.withdraw(first)
    assert _said(third) == [
        "the guest: asked for 1 seat; 1 waits, number 2 in line.",
        "automatically: 1 seat from the waiting list; 1 confirmed.",
    ]


def test_an_offer_is_told_from_beginning_to_end() -> None:
    event = factories.reception(2, promotion="offer", largest_party=2)
    there = factories.rsvp(event, 2)
    rsvp = factories.rsvp(event, 2, "Mei")
    _change(there, 1)
    _change(there, 0)
    verbs.accept(rsvp, 1)
    assert _said(rsvp)[1:] == [
        "automatically: offered 1 seat; 1 offered, 1 waits, number 1 in line.",
        "automatically: offered 1 seat more; 2 offered.",
        "the guest: took 1 of 2 seats offered; 1 confirmed.",
    ]


def test_a_lapsed_offer_is_told() -> None:
    event = factories.reception(2, promotion="offer", largest_party=2)
    there = factories.rsvp(event, 2)
    rsvp = factories.rsvp(event, 2, "Mei")
    verbs.withdraw(there)
    hour_ago = timezone.now() - timedelta(hours=1)
    SeatOffer.objects.update(made_at=hour_ago - timedelta(hours=1), remind_at=None, expires_at=hour_ago)
    verbs.settle(event)
    assert _said(rsvp)[-1] == "automatically: the offer of 2 seats lapsed unanswered; 2 seats are free again."


def test_an_answer_taken_back_and_given_again_is_told() -> None:
    event = factories.reception(4)
    rsvp = factories.rsvp(event, 2)
    verbs.withdraw(rsvp)
    _change(rsvp, 3)
    assert _said(rsvp)[1:] == [
        "the guest: withdrew the answer for 2 seats; 2 seats are free again.",
        "the guest: answered again, and asked for 3 seats; 3 confirmed.",
    ]


def test_what_is_removed_leaves_only_that_there_was_an_answer(ana: By) -> None:
    rsvp = factories.rsvp(factories.reception(), 2, "A Hoax")
    verbs.remove(rsvp, By(Actor.STAFF, ana.member, "A prank."))
    said = _said(rsvp)
    assert (
        said[-1] == "Ana: removed the answer and its personal data; 2 seats are free again. Reason: A prank."
    )
    assert "Hoax" not in " ".join(said)


def test_a_history_costs_one_query_however_long_it_is(django_assert_num_queries: Any) -> None:
    event = factories.reception(4)
    rsvp = factories.rsvp(event, 1)
    for seats in (2, 3, 4, 3, 2):
        _change(rsvp, seats)
    rsvp = Rsvp.objects.select_related("event").get(pk=rsvp.pk)
    with django_assert_num_queries(1):
        assert len(history(rsvp)) == 6


# --- all deeds, in both languages -----------------------------------------------------------------------

EXAMPLES: dict[Deed, dict[str, Any]] = {
    Deed.ANSWERED: {"to_status": "confirmed", "seats_after": 2, "wanted_after": 2},
    Deed.VERIFIED: {
        "from_status": "unverified",
        "to_status": "confirmed",
        "seats_after": 2,
        "wanted_after": 2,
    },
    Deed.WITHDRAWN: {"to_status": "cancelled", "seats_before": 2, "wanted_before": 2},
    Deed.SEATED: {"to_status": "confirmed", "seats_after": 2, "wanted_after": 2, "wanted_before": 2},
    Deed.OFFERED: {"to_status": "offered", "offered_after": 2, "wanted_after": 2, "wanted_before": 2},
    Deed.TOOK: {"to_status": "confirmed", "offered_before": 2, "seats_after": 2, "wanted_after": 2},
    Deed.LAPSED: {"to_status": "lapsed", "offered_before": 2, "wanted_before": 2},
    Deed.RECALLED: {"to_status": "waitlisted", "offered_before": 2, "wanted_before": 2, "wanted_after": 2},
    Deed.REJECTED: {"to_status": "rejected", "wanted_before": 2},
    Deed.CALLED_OFF: {"to_status": "cancelled", "seats_before": 2, "wanted_before": 2},
    Deed.REMOVED: {"to_status": "cancelled", "seats_before": 2, "wanted_before": 2},
    Deed.NAMED: {"to_status": "confirmed", "seats_after": 2, "wanted_after": 2},
}
USUAL = {"to_status": "waitlisted", "wanted_before": 2, "wanted_after": 3, "offered_before": 1}


def _example(deed: Deed) -> RsvpTransition:
    none = dict.fromkeys(("seats_before", "seats_after", "wanted_before", "wanted_after"), 0)
    values = {"actor": Actor.STAFF, "source": "letter", "from_status": "waitlisted", "priority_after": 0}
    return RsvpTransition(at=timezone.now(), deed=deed, **{**none, **values, **EXAMPLES.get(deed, USUAL)})


@pytest.mark.parametrize("deed", Deed)
def test_every_deed_is_told_in_both_languages(deed: Deed) -> None:
    event = factories.event()
    english = tell(_example(deed), event).sentence
    with translation.override("zh-hans"):
        chinese = tell(_example(deed), event).sentence
    assert english.startswith("by letter, noted by the hosts: ")
    assert english.endswith(".")
    assert not any(letter.isascii() and letter.isalpha() for letter in chinese), chinese


def test_no_deed_is_left_out() -> None:
    assert set(DEEDS) == set(Deed)


def test_every_deed_reads_unlike_the_others() -> None:
    event = factories.event()
    told = {tell(_example(deed), event).sentence for deed in Deed}
    assert len(told) == len(Deed)


# --- the notes of the desk ------------------------------------------------------------------------------


def _notes(event: Event) -> list[str]:
    return [each.sentence for each in tell_notes(DeskNote.objects.select_related("member"), event)]


def test_what_the_hosts_did_with_the_seats_is_told(ana: By) -> None:
    event = factories.reception(6)
    verbs.set_limit(event, 8, ana)
    verbs.set_limit(event, None, ana)
    hold = verbs.hold_seats(event, verbs.Block("Consulate", 5), ana)
    verbs.resize_hold(hold, 6, ana)
    verbs.release_seats(hold, 2, ana)
    verbs.set_rules(event, ana, waiting_list=False, offer_hours=13)
    assert [said.removesuffix(" Reason: as she asked") for said in _notes(event)] == [
        "Ana: number of seats: 8 instead of 6.",
        "Ana: number of seats: no limit instead of 8.",
        "Ana: a block of 5 seats for Consulate.",
        "Ana: block of Consulate: 6 seats instead of 5.",
        "Ana: block of Consulate: 2 seats given back.",
        "Ana: keeps a waiting list: “no” instead of “yes”.",
        "Ana: an offer stands for: “13” instead of “26”.",
    ]


def test_a_moved_deadline_is_told_on_the_clocks_of_the_place(ana: By) -> None:
    event = factories.event()
    note = DeskNote(
        event=event,
        at=timezone.now(),
        actor=Actor.STAFF,
        kind=DeskNote.Kind.RULES,
        subject="closes_at",
        before="2027-12-01 07:59:00+00:00",
        after="2027-12-08 07:59:00+00:00",
    )
    (told,) = tell_notes([note], event)
    assert (
        told.sentence
        == "the hosts: closes: “Tuesday 7 December 2027, 11:59 pm” instead of “Tuesday 30 November 2027, 11:59 pm”."
    )


@pytest.mark.parametrize("kind", DeskNote.Kind)
def test_every_kind_of_note_is_told_in_chinese(kind: str) -> None:
    event = factories.event()
    subject = "waiting_list" if kind == DeskNote.Kind.RULES else "代表团"
    now = timezone.now()
    note = DeskNote(event=event, at=now, actor="staff", kind=kind, subject=subject, before="4", after="2")
    with translation.override("zh-hans"):
        (told,) = tell_notes([note], event)
    assert not any(letter.isascii() and letter.isalpha() for letter in told.sentence), told.sentence


def test_the_standing_member_is_named(ana: By, member: Member) -> None:
    rsvp = factories.rsvp(factories.reception(), 1)
    verbs.withdraw(rsvp, By(Actor.STAFF, member, "ill"))
    assert _said(rsvp)[-1].startswith("Mei Chen: withdrew the answer for 1 seat")


def test_who_was_told_of_a_change_reads_which(ana: By) -> None:
    event = factories.reception()
    rsvp = factories.rsvp(event, 2, "Mei")
    verbs.announce_change(event, ana, before="2027-07-01T18:30+08:00", after="2027-07-08T18:30+08:00")
    verbs.announce_change(event, ana, DeskNote.Kind.POSTPONED, after="The hall is flooded.")
    _first, moved, postponed = _said(rsvp)
    assert "told of a change of the event (moved the event: " in moved
    assert "8 July 2027" in moved
    assert "(postponed the event)" in postponed
