"""The newsletter from end to end: asked for, confirmed, composed, sent by SMTP, read in both languages, left."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from django.core.management import call_command

from sistercities.mail import outbox
from sistercities.newsletter.models import Newsletter, Subscriber
from sistercities.newsletter.tasks import queue_newsletters
from sistercities.pages.forms_for_strangers import StrangerForm
from tests.journeys.staff import a_chief, enter_admin
from tests.post import Post

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
READERS = {"en": "mei@example.org", "zh-hans": "wei@example.org"}


@pytest.fixture
def post(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    monkeypatch.setattr(
        StrangerForm, "QUICKEST_SECONDS", 0.0
    )  # a browser of a test types quicker than people
    with Post() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        yield server


def text_of(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content()).replace("\r\n", "\n")


def link_in(mail: Any, place: str) -> str:
    found = re.search(rf"^http\S+/newsletter/{place}/\S+$", text_of(mail), re.MULTILINE)
    assert found, text_of(mail)
    return found[0]


def subscribe(browser: Any, site: str, post: Post, language: str) -> None:
    """As a reader without JavaScript does it, from the foot of the front page to the button that confirms."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{site}/{language}/")
    page.locator(f'footer a[href="/{language}/newsletter/"]').click()
    page.fill("input[name=email]", READERS[language])
    page.locator("main form button[type=submit]").click()
    assert page.url == f"{site}/{language}/newsletter/sent/"
    outbox.send_due()
    assert post.mails[-1]["To"] == READERS[language]
    page.goto(link_in(post.mails[-1], "confirm"))
    assert Subscriber.objects.get(email=READERS[language]).state == "asked"
    page.locator("main form button[type=submit]").click()
    assert "/newsletter/manage/" in page.url
    confirmed = Subscriber.objects.get(email=READERS[language])
    assert (confirmed.state, confirmed.language) == ("active", language)
    context.close()


def compose_and_send(page: Any, site: str, subject_en: str, subject_zh: str) -> None:
    page.goto(f"{site}/admin/newsletter/newsletter/add/")
    page.fill("input[name=subject_en]", subject_en)
    page.fill("input[name=subject_zh_hans]", subject_zh)
    page.fill("textarea[name=greeting_en]", "Dear readers,\n\nwinter is here.")
    page.fill("textarea[name=greeting_zh_hans]", "各位读者：\n\n冬天到了。")
    page.fill("input[name=since_0]", "2020-01-01")
    page.locator("input[name=_save]").click()
    page.locator('.object-tools a[href$="/preview/"]').click()
    frame = page.frame_locator("iframe").first
    assert frame.locator("h1").inner_text() == subject_en
    page.locator('a[href$="/send/"]').click()
    page.locator("input[type=submit].default").click()
    assert Newsletter.objects.first().state == "sending"


def work() -> None:
    queue_newsletters()
    outbox.send_due()
    queue_newsletters()


def test_newsletter_is_asked_for_sent_read_and_left_with_one_click(
    browser: Any, page: Any, live_server: Any, settings: Any, post: Post
) -> None:
    settings.SITE_URL = live_server.url
    call_command("demo", verbosity=0)
    for language in READERS:
        subscribe(browser, live_server.url, post, language)
    a_chief()
    enter_admin(page, live_server.url)
    work()  # the chief is told of the sign-in
    post.mails.clear()
    compose_and_send(page, live_server.url, "Winter news", "冬季通讯")
    work()
    letters = {mail["To"]: mail for mail in post.mails}
    assert {mail["Subject"] for mail in post.mails} == {"Winter news", "冬季通讯"}
    assert "winter is here." in text_of(letters[READERS["en"]])
    assert "冬天到了。" in text_of(letters[READERS["zh-hans"]])

    for language, email in READERS.items():
        link = re.search(rf"^  ({live_server.url}/{language}/\S+)$", text_of(letters[email]), re.MULTILINE)
        assert link
        page.goto(link[1])
        assert page.locator("h1").count() == 1

    leave = letters[READERS["en"]]["List-Unsubscribe"].strip("<>")
    body = urlencode({"List-Unsubscribe": "One-Click"}).encode()
    with urlopen(Request(leave, data=body, method="POST")) as answer:
        assert answer.status == 200
    assert Newsletter.objects.get().state == "sent"

    post.mails.clear()
    compose_and_send(page, live_server.url, "Spring news", "春季通讯")
    work()
    assert [mail["To"] for mail in post.mails] == [READERS["zh-hans"]]
    page.goto(f"{live_server.url}/admin/newsletter/subscriber/?state=left")
    assert READERS["en"] in page.content()
