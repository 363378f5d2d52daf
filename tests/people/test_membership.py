"""Memberships: whose runs, who is told of the end, and another year for many at once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from people.membership import a_year_after, current, letter_due, remind, renew
from people.models import Member
from sistercities.mail.kinds import Overtaken, render
from sistercities.mail.models import Message
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
CHANGELIST = "admin:people_member_changelist"
END = date(2026, 12, 31)
TWO_MONTHS_BEFORE = datetime(2026, 11, 1, 20, tzinfo=UTC)  # noon in Los Angeles


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def ends_in(days: int, **fields: Any) -> Member:
    return factories.member(member_until=localdate() + timedelta(days=days), **fields)


# --- whose runs -----------------------------------------------------------------------------------------


def test_a_household_membership_makes_members_of_those_it_covers_and_a_single_one_does_not() -> None:
    household, single = factories.member(membership="household"), factories.member(membership="single")
    theirs = factories.member(member_since=None, covered_by=household)
    not_theirs = factories.member(member_since=None, covered_by=single)
    assert set(Member.objects.filter(current())) == {household, single, theirs}
    assert (theirs.is_current_member, not_theirs.is_current_member) == (True, False)


def test_who_is_covered_is_a_member_no_longer_than_the_household() -> None:
    household = ends_in(-1, membership="household")
    theirs = factories.member(member_since=None, covered_by=household)
    assert not theirs.is_current_member
    assert not Member.objects.filter(current()).exists()


def test_a_membership_runs_through_its_last_day() -> None:
    last_day = ends_in(0)
    assert last_day.is_current_member
    assert Member.objects.filter(current()).get() == last_day


# --- letters before the end -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "letter"),
    [
        (61, None),
        (60, 60),
        (54, 60),
        (53, None),
        (14, 14),
        (8, 14),
        (7, None),
        (0, None),
        (-1, -1),
        (-7, -1),
        (-8, None),
    ],
)
def test_letters_go_two_months_and_two_weeks_before_and_on_the_day_after(
    left: int, letter: int | None
) -> None:
    assert letter_due(END, END - timedelta(days=left)) == letter


def test_each_letter_goes_once_and_three_in_all() -> None:
    member = factories.member(member_until=END)
    for day in range(70):
        remind(TWO_MONTHS_BEFORE - timedelta(days=2) + timedelta(days=day))
    assert list(Message.objects.order_by("pk").values_list("key", flat=True)) == [
        f"membership-ends:{member.pk}:2026-12-31:{days}" for days in (60, 14, -1)
    ]


def test_a_letter_about_the_end_comes_in_the_members_own_morning() -> None:
    factories.member(member_until=END, timezone="Europe/London")
    remind(TWO_MONTHS_BEFORE)
    assert Message.objects.get().send_after == datetime(2026, 11, 1, 9, tzinfo=UTC)


def test_nobody_is_told_of_an_end_that_does_not_concern_them() -> None:
    factories.member(membership="honorary")
    head = factories.member(membership="household")
    factories.member(member_until=END, covered_by=head)
    factories.member(member_until=END, is_active=False)
    assert remind(TWO_MONTHS_BEFORE) == 0
    assert not Message.objects.exists()


def test_an_honorary_membership_with_an_end_is_told_of_it() -> None:
    factories.member(membership="honorary", member_until=END)
    assert remind(TWO_MONTHS_BEFORE) == 1


LETTERS = [
    ("en", 60, "Your membership ends on ", "Dear Mei Chen,"),
    ("zh-hans", 60, "您的会员资格将于", "Mei Chen，您好："),
    ("en", -1, "Your membership has ended", "without a gap"),
    ("zh-hans", -1, "您的会员资格已到期", "会员资格"),
]


@pytest.mark.parametrize(("language", "days", "subject", "words"), LETTERS)
def test_the_letter_about_the_end_speaks_the_members_language(
    language: str, days: int, subject: str, words: str
) -> None:
    ends_in(days, language=language, name="Mei Chen")
    remind()
    letter = render(Message.objects.get())
    assert letter.subject.startswith(subject)
    assert words in letter.text
    assert f"/{language}/members/" in letter.text
    assert f"/{language}/members/" in letter.html


def test_a_letter_about_the_end_is_not_sent_once_the_membership_was_renewed() -> None:
    member = ends_in(14)
    remind()
    renew([member])
    with pytest.raises(Overtaken):
        render(Message.objects.get())


# --- renewing -------------------------------------------------------------------------------------------


def test_a_year_after_a_leap_day_is_the_28th() -> None:
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_renewing_counts_from_the_last_day() -> None:
    ahead, lately = ends_in(20), ends_in(-20)
    renew(Member.objects.all())
    for member in (ahead, lately):
        before = member.member_until
        member.refresh_from_db()
        assert before
        assert member.member_until == a_year_after(before)


def test_staff_renew_many_and_are_told_whom_not(staff: Client) -> None:
    due, endless, renewed, long_ago = ends_in(20), factories.member(), ends_in(400), ends_in(-500)
    chosen = [each.pk for each in (due, endless, renewed, long_ago)]
    answer = staff.post(
        reverse(CHANGELIST), {"action": "renew_by_a_year", "_selected_action": chosen}, follow=True
    )
    page = answer.content.decode()
    assert "1 membership runs a year longer: " + due.email in page
    for reason in ("Without an end", "Renewed before", "Ended more than a year ago"):
        assert reason in page
    dates = dict(Member.objects.filter(pk__in=chosen).values_list("pk", "member_until"))
    assert due.member_until
    assert dates == {
        due.pk: a_year_after(due.member_until),
        endless.pk: None,
        renewed.pk: renewed.member_until,
        long_ago.pk: long_ago.member_until,
    }


def test_the_same_button_twice_renews_once(staff: Client) -> None:
    member = ends_in(20)
    for _time in range(2):
        staff.post(reverse(CHANGELIST), {"action": "renew_by_a_year", "_selected_action": [member.pk]})
    before = member.member_until
    member.refresh_from_db()
    assert before
    assert member.member_until == a_year_after(before)


# --- in the admin ---------------------------------------------------------------------------------------


def found(staff: Client, query: str) -> set[Member]:
    return set(staff.get(f"{reverse(CHANGELIST)}?{query}").context["cl"].queryset)


def test_staff_find_the_memberships_that_end_within_60_days(staff: Client) -> None:
    soon, last_day = ends_in(60), ends_in(0)
    ends_in(61), factories.member()
    lately = ends_in(-1)
    assert found(staff, "ends=soon") == {soon, last_day}
    assert found(staff, "ends=lately") == {lately}


def test_the_current_members_of_the_list_are_those_who_are_covered_too(staff: Client) -> None:
    head = factories.member(membership="household")
    theirs = factories.member(member_since=None, covered_by=head)
    ends_in(-1)
    assert found(staff, "membership=current") == {head, theirs}


def test_nobody_can_be_covered_by_a_single_membership(staff: Client, member: Member) -> None:
    single = factories.member("single@example.org")
    url = reverse("admin:people_member_change", args=[member.pk])
    answer = staff.post(url, sent(staff.get(url), covered_by=str(single.pk)))
    assert "covers nobody else" in answer.content.decode()


def test_the_list_of_members_costs_the_same_with_many_who_are_covered(
    staff: Client, django_assert_num_queries: Any
) -> None:
    head = factories.member(membership="household")
    for count in (1, 12):
        for _number in range(count):
            factories.member(member_since=None, covered_by=head)
        with django_assert_num_queries(6):
            staff.get(reverse(CHANGELIST))


def test_staff_see_with_a_household_who_is_covered_by_it(staff: Client) -> None:
    head = factories.member(membership="household")
    factories.member("ann@example.org", name="Ann", member_since=None, covered_by=head)
    page = staff.get(reverse("admin:people_member_change", args=[head.pk])).content.decode()
    assert "Ann &lt;ann@example.org&gt;" in page
