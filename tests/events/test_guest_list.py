"""The guest list as staff work with it: whoever is looked for is found, narrowed, sorted, shown and handed out."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from events import rsvp as verbs
from events import tagging
from events.guest_lines import lines
from events.guest_list import asked_of
from events.models import Actor, Event, Guest, Question, QuestionAnswer, Rsvp, TeamMember
from events.rsvp import By
from people.models import Member, RoleName
from tests import factories
from tests.events.crowd import crowd

pytestmark = pytest.mark.django_db
STAFF = By(Actor.STAFF, reason="as agreed")


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


@pytest.fixture
def event(db: None) -> Event:
    return factories.reception(40, largest_party=6)


def url(event: Event, name: str = "guests", **query: Any) -> str:
    return reverse(f"admin:events_event_{name}", args=[event.pk], query=query or None)


def shown(staff: Client, event: Event, **query: Any) -> list[str]:
    return [party.rsvp.name for party in staff.get(url(event, **query)).context["parties"]]


# --- finding ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["梁灵光", "梁靈光", "liang", "lianglingguang", "llg", "LIANG ling"])
def test_a_chinese_name_is_found_in_any_script(words: str, staff: Client, event: Event) -> None:
    factories.rsvp(event, name="梁灵光")
    factories.rsvp(event, name="Tom Bradley")
    assert shown(staff, event, q=words) == ["梁灵光"]


def test_a_traditional_name_is_found_by_simplified_characters(staff: Client, event: Event) -> None:
    factories.rsvp(event, name="陳國華")
    assert shown(staff, event, q="陈国华") == ["陳國華"]


@pytest.mark.parametrize("words", ["lopez", "Müller", "muller", "consulate", "ana@", "Müller GmbH"])
def test_companions_organisations_and_addresses_are_found(words: str, staff: Client, event: Event) -> None:
    factories.rsvp(event, 2, "Ana López", email="ana@example.org", companions=("Jörg Müller",))
    Guest.objects.filter(is_lead=True).update(organisation="Consulate · Müller GmbH")
    factories.rsvp(event, name="Somebody Else")
    assert shown(staff, event, q=words) == ["Ana López"]


# --- narrowing -------------------------------------------------------------------------------------------


@pytest.fixture
def three(event: Event) -> tuple[Rsvp, Rsvp, Rsvp]:
    """Ana is press and wants interpretation, Ben reads Chinese, Chen is the delegation's."""
    ana, ben = factories.rsvp(event, name="Ana"), factories.rsvp(event, name="Ben", language="zh-hans")
    Rsvp.objects.filter(pk=ana.pk).update(interpretation="en")
    tagging.tag(event, [ana.pk], factories.guest_tag("Press"))
    held = verbs.hold_seats(event, verbs.Block(name="Choir", seats=2), STAFF)
    verbs.name_delegates(held, ["Chen"], STAFF)
    return ana, ben, Rsvp.objects.get(name="Chen")


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"tag": "Press"}, ["Ana"]),
        ({"tag": "any"}, ["Ana"]),
        ({"tag": "none"}, ["Ben", "Chen"]),
        ({"language": "zh-hans"}, ["Ben"]),
        ({"interpretation": "any"}, ["Ana"]),
        ({"interpretation": "zh-hans"}, []),
        ({"delegation": "any"}, ["Chen"]),
        ({"delegation": "none"}, ["Ana", "Ben"]),
        ({"q": "choir"}, ["Chen"]),
        ({"tag": "999999"}, []),
    ],
)
def test_the_list_is_narrowed_by_what_staff_know(
    asked: dict[str, str], names: list[str], staff: Client, event: Event, three: Any
) -> None:
    if asked.get("tag") == "Press":
        asked = {"tag": str(factories.guest_tag("Press").pk)}
    assert shown(staff, event, **asked) == names


def test_the_list_is_narrowed_by_what_was_replied(staff: Client, event: Event, three: Any) -> None:
    ana, ben, _chen = three
    question = Question.objects.create(event=event, label_en="Do you dance?", kind=Question.Kind.YES_NO)
    QuestionAnswer.objects.create(rsvp=ana, question=question, yes=True)
    QuestionAnswer.objects.create(rsvp=ben, question=question, yes=False)
    assert shown(staff, event, reply=f"{question.pk}:yes") == ["Ana"]
    assert shown(staff, event, reply=f"{question.pk}:nothing") == ["Chen"]
    assert shown(staff, event, reply="999999:yes") == ["Ana", "Ben", "Chen"]


def test_nothing_sensitive_is_offered_to_who_may_not_see_it(event: Event) -> None:
    question = Question.objects.create(event=event, label_en="Nuts?", is_sensitive=True)
    assert asked_of(event, sensitive=False) == []
    assert asked_of(event, sensitive=True) == [question]


# --- sorting, columns, pages -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("party", ["Ana", "白明", "Chen"]),
        ("-party", ["Chen", "白明", "Ana"]),
        ("seats", ["白明", "Chen", "Ana"]),
        ("-answered", ["Chen", "白明", "Ana"]),
        ("nonsense", ["Ana", "白明", "Chen"]),
    ],
)
def test_the_list_is_sorted_by_any_column(sort: str, names: list[str], staff: Client, event: Event) -> None:
    for name, seats in (("Ana", 3), ("白明", 1), ("Chen", 2)):
        factories.rsvp(event, seats, name)
    assert shown(staff, event, sort=sort) == names


