"""Search finds by English words, Chinese characters of either script, and pinyin, and only what is public."""

from typing import Any

import pytest

from events.models import Event
from sistercities.pages.excerpts import excerpt, highlighted
from sistercities.pages.models import Status
from sistercities.pages.publishing import refresh
from sistercities.pages.searching import clean, find, rows_of, simplified
from tests import factories

pytestmark = pytest.mark.django_db


def slugs(text: str) -> list[str]:
    return [row["slug"] for _hit, row in rows_of(find(text).hits)]


def only(text: str) -> dict[str, Any]:
    """The one page that is found, with its texts."""
    [(_hit, row)] = rows_of(find(text).hits)
    return row


def test_search_finds_an_english_word_in_another_form() -> None:
    factories.source("report", title_en="Signing of agreements")
    assert slugs("agreement") == ["report"]


@pytest.mark.parametrize("typed", ["友", "友好", "友好城", "友好城市协议"])
def test_search_finds_chinese_of_any_length(typed: str) -> None:
    factories.source("report", title_zh_hans="两市友好城市协议签署")
    assert slugs(typed) == ["report"]


def test_search_does_not_find_characters_that_stand_apart() -> None:
    factories.source("report", title_zh_hans="友人好客")
    assert slugs("友好") == []


def test_search_in_traditional_characters_finds_simplified_ones() -> None:
    factories.city()
    assert slugs("廣州") == ["guangzhou"]


@pytest.mark.parametrize(
    "typed", ["liang", "Liang Lingguang", "lianglingguang", "梁", "梁灵光", "梁靈光", "lingg"]
)
def test_search_finds_a_person_by_characters_and_by_pinyin(typed: str) -> None:
    factories.person("liang-lingguang", "Liang Lingguang", "梁灵光")
    assert slugs(typed) == ["liang-lingguang"]


def test_search_puts_what_bears_the_name_first() -> None:
    factories.source("talk", title_en="Guangzhou, Guangzhou and Guangzhou again", title_zh_hans="广州广州")
    factories.relationship()
    assert slugs("guangzhou")[0] == "guangzhou"
    assert slugs("广州")[0] == "guangzhou"


def test_search_finds_neither_drafts_nor_what_is_scheduled() -> None:
    factories.source("draft", status=Status.DRAFT)
    factories.source("later", publish_at=factories.timezone.now() + factories.timedelta(days=1))
    assert slugs("report") == []


def test_search_finds_neither_an_unlisted_event_nor_what_was_said_there() -> None:
    hidden = factories.past_event("hidden", visibility=Event.Visibility.UNLISTED)
    factories.remark(hidden, slug="secret")
    assert slugs("hidden") == []
    assert slugs("secret") == []


@pytest.mark.parametrize(
    "typed", ["", "   ", "!!!", "''", "a & b | !c", "友 & 好", "<script>", "-", '"', "\\", ":*"]
)
def test_search_answers_to_any_input(typed: str, client) -> None:
    assert client.get("/en/search/", {"q": typed}).status_code == 200


def test_search_forgives_control_characters_and_endless_questions(client) -> None:
    assert clean("a\x00b\n\u202ec") == "a b c"
    assert client.get("/en/search/", {"q": "友好\x07" * 5000}).status_code == 200


def test_search_marks_what_was_asked_for_and_escapes_the_rest() -> None:
    assert (
        highlighted("<b> Guangzhou & 广州", "guangzhou 廣州")
        == "&lt;b&gt; <mark>Guangzhou</mark> &amp; <mark>广州</mark>"
    )


def test_conversion_is_for_queries_only() -> None:
    assert simplified("洛杉磯") == "洛杉矶"


def test_search_costs_the_same_with_many_results(client, django_assert_max_num_queries) -> None:
    for _ in range(30):
        factories.source()
    with django_assert_max_num_queries(6):
        response = client.get("/en/search/", {"q": "report", "kind": "source"})
    [group] = response.context["groups"]
    assert len(group["results"]) == 20
    assert response.context["page_obj"].paginator.count == 30


def excerpt_of(client, typed: str, language: str = "en") -> str:
    response = client.get(f"/{language}/search/", {"q": typed})
    return response.context["groups"][0]["results"][0]["excerpt"]


def test_find_shows_its_summary_where_that_has_the_word() -> None:
    factories.source("report", summary_en="A baseball stadium.", body_en="Baseball again.")
    assert excerpt(only("baseball"), "baseball") == "A <mark>baseball</mark> stadium."


def test_find_shows_the_passage_that_has_the_word(client) -> None:
    body = f"{'Before it all. ' * 20}They raised money for **baseball** fields.[^report] {'And after. ' * 20}"
    factories.source("report", summary_en="A report.", body_en=body)
    found = excerpt_of(client, "baseball")
    assert "money for <mark>baseball</mark> fields." in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) < 260


def test_find_marks_other_forms_of_a_word(client) -> None:
    factories.source("report", summary_en="They agreed, and signed agreements.")
    assert "signed <mark>agreements</mark>" in excerpt_of(client, "agreement")
    assert "<mark>agreements</mark>" in excerpt_of(client, "agreements")


def test_find_says_in_which_language_its_passage_is(client) -> None:
    factories.source(
        "report", summary_en="A report.", body_zh_hans=f"{'从前，' * 40}两市缔结友好关系{'，后来' * 60}。"
    )
    found = excerpt_of(client, "缔结")
    assert found.startswith('<span lang="zh-Hans">……')
    assert "<mark>缔结</mark>" in found


def test_find_shows_no_footnote_marks_of_a_paragraph() -> None:
    remark = factories.remark(factories.past_event())
    words = "The two cities, he said, had helped each other in a hard year"
    remark.segments.create(
        position=2, text_en=f"{words}.[^report]", text_zh_hans="困难之年，两市相助[^report]。"
    )
    refresh(remark)
    assert excerpt(only("hard year"), "hard year").endswith("in a <mark>hard</mark> <mark>year</mark>.")


def test_search_says_that_it_shortened_the_question(client) -> None:
    assert "first 200 characters" in client.get("/en/search/", {"q": "x" * 2000}).content.decode()
    assert "too long" not in client.get("/en/search/", {"q": "x" * 200}).content.decode()


def test_search_shows_what_has_some_of_the_words_where_nothing_has_all(client) -> None:
    factories.source("harbour", title_en="The port of Auckland")
    response = client.get("/en/search/", {"q": "port of Nowhere"})
    [group] = response.context["groups"]
    assert [result["page"].slug for result in group["results"]] == ["harbour"]
    assert "No page has all of these words." in response.content.decode()


@pytest.mark.parametrize("typed", ["MOU", "MoU", "memorandum", "谅解备忘录"])
def test_memorandum_is_found_by_what_everybody_calls_it(typed: str) -> None:
    made = factories.agreement(kind="memorandum", title_en="Tripartite alliance", title_zh_hans="三城联盟")
    refresh(made)
    assert slugs(typed) == [made.slug]
