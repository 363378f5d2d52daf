"""What staff do with events and their guests in the admin, and what they are told when it cannot be done."""

import csv
import re
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.contrib.admin import site
from django.db import IntegrityError, connection
from django.db.models import F
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events import rsvp as verbs
from events.models import Event, Rsvp, RsvpPolicy, RsvpTransition
from people.models import Member
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db

STAFF_NOTE = {"source": "phone", "reason": "her secretary called on Monday"}


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _change(event: Event) -> str:
    return reverse("admin:events_event_change", args=[event.pk])


def _save(staff: Client, event: Event, **changes: Any) -> Any:
    """Open an event's form, change some fields, and send it."""
    return staff.post(_change(event), sent(staff.get(_change(event)), **changes))


# --- the event itself -----------------------------------------------------------------------------------


def test_times_are_read_on_the_clocks_of_the_place(staff: Client) -> None:
    event = factories.event()
    _save(
        staff, event, starts_at_0="2027-07-01", starts_at_1="18:30", ends_at_0="2027-07-01", ends_at_1="21:00"
    )
    event.refresh_from_db()
    assert event.starts_at.isoformat() == "2027-07-02T01:30:00+00:00"


def test_saving_an_event_unchanged_keeps_its_times(staff: Client) -> None:
    event = factories.event()
    Event.objects.filter(pk=event.pk).update(starts_at="2027-07-02T01:30Z", ends_at="2027-07-02T04:00Z")
    assert _save(staff, event).status_code == 302
    event.refresh_from_db()
    assert event.starts_at.isoformat() == "2027-07-02T01:30:00+00:00"
    assert event.ics_sequence == 0


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        ("2027-03-14", "02:30", "never show this time"),
        ("2027-11-07", "01:30", "show this time twice"),
        ("9999-12-31", "23:00", "out of reach"),
        ("0001-01-01", "00:00", "out of reach"),
        ("2201-01-01", "00:00", "out of reach"),
    ],
)
def test_a_time_that_clocks_never_show_once_is_explained_at_its_field(
    day: str, hour: str, words: str, staff: Client
) -> None:
    answer = _save(staff, factories.event(), starts_at_0=day, starts_at_1=hour)
    assert words in answer.context["adminform"].form.errors["starts_at"][0]


def test_the_database_too_refuses_a_year_out_of_reach() -> None:
    event = factories.event()
    with pytest.raises(IntegrityError, match="event_within_reach"):
        Event.objects.filter(pk=event.pk).update(ends_at=datetime(9999, 12, 31, 23, tzinfo=UTC))


def test_time_zone_is_that_of_the_venue_if_none_is_given(staff: Client) -> None:
    event = factories.event()
    _save(staff, event, timezone="", venue=str(factories.venue(city=factories.city()).pk))
    event.refresh_from_db()
    assert event.timezone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at_0": "2001-01-01"}, "ends_at"),
        ({"ends_at_0": "", "ends_at_1": ""}, "ends_at"),
        ({"timezone": "Los Angeles"}, "timezone"),
        ({"held": "the other day", "starts_at_0": "", "starts_at_1": ""}, "held"),
        (
            {"held": "9999-12-31", "starts_at_0": "", "starts_at_1": "", "ends_at_0": "", "ends_at_1": ""},
            "held",
        ),
        ({"publish_at_0": "9999-12-31"}, "publish_at"),
        ({"state": "postponed"}, "notice_en"),
        ({"title_en": "", "title_zh_hans": ""}, "title_en"),
    ],
)
def test_a_wrong_event_is_explained_at_the_field(changes: dict[str, str], field: str, staff: Client) -> None:
    answer = _save(staff, factories.event(), **changes)
    assert field in answer.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("name", "value"),
    [("venue", "x"), ("hosts", ["x"]), ("venue", "\u0665x"), ("venue", "9" * 30), ("hosts", ["9" * 30])],
)
def test_nonsense_in_a_field_with_a_search_is_explained_there(staff: Client, name: str, value: Any) -> None:
    answer = _save(staff, factories.event(), **{name: value})
    assert answer.status_code == 200
    assert name in answer.context["adminform"].form.errors


