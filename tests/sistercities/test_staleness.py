"""Which language of a page lags behind: told to translators, and quietly to readers."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Member
from sistercities.pages.models import StandingPage
from sistercities.pages.publishing import refresh
from sistercities.pages.staleness import Said, marked, stale
from tests import factories
from tests.forms import sent

DESK = "/admin/translations/"


def said(**texts: str) -> Said:
    """``en="title one, body two"``: what a page says, each text with a version for a hash."""
    return {
        code: dict(each.split() for each in words.split(", ")) if words else {}
        for code, words in texts.items()
    }


A = said(en="title 1, body 1", zh="title 1, body 1")
B = said(en="title 2, body 1", zh="title 1, body 1")


@pytest.mark.parametrize(
    ("history", "lagging"),
    [
        ([A], set()),
        ([A, A], set()),
        ([A, B], {"zh"}),
        ([A, said(en="title 1, body 1", zh="title 1, body 2")], {"en"}),
        # Both changed at once: whoever did it knows what each says.
        ([A, said(en="title 2, body 1", zh="title 2, body 1")], set()),
        # Chinese catches up; or English takes back what it said.
        ([A, B, said(en="title 2, body 1", zh="title 2, body 1")], set()),
        ([A, B, A], set()),
        # Changed twice before anybody translates, and then saved once more as it is.
        ([A, B, said(en="title 3, body 1", zh="title 1, body 1")], {"zh"}),
        ([A, *[B] * 2], {"zh"}),
        # What is missing is not stale, and to fill it in makes nothing else stale.
        ([said(en="title 1", zh=""), said(en="title 2", zh="")], set()),
        ([said(en="title 1", zh=""), said(en="title 2", zh=""), said(en="title 2", zh="title 1")], set()),
        ([said(en="title 1, body 1", zh="title 1"), said(en="title 1, body 1", zh="title 1, body 1")], set()),
        # A text that none had is news to the others; one that is taken away is not.
        ([said(en="title 1", zh="title 1"), said(en="title 1, body 1", zh="title 1")], {"zh"}),
        ([A, said(en="title 1, body 1", zh="title 1")], set()),
        # Of three, each catches up for itself.
        ([said(en="a 1", zh="a 1", fr="a 1"), said(en="a 2", zh="a 1", fr="a 1")], {"zh", "fr"}),
        (
            [
                said(en="a 1", zh="a 1", fr="a 1"),
                said(en="a 2", zh="a 1", fr="a 1"),
                said(en="a 2", zh="a 2", fr="a 1"),
            ],
            {"fr"},
        ),
        # A language that comes later begins in step with the others.
        ([A, said(en="title 1, body 1", zh="title 1, body 1", fr="title 1")], set()),
    ],
)  # fmt: skip
def test_language_lags_behind_until_it_catches_up(history: list[Said], lagging: set[str]) -> None:
    marks: Any = {}
    for each in history:
        marks = marked(marks, each)
    assert set(stale(marks)) == lagging


def test_language_that_was_looked_over_is_in_step_without_a_change() -> None:
    marks = marked(marked({}, A), B)
    assert stale(marks) == {"zh": ["en"]}
    assert stale(marked(marks, B, ["zh"])) == {}


def page(**changes: Any) -> StandingPage:
    """A page in both languages, then changed."""
    texts = {"title_en": "About", "title_zh_hans": "关于我们", "body_en": "We.", "body_zh_hans": "我们。"}
    made = StandingPage.objects.create(slug="about", status="published", **texts)
    refresh(made)
    if changes:
        change(made, **changes)
    return made


def change(made: Any, **changes: Any) -> None:
    type(made).objects.filter(pk=made.pk).update(**changes)
    refresh(made)
    made.refresh_from_db()


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


@pytest.mark.django_db
def test_saved_page_remembers_what_lags_behind() -> None:
    made = page(body_en="We two.")
    assert made.stale_in == ["zh-hans"]
    change(made, body_zh_hans="我们俩。")
    assert made.stale_in == []


@pytest.mark.django_db
def test_paragraph_that_changes_leaves_the_other_language_of_the_remark_behind() -> None:
    remark = factories.remark()
    line = remark.segments.create(position=9, text_en="Friends,", text_zh_hans="朋友们，")
    refresh(remark)
    line.text_en = "Dear friends,"
    line.save()
    refresh(remark)
    remark.refresh_from_db()
    assert remark.stale_in == ["zh-hans"]


@pytest.mark.django_db
def test_names_of_a_person_are_no_translations() -> None:
    person = factories.person("mei", "Mei Chen", "")
    refresh(person)
    person.names.create(script="Hans", family="陈", given="梅", family_first=True)
    refresh(person)
    person.refresh_from_db()
    assert person.stale_in == []


@pytest.mark.django_db
def test_reader_is_told_quietly_that_another_language_is_newer(client: Client) -> None:
    page(body_en="We two.")
    chinese, english = (client.get(f"/{code}/about/").content.decode() for code in ("zh-hans", "en"))
    assert '<a href="/en/about/" hreflang="en">' in chinese
    assert "newer-text" in chinese
    assert "newer-text" not in english


@pytest.mark.django_db
def test_tick_in_the_form_says_that_nothing_is_to_be_translated(staff: Client) -> None:
    made = page(body_en="We, two.")
    url = reverse("admin:pages_standingpage_change", args=[made.pk])
    shown = staff.get(url)
    assert "The Chinese text says the same" in shown.content.decode()
    assert staff.post(url, sent(shown, looked_over=["zh-hans"])).status_code == 302
    made.refresh_from_db()
    assert made.stale_in == []
    assert "says the same" not in staff.get(url).content.decode()


@pytest.mark.django_db
def test_tick_left_out_leaves_it_stale(staff: Client) -> None:
    made = page(body_en="We, two.")
    url = reverse("admin:pages_standingpage_change", args=[made.pk])
    staff.post(url, sent(staff.get(url)))
    made.refresh_from_db()
    assert made.stale_in == ["zh-hans"]


@pytest.mark.django_db
@pytest.mark.parametrize(("value", "found"), [("zh-hans-older", True), ("en-older", False), ("all", False)])
def test_list_of_pages_can_be_narrowed_to_what_is_older(staff: Client, value: str, found: bool) -> None:
    page(body_en="We two.")
    shown = staff.get(reverse("admin:pages_standingpage_changelist"), {"language": value})
    assert bool(shown.context["cl"].result_count) is found


@pytest.mark.django_db
def test_list_for_translators_has_all_kinds_with_links_to_edit(staff: Client) -> None:
    old, bare = page(body_en="We two."), factories.city("suva", "Suva", "")
    fine = factories.relationship()
    shown = staff.get(DESK).content.decode()
    assert f'href="/admin/pages/standingpage/{old.pk}/change/"' in shown
    assert "Chinese is older" in shown
    assert f'href="/admin/relationships/city/{bare.pk}/change/"' in shown
    assert f'href="/admin/relationships/relationship/{fine.pk}/change/"' not in shown
    into_english = staff.get(DESK, {"language": "en"}).content.decode()
    assert f"standingpage/{old.pk}/" not in into_english


@pytest.mark.django_db
def test_list_for_translators_speaks_chinese_and_is_linked_from_the_front(staff: Client) -> None:
    page(body_en="We two.")
    assert f'href="{DESK}"' in staff.get("/admin/").content.decode()
    assert "中文版较旧" in staff.get(DESK, headers={"accept-language": "zh-hans"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30])
def test_list_for_translators_asks_no_more_for_more(
    staff: Client, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        StandingPage.objects.create(slug=f"page-{number}", title_en="Only here")
    staff.get(DESK)
    with django_assert_num_queries(4):
        assert staff.get(DESK).content.decode().count("Chinese is incomplete") == rows


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?language=xx", "?page=9999", "?language=en%00", "?page=x"])
def test_list_for_translators_bears_odd_addresses(staff: Client, query: str) -> None:
    assert staff.get(DESK + query).status_code in (200, 400)


@pytest.mark.django_db
def test_list_for_translators_is_closed_to_members(client: Client, member: Member) -> None:
    client.force_login(member)
    assert client.get(DESK).status_code == 302
