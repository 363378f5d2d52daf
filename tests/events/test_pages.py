"""The front page, the calendar, events before and after their day, and speeches, as a visitor meets them."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from events.models import Event, ProgrammeItem, Rsvp, RsvpPolicy
from events.rsvp import withdraw
from people.models import Member
from relationships.models import Signature
from tests import factories

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])
ADDRESSES = ["/", "/events/", "/events/coming/", "/events/past/", "/remarks/speech/"]
LOS_ANGELES = ZoneInfo("America/Los_Angeles")


@pytest.fixture
def archive() -> None:
    """One bond, an event to come and one that is over, with a speech."""
    bond = factories.relationship()
    for made in (factories.event("coming"), factories.past_event("past")):
        made.relationships.add(bond)
    speech = factories.remark(
        Event.objects.get(slug="past"), factories.person(zh="梁灵光", en="Liang Lingguang"), "speech"
    )
    factories.cite(speech)


def read(client: Client, path: str, language: str = "en", status: int = 200) -> str:
    answer = client.get(f"/{language}{path}")
    assert answer.status_code == status, path
    return answer.content.decode()


@LANGUAGES
@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.usefixtures("archive")
def test_every_page_answers_in_both_languages(stranger: Client, path: str, language: str) -> None:
    page = read(stranger, path, language)
    assert page.count("<h1") == 1
    assert f'<html lang="{"zh-Hans" if language == "zh-hans" else "en"}"' in page


# --- the front page --------------------------------------------------------------------------------------


@LANGUAGES
def test_front_page_of_an_empty_site_answers(stranger: Client, language: str) -> None:
    assert "<h1" in read(stranger, "/", language)


def test_front_page_invites_to_the_nearest_event(stranger: Client) -> None:
    factories.event("later", days_ahead=40)
    factories.event("nearest", days_ahead=20)
    page = read(stranger, "/")
    assert "Reception nearest" in page
    assert "Reception later" not in page


@pytest.mark.parametrize("fields", [{"visibility": "unlisted"}, {"status": "draft"}])
def test_front_page_does_not_invite_to_what_is_hidden(stranger: Client, fields: dict[str, str]) -> None:
    factories.event("hidden", **fields)
    assert "Reception hidden" not in read(stranger, "/")


@pytest.mark.parametrize(("state", "words"), [("cancelled", "Cancelled"), ("postponed", "Postponed")])
def test_front_page_names_what_is_called_off_and_invites_to_what_is_held(
    stranger: Client, state: str, words: str
) -> None:
    factories.event("flooded", days_ahead=5, state=state, notice_en="The hall is flooded.")
    factories.event("dry", days_ahead=9)
    page = read(stranger, "/")
    assert page.index('class="invitation"') < page.index("Reception dry") < page.index("Reception flooded")
    assert words in page


def test_kept_pages_know_at_once_how_many_seats_are_left(stranger: Client) -> None:
    at = factories.reception(3)
    pages = "/", f"/events/{at.slug}/"
    for party, words in ((0, "3 seats are free."), (2, "1 seat is free."), (2, "promised to those who wait")):
        if party:
            factories.rsvp(at, party)
        for path in pages:
            assert words in read(stranger, path), path
    withdraw(Rsvp.objects.waiting().get())
    assert "1 seat is free." in read(stranger, "/")


def test_kept_pages_notice_when_the_time_for_answers_is_over(stranger: Client) -> None:
    at = factories.reception(3)
    assert 'data-door="open"' in read(stranger, f"/events/{at.slug}/")
    RsvpPolicy.objects.update(closes_at=timezone.now())
    assert 'data-door="closed"' in read(stranger, f"/events/{at.slug}/")


def test_front_page_shows_bonds_people_and_what_was_said_last(stranger: Client) -> None:
    bond = factories.relationship()
    factories.remark(factories.past_event(held="2014-11-16"), slug="older")
    factories.remark(
        factories.past_event(held="2021-12-08"), factories.person(zh="张平", en="Zhang Ping"), "newest"
    )
    page = read(stranger, "/")
    assert bond.get_absolute_url() in page
    assert "Zhang Ping" in page
    assert "Remarks newest" in page
    assert "Remarks older" not in page


def test_front_page_keeps_remarks_of_unlisted_events_to_itself(stranger: Client) -> None:
    factories.remark(factories.past_event(visibility="unlisted"), slug="private")
    assert "Remarks private" not in read(stranger, "/")


# --- the calendar ----------------------------------------------------------------------------------------


def test_calendar_puts_the_nearest_first_and_the_latest_past_next(stranger: Client) -> None:
    for slug, days in (("far", 60), ("near", 5)):
        factories.event(slug, days_ahead=days)
    for slug, held in (("old", "1981-12-08"), ("recent", "2021-12-08")):
        factories.past_event(slug, held)
    page = read(stranger, "/events/")
    places = [page.index(f"/en/events/{slug}/") for slug in ("near", "far", "recent", "old")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "fields", [{"visibility": "unlisted"}, {"status": "draft"}, {"publish_at": "2999-01-01T00:00Z"}]
)
def test_calendar_names_no_hidden_event(stranger: Client, fields: dict[str, str]) -> None:
    factories.event("hidden", **fields)
    assert "Reception hidden" not in read(stranger, "/events/")


def test_calendar_says_what_is_called_off(stranger: Client) -> None:
    factories.event("a", state="cancelled", notice_en="The hall is flooded.")
    factories.event("b", state="postponed", notice_en="Until spring.")
    page = read(stranger, "/events/")
    assert "Cancelled" in page
    assert "Postponed" in page


def test_calendar_is_narrowed_by_kind_relationship_and_year(stranger: Client) -> None:
    bond = factories.relationship()
    wanted = factories.past_event("wanted", "2014-11-16", kind="signing")
    wanted.relationships.add(bond)
    factories.past_event("other", "2014-11-17", kind="summit")
    factories.past_event("another", "1981-12-08", kind="signing")
    page = read(stranger, f"/events/?kind=signing&relationship={bond.slug}&year=2014")
    assert "/en/events/wanted/" in page
    assert "/en/events/other/" not in page
    assert "/en/events/another/" not in page


@pytest.mark.parametrize(
    "query",
    [
        "kind=ball",
        "relationship=nobody",
        "year=20x4",
        "year=99999",
        "page=0",
        "page=-1",
        "page=1_0",
        "page=99",
    ],
)
def test_calendar_of_what_cannot_be_is_not_found(stranger: Client, query: str) -> None:
    factories.past_event()
    read(stranger, f"/events/?{query}", status=404)


def test_calendar_without_a_match_says_so(stranger: Client) -> None:
    factories.past_event(held="2014-11-16")
    assert "No event matches." in read(stranger, "/events/?year=1901")


def test_calendar_keeps_its_choices_where_nothing_is_left(stranger: Client) -> None:
    factories.past_event("signing", "1981-12-08").relationships.add(factories.relationship())
    page = read(stranger, "/events/?year=9999")
    for address in ("?kind=reception&amp;year=9999", "?relationship=guangzhou-los-angeles&amp;year=9999"):
        assert address in page
    assert "9999 <small>0</small>" in page
    assert "1981 <small>1</small>" in page


def test_calendar_goes_on_over_the_page(stranger: Client) -> None:
    for year in range(1981, 2011):
        factories.past_event(f"reception-of-{year}", str(year))
    assert "reception-of-1981" not in read(stranger, "/events/")
    assert "reception-of-1981" in read(stranger, "/events/?page=2")


@pytest.mark.parametrize(("rows", "path"), [(rows, path) for rows in (1, 30) for path in ("/", "/events/")])
def test_lists_cost_the_same_with_one_row_and_with_thirty(
    stranger: Client, django_assert_max_num_queries: Any, rows: int, path: str
) -> None:
    bond = factories.relationship()
    for number in range(rows):
        at = factories.past_event(f"event-{number}", f"{1982 + number}-12-08", venue=factories.venue())
        at.relationships.add(bond)
        factories.remark(at, factories.person(zh="张平", en="Zhang Ping"))
    factories.reception().relationships.add(bond)
    with django_assert_max_num_queries(12):
        read(stranger, path)
    with django_assert_max_num_queries(2):
        read(stranger, path)


# --- an event --------------------------------------------------------------------------------------------


def evening(**fields: Any) -> Event:
    """A reception at half past six, 8 December 2060, in Los Angeles for a bond with Guangzhou."""
    bond = factories.relationship()
    hall = factories.venue(
        city=next(city for city in bond.cities if city.slug == "los-angeles"), **fields.pop("hall", {})
    )
    starts_at = datetime(2060, 12, 8, 18, 30, tzinfo=LOS_ANGELES)
    made = factories.event("evening", venue=hall, **fields)
    Event.objects.filter(pk=made.pk).update(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=2, minutes=30)
    )
    made.relationships.add(bond)
    return Event.objects.get(pk=made.pk)


def test_invitation_tells_the_hour_on_both_shores(stranger: Client) -> None:
    evening()
    page = strip_tags(read(stranger, "/events/evening/"))
    assert "Wednesday 8 December 2060, 6:30 pm – 9:00 pm" in page
    assert "6:30 pm in Los Angeles · 10:30 am on 9 December in Guangzhou" in page
    chinese = strip_tags(read(stranger, "/events/evening/", "zh-hans"))
    assert "洛杉矶时间12月8日18:30，广州时间12月9日10:30" in chinese


def test_invitation_tells_guests_what_they_need_to_know(stranger: Client) -> None:
    evening(
        dress_code_en="Dark suit",
        spoken_en="English and Mandarin",
        hall={"access_en": "Step-free from Grand Avenue"},
    )
    page = read(stranger, "/events/evening/")
    for words in (
        "Dark suit",
        "English and Mandarin",
        "Step-free from Grand Avenue",
        "City Hall",
        "/calendar.ics",
    ):
        assert words in page


def test_invitation_calls_for_an_answer_only_before_the_day(stranger: Client) -> None:
    coming, over = factories.reception(), factories.reception(days_ahead=-30)
    assert f"/en/events/{coming.slug}/rsvp/" in read(stranger, f"/events/{coming.slug}/")
    assert f"/en/events/{over.slug}/rsvp/" not in read(stranger, f"/events/{over.slug}/")


def test_event_page_says_that_it_goes_on_now(stranger: Client) -> None:
    factories.event("tonight", days_ahead=-0.05)
    assert "Now" in read(stranger, "/events/tonight/")


def test_record_keeps_the_address_and_holds_speeches_signatures_and_sources(stranger: Client) -> None:
    bond = factories.relationship()
    at = factories.past_event(
        "signing", body_en="Signed at noon.[^report]", body_zh_hans="中午签署。[^report]"
    )
    at.relationships.add(bond)
    factories.cite(at, factories.source("report"))
    mayor = factories.person(en="Liang Lingguang", zh="梁灵光")
    factories.remark(at, mayor, "words-of-the-mayor")
    signed = factories.agreement(bond, "treaty", signed=at.held)
    at.signed.add(signed)
    Signature.objects.create(agreement=signed, person=mayor, capacity_en="Mayor of Guangzhou")
    page = read(stranger, "/events/signing/")
    for words in (
        "/en/remarks/words-of-the-mayor/",
        "/en/agreements/treaty/",
        "Mayor of Guangzhou",
        "#source-1",
        "/en/sources/report/",
    ):
        assert words in page


def test_record_leaves_out_what_is_not_published(stranger: Client) -> None:
    bond = factories.relationship()
    at = factories.past_event("signing")
    at.relationships.add(bond)
    at.signed.add(factories.agreement(bond, "secret-treaty", status="draft"))
    factories.remark(at, slug="draft-words", status="draft")
    factories.remark(at, slug="embargoed-words", embargo_until=timezone.now() + timedelta(days=1))
    hidden = factories.person(en="Nobody Known", status="draft")
    ProgrammeItem.objects.create(event=at, title_en="Toast", person=hidden)
    page = read(stranger, "/events/signing/")
    for words in ("secret-treaty", "draft-words", "embargoed-words", hidden.get_absolute_url()):
        assert words not in page


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_event_called_off_says_so_first_and_invites_nobody(stranger: Client, state: str) -> None:
    at = factories.reception()
    Event.objects.filter(pk=at.pk).update(state=state, notice_en="The hall is flooded.")
    page = read(stranger, f"/events/{at.slug}/")
    assert page.index(f'data-state="{state}"') < page.index("<h1")
    assert "The hall is flooded." in page
    assert "/rsvp/" not in page


def test_unlisted_event_opens_by_its_address_and_stays_out_of_search_engines(stranger: Client) -> None:
    factories.event("quiet", visibility="unlisted")
    assert '<meta name="robots" content="noindex">' in read(stranger, "/events/quiet/")


def test_draft_event_is_for_staff_only_and_says_so(stranger: Client, curator: Member) -> None:
    factories.event("draft", status="draft")
    read(stranger, "/events/draft/", status=404)
    stranger.force_login(curator)
    assert "Only staff see this page." in read(stranger, "/events/draft/")


def test_illustration_is_labelled(stranger: Client) -> None:
    factories.event("made-up", is_illustration=True)
    assert "Example" in read(stranger, "/events/made-up/")


@pytest.mark.parametrize(("rows", "days_ahead"), [(rows, days) for rows in (1, 30) for days in (30, -30)])
def test_event_page_costs_the_same_however_much_it_holds(
    stranger: Client, django_assert_max_num_queries: Any, rows: int, days_ahead: int
) -> None:
    bond, at = factories.relationship(), factories.reception(days_ahead=days_ahead)
    at.relationships.add(bond)
    factories.agreement(bond, signed=at.held).signatures.create(person=factories.person())
    for number in range(rows):
        speaker = factories.person()
        factories.remark(at, speaker)
        ProgrammeItem.objects.create(event=at, title_en="Toast", person=speaker)
        factories.cite(at, claim=f"claim-{number}")
    with django_assert_max_num_queries(12):
        read(stranger, f"/events/{at.slug}/")
    with django_assert_max_num_queries(2):
        read(stranger, f"/events/{at.slug}/")


# --- a speech --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("archive")
def test_speech_stands_in_both_languages_with_numbered_paragraphs(stranger: Client) -> None:
    page = read(stranger, "/remarks/speech/")
    assert 'id="p1"' in page
    assert page.index("A first thought.") < page.index("第一段。")
    chinese = read(stranger, "/remarks/speech/", "zh-hans")
    assert chinese.index("第一段。") < chinese.index("A first thought.")


def test_speech_in_one_language_offers_no_switch(stranger: Client) -> None:
    speech = factories.remark(slug="short")
    speech.segments.update(text_zh_hans="")
    page = read(stranger, "/remarks/short/", "zh-hans")
    assert "A first thought." in page
    assert "speech-switch" not in page


def test_speech_says_whether_it_is_a_summary_and_how_it_was_delivered(stranger: Client) -> None:
    factories.remark(
        slug="told",
        form="summary",
        delivery="video",
        capacity_en="Mayor of Los Angeles",
        original_language="en",
    )
    page = read(stranger, "/remarks/told/")
    for words in ("Summary", "by video", "Mayor of Los Angeles", "English"):
        assert words in page


def test_speech_leads_to_its_neighbours_of_the_evening(stranger: Client) -> None:
    at = factories.past_event()
    for number, slug in enumerate(["first", "second", "third"]):
        factories.remark(at, slug=slug, position=number)
    page = read(stranger, "/remarks/second/")
    assert 'rel="prev" href="/en/remarks/first/"' in page
    assert 'rel="next" href="/en/remarks/third/"' in page


def test_speech_marks_become_footnotes(stranger: Client) -> None:
    speech = factories.remark(slug="cited")
    factories.cite(speech, factories.source("report"))
    speech.segments.update(text_en="A first thought.[^report]")
    assert 'href="#source-1"' in read(stranger, "/remarks/cited/")


def test_speech_under_embargo_is_not_found(stranger: Client) -> None:
    factories.remark(slug="early", embargo_until=timezone.now() + timedelta(hours=1))
    read(stranger, "/remarks/early/", status=404)


def test_speech_costs_the_same_however_long_it_is(
    stranger: Client, django_assert_max_num_queries: Any
) -> None:
    speech = factories.remark(factories.past_event(), slug="long")
    for number in range(2, 40):
        speech.segments.create(position=number, text_en="On and on.", text_zh_hans="如此等等。")
    caches["pages"].clear()
    with django_assert_max_num_queries(12):
        read(stranger, "/remarks/long/")


# --- calendar files --------------------------------------------------------------------------------------


@LANGUAGES
def test_calendar_files_are_calendars(stranger: Client, language: str) -> None:
    factories.event("coming")
    for path in ("/events/calendar.ics", "/events/coming/calendar.ics"):
        answer = stranger.get(f"/{language}{path}")
        assert answer.headers["Content-Type"].startswith("text/calendar")
        assert b"BEGIN:VEVENT" in answer.content


def test_calendar_file_names_no_unlisted_event(stranger: Client) -> None:
    factories.event("quiet", visibility="unlisted")
    assert "quiet" not in read(stranger, "/events/calendar.ics")


@pytest.mark.parametrize(("language", "label"), [("en", "Example · Signing"), ("zh-hans", "示范 · 签约仪式")])
def test_card_of_what_is_made_up_says_so(stranger: Client, language: str, label: str) -> None:
    factories.past_event("made-up", kind=Event.Kind.SIGNING, is_illustration=True)
    content = stranger.get(f"/{language}/events/made-up/").content.decode()
    assert label in content.split('property="og:image:alt"')[1].split(">")[0]