def test_who_postpones_and_gives_the_new_date_at_once_keeps_the_old_one(staff: Client) -> None:
    event = factories.event()
    planned = event.held
    changes = {"state": "postponed", "notice_en": "Flood.", "notice_zh_hans": "水灾。"}
    moved = {
        "starts_at_0": "2099-05-08",
        "starts_at_1": "18:30",
        "ends_at_0": "2099-05-08",
        "ends_at_1": "21:00",
    }
    _save(staff, event, **changes, **moved)
    event.refresh_from_db()
    assert (event.planned_for, str(event.held), event.awaits_date) == (planned, "2099-05-08", False)


def test_moving_a_postponed_event_is_explained(staff: Client) -> None:
    event = factories.event(state="postponed", notice_en="Flood.", notice_zh_hans="水灾。")
    assert "The event is postponed." in staff.get(_change(event)).content.decode()
    moved = {
        "starts_at_0": "2099-05-08",
        "ends_at_0": "2099-05-08",
        "starts_at_1": "18:30",
        "ends_at_1": "21:00",
    }
    answer = staff.post(_change(event), sent(staff.get(_change(event)), **moved), follow=True)
    assert "set the event back to" in answer.content.decode()


def test_staff_are_asked_about_what_was_signed_on_the_day(staff: Client) -> None:
    bond, event = factories.relationship(), factories.past_event()
    event.relationships.add(bond)
    factories.agreement(bond, "treaty", signed=event.held)
    answer = staff.post(_change(event), sent(staff.get(_change(event))), follow=True)
    assert "not on the record of this event: Agreement treaty" in answer.content.decode()
    event.signed.set(bond.agreements.all())
    answer = staff.post(_change(event), sent(staff.get(_change(event))), follow=True)
    assert "not on the record" not in answer.content.decode()


def test_loop_of_umbrellas_is_explained_at_the_field(staff: Client) -> None:
    above = factories.past_event("above")
    below = factories.past_event("below", part_of=above)
    answer = _save(staff, above, part_of=str(below.pk))
    assert "is itself part of this event" in answer.context["adminform"].form.errors["part_of"][0]


@pytest.mark.parametrize("rows", [1, 30])
def test_form_of_an_event_costs_the_same_however_much_it_holds(
    staff: Client, django_assert_max_num_queries: Any, rows: int
) -> None:
    bond, event = factories.relationship(), factories.past_event()
    for _number in range(rows):
        event.participants.create(person=factories.person())
        event.programme.create(title_en="Toast", person=factories.person())
        event.signed.add(factories.agreement(bond))
    with django_assert_max_num_queries(40):
        staff.get(_change(event))


def test_moving_an_event_renews_calendar_entries(staff: Client) -> None:
    event = factories.event()
    _save(staff, event, ends_at_1="23:59")
    event.refresh_from_db()
    assert event.ics_sequence == 1


def test_cancelling_an_event_withdraws_every_answer(staff: Client) -> None:
    event = factories.reception()
    rsvp = factories.rsvp(event)
    _save(staff, event, state="cancelled", notice_en="The hall has no water.", notice_zh_hans="场馆停水。")
    rsvp.refresh_from_db()
    assert rsvp.status == Rsvp.Status.CANCELLED


def test_a_form_opened_before_the_event_was_cancelled_does_not_reopen_it(staff: Client) -> None:
    event = factories.reception()
    old = sent(staff.get(_change(event)), title_en="A new title")
    _save(staff, event, state="cancelled", notice_en="The hall has no water.", notice_zh_hans="场馆停水。")
    answer = staff.post(_change(event), old)
    assert "Somebody has changed this page since you opened it" in answer.content.decode()
    event.refresh_from_db()
    assert event.is_cancelled
    assert event.title_en != "A new title"
    assert event.ics_sequence == 1


