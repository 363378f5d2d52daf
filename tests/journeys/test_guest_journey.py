"""From the front page to the reception, in a real browser: read, answer, open the mail, change; staff see it."""

import re
from typing import Any

import icalendar
import pytest
from django.core.management import call_command

from events.models import Event, Rsvp
from people.models import Member
from sistercities.mail import outbox
from sistercities.pages.forms_for_strangers import StrangerForm
from tests.journeys.staff import a_chief, enter_admin
from tests.post import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "en": {"name": "Mei Chen"},
    "zh-hans": {"name": "陈梅"},
}


@pytest.fixture(autouse=True)
def _no_time_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that is driven fills in a form quicker than anybody reads it."""
    monkeypatch.setattr(StrangerForm, "QUICKEST_SECONDS", 0.0)


@pytest.fixture
def post(settings: Any) -> Any:
    with Post() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        yield server


def parts_of(mail: Any) -> tuple[str, str, list[icalendar.Calendar]]:
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    calendars = [
        icalendar.Calendar.from_ical(part.get_payload(decode=True))
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    ]
    return text, html, calendars


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_guest_answers_opens_the_mail_changes_and_withdraws(
    browser: Any, live_server: Any, settings: Any, post: Post, language: str, javascript: bool
) -> None:
    settings.SITE_URL = live_server.url
    call_command("demo", verbosity=0)
    context = browser.new_context(java_script_enabled=javascript, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{live_server.url}/{language}/")
    event = Event.objects.upcoming().get()
    page.locator(f'a[href="/{language}/events/{event.slug}/"]').first.click()
    page.locator(f'a[href="/{language}/events/{event.slug}/rsvp/"]').first.click()

    page.locator("input[name=answer][value=going]").check()
    page.fill("input[name=name]", WORDS[language]["name"])
    page.fill("input[name=email]", "mei@example.org")
    page.fill("input[name=seats]", "2")
    page.fill("input[name=guests-0-name]", "王伟")
    page.locator("form.rsvp-form button[type=submit]").click()
    assert page.locator("[data-rsvp-status]").get_attribute("data-rsvp-status") == "confirmed"

    assert outbox.send_due() == 1
    text, html, calendars = parts_of(post.mails[0])
    # The address has not proved itself: what was typed beside it is not in the letter.
    assert WORDS[language]["name"] not in text
    assert "王伟" not in text
    [entry] = calendars[0].walk("VEVENT")
    assert entry["UID"] == event.ics_uid
    link = re.search(rf"{live_server.url}/{language}/rsvp/[\w-]+/", text)
    assert link
    assert link[0] in html

    page.goto(link[0])
    page.locator("details.rsvp-change > summary").click()
    page.fill("details.rsvp-change input[name=seats]", "3")
    page.locator("form.rsvp-form button[type=submit]").click()
    assert page.locator("[data-rsvp-status]").get_attribute("data-rsvp-status") == "confirmed"
    assert Rsvp.objects.get().seats_confirmed == 3
    assert outbox.send_due() == 1

    page.locator("details.rsvp-withdraw > summary").click()
    page.locator("button.button-bad").click()
    assert page.locator("[data-rsvp-status]").get_attribute("data-rsvp-status") == "cancelled"
    assert outbox.send_due() == 1
    [withdrawn] = parts_of(post.mails[2])[2]
    assert withdrawn["METHOD"] == "CANCEL"
    context.close()


def test_staff_see_the_answer_in_the_admin(page: Any, live_server: Any, settings: Any) -> None:
    settings.SITE_URL = live_server.url
    call_command("demo", verbosity=0)
    Member.objects.filter(email="curator@example.org").delete()
    a_chief()
    event = Event.objects.upcoming().get()
    page.goto(f"{live_server.url}/zh-hans/events/{event.slug}/rsvp/")
    page.locator("input[name=answer][value=going]").check()
    page.fill("input[name=name]", "陈梅")
    page.fill("input[name=email]", "mei@example.org")
    page.locator("form.rsvp-form button[type=submit]").click()
    enter_admin(page, live_server.url)
    page.goto(f"{live_server.url}/admin/events/rsvp/")
    assert "陈梅" in page.content()