def test_the_head_of_a_column_sorts_and_keeps_what_was_looked_for(staff: Client, event: Event) -> None:
    factories.rsvp(event, name="Ana")
    page = staff.get(url(event, q="ana", sort="email")).content.decode()
    assert 'href="?q=ana&amp;sort=-email"' in page
    assert 'aria-sort="ascending"' in page


def test_chosen_columns_stay_for_whoever_chose_them(staff: Client, event: Event) -> None:
    factories.rsvp(event, name="Ana", message="By bus")
    assert "By bus" in staff.get(url(event)).content.decode()
    assert staff.get(url(event, "guest_columns")).status_code == 405
    staff.post(url(event, "guest_columns"), {"columns": ["language", "nonsense"], "q": "ana"})
    page = staff.get(url(event))
    assert [column.name for column in page.context["list"].columns] == ["language"]
    assert "By bus" not in page.content.decode()
    staff.post(url(event, "guest_columns"), {"_usual": "1", "columns": ["language"]})
    assert "By bus" in staff.get(url(event)).content.decode()


def test_replies_stand_in_a_column_of_their_own(staff: Client, event: Event) -> None:
    ana = factories.rsvp(event, 2, "Ana", companions=("Ben",))
    question = Question.objects.create(event=event, label_en="Which dish?", scope=Question.Scope.GUEST)
    for guest, dish in zip(ana.guests.all(), ("Fish", "Rice"), strict=True):
        QuestionAnswer.objects.create(rsvp=ana, guest=guest, question=question, text=dish)
    column = f"question-{question.pk}"
    assert "Fish; Rice" in staff.get(url(event, columns=column)).content.decode()
    sheet = staff.get(url(event, "guests_csv", columns=column)).content.decode("utf-8-sig").splitlines()
    assert sheet == ["Party,Guest,Which dish?", "Ana,Ana,Fish", "Ana,Ben,Rice"]


def test_the_list_comes_in_pages_of_a_hundred(staff: Client) -> None:
    event = crowd(guests=130)
    assert [len(shown(staff, event, page=page)) for page in ("1", "2", "nonsense")] == [100, 30, 100]


def test_two_thousand_guests_cost_as_many_queries_as_one(
    staff: Client, django_assert_num_queries: Any
) -> None:
    event = crowd(guests=1_800, waiting=200)
    staff.get(url(event))
    with django_assert_num_queries(12):
        page = staff.get(url(event, q="guest 17", sort="-answered", status="coming"))
    assert page.context["page_obj"].paginator.count == 111
    assert (page.context["counts"].confirmed, page.context["counts"].waiting) == (1_800, 200)


def test_the_lines_of_two_thousand_guests_are_read_in_four_queries(django_assert_num_queries: Any) -> None:
    event = crowd(guests=1_800, waiting=200)
    with django_assert_num_queries(4):
        found = lines(event)
    assert (len(found), found[1_800].place) == (2_000, 1)


# --- files -----------------------------------------------------------------------------------------------


def test_a_file_has_what_the_list_shows_and_in_its_order(staff: Client, event: Event) -> None:
    for name in ("Ana", "Ben", "Chen"):
        factories.rsvp(event, name=name)
    asked = {"columns": ["status", "email"], "sort": "-party", "q": "n"}
    sheet = staff.get(url(event, "guests_csv", **asked)).content.decode("utf-8-sig").splitlines()
    assert sheet[0] == "Party,Guest,Status,E-mail"
    assert [row.split(",")[0] for row in sheet[1:]] == ["Chen", "Ben", "Ana"]


def test_a_file_of_those_ticked_has_nobody_else(staff: Client, event: Event) -> None:
    ana, _ben = factories.rsvp(event, name="Ana"), factories.rsvp(event, name="Ben")
    answer = staff.get(url(event, "guests_xlsx", chosen=ana.pk, columns="status"))
    (sheet,) = openpyxl.load_workbook(BytesIO(answer.content)).worksheets
    assert list(sheet.values) == [("Party", "Guest", "Status"), ("Ana", "Ana", "confirmed")]
    assert "no-store" in answer.headers["Cache-Control"]


# --- for the door ----------------------------------------------------------------------------------------


def test_the_door_sees_names_of_who_comes_and_nothing_else(client: Client, event: Event) -> None:
    factories.rsvp(event, 3, "Ana", email="ana@example.org", companions=("Ben",), message="A secret")
    verbs.withdraw(factories.rsvp(event, name="Dora"))
    warden = factories.member("door@example.org")
    warden.grants.create(role=RoleName.DOOR)
    Member.objects.filter(pk=warden.pk).update(is_staff=True)
    TeamMember.objects.create(event=event, member=warden, duty=TeamMember.Duty.DOOR)
    client.force_login(Member.objects.get(pk=warden.pk))
    page = client.get(url(event, "guest_names"))
    words = page.content.decode()
    assert [(each.names, each.unnamed) for each in page.context["rows"]] == [(["Ana", "Ben"], 1)]
    assert not {word for word in ("ana@example.org", "A secret", "Dora") if word in words}
    assert client.get(url(event)).status_code == 403
    assert client.get(url(factories.reception(), "guest_names")).status_code == 404


def test_a_name_at_the_door_is_found_by_its_sound(staff: Client, event: Event) -> None:
    factories.rsvp(event, 2, "Tom", companions=("梁灵光",))
    factories.rsvp(event, name="Ben")
    rows = staff.get(url(event, "guest_names", q="llg")).context["rows"]
    assert [each.names for each in rows] == [["Tom", "梁灵光"]]