def test_saving_an_event_never_takes_back_the_number_that_calendars_know(curator: Member) -> None:
    event = factories.event()
    Event.objects.filter(pk=event.pk).update(ics_sequence=F("ics_sequence") + 3)
    event.title_en = "A new title"
    site.get_model_admin(Event).save_model(HttpRequest(), event, None, change=True)
    event.refresh_from_db()
    assert (event.ics_sequence, event.title_en) == (3, "A new title")


@pytest.mark.parametrize(
    ("changed", "number"), [({"title_en": "A new title"}, 0), ({"place_en": "The garden"}, 1)]
)
def test_a_restored_event_renews_calendar_entries_only_where_time_place_or_state_are_others(
    curator: Member, changed: dict[str, str], number: int
) -> None:
    before = factories.event()
    Event.objects.filter(pk=before.pk).update(**changed)
    site.get_model_admin(Event).restored(HttpRequest(), before)  # type: ignore[attr-defined]
    before.refresh_from_db()
    assert before.ics_sequence == number


def test_the_rules_are_locked_before_the_event_as_answers_do(staff: Client) -> None:
    event = factories.reception()
    data = sent(staff.get(_change(event)), slug="another-address", status="draft")
    with CaptureQueriesContext(connection) as queries:
        assert staff.post(_change(event), data).status_code == 302
    locks = [query["sql"] for query in queries if re.search("FOR (NO KEY )?UPDATE|^UPDATE", query["sql"])]
    ours = [sql for sql in locks if "events_event" in sql or "events_rsvppolicy" in sql]
    assert 'FROM "events_rsvppolicy"' in ours[0]
    assert any(sql.startswith('UPDATE "events_event"') for sql in ours)


def test_the_address_stays_once_guests_have_it(staff: Client) -> None:
    event = factories.reception()
    Event.objects.filter(pk=event.pk).update(status="draft")
    assert "slug" in staff.get(_change(event)).context["adminform"].form.fields
    factories.rsvp(event)
    assert "slug" not in staff.get(_change(event)).context["adminform"].form.fields


# --- how it takes RSVPs ---------------------------------------------------------------------------------


def test_more_seats_go_to_those_who_wait(staff: Client) -> None:
    event = factories.reception(2)
    factories.rsvp(event, 2)
    waiting = factories.rsvp(event, 2)
    _save(staff, event, **{"rsvp_policy-0-seat_limit": "4", "rsvp_policy-0-largest_party": "3"})
    waiting.refresh_from_db()
    assert waiting.status == Rsvp.Status.CONFIRMED


def test_fewer_seats_than_promised_are_refused_at_the_field(staff: Client) -> None:
    event = factories.reception(6)
    factories.rsvp(event, 4)
    answer = _save(staff, event, **{"rsvp_policy-0-seat_limit": "3", "rsvp_policy-0-largest_party": "2"})
    assert "4 seats are promised already" in answer.content.decode()
    assert "Withdraw guests or give blocks back first" in answer.content.decode()
    assert RsvpPolicy.objects.get().seat_limit == 6


def test_saving_rules_leaves_the_count_of_seats_alone(staff: Client) -> None:
    event = factories.reception(6)
    form = staff.get(_change(event))
    factories.rsvp(event, 4)
    staff.post(_change(event), sent(form, **{"rsvp_policy-0-largest_party": "3"}))
    assert RsvpPolicy.objects.get().seats_committed == 4


# --- the guest list -------------------------------------------------------------------------------------


def _list(event: Event, **query: str) -> Any:
    return reverse("admin:events_event_guests", args=[event.pk], query=query or None)


def test_guest_list_counts_seats_and_shows_the_queue(staff: Client) -> None:
    event = factories.reception(4)
    for seats in (3, 4, 1):
        factories.rsvp(event, seats)
    answer = staff.get(_list(event))
    assert (
        answer.context["counts"].confirmed,
        answer.context["counts"].free,
        answer.context["counts"].waiting,
    ) == (3, 1, 5)
    assert [party.place for party in answer.context["parties"]] == [None, 1, 2]


def test_guest_list_finds_a_chinese_name_by_its_pinyin(staff: Client) -> None:
    event = factories.reception()
    factories.rsvp(event, name="梁灵光")
    factories.rsvp(event, name="Tom Bradley")
    found = staff.get(_list(event, q="liang")).context["parties"]
    assert [party.rsvp.name for party in found] == ["梁灵光"]


