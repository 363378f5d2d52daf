"""The news: lists, stories, and their way to and from the pages that they are about."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Member
from sistercities.news.models import Story, StoryPicture, StorySubject
from sistercities.pages.models import Status
from sistercities.pages.previews import addresses_of, make_link
from sistercities.pages.publishing import publish, refresh, withdraw
from tests import factories

pytestmark = pytest.mark.django_db


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.getvalue().decode()  # type: ignore[attr-defined]  # streamed answers have it too


def at(*when: int) -> datetime:
    return datetime(*when, 20, tzinfo=UTC)  # type: ignore[misc,arg-type]  # year, month, day


def test_list_has_the_newest_first_under_their_years(client: Client) -> None:
    for slug, when in (("old", at(2024, 5, 1)), ("new", at(2026, 5, 1)), ("middle", at(2025, 5, 1))):
        factories.story(slug, publish_at=when)
    page = read(client, "/en/news/")
    places = [page.index(f"Story {slug}") for slug in ("new", "middle", "old")]
    assert places == sorted(places)
    assert [page.count(f'id="year-{year}"') for year in (2024, 2025, 2026)] == [1, 1, 1]


def test_a_story_has_the_date_of_the_associations_calendar(client: Client) -> None:
    factories.story("late", publish_at=datetime(2026, 1, 1, 3, tzinfo=UTC))  # still December in Los Angeles
    assert "31 December 2025" in read(client, "/en/news/late/")
    assert "2025年12月31日" in read(client, "/zh-hans/news/late/")
    assert 'id="year-2025"' in read(client, "/en/news/?year=2025")


def test_list_is_narrowed_by_topic_and_year_in_the_address(client: Client) -> None:
    schools, arts = factories.topic("schools"), factories.topic("arts", "Arts", "艺术")
    factories.story("pupils", publish_at=at(2024, 5, 1)).topics.add(schools)
    factories.story("teachers", publish_at=at(2025, 5, 1)).topics.add(schools)
    factories.story("opera", publish_at=at(2025, 6, 1)).topics.add(arts)
    page = read(client, "/zh-hans/news/?topic=schools&year=2025")
    assert "消息teachers" in page
    assert "消息pupils" not in page
    assert "消息opera" not in page
    assert 'href="/zh-hans/news/?topic=arts&amp;year=2025"' in page
    assert "艺术 <small>1</small>" in page


def test_topic_of_hidden_stories_is_no_choice(client: Client) -> None:
    factories.story("hidden", status=Status.DRAFT).topics.add(factories.topic("secret", "Secret", "秘密"))
    for number in range(3):
        factories.story().topics.add(factories.topic(en=f"Topic {number}"))
    assert "Secret" not in read(client, "/en/news/")


@pytest.mark.parametrize(
    "query",
    [
        "topic=none",
        "topic=' or 1=1",
        "year=0",
        "year=20256",
        "year=abc",
        "page=2",
        "page=0",
        "page=x",
    ],
)
def test_list_of_what_cannot_be_is_not_found(client: Client, query: str) -> None:
    factories.story()
    read(client, f"/en/news/?{query}", 404)


@pytest.mark.parametrize("year", ["1000", "1999", "9999"])
def test_a_year_without_news_says_so(client: Client, year: str) -> None:
    factories.story()
    assert "No story matches." in read(client, f"/en/news/?year={year}")


def test_without_any_news_the_list_says_so(client: Client) -> None:
    assert "There is no news yet." in read(client, "/en/news/")


def test_story_leads_to_what_it_is_about_and_its_neighbours(client: Client) -> None:
    event, person = factories.past_event("signing"), factories.person("liang", "Liang Lingguang", "梁灵光")
    factories.story("before", publish_at=at(2024, 5, 1))
    factories.story("told", event, person, publish_at=at(2024, 6, 1), byline="Mei Chen")
    factories.story("after", publish_at=at(2024, 7, 1))
    page = read(client, "/zh-hans/news/told/")
    for link in ("events/signing", "people/liang", "news/before", "news/after"):
        assert f'href="/zh-hans/{link}/"' in page
    assert page.index("活动signing") < page.index("梁灵光</")
    assert "Mei Chen" in page


def test_neighbours_of_the_same_moment_are_each_met_once(client: Client) -> None:
    for slug in ("a", "b", "c"):
        factories.story(slug, publish_at=at(2024, 5, 1))
    found = {slug: client.get(f"/en/news/{slug}/").context for slug in ("a", "b", "c")}
    assert [(str(found[slug]["later"]), str(found[slug]["earlier"])) for slug in found] == [
        ("None", "Story b"),
        ("Story a", "Story c"),
        ("Story b", "None"),
    ]


PAGES = ["events/signing", "people/liang", "relationships/guangzhou-los-angeles", "cities/guangzhou"]


@pytest.fixture
def four() -> list[Any]:
    bond = factories.relationship()
    return [
        factories.past_event("signing"),
        factories.person("liang", "Liang Lingguang", "梁灵光"),
        bond,
        bond.cities[0],
    ]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_name_the_stories_about_them(client: Client, four: list[Any], language: str) -> None:
    factories.story("told", *four, publish_at=at(2024, 6, 1))
    factories.story("unrelated")
    title = "消息told" if language == "zh-hans" else "Story told"
    for address in PAGES:
        page = read(client, f"/{language}/{address}/")
        assert 'id="in-the-news"' in page
        assert f'href="/{language}/news/told/"' in page
        assert title in page
        assert "unrelated" not in page


def test_person_without_a_name_of_their_own_has_stories_too(client: Client, four: list[Any]) -> None:
    four[1].names.all().delete()
    factories.story("told", four[1])
    assert "Story told" in read(client, "/en/people/liang/")


@pytest.mark.parametrize(
    "hidden", [{"status": Status.DRAFT}, {"publish_at": timezone.now() + timedelta(days=1)}]
)
def test_hidden_story_is_named_nowhere(client: Client, four: list[Any], hidden: dict[str, Any]) -> None:
    factories.story("hidden", *four, **hidden)
    for address in (*(f"{each}/" for each in PAGES), "news/", "", "search/?q=hidden"):
        page = read(client, f"/en/{address}")
        assert "Story hidden" not in page, address
    read(client, "/en/news/hidden/", 404)
    assert "news/hidden" not in read(client, "/feed.en.atom")
    assert ".story." not in read(client, "/sitemap.xml")


def test_story_names_no_page_that_is_not_public(client: Client) -> None:
    hidden = [
        factories.past_event("draft", status=Status.DRAFT),
        factories.past_event("unlisted", visibility="unlisted"),
        factories.person("later", publish_at=timezone.now() + timedelta(days=1)),
    ]
    story = factories.story("told", *hidden)
    page = read(client, "/en/news/told/")
    assert 'id="about"' not in page
    for each in ("draft", "unlisted", "later"):
        assert f"/{each}/" not in page
    hidden[0].delete()
    assert story.subjects.count() == 3
    read(client, "/en/news/told/")


def test_scheduled_story_appears_by_itself_and_everywhere(client: Client, four: list[Any]) -> None:
    story = factories.story("told", *four, publish_at=timezone.now() + timedelta(hours=1))
    assert "Story told" not in read(client, "/en/cities/guangzhou/")
    Story.objects.filter(pk=story.pk).update(publish_at=timezone.now() - timedelta(seconds=1))
    assert "Story told" in read(client, "/en/cities/guangzhou/")


def test_withdrawn_story_disappears_at_once(client: Client, four: list[Any]) -> None:
    story = factories.story("told", *four)
    read(client, "/en/cities/guangzhou/")
    withdraw(story)
    assert "Story told" not in read(client, "/en/cities/guangzhou/")
    publish(story)
    assert "Story told" in read(client, "/en/cities/guangzhou/")


def test_front_page_tells_the_three_newest(client: Client) -> None:
    for day in (1, 2, 3, 4):
        factories.story(f"day-{day}", publish_at=at(2024, 5, day))
    page = read(client, "/en/")
    assert [page.count(f'href="/en/news/day-{day}/"') for day in (1, 2, 3, 4)] == [0, 1, 1, 1]
    assert 'href="/en/news/"' in page


def test_front_page_without_news_has_no_empty_section(client: Client) -> None:
    assert 'id="news"' not in read(client, "/en/")


def test_feed_sitemap_and_search_have_the_story_by_themselves(client: Client) -> None:
    story = factories.story("told", body_en="About the kapok trees.", body_zh_hans="说的是木棉树。")
    refresh(story)
    assert "/zh-hans/news/told/" in read(client, "/feed.zh-hans.atom")
    assert "/en/news/told/" in read(client, "/sitemap.en.story.1.xml")
    assert "/en/news/</loc>" in read(client, "/sitemap.en.lists.1.xml")
    assert "Story told" in read(client, "/en/search/?q=kapok")
    assert "消息told" in read(client, "/zh-hans/search/?q=木棉")


def test_story_is_found_by_its_topic_and_its_writer(client: Client) -> None:
    story = factories.story("told", byline="Mei Chen")
    story.topics.add(factories.topic("trees", "Flowering trees", "花木"))
    refresh(story)
    for words in ("花木", "flowering", "Mei Chen"):
        assert "Story told" in read(client, f"/en/search/?q={words}"), words


def test_pictures_stand_in_their_order_and_the_first_at_the_head(client: Client) -> None:
    story = factories.story("told")
    for position, words in ((2, "The second"), (1, "The first")):
        picture = factories.picture(caption_en=words)
        StoryPicture.objects.create(story=story, picture=picture, position=position)
    page = read(client, "/en/news/told/")
    assert page.index("The first") < page.index('id="pictures"') < page.index("The second")


def test_preview_shows_a_draft_to_whoever_holds_the_link(client: Client, four: list[Any]) -> None:
    story = factories.story("draft", four[0], status=Status.DRAFT)
    for address in addresses_of(make_link(story, 1)):
        page = read(client, address.url.removeprefix("http://127.0.0.1:8000"))
        assert "data-preview" in page
        assert "/events/signing/" in page


def test_renamed_story_is_found_at_its_old_address(client: Client) -> None:
    story = factories.story("old-name")
    story.slug = "new-name"
    story.save()
    answer = client.get("/en/news/old-name/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/news/new-name/")


def test_curator_reads_drafts(client: Client, curator: Member) -> None:
    factories.story("draft", status=Status.DRAFT)
    client.force_login(curator)
    assert "Story draft" in read(client, "/en/news/draft/")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_en", "</title><script>alert(1)</script>"),
        ("byline", '"><img src=x>'),
        ("body_en", "<b>bold</b>"),
    ],
)
def test_hostile_words_stay_words(client: Client, field: str, value: str) -> None:
    factories.story("told", **{field: value})
    for address in ("/en/news/told/", "/en/news/", "/en/"):
        page = read(client, address)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>bold" not in page


@pytest.mark.parametrize("number", [1, 30])
def test_list_and_story_cost_the_same_with_many(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    event = factories.past_event("signing")
    for place in range(number):
        story = factories.story(f"story-{place}", event, factories.person())
        story.topics.add(factories.topic(en=f"Topic {place}"))
        StoryPicture.objects.create(story=story, picture=factories.picture())
        factories.cite(story)
    for place in range(number):
        StorySubject.objects.create(story=story, subject=factories.past_event(f"more-{place}"))
        StoryPicture.objects.create(story=story, picture=factories.picture())
        factories.cite(story)
    for address, queries in (("/en/news/", 7), (f"/en/news/{story.slug}/", 11)):
        with django_assert_num_queries(queries):
            client.get(address)
        with django_assert_num_queries(1):
            client.get(address)
