"""Suggestions under the search box, in a real browser: by keyboard, by mouse, and under the strict policy."""

from typing import Any

import pytest
from django.core.management import call_command

from sistercities.pages.publishing import refresh
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def box(page: Any, live_server: Any) -> Any:
    """The search box of the Chinese page, in an archive with two cities and somebody."""
    call_command("createcachetable", verbosity=0)
    for made in (factories.city(), factories.city("guiyang", "Guiyang", "贵阳")):
        refresh(made)
    refresh(factories.person("guo", '<b>Guo</b> "Li"', "郭立"))
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.goto(f"{live_server.url}/zh-hans/search/")
    return page.locator("#q")


def options(page: Any) -> list[str]:
    page.wait_for_selector("[role=option]")
    return page.locator("[role=option] .suggestion-lead").all_inner_texts()


def test_arrows_choose_a_suggestion_and_enter_opens_it(page: Any, box: Any) -> None:
    assert box.get_attribute("role") == "combobox"
    box.press_sequentially("gu")
    assert sorted(options(page)) == ["广州", "贵阳", "郭立"]
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    address = chosen.get_attribute("data-url")
    box.press("Enter")
    page.wait_for_url(f"**{address}")
    assert page.complaints == []


def test_escape_closes_the_list_and_enter_asks_for_what_was_typed(page: Any, box: Any) -> None:
    box.press_sequentially("guang")
    assert options(page) == ["广州"]
    assert page.locator("[role=option] [lang=en]").all_inner_texts() == ["Guangzhou"]
    box.press("Escape")
    assert not page.locator("[role=listbox]").is_visible()
    assert box.input_value() == "guang"
    box.press("Enter")
    page.wait_for_url("**/zh-hans/search/?q=guang")


def test_a_click_opens_a_suggestion_and_a_name_stays_text(page: Any, box: Any) -> None:
    box.press_sequentially("guo")
    assert options(page) == ["郭立"]
    assert page.locator("[role=option] .suggestion-other").inner_text() == '<b>Guo</b> "Li"'
    page.locator("[role=option]").click()
    page.wait_for_url("**/zh-hans/people/guo/")
