"""The anniversary planner: what it offers, what its draft holds, and what it leaves alone."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from events.models import Event, ProgrammeItem, Rsvp, RsvpPolicy
from events.numbers import chinese, ordinal
from events.planner import plan, prospects
from people.models import Member
from relationships.models import Relationship
from sistercities.mail.models import Message
from sistercities.pages.models import Status
from tests import factories

pytestmark = pytest.mark.django_db
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
PLAN = "/admin/events/event/plan/"


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def last_time(bond: Relationship, **fields: Any) -> Event:
    """The reception of 2021, from half past six to nine, with its hall, its programme and its rules."""
    values = {
        "starts_at": datetime(2021, 12, 8, 18, 30, tzinfo=LOS_ANGELES),
        "ends_at": datetime(2021, 12, 8, 21, 0, tzinfo=LOS_ANGELES),
        "venue": factories.venue(city=bond.cities[1]),
        "dress_code_en": "Business attire",
        "dress_code_zh_hans": "正装",
        "spoken_en": "English and Mandarin",
        **fields,
    }
    made = factories.event("reception-2021", marks=bond, marks_years=40, **values)
    made.relationships.add(bond)
    return made


def test_planner_offers_the_next_anniversaries_and_the_next_round_ones() -> None:
    factories.relationship(established="1989-02-17")
    offered = prospects(date(2026, 11, 21))
    assert [(each.anniversary.years, each.anniversary.days_left) for each in offered] == [(38, 88), (40, 819)]


def test_planner_offers_nothing_for_bonds_that_ended_or_are_drafts() -> None:
    bond = factories.relationship()
    for fields in ({"ended": "2020"}, {"ended": None, "status": "draft"}):
        Relationship.objects.filter(pk=bond.pk).update(**fields)
        assert prospects() == []


def test_draft_is_announced_as_an_editor_would_in_both_languages() -> None:
    event, is_new = plan(factories.relationship(), 45)
    assert is_new
    assert event.title_en == (
        "Reception for the 45th anniversary of the Guangzhou–Los Angeles sister city relationship"
    )
    assert event.title_zh_hans == "庆祝广州与洛杉矶缔结友好城市关系45周年招待会"
    assert event.summary_en == (
        "Guangzhou and Los Angeles celebrate 45 years as sister cities with a reception in Los Angeles."
    )
    assert event.summary_zh_hans == "广州与洛杉矶缔结友好城市关系45周年之际，将在洛杉矶举行招待会。"


def test_draft_of_an_alliance_calls_it_by_its_name() -> None:
    cities = (
        factories.city("auckland", "Auckland", "奥克兰"),
        factories.city(),
        factories.los_angeles(),
    )
    bond = factories.relationship(
        *cities, slug="alliance", title_en="Tripartite Economic Alliance", title_zh_hans="三城经济联盟"
    )
    Relationship.objects.filter(pk=bond.pk).update(
        title_en="Tripartite Economic Alliance", title_zh_hans="三城经济联盟"
    )
    event, _new = plan(bond, 50)
    assert event.title_en == "Reception for the 50th anniversary of the Tripartite Economic Alliance"
    assert event.title_zh_hans == "庆祝三城经济联盟成立50周年招待会"


def test_draft_takes_over_place_hours_dress_and_rules_of_last_time() -> None:
    bond = factories.relationship()
    before = last_time(bond)
    before.hosts.create(slug="association", name_en="Association")
    closes_at = datetime(2021, 12, 1, 17, 0, tzinfo=LOS_ANGELES)
    RsvpPolicy.objects.create(
        event=before, seat_limit=120, largest_party=3, seats_committed=80, closes_at=closes_at
    )
    event, _new = plan(bond, 45)
    assert event.local_start == datetime(2026, 12, 8, 18, 30, tzinfo=LOS_ANGELES)
    assert event.local_end.time() == time(21, 0)
    assert (event.venue, event.dress_code_zh_hans, event.spoken_en) == (
        before.venue,
        "正装",
        "English and Mandarin",
    )
    rules = event.rsvp_policy
    assert (rules.seat_limit, rules.largest_party, rules.seats_committed) == (120, 3, 0)
    assert rules.closes_at == datetime(2026, 12, 1, 17, 0, tzinfo=LOS_ANGELES)
    assert list(event.hosts.all()) == list(before.hosts.all())


def test_draft_keeps_the_hour_by_the_clocks_of_the_place_when_these_are_put_forward() -> None:
    bond = factories.relationship(established="1981-07-08")
    last_time(bond)  # in winter
    event, _new = plan(bond, 45)
    assert event.starts_at == datetime(2026, 7, 8, 18, 30, tzinfo=LOS_ANGELES)
    assert event.starts_at.isoformat() == "2026-07-09T01:30:00+00:00"


def test_draft_of_a_night_that_ends_after_midnight_keeps_both_hours() -> None:
    bond = factories.relationship()
    night = {"starts_at": datetime(2021, 12, 8, 22, 0, tzinfo=LOS_ANGELES)}
    last_time(bond, **night, ends_at=datetime(2021, 12, 9, 2, 0, tzinfo=LOS_ANGELES))
    event, _new = plan(bond, 45)
    assert (event.local_start.hour, event.local_end.hour, event.local_end.day) == (22, 2, 9)


def test_draft_copies_the_programme_without_the_persons_of_last_time() -> None:
    bond = factories.relationship()
    before = last_time(bond)
    consul = factories.person(zh="张平", en="Zhang Ping")
    mayor = factories.person(en="Eric Garcetti")
    factories.remark(before, mayor)
    for position, (title_en, title_zh_hans, person) in enumerate(
        [
            ("Doors open", "来宾入场", None),
            ("Remarks by Consul General Zhang Ping", "张平总领事致辞", consul),
            ("Message of Eric Garcetti", "Eric Garcetti致辞", None),
            ("40 years in pictures", "40年影像回顾", None),
            ("Toast to the 40th anniversary", "为40周年举杯", None),
        ]
    ):
        ProgrammeItem.objects.create(
            event=before,
            position=position,
            at=time(18, 30 + position),
            title_en=title_en,
            title_zh_hans=title_zh_hans,
            person=person,
        )
    event, _new = plan(bond, 45)
    assert list(event.programme.values_list("at", "title_en", "title_zh_hans", "person")) == [
        (time(18, 30), "Doors open", "来宾入场", None),
        (time(18, 31), "Remarks", "致辞", None),
        (time(18, 32), "Remarks", "致辞", None),
        (time(18, 33), "45 years in pictures", "45年影像回顾", None),
        (time(18, 34), "Toast to the 45th anniversary", "为45周年举杯", None),
    ]


def test_draft_tells_nobody_and_publishes_nothing() -> None:
    bond = factories.relationship()
    before = last_time(bond)
    RsvpPolicy.objects.create(event=before, seat_limit=10)
    event, _new = plan(bond, 45)
    assert event.status == Status.DRAFT
    assert not event.is_illustration
    assert not Message.objects.exists()
    assert not Rsvp.objects.exists()


def test_second_press_leads_to_the_draft_that_there_is() -> None:
    bond = factories.relationship()
    first, _new = plan(bond, 45)
    assert plan(bond, 45) == (first, False)
    assert Event.objects.count() == 1


def test_event_that_was_cancelled_can_be_planned_anew() -> None:
    bond = factories.relationship()
    first, _new = plan(bond, 45)
    Event.objects.filter(pk=first.pk).update(state="cancelled")
    second, is_new = plan(bond, 45)
    assert is_new
    assert second.slug != first.slug


def test_bond_without_any_earlier_event_is_celebrated_of_an_evening_at_home() -> None:
    event, _new = plan(factories.relationship(), 45)
    assert event.local_start == datetime(2026, 12, 8, 18, 30, tzinfo=LOS_ANGELES)
    assert (event.timezone, event.place_en, event.place_zh_hans) == (
        "America/Los_Angeles",
        "Los Angeles",
        "洛杉矶",
    )
    assert not RsvpPolicy.objects.exists()


@pytest.mark.parametrize(("years", "day"), [(5, date(2029, 2, 28)), (8, date(2032, 2, 29))])
def test_bond_of_29_february_is_celebrated_on_the_28th_of_common_years(years: int, day: date) -> None:
    event, _new = plan(factories.relationship(established="2024-02-29"), years)
    assert event.local_start.date() == day


def test_bond_known_by_its_year_wants_a_day_in_that_year() -> None:
    bond = factories.relationship(established="1972")
    for wrong in (None, date(2028, 1, 1)):
        with pytest.raises(ValidationError):
            plan(bond, 55, wrong)
    event, _new = plan(bond, 55, date(2027, 7, 4))
    assert event.local_start.date() == date(2027, 7, 4)


# --- in the admin ----------------------------------------------------------------------------------------


def test_staff_plan_an_anniversary_with_one_press(staff: Client) -> None:
    bond = factories.relationship()
    offered = prospects()[0]
    assert "Make a draft" in staff.get(PLAN).content.decode()
    sent = {"bond": bond.pk, "years": offered.anniversary.years}
    answer = staff.post(PLAN, sent)
    made = Event.objects.get()
    assert answer.url == reverse("admin:events_event_change", args=[made.pk])
    page = staff.get(answer.url).content.decode()
    assert "add RSVP rules further down" in page, "there was no earlier event whose rules could be taken"
    assert "by a program" not in page, "whoever pressed made it"
    assert staff.post(PLAN, sent).url == answer.url
    assert Event.objects.count() == 1
    assert reverse("admin:events_event_change", args=[made.pk]) in staff.get(PLAN).content.decode()


def test_staff_choose_the_day_of_a_bond_known_by_its_year(staff: Client) -> None:
    bond = factories.relationship(established="1972")
    anniversary = prospects()[0].anniversary
    sent = {"bond": bond.pk, "years": anniversary.years}
    answer = staff.post(PLAN, sent)
    assert answer.status_code == 422
    assert "Only the year of this bond is known" in answer.content.decode()
    assert staff.post(PLAN, {**sent, "day": f"{anniversary.year}-07-04"}).status_code == 302


@pytest.mark.parametrize("sent", [{}, {"bond": "x", "years": "1_0"}, {"bond": "1", "years": "9999"}])
def test_planner_refuses_what_it_did_not_offer(staff: Client, sent: dict[str, str]) -> None:
    factories.relationship()
    assert staff.post(PLAN, sent).status_code == 422
    assert not Event.objects.exists()


def test_planner_is_for_those_who_may_add_events(client: Client, member: Member) -> None:
    client.force_login(member)
    assert client.get(PLAN).status_code == 302
    Member.objects.filter(pk=member.pk).update(is_staff=True)
    assert client.get(PLAN).status_code == 403


def test_list_of_events_leads_to_the_planner(staff: Client) -> None:
    assert PLAN in staff.get("/admin/events/event/").content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_planner_costs_the_same_with_one_bond_and_with_thirty(
    staff: Client, django_assert_max_num_queries: Any, rows: int
) -> None:
    home = factories.los_angeles()
    for number in range(rows):
        bond = factories.relationship(home, factories.city(f"city-{number}", f"City {number}", f"城{number}"))
        plan(bond, prospects()[0].anniversary.years) if number == 0 else None
    with django_assert_max_num_queries(9):
        staff.get(PLAN)


def test_numbers_that_name_a_place_in_an_order() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 11, 45, 112)] == [
        "1st",
        "2nd",
        "3rd",
        "11th",
        "45th",
        "112th",
    ]
    assert [chinese(number) for number in (3, 10, 12, 20, 45, 100)] == [
        "三",
        "十",
        "十二",
        "二十",
        "四十五",
        "100",
    ]
