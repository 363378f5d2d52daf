"""What members decide about themselves: name, language, clocks, letters, and whom they bring along."""

from typing import Any

import pytest
from django.test import Client

from people.companions import MOST, remember
from people.models import Member
from people.preferences import PreferencesForm
from tests import factories

pytestmark = pytest.mark.django_db
SAID = {"name": "陈梅", "language": "zh-hans", "timezone": "Asia/Shanghai", "wants_reminders": "on"}


@pytest.fixture
def mine(client: Client, member: Member) -> Client:
    client.force_login(member)
    return client


def names(member: Member) -> list[str]:
    return [companion.name for companion in member.companions.all()]


# --- preferences ----------------------------------------------------------------------------------------


def test_a_member_sets_name_language_clocks_and_letters(mine: Client, member: Member) -> None:
    answer = mine.post("/en/members/preferences/", SAID)
    member.refresh_from_db()
    assert (member.name, member.language, member.timezone) == ("陈梅", "zh-hans", "Asia/Shanghai")
    assert (member.wants_reminders, member.wants_greetings) == (True, False)
    assert answer.headers["Location"] == "/zh-hans/members/"


def test_saving_preferences_leaves_alone_what_only_staff_decide(mine: Client, member: Member) -> None:
    mine.post("/en/members/preferences/", {**SAID, "member_until": "2090-01-01", "is_staff": "on"})
    member.refresh_from_db()
    assert (member.member_until, member.is_staff) == (None, False)


FAULTS = [
    ({"timezone": "Mars/Olympus"}, "Please choose a time zone from the list."),
    ({"name": "Mei\nChen"}, "Please leave out line breaks"),
    ({"name": "see www.example.org"}, "A name holds no web or e-mail address."),
    ({"name": "x" * 151}, "A name has at most 150 characters"),
]


@pytest.mark.parametrize(("fault", "words"), FAULTS)
def test_a_fault_in_the_preferences_is_told_beside_the_field_and_nothing_is_saved(
    mine: Client, member: Member, fault: dict[str, str], words: str
) -> None:
    answer = mine.post("/en/members/preferences/", {**SAID, **fault})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    member.refresh_from_db()
    assert (member.name, member.language) == ("Mei Chen", "en")


def test_the_time_zones_of_our_cities_come_first_under_their_own_names(mine: Client) -> None:
    factories.relationship()
    page = mine.get("/zh-hans/members/preferences/").content.decode()
    first = page.index('<option value="Asia/Shanghai">广州</option>')
    assert first < page.index('<option value="Africa/Abidjan">')


def test_a_time_zone_that_is_set_already_stays_whatever_its_name(member: Member) -> None:
    member.timezone = "UTC"
    form = PreferencesForm({**SAID, "timezone": "UTC"}, instance=member)
    assert form.is_valid()


# --- companions -----------------------------------------------------------------------------------------


def test_companions_are_added_renamed_and_left_out(mine: Client, member: Member) -> None:
    remember(member, ["Wei", "Ann", "Ann"])
    first, second = member.companions.all()
    said = {f"companion-{first.pk}": "", f"companion-{second.pk}": "Anna", "added": "梁文"}
    assert mine.post("/en/members/companions/", said).status_code == 303
    assert names(member) == ["Anna", "梁文"]


def test_two_companions_may_swap_their_names(mine: Client, member: Member) -> None:
    remember(member, ["Wei", "Ann"])
    first, second = member.companions.all()
    mine.post("/en/members/companions/", {f"companion-{first.pk}": "Ann", f"companion-{second.pk}": "Wei"})
    assert names(member) == ["Ann", "Wei"]


def test_the_same_companion_twice_is_refused_beside_the_field(mine: Client, member: Member) -> None:
    remember(member, ["Wei"])
    said = {f"companion-{member.companions.get().pk}": "Wei", "added": "Wei"}
    answer = mine.post("/en/members/companions/", said)
    assert answer.status_code == 422
    assert "This name stands in the list already." in answer.content.decode()


def test_nobody_touches_the_companions_of_another_member(mine: Client, member: Member) -> None:
    other = factories.member()
    remember(other, ["Wei"])
    mine.post("/en/members/companions/", {f"companion-{other.companions.get().pk}": "Eve"})
    assert names(other) == ["Wei"]


def test_no_more_companions_are_remembered_than_one_can_choose_from(mine: Client, member: Member) -> None:
    remember(member, [f"Guest {number}" for number in range(MOST + 5)])
    assert len(names(member)) == MOST
    assert 'name="added"' not in mine.get("/en/members/companions/").content.decode()


def test_the_page_of_companions_costs_the_same_with_many(
    mine: Client, member: Member, django_assert_num_queries: Any
) -> None:
    for count in (1, MOST):
        remember(member, [f"Guest {number}" for number in range(count)])
        with django_assert_num_queries(4):
            mine.get("/en/members/companions/")
