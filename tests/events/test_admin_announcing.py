"""What saving an event's form does to those who have answered, and what staff are told before and after."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events import rsvp as verbs
from events.desk_notes import tell_notes
from events.models import Actor, DeskNote, Event, Rsvp, RsvpPolicy, SeatHold, SeatOffer
from events.planner import copy_rules
from events.rsvp import By
from people.models import Member
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db

STAFF = By(Actor.STAFF, reason="as agreed")
WEEK = timedelta(days=7)
NOTICE = {"notice_en": "The hall is flooded.", "notice_zh_hans": "场馆进水。"}


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _save(staff: Client, event: Event, **changes: Any) -> str:
    """Open an event's form, change some fields, send it, and read what is said."""
    url = reverse("admin:events_event_change", args=[event.pk])
    answer = staff.post(url, sent(staff.get(url), **changes), follow=True)
    assert answer.redirect_chain, [form.errors for form in [answer.context["adminform"].form]]
    return " ".join(str(message) for message in answer.context["messages"])


def _rules(**values: Any) -> dict[str, Any]:
    return {f"rsvp_policy-0-{name}": value for name, value in values.items()}


def _later(event: Event, days: int) -> dict[str, str]:
    start, end = (each + timedelta(days=days) for each in (event.local_start, event.local_end))
    values = {}
    for name, wall in (("starts_at", start), ("ends_at", end)):
        values |= {f"{name}_0": f"{wall:%Y-%m-%d}", f"{name}_1": f"{wall:%H:%M}"}
    return values


def _reception(**policy: Any) -> Event:
    """An evening in July, so that no clock is changed in between."""
    event = factories.reception(9, **policy)
    year = timezone.now().year + 1
    starts_at = datetime(year, 7, 8, 18, 30, tzinfo=event.zone)
    Event.objects.filter(pk=event.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=3))
    RsvpPolicy.objects.filter(event=event).update(
        closes_at=starts_at - WEEK, names_by=starts_at - timedelta(days=3)
    )
    return Event.objects.get(pk=event.pk)


# --- moving the date ------------------------------------------------------------------------------------


def test_deadlines_move_with_the_date_and_staff_are_told(staff: Client) -> None:
    event = _reception()
    factories.rsvp(event)
    hold = verbs.hold_seats(event, verbs.Block("Consulate", 3, freezes_at=event.starts_at - WEEK), STAFF)
    said = _save(staff, event, **_later(event, 7))
    rules = RsvpPolicy.objects.get()
    assert (rules.closes_at, rules.names_by) == (event.starts_at, event.starts_at + timedelta(days=4))
    assert SeatHold.objects.get(pk=hold.pk).freezes_at == event.starts_at
    assert "7 days later as well" in said
    assert "1 party is told of the change" in said


def test_deadlines_that_staff_set_themselves_do_not_move_on(staff: Client) -> None:
    event = _reception()
    chosen = event.local_start.date() + timedelta(days=1)
    _save(staff, event, **_later(event, 7), **_rules(closes_at_0=str(chosen), closes_at_1="12:00"))
    rules = RsvpPolicy.objects.get()
    assert rules.closes_at.astimezone(event.zone).date() == chosen
    assert rules.names_by == event.starts_at + timedelta(days=4)


def test_a_deadline_that_would_move_before_the_opening_is_explained(staff: Client) -> None:
    event = _reception()
    RsvpPolicy.objects.update(opens_at=event.starts_at - timedelta(days=10))
    url = reverse("admin:events_event_change", args=[event.pk])
    answer = staff.post(url, sent(staff.get(url), **_later(event, -7)))
    assert answer.status_code == 200
    assert "before the opening" in answer.content.decode()
    assert Event.objects.get(pk=event.pk).starts_at == event.starts_at


def test_a_deadline_that_staff_set_themselves_may_lie_where_the_moved_one_could_not(staff: Client) -> None:
    event = _reception()
    RsvpPolicy.objects.update(opens_at=event.starts_at - timedelta(days=10))
    chosen = event.local_start.date() - timedelta(days=9)
    _save(staff, event, **_later(event, -7), **_rules(closes_at_0=str(chosen), closes_at_1="23:00"))
    assert RsvpPolicy.objects.get().closes_at.astimezone(event.zone).date() == chosen


def test_another_hour_of_the_same_day_moves_no_deadline(staff: Client) -> None:
    event = _reception()
    before = RsvpPolicy.objects.get().closes_at
    _save(staff, event, starts_at_1="19:00")
    assert RsvpPolicy.objects.get().closes_at == before


