"""Series as threads from city to city, and events that hold others."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import strip_tags

from events.models import Event, Series
from tests import factories

pytestmark = pytest.mark.django_db
SERIES = {
    "title_en": "Summits",
    "title_zh_hans": "峰会系列",
    "status": "published",
    "publish_at": factories.PAST,
}


@pytest.fixture
def series() -> Series:
    return Series.objects.create(slug="summits", **SERIES)


def read(client: Client, path: str, language: str = "en") -> str:
    answer = client.get(f"/{language}{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def words(client: Client, path: str, language: str = "en") -> str:
    return " ".join(strip_tags(read(client, path, language)).split())


def summits(series: Series) -> None:
    """Three that were held, among them one that was cancelled; a draft and an unlisted one; one to come."""
    for slug, held, fields in (
        ("los-angeles", "2015-06", {}),
        ("cancelled", "2015-12", {"state": "cancelled", "notice_en": "No hall."}),
        ("auckland", "2016-05-16", {}),
        ("draft", "2017", {"status": "draft"}),
        ("unlisted", "2018", {"visibility": "unlisted"}),
        ("guangzhou", "2019-05-20", {}),
    ):
        factories.past_event(slug, held, series=series, **fields)
    factories.event("to-come", series=series)


def test_series_counts_what_was_held_and_nothing_else(stranger: Client, series: Series) -> None:
    summits(series)
    text = words(stranger, "/events/series/summits/")
    places = [text.index(each) for each in ("1st on record", "2nd on record", "3rd on record")]
    assert places == sorted(places)
    assert "4th on record" not in text
    assert text.index("Event los-angeles") < text.index("Event cancelled") < text.index("Event auckland")
    assert "Cancelled" in text
    assert "To come" in text
    for hidden in ("Event draft", "Event unlisted"):
        assert hidden not in text


def test_series_numbers_its_events_as_a_chinese_editor_does(stranger: Client, series: Series) -> None:
    summits(series)
    assert "第三" in words(stranger, "/events/series/summits/", "zh-hans")


def test_series_tells_the_city_of_each_event(stranger: Client, series: Series) -> None:
    hall = factories.venue(city=factories.city("auckland", "Auckland", "奥克兰"))
    factories.past_event("at-the-hall", "2016", series=series, venue=hall)
    by_name = factories.past_event("by-name", "2015", series=series, place_en="Pier 1, Los Angeles")
    by_name.relationships.add(factories.relationship())
    page = read(stranger, "/events/series/summits/")
    assert "Auckland" in page
    assert 'class="knot city-' in page or 'class="knot hue-' in page
    assert "Los Angeles" in strip_tags(page)


def test_event_knows_its_place_in_the_series_and_its_neighbours(stranger: Client, series: Series) -> None:
    summits(series)
    page = read(stranger, "/events/auckland/")
    assert "2nd on record" in page
    assert 'rel="prev" href="/en/events/cancelled/"' in page
    assert 'rel="next" href="/en/events/guangzhou/"' in page
    assert "/events/series/summits/" in page


@pytest.mark.parametrize("status", ["draft", "scheduled"])
def test_series_that_is_not_public_is_not_named(stranger: Client, series: Series, status: str) -> None:
    factories.past_event("alone", series=series)
    hidden = {"status": "draft"} if status == "draft" else {"publish_at": "2999-01-01T00:00Z"}
    Series.objects.update(**hidden)
    assert "Summits" not in read(stranger, "/events/alone/")
    assert stranger.get("/en/events/series/summits/").status_code == 404


def test_unlisted_event_of_a_series_has_no_number(stranger: Client, series: Series) -> None:
    summits(series)
    assert "on record" not in read(stranger, "/events/unlisted/")


@pytest.mark.parametrize("rows", [1, 30])
def test_series_costs_the_same_however_long_it_is(
    stranger: Client, series: Series, django_assert_max_num_queries: Any, rows: int
) -> None:
    bond = factories.relationship()
    for year in range(rows):
        factories.past_event(held=str(1990 + year), series=series).relationships.add(bond)
    with django_assert_max_num_queries(10):
        read(stranger, "/events/series/summits/")
    with django_assert_max_num_queries(2):
        read(stranger, "/events/series/summits/")


# --- umbrella events --------------------------------------------------------------------------------------


def test_umbrella_lists_its_sessions_in_the_order_of_time(stranger: Client) -> None:
    congress = factories.past_event("congress", "2016-05-16")
    for slug, held, fields in (
        ("second-day", "2016-05-17", {}),
        ("first-day", "2016-05-16", {}),
        ("secret", "2016-05-17", {"status": "draft"}),
        ("quiet", "2016-05-17", {"visibility": "unlisted"}),
    ):
        factories.past_event(slug, held, part_of=congress, **fields)
    page = read(stranger, "/events/congress/")
    assert page.index("/en/events/first-day/") < page.index("/en/events/second-day/")
    assert "secret" not in page
    assert "/events/quiet/" not in page


def test_session_leads_up_to_its_umbrella(stranger: Client) -> None:
    congress = factories.past_event("congress")
    factories.past_event("session", part_of=congress)
    assert '<a href="/en/events/congress/">' in read(stranger, "/events/session/")


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"visibility": "unlisted"}])
def test_session_keeps_an_umbrella_to_itself_that_lists_may_not_name(
    stranger: Client, fields: dict[str, str]
) -> None:
    factories.past_event("session", part_of=factories.past_event("congress", **fields))
    assert "congress" not in read(stranger, "/events/session/")


def chain() -> list[Event]:
    """Three events, each part of the one before."""
    first = factories.past_event("first")
    second = factories.past_event("second", part_of=first)
    return [first, second, factories.past_event("third", part_of=second)]


def test_event_that_would_contain_itself_is_refused_in_words() -> None:
    first, _second, third = chain()
    first.part_of = third
    with pytest.raises(ValidationError, match="is itself part of this event"):
        first.full_clean()


@pytest.mark.parametrize("below", [0, 1, 2])
def test_database_too_refuses_an_event_that_would_contain_itself(below: int) -> None:
    events = chain()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=events[0].pk).update(part_of=events[below])


def test_umbrella_that_goes_on_says_when_its_sessions_are(stranger: Client) -> None:
    congress = factories.event("congress", days_ahead=-0.05)
    factories.event("session", days_ahead=0.01, part_of=congress)
    text = words(stranger, "/events/congress/")
    assert "On now" in text
    assert "Reception session" in text
    assert Event.objects.get(slug="session").starts_at - congress.starts_at > timedelta(0)
