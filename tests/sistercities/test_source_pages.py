"""A source shows what rests on it, standing pages stand, lists have parts."""

import re
from datetime import date

import pytest

from relationships.models import Tenure
from sistercities.pages.dates import parse
from sistercities.pages.text import render
from tests import factories

pytestmark = pytest.mark.django_db


def uses(client, source) -> list[str]:
    response = client.get(source.get_absolute_url())
    return [str(use.title) for use in response.context["uses"]]


def test_source_lists_pages_and_parts_that_rest_on_it(client) -> None:
    source = factories.source()
    bond = factories.relationship()
    factories.cite(bond, source)
    factories.cite(factories.milestone(bond), source)
    tenure = Tenure.objects.create(person=factories.person(), office_en="Mayor")
    factories.cite(tenure, source)
    assert set(uses(client, source)) == {"Guangzhou–Los Angeles", "A beginning", "Tom Bradley: Mayor"}


def test_source_says_nothing_of_what_is_not_public(client) -> None:
    source = factories.source()
    factories.cite(factories.city(status="draft"), source)
    bond = factories.relationship(factories.city("a"), factories.city("b"), status="draft")
    factories.cite(factories.milestone(bond), source)
    shown = factories.relationship(factories.city("c"), factories.city("d"))
    factories.cite(factories.milestone(shown, is_shown=False), source)
    assert uses(client, source) == []


def test_both_sources_of_a_disagreement_say_that_there_is_one(client) -> None:
    city, first, second = factories.city(), factories.source("first"), factories.source("second")
    factories.cite(city, first, claim="age", note_en="Two thousand years.")
    factories.cite(city, second, claim="age", stance="contradicts", note_en="Older than that.")
    for source, note in ((first, "Two thousand years."), (second, "Older than that.")):
        content = client.get(source.get_absolute_url()).content.decode()
        assert "Sources disagree" in content
        assert f"{city.get_absolute_url()}#disagreements" in content
        assert note in content


def test_source_of_many_uses_is_shown_in_parts_at_the_same_cost(
    client, django_assert_max_num_queries
) -> None:
    source = factories.source()
    bond = factories.relationship()
    for number in range(70):
        factories.cite(factories.milestone(bond, title_en=f"Step {number}"), source)
    with django_assert_max_num_queries(12):
        first = client.get(source.get_absolute_url())
    assert len(first.context["uses"]) == 60
    assert len(client.get(source.get_absolute_url() + "?page=2").context["uses"]) == 10


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999", "1_0", "１", "", "9" * 400])
def test_part_that_is_none_does_not_exist(client, number: str) -> None:
    assert client.get("/en/sources/", {"page": number}).status_code == 404


def test_draft_is_marked_for_staff_and_missing_for_others(client, curator) -> None:
    factories.source("draft", status="draft")
    assert client.get("/en/sources/draft/").status_code == 404
    client.force_login(curator)
    content = client.get("/en/sources/draft/").content.decode()
    assert "Only staff see this page." in content
    assert '<meta name="robots" content="noindex">' in content


def test_nothing_is_changed_by_reading(client) -> None:
    assert client.post("/en/sources/").status_code == 405


def test_head_of_a_page_marks_only_the_sources_that_state_it(client) -> None:
    bond, founding, obituary = (
        factories.relationship(),
        factories.source("founding"),
        factories.source("other"),
    )
    factories.cite(bond, obituary)
    factories.cite(bond, founding, claim="established")
    content = client.get(bond.get_absolute_url()).content.decode()
    assert content.count('href="#source-2"') == 1
    assert 'href="#source-1"' not in content


def test_thread_leaves_out_sources_of_what_it_does_not_tell(client) -> None:
    bond = factories.relationship()
    event = factories.past_event("reception")
    event.relationships.add(bond)
    factories.cite(event, factories.source("report"), claim="held")
    factories.cite(event, factories.source("obituary"))
    content = client.get(bond.get_absolute_url()).content.decode()
    assert "/en/sources/report/" in content
    assert "/en/sources/obituary/" not in content


def test_disagreement_stands_on_the_page_that_it_concerns_and_others_lead_there(client) -> None:
    bond = factories.relationship()
    paper = factories.agreement(bond, "accord")
    factories.cite(paper, factories.source("first"), claim="kind", note_en="It is a memorandum.")
    factories.cite(
        paper, factories.source("second"), claim="kind", stance="contradicts", note_en="It is an agreement."
    )
    on_paper = client.get(paper.get_absolute_url()).content.decode()
    on_bond = client.get(bond.get_absolute_url()).content.decode()
    assert f"{paper.title}: kind" in on_paper
    assert "It is an agreement." in on_paper
    assert "It is an agreement." not in on_bond
    assert "what each source says stands on its own page" in on_bond


def test_sources_without_a_date_come_last(client) -> None:
    factories.source("undated")
    factories.source("dated", published_on=parse("2014"))
    rows = client.get("/en/sources/").context["page_obj"]
    assert [row.slug for row in rows] == ["dated", "undated"]


def test_marks_that_stand_together_ascend() -> None:
    html = render("Two speak of it.[^b][^a]", {"a": 1, "b": 2})
    assert html.index("#source-1") < html.index("#source-2")


def test_source_leads_back_to_every_mark_in_the_text(client) -> None:
    report = factories.source("report")
    city = factories.city(body_en="It is old.[^report]\n\nIt is large.[^report]")
    factories.cite(city, report, claim="summary")
    content = client.get(city.get_absolute_url()).content.decode()
    marks = re.findall(r'id="(mark-1-\d+)"', content)
    assert marks == ["mark-1-1", "mark-1-2", "mark-1-3"]  # the summary's, and two in the text
    assert all(f'href="#{mark}"' in content for mark in marks)
    assert len(set(re.findall(r' id="([^"]+)"', content))) == content.count(' id="')


def test_note_tells_where_to_look_when_it_was_read_and_where_a_copy_lies(client) -> None:
    report = factories.source(
        url="https://paper.example/1", archived_url="https://archive.example/1", accessed_on=date(2026, 3, 2)
    )
    city = factories.city()
    factories.cite(city, report, claim="summary", locator="p. 12")
    english = client.get(city.get_absolute_url()).content.decode()
    assert "p. 12" in english
    assert "accessed <time" in english
    assert 'href="https://archive.example/1"' in english
    chinese = client.get(f"/zh-hans/cities/{city.slug}/").content.decode()
    assert "存档副本" in chinese
    assert "2026年3月2日" in chinese
