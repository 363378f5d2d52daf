"""The admin in a real browser: accessible, quiet, within the window at 1024 pixels and on a telephone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from people.models import Member
from tests import factories
from tests.journeys import curating

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
DESKTOP, TELEPHONE = {"width": 1024, "height": 800}, {"width": 390, "height": 844}


class Walker:
    """Somebody on the staff with a browser of their own, who notes what is wrong with each page."""

    def __init__(self, browser: Any, site: str, client: Client, language: str, scheme: str) -> None:
        self.site = site
        self.context = browser.new_context(viewport=DESKTOP, color_scheme=scheme, reduced_motion="reduce")
        cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
        cookies["django_language"] = language
        self.context.add_cookies(
            [{"name": name, "value": value, "url": site} for name, value in cookies.items()]
        )
        self.page = self.context.new_page()
        self.heard: list[str] = []
        self.page.on(
            "console",
            lambda said: self.heard.append(said.text) if said.type in ("error", "warning") else None,
        )
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))

    def wrong_with(self, address: str) -> list[str]:
        self.heard.clear()
        self.page.set_viewport_size(DESKTOP)
        self.page.goto(self.site + address)
        # What looks for faults applies styles itself, which the page's own policy rightly refuses.
        complaints = list(self.heard)
        report = Axe().run(self.page, options={"runOnly": RULES, "preload": False})
        found = [
            f"{each['id']}: {node['html'][:140]}"
            for each in report.response["violations"]
            for node in each["nodes"][:2]
        ]
        found += complaints
        for size in (DESKTOP, TELEPHONE):
            self.page.set_viewport_size(size)
            if (over := self.page.evaluate(TOO_WIDE)) > 0:
                found.append(f"{over} pixels wider than a window of {size['width']}")
        return found


def addresses(client: Client, *, thoroughly: bool) -> list[str]:
    """Of each template one page, or every page there is."""
    pages = curating.walk(client, thoroughly=thoroughly)
    # Pages as visitors see them are looked at where visitors see them.
    ours = {
        address: page
        for address, page in pages.items()
        if page.template.startswith(("admin/", "registration/"))
    }
    if thoroughly:
        return list(ours)
    return list({page.template: address for address, page in reversed(list(ours.items()))}.values())


def plant() -> None:
    """What the demonstration lacks: guests, invitations, a question, in some state that asks for staff."""
    call_command("demo", verbosity=0)
    evening = factories.reception(4)
    for seats in (2, 2, 3):
        factories.rsvp(evening, seats)
    factories.invitation(evening, "陈美")
    evening.questions.create(label_en="What do you eat?", label_zh_hans="您有什么忌口？")


def walked(
    browser: Any, site: str, curator: Member, language: str, scheme: str, *, thoroughly: bool
) -> dict[str, Any]:
    plant()
    client = Client()
    client.force_login(curator)
    walker = Walker(browser, site, client, language, scheme)
    found = {address: walker.wrong_with(address) for address in addresses(client, thoroughly=thoroughly)}
    walker.context.close()
    return {address: wrong for address, wrong in found.items() if wrong}


def test_the_admin_is_accessible_and_quiet_and_fits_the_window(
    browser: Any, live_server: Any, curator: Member
) -> None:
    assert walked(browser, live_server.url, curator, "en", "light", thoroughly=False) == {}


@pytest.mark.thorough
@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("zh-hans", "light"), ("zh-hans", "dark")])
def test_every_page_of_the_admin_is_so_in_each_language_and_scheme(
    browser: Any, live_server: Any, curator: Member, language: str, scheme: str
) -> None:
    assert walked(browser, live_server.url, curator, language, scheme, thoroughly=True) == {}
