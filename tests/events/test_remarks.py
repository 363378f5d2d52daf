"""Speeches as readers meet them: side by side or in one language, by paragraph, and never before their time."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from events.models import Remark
from events.paragraphs import number_anew
from sistercities.pages.publishing import refresh
from tests import factories

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])


def read(client: Client, path: str, language: str = "en", status: int = 200) -> str:
    answer = client.get(f"/{language}{path}")
    assert answer.status_code == status, path
    return answer.content.decode()


@pytest.fixture
def speech() -> Remark:
    """Three paragraphs: in both languages, in English only, in Chinese only."""
    made = factories.remark(
        factories.past_event("past"), factories.person("speaker", "Liang Lingguang", "梁灵光"), "speech"
    )
    made.segments.create(position=2, text_en="Only said in English.")
    made.segments.create(position=3, text_zh_hans="只有中文。")
    return made


def _text(page: str) -> str:
    return page[page.index('class="speech-text"') :]


# --- views of one speech --------------------------------------------------------------------------------


def test_both_languages_are_shown_unless_the_address_says_otherwise(stranger: Client, speech: Remark) -> None:
    for query in ("", "?show=both"):
        page = read(stranger, f"/remarks/{speech.slug}/{query}")
        assert "A first thought." in page
        assert "第一段。" in page
        assert "speech-pair" in page


@LANGUAGES
def test_one_language_alone_is_shown_in_one_column(stranger: Client, speech: Remark, language: str) -> None:
    page = read(stranger, f"/remarks/{speech.slug}/?show=zh-hans", language)
    assert "第一段。" in page
    assert "A first thought." not in page
    assert "speech-pair" not in page


@pytest.mark.parametrize("show", ["fr", "EN", "zh", "en,zh"])
def test_an_unknown_way_to_show_a_speech_does_not_exist(stranger: Client, speech: Remark, show: str) -> None:
    read(stranger, f"/remarks/{speech.slug}/?show={show}", status=404)


@pytest.mark.parametrize("show", ["both", "en", "zh-hans"])
def test_every_paragraph_can_be_linked_to_in_every_view(stranger: Client, speech: Remark, show: str) -> None:
    page = read(stranger, f"/remarks/{speech.slug}/?show={show}")
    for number in (1, 2, 3):
        assert f'id="p{number}"' in page
        assert f'href="#p{number}" aria-label="Paragraph {number}"' in page


@pytest.mark.parametrize("show", ["both", "en"])
def test_a_paragraph_in_one_language_only_says_so_and_carries_its_language(
    stranger: Client, speech: Remark, show: str
) -> None:
    text = _text(read(stranger, f"/remarks/{speech.slug}/?show={show}"))
    assert text.count("only in Chinese") == 1
    assert re.search(r'lang="zh-Hans">\s*<p>只有中文。', text)
    assert text.count("only in English") == (1 if show == "both" else 0)


def test_a_speech_in_one_language_only_says_so_once(stranger: Client, speech: Remark) -> None:
    speech.segments.update(text_zh_hans="")
    page = read(stranger, f"/remarks/{speech.slug}/", "zh-hans")
    assert page.count('class="only-in"') == 1
    assert "speech-switch" not in page
    assert "A first thought." in read(stranger, f"/remarks/{speech.slug}/?show=zh-hans")


def test_other_views_are_links_and_name_the_one_shown(stranger: Client, speech: Remark) -> None:
    page = read(stranger, f"/remarks/{speech.slug}/?show=en")
    assert 'href="?show=both"' in page
    assert re.search(r'href="\?show=en"[^>]*aria-current="true"', page)
    assert '<link rel="canonical" href="http://' in page
    assert "show=en" not in re.findall(r'<link rel="canonical"[^>]*>', page)[0]


def test_marks_in_paragraphs_become_footnotes(stranger: Client, speech: Remark) -> None:
    factories.cite(speech, factories.source("report"))
    speech.segments.filter(position=1).update(text_zh_hans="第一段。[^report]")
    assert 'href="#source-1"' in read(stranger, f"/remarks/{speech.slug}/?show=zh-hans")


def test_numbered_points_keep_their_numbers_from_paragraph_to_paragraph(
    stranger: Client, speech: Remark
) -> None:
    speech.segments.filter(position=2).update(text_en="2. The second point.")
    assert '<ol start="2">' in read(stranger, f"/remarks/{speech.slug}/")


# --- what is said of a speech ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delivery", "english", "chinese"),
    [
        ("in-person", "Spoken in person.", "本人到场致辞。"),
        ("video", "Delivered by video.", "以视频方式致辞。"),
        ("letter", "Sent in writing.", "以书面方式致辞。"),
        ("reported", "Told here as others reported it.", "据他人报道转述。"),
    ],
)
def test_delivery_is_told_in_a_sentence(
    stranger: Client, speech: Remark, delivery: str, english: str, chinese: str
) -> None:
    Remark.objects.update(delivery=delivery)
    assert english in read(stranger, f"/remarks/{speech.slug}/")
    assert chinese in read(stranger, f"/remarks/{speech.slug}/", "zh-hans")


def test_a_speech_read_by_somebody_else_names_the_reader(stranger: Client, speech: Remark) -> None:
    reader = factories.person("reader", "Zhang Ping", "张平")
    Remark.objects.update(delivery="read-by", read_by=reader)
    assert 'Read by <a href="/en/people/reader/">' in read(stranger, f"/remarks/{speech.slug}/")
    type(reader).objects.filter(pk=reader.pk).update(status="draft")
    page = read(stranger, f"/remarks/{speech.slug}/")
    assert "Read by somebody else." in page
    assert "Zhang Ping" not in page


@pytest.mark.parametrize(
    ("tag", "english", "chinese"),
    [("en", "English", "英文"), ("zh-Hans", "Chinese", "中文"), ("mi", "Māori", "毛利语")],
)
def test_the_language_of_the_original_is_named(
    stranger: Client, speech: Remark, tag: str, english: str, chinese: str
) -> None:
    Remark.objects.update(original_language=tag)
    assert f"The original is in {english}." in read(stranger, f"/remarks/{speech.slug}/")
    assert f"原文为{chinese}。" in read(stranger, f"/remarks/{speech.slug}/", "zh-hans")


def test_each_language_says_whose_text_it_is(stranger: Client, speech: Remark) -> None:
    Remark.objects.update(rendering_en="official", rendering_zh_hans="draft")
    page = read(stranger, f"/remarks/{speech.slug}/")
    assert "official translation" in page
    assert 'class="tag tag-draft">draft translation, not yet checked' in page
    assert "official translation" not in read(stranger, f"/remarks/{speech.slug}/?show=zh-hans")


def test_the_language_spoken_is_called_the_original_where_a_speech_is_in_full(
    stranger: Client, speech: Remark
) -> None:
    Remark.objects.update(original_language="zh", form="verbatim")
    page = read(stranger, f"/remarks/{speech.slug}/?show=zh-hans")
    assert '<span class="fine">original</span>' in page
    Remark.objects.update(form="summary")
    assert '<span class="fine">original</span>' not in read(stranger, f"/remarks/{speech.slug}/?show=zh-hans")


def test_a_reader_is_named_where_somebody_read_and_nowhere_else(speech: Remark) -> None:
    speech.delivery = "read-by"
    with pytest.raises(ValidationError, match="Name who read it"):
        speech.full_clean()
    with pytest.raises(IntegrityError, match="remark_reader_named_where_read"):
        Remark.objects.update(read_by=speech.speaker)


# --- links that stay ------------------------------------------------------------------------------------


def test_links_to_paragraphs_stay_when_one_is_set_before_them(stranger: Client, speech: Remark) -> None:
    speech.segments.create(position=9, text_en="Set in front.")
    first, *rest = [*speech.segments.filter(position=9), *speech.segments.filter(position__lt=9)]
    number_anew([first, *rest])
    page = _text(read(stranger, f"/remarks/{speech.slug}/"))
    assert page.index('id="p9"') < page.index('id="p1"') < page.index('id="p2"')
    assert 'href="#p1" aria-label="Paragraph 2"' in page


def test_no_two_paragraphs_share_a_link(speech: Remark) -> None:
    one = speech.segments.get(position=1)
    number_anew([speech.segments.model(remark=speech, position=1, pk=None), one][1:])
    clash = speech.segments.create(position=4, anchor=1, text_en="Clash")
    number_anew(speech.segments.all())
    marks = [segment.mark for segment in speech.segments.all()]
    assert len(set(marks)) == len(marks)
    assert marks[0] == "p1"
    assert speech.segments.get(pk=clash.pk).mark != "p1"


# --- embargo --------------------------------------------------------------------------------------------

PLACES = [
    "/remarks/",
    "/remarks/?order=newest",
    "/events/past/",
    "/people/speaker/",
    "/search/?q=harbour",
    "/",
]


def test_under_embargo_nothing_is_seen_and_from_that_second_on_it_is(
    stranger: Client, speech: Remark
) -> None:
    end = timezone.now().replace(microsecond=0) + timedelta(minutes=2)
    Remark.objects.update(
        embargo_until=end, title_en="Harbour speech", summary_en="About the harbour.", body_en="Harbour."
    )
    refresh(Remark.objects.get())
    feeds = ["/feed.en.atom", "/sitemap.xml", "/sitemap.en.remark.1.xml"]
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        read(stranger, "/remarks/speech/", status=404)
        for place in PLACES:
            assert "Harbour speech" not in read(stranger, place), place
        for feed in feeds:
            assert "/remarks/speech/" not in stranger.get(feed).getvalue().decode(), feed
        assert "<small>1</small>" not in read(stranger, "/remarks/")
    with time_machine.travel(end, tick=False):
        assert "Harbour speech" in read(stranger, "/remarks/speech/")
        for place in PLACES:
            assert "Harbour speech" in read(stranger, place), place
        assert any("/remarks/speech/" in stranger.get(feed).getvalue().decode() for feed in feeds)


def test_staff_read_what_is_under_embargo_and_are_told_so(
    client: Client, curator: Any, speech: Remark
) -> None:
    Remark.objects.update(embargo_until=timezone.now() + timedelta(days=1))
    client.force_login(curator)
    assert "Under embargo until" in read(client, "/remarks/speech/")


def test_neighbours_of_the_evening_leave_out_what_is_held_back(stranger: Client) -> None:
    at = factories.past_event()
    for number, slug in enumerate(["first", "second", "third"]):
        factories.remark(at, slug=slug, position=number)
    Remark.objects.filter(slug="second").update(embargo_until=timezone.now() + timedelta(days=1))
    page = read(stranger, "/remarks/first/")
    assert 'rel="next" href="/en/remarks/third/"' in page
    assert "second" not in page


# --- the list -------------------------------------------------------------------------------------------


@pytest.fixture
def several() -> None:
    """Three remarks at two events, by two speakers, in two languages."""
    older, later = factories.past_event("older", "1981-12-08"), factories.past_event("later", "2014-11-16")
    liang, mayor = factories.person("liang", "Liang Lingguang", "梁灵光"), factories.person("mayor")
    hour = timezone.now() - timedelta(hours=3)
    factories.remark(older, liang, "one", position=1, original_language="zh-Hans", publish_at=hour)
    factories.remark(older, mayor, "two", position=2, original_language="en", publish_at=hour)
    factories.remark(later, mayor, "three", publish_at=hour - timedelta(days=1))


def _listed(page: str) -> list[str]:
    return re.findall(r'class="remark-title"><a href="/[^/]+/remarks/([^/]+)/"', page)


@LANGUAGES
@pytest.mark.usefixtures("several")
def test_remarks_stand_by_event_or_the_newest_first(stranger: Client, language: str) -> None:
    assert _listed(read(stranger, "/remarks/", language)) == ["three", "one", "two"]
    assert _listed(read(stranger, "/remarks/?order=newest", language)) == ["two", "one", "three"]


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("speaker=mayor", ["three", "two"]),
        ("language=zh-Hans", ["one"]),
        ("language=en", ["two"]),
        ("year=2014", ["three"]),
        ("speaker=mayor&year=1981", ["two"]),
        ("speaker=liang&year=2014", []),
    ],
)
def test_the_list_is_narrowed_by_its_address(stranger: Client, query: str, found: list[str]) -> None:
    assert _listed(read(stranger, f"/remarks/?{query}")) == found


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    "query",
    [
        *("speaker=nobody", "speaker=a b", "language=Chinese", "year=14", "year=0000x"),
        *("order=oldest", "page=0", "page=2", "page=x", "speaker=draft"),
    ],
)
def test_what_cannot_be_asked_for_does_not_exist(stranger: Client, query: str) -> None:
    factories.remark(speaker=factories.person("draft"), slug="hidden", status="draft")
    read(stranger, f"/remarks/?{query}", status=404)


def test_an_empty_list_says_so(stranger: Client) -> None:
    assert "There are no remarks yet." in read(stranger, "/remarks/")


def test_the_list_names_no_draft_and_nothing_of_an_unlisted_event(stranger: Client) -> None:
    factories.remark(slug="hidden", status="draft")
    factories.remark(factories.past_event(visibility="unlisted"), slug="private")
    factories.remark(factories.past_event(status="draft"), slug="early")
    assert _listed(read(stranger, "/remarks/")) == []


def test_the_list_has_parts(stranger: Client) -> None:
    at = factories.past_event()
    for number in range(30):
        factories.remark(at, slug=f"number-{number}", position=number)
    assert len(_listed(read(stranger, "/remarks/"))) == 24
    assert len(_listed(read(stranger, "/remarks/?page=2"))) == 6


def test_the_list_is_led_to_from_events_from_every_footer_and_from_who_spoke_often(
    stranger: Client, speech: Remark
) -> None:
    assert 'href="/en/remarks/"' in read(stranger, "/about/", status=404)
    assert "All remarks" in read(stranger, "/events/")
    for _number in range(24):
        factories.remark(speech.event, speech.speaker)
    assert 'href="/en/remarks/?speaker=speaker"' in read(stranger, "/people/speaker/")
    assert "/en/remarks/</loc>" in stranger.get("/sitemap.en.lists.1.xml").getvalue().decode()


# --- what it costs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 60])
def test_a_speech_costs_the_same_however_long_it_is(
    stranger: Client, django_assert_num_queries: Any, rows: int
) -> None:
    made = factories.remark(factories.past_event(), slug="long")
    for number in range(2, rows + 1):
        made.segments.create(position=number, text_en="On and on.", text_zh_hans="如此等等。")
    read(stranger, "/remarks/long/")
    caches["pages"].clear()
    with django_assert_num_queries(9):
        page = read(stranger, "/remarks/long/")
    assert len(page.encode()) < 100_000
    with django_assert_num_queries(1):
        read(stranger, "/remarks/long/")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_however_long_it_is(
    stranger: Client, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        at = factories.past_event(held=f"{1981 + number}-12-08")
        factories.remark(at, factories.person(), slug=f"number-{number}", original_language="en")
    read(stranger, "/remarks/")
    caches["pages"].clear()
    with django_assert_num_queries(9):
        read(stranger, "/remarks/")
    with django_assert_num_queries(1):
        read(stranger, "/remarks/")
