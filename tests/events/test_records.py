"""One address for life: what an event's page tells before, during and after, and when it does not take place."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from events import record as records
from events.models import Event, EventDocument, EventPicture, Participant, ProgrammeItem, Series
from events.occasion import Occasion, Phase
from sistercities.pages import caching
from sistercities.pages.dates import parse
from tests import factories

pytestmark = pytest.mark.django_db


def read(client: Client, path: str, language: str = "en") -> str:
    answer = client.get(f"/{language}{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def words(client: Client, path: str, language: str = "en") -> str:
    return " ".join(strip_tags(read(client, path, language)).split())


def at_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


# --- the record ------------------------------------------------------------------------------------------


def test_record_tells_who_was_there_in_which_role_and_capacity(stranger: Client) -> None:
    at = factories.past_event("reception", attendance_en="more than 700", attendance_zh_hans="700多人")
    factories.cite(at, factories.source("report"), claim="attendance")
    for role, name in (("delegation", "Wang Dong"), ("host", "Len Brown"), ("present", "Tom Bradley")):
        person = factories.person(en=name)
        at.participants.create(person=person, role=role, capacity_en=f"Capacity of {name}")
    text = words(stranger, "/events/reception/")
    places = [
        text.index(each) for each in ("more than 700", "Hosts", "Len Brown", "Delegations", "Wang Dong")
    ]
    assert places == sorted(places)
    assert "Capacity of Wang Dong" in text
    assert "more than 700 1" in text or "more than 7001" in text  # the mark of its source
    assert "700多人" in words(stranger, "/events/reception/", "zh-hans")


def test_record_names_nobody_whose_page_is_a_draft(stranger: Client) -> None:
    at = factories.past_event("reception")
    hidden = factories.person("nobody-known", en="Nobody Known", status="draft")
    at.participants.create(person=hidden)
    at.programme.create(title_en="Toast", person=hidden)
    signed = factories.agreement(factories.relationship(), "treaty")
    signed.signatures.create(person=hidden)
    at.signed.add(signed)
    text = words(stranger, "/events/reception/")
    assert "Toast" in text
    assert "treaty" in text
    assert "Known" not in text


def test_record_shows_no_heading_over_nothing(stranger: Client) -> None:
    factories.past_event("bare")
    page = read(stranger, "/events/bare/")
    for name in (
        "sessions",
        "remarks",
        "present",
        "signed",
        "pictures",
        "documents",
        "programme",
        "press",
        "sources",
    ):
        assert f'id="{name}"' not in page, name


def test_record_offers_documents_with_kind_size_and_language(stranger: Client) -> None:
    at, paper = factories.past_event("reception"), factories.document(language="en")
    EventDocument.objects.create(event=at, document=paper)
    page = read(stranger, "/events/reception/")
    assert paper.url in page
    text = strip_tags(page).replace("\xa0", " ")
    assert "PDF · 18 bytes · English" in text


def test_record_sets_the_press_apart_from_other_sources(stranger: Client) -> None:
    at = factories.past_event("reception")
    factories.cite(at, factories.source("article", kind="press"))
    factories.cite(at, factories.source("minutes", kind="official"))
    page = read(stranger, "/events/reception/")
    press = page[page.index('id="press"') : page.index('id="sources"')]
    assert "Report article" in press
    assert "Report minutes" not in press


def test_record_takes_nothing_for_its_press_that_appeared_long_before(stranger: Client) -> None:
    at = factories.past_event("reception", "2021-12-08")
    for slug, published in (("obituary", "2021-01"), ("announcement", "2021-11"), ("undated", "")):
        factories.cite(
            at, factories.source(slug, kind="press", published_on=parse(published) if published else None)
        )
    page = read(stranger, "/events/reception/")
    press = page[page.index('id="press"') : page.index('id="sources"')]
    assert "Report announcement" in press
    assert "Report undated" in press
    assert "Report obituary" not in press


def test_record_tells_what_staff_say_was_signed_and_guesses_nothing(stranger: Client) -> None:
    bond, at = factories.relationship(), factories.past_event("signing")
    at.relationships.add(bond)
    factories.agreement(bond, "of-that-day", signed=at.held)
    at.signed.add(factories.agreement(bond, "of-this-event", signed=parse("2001")))
    page = read(stranger, "/events/signing/")
    assert "/agreements/of-this-event/" in page
    assert "/agreements/of-that-day/" not in page


def test_record_hides_a_host_that_is_not_shown(stranger: Client) -> None:
    at = factories.past_event("reception")
    at.hosts.create(slug="seen", name_en="Seen Society")
    at.hosts.create(slug="unseen", name_en="Unseen Society", is_shown=False)
    text = words(stranger, "/events/reception/")
    assert "Seen Society" in text
    assert "Unseen Society" not in text


def furnish(at: Event, rows: int) -> None:
    """Every part that an event can have, so many times."""
    bond = factories.relationship()
    at.relationships.add(bond)
    at.marks, at.marks_years = bond, 45
    at.venue = factories.venue()
    at.series = Series.objects.create(
        slug="series", title_en="Series", status="published", publish_at=factories.PAST
    )
    at.part_of = factories.past_event("umbrella")
    at.save()
    for number in range(rows):
        speaker = factories.person()
        factories.remark(at, speaker)
        at.programme.create(title_en="Toast", at=time(18, number), person=factories.person())
        at.participants.create(person=factories.person(), role=Participant.Role.values[number % 4])
        EventPicture.objects.create(event=at, picture=factories.picture())
        EventDocument.objects.create(event=at, document=factories.document(f"Paper {number}"))
        if number < 12:
            agreement = factories.agreement(bond)
            agreement.signatures.create(person=factories.person())
            at.signed.add(agreement)
        at.hosts.create(slug=f"host-{number}", name_en=f"Host {number}")
        factories.cite(at, claim=f"claim-{number}")
        factories.past_event(held="1990", part_of=at, venue=factories.venue())
        factories.past_event(held=str(1990 + number), series=at.series)


@pytest.mark.parametrize(("rows", "days"), [(rows, days) for rows in (1, 30) for days in (30, -0.05, -30)])
def test_page_with_every_part_costs_the_same_before_during_and_after(
    stranger: Client, django_assert_max_num_queries: Any, rows: int, days: float
) -> None:
    at = factories.reception(days_ahead=days)
    furnish(at, rows)
    # What goes on now is kept for the minute: no other may begin between the two views.
    with time_machine.travel(timezone.now(), tick=False):
        with django_assert_max_num_queries(12):
            page = read(stranger, f"/events/{at.slug}/")
        assert len(page.encode()) < 100_000
        with django_assert_max_num_queries(2):
            read(stranger, f"/events/{at.slug}/")


# --- now -------------------------------------------------------------------------------------------------


BEGINS = datetime(2060, 12, 9, 2, 30, tzinfo=UTC)  # half past six in the evening in Los Angeles


def tonight() -> Event:
    made = factories.event("tonight")
    Event.objects.filter(pk=made.pk).update(starts_at=BEGINS, ends_at=BEGINS + timedelta(hours=3))
    for position, (at, title) in enumerate(
        [(time(18, 30), "Doors"), (time(19, 15), "Dinner"), (time(20), "Toast")]
    ):
        made.programme.create(position=position, at=at, title_en=title)
    return Event.objects.get(pk=made.pk)


@pytest.mark.parametrize(
    ("seconds", "phase"),
    [(-1, Phase.COMING), (0, Phase.NOW), (3 * 3600 - 1, Phase.NOW), (3 * 3600, Phase.OVER)],
)
def test_event_turns_to_the_second(monkeypatch: pytest.MonkeyPatch, seconds: int, phase: Phase) -> None:
    event = tonight()
    at_clock(monkeypatch, BEGINS + timedelta(seconds=seconds))
    assert Occasion(event).phase is phase


@pytest.mark.parametrize(
    ("turn", "before", "after"), [(0, "invitation-title", 'id="now"'), (3, 'id="now"', "")]
)
def test_kept_page_is_dropped_in_the_second_in_which_the_event_turns(
    stranger: Client, monkeypatch: pytest.MonkeyPatch, turn: int, before: str, after: str
) -> None:
    tonight()
    at_clock(monkeypatch, BEGINS + timedelta(hours=turn, seconds=-1))
    assert before in read(stranger, "/events/tonight/")
    at_clock(monkeypatch, BEGINS + timedelta(hours=turn))
    page = read(stranger, "/events/tonight/")
    assert before not in page
    assert after in page
    assert timedelta(seconds=1) < caching.LIFETIME


def test_page_says_what_is_on_now_and_what_follows(stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tonight()
    at_clock(monkeypatch, BEGINS + timedelta(minutes=50))
    page = read(stranger, "/events/tonight/")
    now = " ".join(
        strip_tags(page[page.index('id="now"') : page.index("</section>", page.index('id="now"'))]).split()
    )
    assert "Dinner since 7:15 pm" in now
    assert "Toast next, at 8:00 pm" in now
    assert "/en/events/tonight/" in now
    assert 'aria-current="time"' in page


def test_programme_goes_on_after_midnight() -> None:
    event = factories.event("night")
    event.starts_at = datetime(2060, 12, 9, 6, 0, tzinfo=UTC)  # ten in the evening
    items = [ProgrammeItem(at=at, title_en=str(at)) for at in (time(21, 30), time(23), time(0, 30), time(1))]
    moments = [moment for moment, _item in records.moments(event, items)]
    assert [(moment - event.starts_at).total_seconds() / 3600 for moment in moments] == [-0.5, 1, 2.5, 3]


def test_remark_appears_while_the_event_goes_on_in_the_second_of_its_release(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = BEGINS + timedelta(minutes=30)
    factories.remark(tonight(), slug="speech", embargo_until=release)
    at_clock(monkeypatch, release - timedelta(seconds=1))
    assert "/remarks/speech/" not in read(stranger, "/events/tonight/")
    at_clock(monkeypatch, release)
    assert "/remarks/speech/" in read(stranger, "/events/tonight/")


# --- not as planned --------------------------------------------------------------------------------------


def test_postponed_event_keeps_in_mind_for_when_it_was_planned() -> None:
    event = factories.event("flooded")
    planned = event.held
    event.state, event.notice_en = "postponed", "The hall is flooded."
    event.save()
    assert (event.planned_for, event.awaits_date) == (planned, True)
    event.starts_at += timedelta(days=30)
    event.ends_at += timedelta(days=30)
    event.save()
    assert (event.planned_for, event.awaits_date) == (planned, False)


@pytest.mark.parametrize("days_ahead", [30, -30])
def test_postponed_without_a_date_is_neither_to_come_nor_past(days_ahead: float) -> None:
    factories.event("flooded", days_ahead=days_ahead, state="postponed", notice_en="The hall is flooded.")
    assert not Event.objects.upcoming().exists()
    assert not Event.objects.past().exists()
    assert Event.objects.awaiting_date().exists()
    occasion = Occasion(Event.objects.get())
    assert (occasion.phase, occasion.is_over, occasion.chapter) == (Phase.POSTPONED, False, "Postponed")


def test_postponed_event_says_for_when_it_was_planned(stranger: Client) -> None:
    factories.past_event("flooded", "2099-05-08", state="postponed", notice_en="The hall is flooded.")
    assert "It was planned for 8 May 2099; there is no new date yet." in words(stranger, "/events/flooded/")
    assert "was planned for 8 May 2099" in words(stranger, "/events/")


def test_postponed_event_with_a_new_date_shows_both(stranger: Client) -> None:
    values = {"state": "postponed", "planned_for": parse("2099-05-08"), "notice_en": "The hall is flooded."}
    factories.past_event("flooded", "2099-06-08", **values)
    text = words(stranger, "/events/flooded/")
    assert "It was planned for 8 May 2099, and is now to be on 8 June 2099." in text
    in_list = words(stranger, "/events/")
    assert "8 June 2099" in in_list
    assert "Postponed from 8 May 2099" in in_list
    assert Event.objects.upcoming().exists()


@pytest.mark.parametrize(
    ("state", "language", "headline"),
    [
        ("cancelled", "en", "Cancelled: Reception off"),
        ("postponed", "en", "Postponed: Reception off"),
    ],
)
def test_title_and_share_card_say_what_was_called_off(
    stranger: Client, state: str, language: str, headline: str
) -> None:
    factories.event("off", state=state, notice_en="The hall is flooded.")
    page = read(stranger, "/events/off/", language)
    assert f"<title>{headline}" in page
    assert f'<meta property="og:title" content="{headline}">' in page


def test_cancelled_event_is_found_by_that_word(stranger: Client) -> None:
    event = factories.event("off", state="cancelled", notice_en="The hall is flooded.")
    assert {"cancelled", "The hall is flooded."} <= set(event.further_words())


def test_event_known_by_its_day_alone_is_to_come_until_that_day_has_passed(stranger: Client) -> None:
    factories.past_event("summit", "2099-05")
    assert Event.objects.upcoming().exists()
    assert not Event.objects.past().exists()
    page = read(stranger, "/events/summit/")
    assert "The record" not in page
    assert "May 2099" in page