def test_guest_list_costs_the_same_with_1_and_with_30_parties(
    staff: Client, django_assert_num_queries: Any
) -> None:
    event = factories.reception(100)
    factories.rsvp(event, 2)
    staff.get(_list(event))
    with django_assert_num_queries(12):
        staff.get(_list(event))
    for _number in range(29):
        factories.rsvp(event, 2)
    with django_assert_num_queries(12):
        staff.get(_list(event))


def test_spreadsheet_of_guests_holds_no_formulae(staff: Client) -> None:
    event = factories.reception()
    for message in ("=1+1", "+1", "-1", "@sum", "\tx"):
        factories.rsvp(event, message=message)
    text = staff.get(reverse("admin:events_event_guests_csv", args=[event.pk])).content.decode("utf-8-sig")
    rows = csv.DictReader(StringIO(text))
    assert {row["Message"] for row in rows} == {"'=1+1", "'+1", "'-1", "'@sum", "x"}


@pytest.mark.parametrize("name", ["events_event_guests", "events_event_guests_csv", "events_event_answer"])
def test_guest_list_is_for_staff_with_the_right_only(name: str, client: Client, member: Member) -> None:
    url = reverse(f"admin:{name}", args=[factories.reception().pk])
    assert client.get(url).status_code == 302
    member.is_staff = True
    member.save()
    client.force_login(member)
    assert client.get(url).status_code == 403


# --- answers that staff take ----------------------------------------------------------------------------


def _phone(staff: Client, event: Event, **values: str) -> Any:
    said = {
        "name": "Mr. Phoned",
        "language": "en",
        "answer": "going",
        "seats": "2",
        "companions": "Mrs. Phoned",
        **STAFF_NOTE,
    }
    return staff.post(reverse("admin:events_event_answer", args=[event.pk]), {**said, **values})


def test_answer_by_phone_needs_no_address_and_names_who_took_it(staff: Client, curator: Member) -> None:
    event = factories.reception()
    assert _phone(staff, event).status_code == 302
    rsvp = Rsvp.objects.get()
    change = RsvpTransition.objects.get()
    assert (rsvp.seats_confirmed, [guest.name for guest in rsvp.guests.all()]) == (
        2,
        ["Mr. Phoned", "Mrs. Phoned"],
    )
    assert (change.actor, change.member, change.source) == ("staff", curator, "phone")
    assert (change.reason, rsvp.source) == (STAFF_NOTE["reason"], "phone")


def test_a_member_who_calls_is_served_as_a_member(staff: Client, member: Member) -> None:
    event = factories.reception(1, members_first=True)
    factories.rsvp(event, 1)
    _phone(staff, event, email="", seats="1", companions="", name="A Guest")
    _phone(staff, event, email=member.email.upper(), seats="1", companions="", name="A Member")
    _phone(staff, event, email="other@example.org", seats="1", companions="", name="Another")
    line = {rsvp.name: (rsvp.member, rsvp.priority) for rsvp in Rsvp.objects.waiting()}
    assert line == {
        "A Guest": (None, Rsvp.Priority.GENERAL),
        "A Member": (member, Rsvp.Priority.MEMBER),
        "Another": (None, Rsvp.Priority.GENERAL),
    }


def test_answer_by_phone_for_a_known_address_changes_nothing(staff: Client) -> None:
    event = factories.reception()
    known = factories.rsvp(event, 1, email="mei@example.org")
    answer = _phone(staff, event, email="MEI@example.org")
    assert answer.headers["Location"] == reverse("admin:events_rsvp_change", args=[known.pk])
    assert "The address mei@example.org has answered already" in staff.get(answer.url).content.decode()
    assert Rsvp.objects.get().seats_wanted == 1


