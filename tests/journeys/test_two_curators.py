"""Two curators save the same page, each in a browser of their own: nothing of either is lost."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from people.models import Member
from sistercities.pages.models import StandingPage
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _form_of(browser: Any, site: str, member: Member, page: StandingPage) -> Any:
    client = Client()
    client.force_login(member)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(locale="en-GB")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "url": site, "value": session}])
    form = context.new_page()
    form.goto(site + reverse("admin:pages_standingpage_change", args=[page.pk]))
    return form


def _save(form: Any, *, goes_on: bool = True) -> None:
    with form.expect_navigation():
        form.locator(f"[name={'_continue' if goes_on else '_save'}]").first.click()


def test_two_curators_who_save_the_same_page_lose_nothing(
    browser: Any, live_server: Any, curator: Member
) -> None:
    other = Member.objects.create_superuser("wang@example.org", "a password of a test", name="Wang Li")
    page = StandingPage.objects.create(
        slug="about", title_en="About us", title_zh_hans="关于我们", body_en="First.\n\nSecond."
    )
    source, other_source = factories.source("mine"), factories.source("theirs")
    mine, theirs = (_form_of(browser, live_server.url, each, page) for each in (curator, other))
    row = "pages-citation-content_type-object_id-0"
    for form, title, body, cited in (
        (theirs, "Who we are", "First, as Wang has it.\n\nSecond.", other_source),
        (mine, "Our association", "First.\n\nSecond, as Cora has it.", source),
    ):
        form.fill("[name=title_en]", title)
        form.fill("[name=body_en]", body)
        form.get_by_text("Add another Citation", exact=True).click()
        form.locator(f"select[name='{row}-source'] + .select2 .select2-selection").click()
        form.keyboard.type(str(cited))
        form.locator(".select2-results__option", has_text=str(cited)).first.click()
    theirs.fill("[name=summary_en]", "Friends since 1981.")
    mine.fill("[name=title_zh_hans]", "本会")
    _save(theirs)
    assert theirs.locator(".messagelist .success").count() == 1

    _save(mine)
    assert mine.get_by_role("heading", name="Wang Li changed this page while you had it open").is_visible()
    assert mine.input_value("[name=title_en]") == "Our association"
    assert mine.input_value("[name=summary_en]") == "Friends since 1981."
    mine.get_by_role("group", name="Title (English)").get_by_label("Yours").check()
    _save(mine)
    assert mine.locator(".messagelist .success").count() == 1

    page.refresh_from_db()
    assert (page.title_en, page.title_zh_hans) == ("Our association", "本会")
    assert page.summary_en == "Friends since 1981."
    assert page.body_en.split() == [
        "First,",
        "as",
        "Wang",
        "has",
        "it.",
        "Second,",
        "as",
        "Cora",
        "has",
        "it.",
    ]
    assert set(page.citations.values_list("source__slug", flat=True)) == {"mine", "theirs"}
    for form in (mine, theirs):
        form.context.close()