def test_a_move_is_noted_with_both_dates(staff: Client) -> None:
    event = _reception()
    factories.rsvp(event)
    _save(staff, event, **_later(event, 7))
    note = DeskNote.objects.get(kind=DeskNote.Kind.MOVED)
    (told,) = tell_notes([note], event)
    assert "moved the event: " in told.sentence
    assert "15 July" in told.sentence.partition(" instead of ")[0]
    assert "8 July" in told.sentence.partition(" instead of ")[2]


# --- whether it takes place -----------------------------------------------------------------------------


def test_postponing_recalls_offers_keeps_places_and_is_noted(staff: Client) -> None:
    event = factories.reception(2, largest_party=2, promotion="offer")
    ana, ben = factories.rsvp(event, 2), factories.rsvp(event, 2)
    verbs.withdraw(ana)
    page = staff.get(reverse("admin:events_event_change", args=[event.pk])).content.decode()
    assert "1 offer of seats stands: it is recalled if you postpone or cancel the event." in page
    _save(staff, event, state="postponed", **NOTICE)
    ben.refresh_from_db()
    assert (ben.status, verbs.place_in_queue(ben)) == ("waitlisted", 1)
    assert SeatOffer.objects.get().outcome == SeatOffer.Outcome.RECALLED
    assert DeskNote.objects.get(kind=DeskNote.Kind.POSTPONED).after == "The hall is flooded."


def test_setting_it_on_again_is_noted_and_those_who_wait_are_served(staff: Client) -> None:
    event = factories.reception(2, largest_party=2, promotion="offer")
    ana, ben = factories.rsvp(event, 2), factories.rsvp(event, 2)
    verbs.withdraw(ana)
    _save(staff, event, state="postponed", **NOTICE)
    _save(staff, event, state="on", notice_en="", notice_zh_hans="")
    assert DeskNote.objects.filter(kind=DeskNote.Kind.RESUMED).count() == 1
    ben.refresh_from_db()
    assert ben.seats_offered == 2


# --- the rules ------------------------------------------------------------------------------------------


def test_a_deadline_after_the_beginning_is_named(staff: Client) -> None:
    event = _reception()
    late = _rules(names_by_0=f"{event.local_start + WEEK:%Y-%m-%d}", names_by_1="12:00")
    assert "“Names wanted by” lies after the event begins." in _save(staff, event, **late)
    early = _rules(names_by_0=f"{event.local_start - WEEK:%Y-%m-%d}", names_by_1="12:00")
    assert "after the event begins" not in _save(staff, event, **early)


def test_every_rule_is_saved_by_its_verb_with_the_reason(staff: Client, curator: Member) -> None:
    event = _reception()
    rules = _rules(
        mode="approval",
        promotion="offer",
        offer_hours="13",
        members_first="on",
        verify_email="on",
        largest_party="6",
        seat_limit="12",
        reason="the board decided",
    )
    _save(staff, event, **rules)
    policy = RsvpPolicy.objects.get()
    assert (policy.mode, policy.promotion, policy.offer_hours) == ("approval", "offer", 13)
    assert (policy.members_first, policy.verify_email, policy.seat_limit) == (True, True, 12)
    notes = DeskNote.objects.values_list("kind", "subject", "member", "reason")
    assert {subject for kind, subject, *_rest in notes if kind == "rules"} == {
        *("mode", "promotion", "offer_hours", "members_first", "verify_email", "largest_party")
    }
    assert {(member, reason) for _kind, _subject, member, reason in notes} == {
        (curator.pk, "the board decided")
    }


def test_an_empty_number_of_seats_is_no_limit(staff: Client) -> None:
    event = factories.reception(2, largest_party=2)
    for _each in range(2):
        factories.rsvp(event, 2)
    _save(staff, event, **_rules(seat_limit=""))
    assert RsvpPolicy.objects.get().seat_limit is None
    assert event.rsvps.seats() == 4
    _save(staff, event, **_rules(seat_limit="5"))
    assert RsvpPolicy.objects.get().seat_limit == 5


def test_saving_the_form_unchanged_notes_nothing(staff: Client) -> None:
    event = _reception()
    _save(staff, event)
    assert not DeskNote.objects.exists()