def test_staff_are_told_the_ways_out_where_a_party_is_too_large(staff: Client) -> None:
    event = factories.reception(largest_party=3)
    assert "keep a block of seats" in str(_phone(staff, event, seats="4").context["form"].errors["seats"])
    known = factories.rsvp(event, 3)
    RsvpPolicy.objects.update(largest_party=2)
    said = {"name": "Ada", "answer": "going", "seats": "3", "language": "en", **STAFF_NOTE}
    assert staff.post(reverse("admin:events_party_change", args=[known.pk]), said).status_code == 302


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"seats": "1_0"}, "seats"),
        ({"seats": "40"}, "seats"),
        ({"seats": "1"}, "companions"),
        ({"companions": "😀"}, "companions"),
        ({"email": "nobody"}, "email"),
        ({"source": ""}, "source"),
        ({"source": "web"}, "source"),
    ],
)
def test_a_wrong_answer_is_explained_at_the_field(values: dict[str, str], field: str, staff: Client) -> None:
    answer = _phone(staff, factories.reception(), **values)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Rsvp.objects.exists()


def test_staff_change_a_party_by_the_same_verb_as_guests(staff: Client) -> None:
    event = factories.reception()
    rsvp = factories.rsvp(event, 3, name="Mei Chen")
    said = {
        "name": "Mei Chen",
        "language": "zh-hans",
        "answer": "going",
        "seats": "2",
        "companions": "",
        **STAFF_NOTE,
    }
    staff.post(reverse("admin:events_party_change", args=[rsvp.pk]), said)
    assert RsvpPolicy.objects.get().seats_committed == 2


def test_staff_withdraw_a_party_with_a_reason_and_the_next_one_gets_the_seats(staff: Client) -> None:
    event = factories.reception(2)
    first, second = factories.rsvp(event, 2), factories.rsvp(event, 2)
    url = reverse("admin:events_party_withdraw", args=[first.pk])
    assert "reason" in staff.post(url, {"reason": ""}).context["form"].errors
    staff.post(url, {"source": "letter", "reason": "is ill"})
    second.refresh_from_db()
    assert second.status == Rsvp.Status.CONFIRMED


def test_answers_are_neither_edited_nor_deleted_in_the_admin(staff: Client) -> None:
    rsvp = factories.rsvp(factories.reception())
    change = reverse("admin:events_rsvp_change", args=[rsvp.pk])
    assert staff.post(change, {"seats_confirmed": "9"}).status_code == 403
    assert staff.post(reverse("admin:events_rsvp_delete", args=[rsvp.pk]), {"post": "yes"}).status_code == 403


# --- remarks --------------------------------------------------------------------------------------------


def test_a_paragraph_is_set_between_two_others_and_all_are_numbered_anew(staff: Client) -> None:
    remark = factories.remark()
    remark.segments.create(position=2, text_en="A last thought.")
    url = reverse("admin:events_remark_change", args=[remark.pk])
    data = sent(staff.get(url))
    data |= {
        "segments-TOTAL_FORMS": "3",
        "segments-2-position": "1",
        "segments-2-text_en": "Between.",
        "segments-2-id": "",
    }
    data |= {"segments-2-remark": str(remark.pk), "segments-2-text_zh_hans": ""}
    assert staff.post(url, data).status_code == 302
    texts = list(remark.segments.values_list("position", "text_en"))
    assert texts == [(1, "A first thought."), (2, "Between."), (3, "A last thought.")]


def test_verbs_are_told_who_of_the_staff_it_was(staff: Client, curator: Member) -> None:
    event = factories.reception()
    rsvp = factories.rsvp(event)
    staff.post(
        reverse("admin:events_party_withdraw", args=[rsvp.pk]), {"source": "letter", "reason": "is ill"}
    )
    assert rsvp.transitions.last().member == curator
    assert verbs.place_in_queue(rsvp) is None


def test_staff_mail_a_new_link_and_the_old_one_opens_nothing(client: Client, curator: Member) -> None:
    rsvp = factories.rsvp(factories.reception())
    client.force_login(curator)
    client.post("/admin/events/rsvp/", {"action": "renew_links", "_selected_action": [rsvp.pk]})
    old = rsvp.link_version
    rsvp.refresh_from_db()
    assert rsvp.link_version == old + 1
