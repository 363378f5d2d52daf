"""In a real browser: a page beside its form, marks set in both languages, and nothing lost by going away."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from people.models import Member
from sistercities.pages.models import StandingPage
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(page: Any, live_server: Any, client: Client, curator: Member) -> Iterator[Any]:
    """The form of a page that cites one source, at a desk wide enough for both."""
    about = StandingPage.objects.create(
        slug="about", title_en="About", body_en="One.\n\nTwo.", body_zh_hans="一。\n\n二。"
    )
    factories.cite(about, factories.source("report"))
    client.force_login(curator)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "url": live_server.url, "value": session}]
    )
    page.set_viewport_size({"width": 1440, "height": 900})
    page.refused = []
    page.on("console", lambda said: page.refused.append(said.text) if said.type == "error" else None)
    page.goto(live_server.url + reverse("admin:pages_standingpage_change", args=[about.pk]))
    yield page
    # Nothing may be under way at the server when the tables are emptied.
    page.wait_for_load_state("networkidle")
    page.close()


def test_a_curator_writes_cites_and_sees_it_in_both_languages_before_saving(form: Any) -> None:
    form.get_by_role("button", name="Preview beside the form").click()
    english = form.frame_locator("iframe[data-page=en]").locator("main")
    chinese = form.frame_locator("iframe[data-page=zh-Hans]").locator("main")
    english.get_by_text("Two.").wait_for()

    text = form.locator("[name=body_en]")
    text.evaluate("input => { input.focus(); input.setSelectionRange(4, 4); }")
    form.locator("[data-cite] button").first.click()
    assert text.input_value() == "One.[^report]\n\nTwo."
    assert form.locator("[name=body_zh_hans]").input_value() == "一[^report]。\n\n二。"
    assert "in the text: English, Chinese" in form.locator("[data-cite]").first.inner_text()
    english.locator("sup.cite").wait_for()
    chinese.locator("sup.cite").wait_for()

    text.fill("One.[^report]\n\nTwo.\n\nThree.")
    assert "in Chinese 2" not in form.locator("#id_body_en_count").inner_text()
    assert (
        form.locator("#id_body_zh_hans_count").inner_text() == "Characters: 2 · Paragraphs: 2; in English 3"
    )
    english.get_by_text("Three.").wait_for()
    assert "Three." not in StandingPage.objects.get().body_en

    with form.expect_navigation():
        form.keyboard.press("Control+s")
    english.get_by_text("Three.").wait_for()
    assert "Three." in StandingPage.objects.get().body_en
    assert form.refused == []


def test_a_cursor_left_behind_in_the_other_language_draws_no_mark_to_it(form: Any) -> None:
    chinese = form.locator("[name=body_zh_hans]")
    english = form.locator("[name=body_en]")
    cite = form.locator("[data-cite] button").first
    chinese.evaluate("input => { input.focus(); input.setSelectionRange(99, 99); }")
    english.evaluate("input => { input.focus(); input.setSelectionRange(4, 4); }")
    cite.click()
    assert chinese.input_value() == "一[^report]。\n\n二。", "it stood at the end, where typing had left it"

    english.evaluate("input => { input.focus(); input.setSelectionRange(99, 99); }")
    cite.click()
    assert english.input_value() == "One.[^report]\n\nTwo.[^report]"
    assert chinese.input_value() == "一[^report]。\n\n二[^report]。", "the first mark had left it there"

    chinese.fill("一。\n\n二，三。")
    chinese.evaluate("input => { input.focus(); input.setSelectionRange(5, 5); }")
    english.evaluate("input => { input.focus(); input.setSelectionRange(4, 4); }")
    chinese.evaluate("input => input.focus()")
    cite.click()
    assert chinese.input_value() == "一。\n\n二[^report]，三。", "set on purpose"


def test_whoever_goes_away_with_unsaved_words_is_asked_first(form: Any) -> None:
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.locator("[name=title_en]").press_sequentially("!")
    form.goto(form.url)
    assert asked == ["beforeunload"]
    # A browser asks nobody who has not touched the page.
    form.locator("h1").first.click()
    form.reload()
    assert asked == ["beforeunload"], "nothing was typed since"