def test_a_smaller_largest_party_breaks_no_answer_and_says_so(staff: Client) -> None:
    event = factories.reception(9)
    rsvp = factories.rsvp(event, 4)
    said = _save(staff, event, **_rules(largest_party="2"))
    assert "1 party is larger than that. Its answer stands; it cannot grow." in said
    assert Rsvp.objects.get(pk=rsvp.pk).seats_confirmed == 4


def test_without_a_waiting_list_those_who_wait_keep_their_places_and_staff_are_told(staff: Client) -> None:
    event = factories.reception(2, largest_party=2)
    factories.rsvp(event, 2)
    waiting = factories.rsvp(event, 2)
    page = staff.get(reverse("admin:events_event_change", args=[event.pk]))
    data = sent(page)
    del data["rsvp_policy-0-waiting_list"]
    answer = staff.post(page.request["PATH_INFO"], data, follow=True)
    assert "1 party waits already and keeps its place" in answer.content.decode()
    assert verbs.place_in_queue(Rsvp.objects.get(pk=waiting.pk)) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("offer_hours", "0"), ("offer_hours", "131"), ("seat_limit", "0"), ("names_by_0", "9999-12-31")],
)
def test_a_wrong_rule_is_explained_at_its_field(name: str, value: str, staff: Client) -> None:
    event = factories.reception(9)
    url = reverse("admin:events_event_change", args=[event.pk])
    changes = _rules(**{name: value, "names_by_1": "12:00"} if name == "names_by_0" else {name: value})
    answer = staff.post(url, sent(staff.get(url), **changes))
    errors = [inline.formset.errors for inline in answer.context["inline_admin_formsets"]]
    assert any(name.removesuffix("_0") in row for rows in errors for row in rows)


# --- never deleted --------------------------------------------------------------------------------------


def test_an_event_with_answers_is_not_deleted_but_taken_off_the_site(staff: Client) -> None:
    event = factories.reception()
    factories.rsvp(event)
    url = reverse("admin:events_event_delete", args=[event.pk])
    page = staff.post(url, {"post": "yes"})
    assert "it is the record of who was invited" in page.content.decode()
    assert Event.objects.get().status == "published"
    staff.post(reverse("admin:events_event_archive"), {"event": [event.pk]})
    assert Event.objects.get().status == "draft"
    assert event.rsvps.count() == 1


@pytest.mark.parametrize("trace", ["invitation", "hold"])
def test_invitations_and_blocks_keep_an_event_as_well(trace: str, staff: Client) -> None:
    event = factories.reception()
    if trace == "invitation":
        factories.invitation(event)
    else:
        verbs.hold_seats(event, verbs.Block("Consulate", 3), STAFF)
    staff.post(reverse("admin:events_event_delete", args=[event.pk]), {"post": "yes"})
    assert Event.objects.filter(pk=event.pk).exists()


def test_many_events_are_not_deleted_if_one_of_them_has_answers(staff: Client) -> None:
    plain, answered = factories.event(), factories.reception()
    factories.rsvp(answered)
    chosen = {"action": "delete_selected", "_selected_action": [plain.pk, answered.pk]}
    page = staff.post(reverse("admin:events_event_changelist"), {**chosen, "post": "yes"}, follow=True)
    assert "Take all of these off the site" in page.content.decode()
    assert Event.objects.count() == 2


def test_an_event_that_nobody_has_answered_to_is_deleted_with_its_rules(staff: Client) -> None:
    event = factories.reception()
    staff.post(reverse("admin:events_event_delete", args=[event.pk]), {"post": "yes"})
    assert not Event.objects.exists()
    assert not RsvpPolicy.objects.exists()


def test_taking_off_the_site_is_for_staff_with_the_right_only_and_by_post(
    client: Client, staff: Client, member: Member
) -> None:
    event = factories.event()
    url = reverse("admin:events_event_archive")
    assert staff.get(url).status_code == 405
    member.is_staff = True
    member.save()
    client.force_login(member)
    assert client.post(url, {"event": [event.pk]}).status_code == 403
    assert Event.objects.get().status == "published"


def test_an_unlimited_event_is_planned_again_with_its_rules() -> None:
    before, after = _reception(promotion="offer", members_first=True), factories.event()
    RsvpPolicy.objects.update(seat_limit=None)
    copy_rules(before, after)
    rules = RsvpPolicy.objects.get(event=after)
    assert (rules.seat_limit, rules.promotion, rules.members_first) == (None, "offer", True)
    assert rules.names_by is not None
