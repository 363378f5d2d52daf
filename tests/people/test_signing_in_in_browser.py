"""Signing in on a telephone, with a code from the real outbox and with a passkey, in both languages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from events.models import Rsvp
from people.models import Member
from sistercities.pages.forms_for_strangers import StrangerForm
from tests import factories
from tests.people.entering import newest_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def telephone(browser: Any, live_server: Any) -> Iterator[Any]:
    """A telephone that can keep passkeys; what the browser complains of fails the test."""
    call_command("createcachetable", verbosity=0)
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", reduced_motion="reduce"
    )
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    assert page.complaints == []
    context.close()


def is_sound(page: Any) -> bool:
    """Whether everybody can use the page that is open, and it is no wider than the telephone."""
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    assert [(page.url, each["id"], each["nodes"][0]["html"][:120]) for each in found] == []
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_member_answers_at_the_first_visit_adds_a_passkey_and_comes_in_with_it_the_next_time(
    telephone: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(StrangerForm, "QUICKEST_SECONDS", 0.0)
    member = Member.objects.create_user("mei@example.org", name="Mei Chen", member_since=date(2000, 1, 1))
    home, page = f"{live_server.url}/{language}", telephone
    rsvp = f"/{language}/events/{factories.reception(mode='members').slug}/rsvp/"

    page.goto(live_server.url + rsvp)
    page.locator(f"a[href*='/members/login/?next={rsvp}']").first.click()
    assert is_sound(page)
    page.locator("[name=email]").fill(member.email)
    page.locator("[name=email]").press("Enter")
    page.locator("[name=code]").wait_for()
    assert is_sound(page)
    page.locator("[name=code]").fill(newest_code())
    page.locator("[name=code]").press("Enter")
    page.wait_for_url(live_server.url + rsvp)
    page.locator("[name=answer][value=going]").check()
    page.locator("form:has([name=answer]) button[type=submit]").first.click()
    page.wait_for_url(f"{home}/rsvp/**")
    assert [(each.status, each.member) for each in Rsvp.objects.all()] == [("confirmed", member)]

    page.goto(f"{home}/members/security/")
    page.locator("main a[href$='/security/webauthn/add/']").click()
    page.wait_for_url(f"{home}/members/security/webauthn/add/")
    assert is_sound(page)
    page.locator("form[data-passkey] button[type=submit]").click()
    page.wait_for_url(f"{home}/members/security/")
    assert is_sound(page)
    [passkey] = Authenticator.objects.filter(user=member)
    assert passkey.wrap().name in page.inner_text("main")

    page.goto(f"{home}/members/logout/")
    page.locator("main button[type=submit]").click()
    page.goto(f"{home}/members/login/?next=/{language}/members/devices/")
    page.locator("form[data-passkey] button[type=submit]").click()
    page.wait_for_url(f"{home}/members/devices/")
    assert is_sound(page)
    passkey.refresh_from_db()
    assert passkey.last_used_at
