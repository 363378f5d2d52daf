"""Signing in on a telephone, with a code from the real outbox and with a passkey, in both languages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from events.models import Rsvp
from people.models import Member
from sistercities.pages.forms_for_strangers import StrangerForm
from tests import factories
from tests.people.entering import newest_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
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
    context = browser.new_context(viewport={"width": 390, "height": 844})
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
    page.locator("[name=email]").fill(member.email)
    page.locator("[name=email]").press("Enter")
    page.locator("[name=code]").fill(newest_code())
    page.locator("[name=code]").press("Enter")
    page.wait_for_url(live_server.url + rsvp)
    page.locator("[name=answer][value=going]").check()
    page.locator("form:has([name=answer]) button[type=submit]").first.click()
    page.wait_for_url(f"{home}/rsvp/**")
    assert [(each.status, each.member) for each in Rsvp.objects.all()] == [("confirmed", member)]

    page.goto(f"{home}/members/security/")
    page.locator("main a[href$='/security/webauthn/add/']").click()
    page.locator("form[data-passkey] button[type=submit]").click()
    page.wait_for_url(f"{home}/members/security/")
    [passkey] = Authenticator.objects.filter(user=member)
    assert passkey.wrap().name in page.inner_text("main")

    page.goto(f"{home}/members/logout/")
    page.locator("main button[type=submit]").click()
    page.goto(f"{home}/members/login/?next=/{language}/members/devices/")
    page.locator("form[data-passkey] button[type=submit]").click()
    page.wait_for_url(f"{home}/members/devices/")
    passkey.refresh_from_db()
    assert passkey.last_used_at
