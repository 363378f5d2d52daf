"""Newsletters: proposed from what is new, frozen, sent to each reader once, counted; also where workers are killed."""

import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from sistercities.mail import outbox
from sistercities.mail.kinds import render
from sistercities.mail.models import Message
from sistercities.newsletter import composing, sending, subscribing
from sistercities.newsletter.links import Purpose, url_of
from sistercities.newsletter.models import Newsletter, Subscriber
from sistercities.newsletter.tasks import forget_newsletter_mails, queue_newsletters
from sistercities.pages.models import Page, Status
from tests import factories
from tests.post import Post, database_url

State = Newsletter.State


def newsletter(*pages: Page, **fields: Any) -> Newsletter:
    words = {"subject_en": "Winter news", "subject_zh_hans": "冬季通讯", "greeting_en": "Dear readers,"}
    made = Newsletter.objects.create(**{**words, "greeting_zh_hans": "各位读者：", **fields})
    composing.add(made, pages)
    return made


def readers(count: int = 1, language: str = "en", **fields: Any) -> list[Subscriber]:
    known = Subscriber.objects.count()
    values = {"state": Subscriber.State.ACTIVE, "confirmed_at": timezone.now() - timedelta(days=60), **fields}
    return Subscriber.objects.bulk_create(
        Subscriber(email=f"reader{known + number}@example.org", language=language, **values)
        for number in range(count)
    )


def story(slug: str = "", **fields: Any) -> Any:
    return factories.story(slug, **{"publish_at": timezone.now() - timedelta(hours=1), **fields})


def titles(made: Newsletter, *, included: bool | None = None) -> list[str]:
    items = made.items.all() if included is None else made.items.filter(included=included)
    return [str(item.page) for item in items]


def sent_to(mailoutbox: list[EmailMessage]) -> list[str]:
    return sorted(to for mail in mailoutbox for to in mail.to)


# --- composing ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_new_and_what_is_ahead_is_proposed_in_order() -> None:
    now = timezone.now()
    factories.person("old", "Old Person")
    new_person = factories.person("new", "New Person", publish_at=now - timedelta(days=2))
    news = story("opening")
    ahead = factories.event("reception", days_ahead=20)
    factories.event("far", days_ahead=200)
    factories.person("draft", "Draft", status=Status.DRAFT)
    factories.person("later", "Later", publish_at=now + timedelta(days=1))
    factories.source(publish_at=now - timedelta(days=1))
    made = Newsletter.objects.create(since=now - timedelta(days=7))
    assert composing.propose(made) == 3
    assert titles(made) == [str(news), str(ahead), str(new_person)]
    assert composing.propose(made) == 0


@pytest.mark.django_db
def test_what_came_in_masses_is_offered_in_part_and_unticked() -> None:
    now = timezone.now()
    for number in range(composing.MOST_OF_A_KIND + 3):
        factories.person(f"p{number}", f"Person {number}", publish_at=now - timedelta(minutes=number + 1))
    made = Newsletter.objects.create(since=now - timedelta(days=7))
    assert composing.propose(made) == composing.MOST_OF_A_KIND
    assert titles(made, included=True) == []
    assert titles(made)[0] == "Person 0"


@pytest.mark.django_db
def test_next_newsletter_looks_back_to_the_last_one() -> None:
    readers()
    sending.begin(newsletter(story()))
    assert composing.last_moment() == Newsletter.objects.get().sending_at


@pytest.mark.django_db
def test_each_language_gets_its_own_and_is_told_what_is_only_in_the_other() -> None:
    page = story(
        "only-english", title_en="In English", title_zh_hans="", summary_zh_hans="", summary_en="Words."
    )
    made = newsletter(page)
    english, chinese = (composing.content_for(made, code) for code in ("en", "zh-hans"))
    assert (english["subject"]["text"], chinese["subject"]["text"]) == ("Winter news", "冬季通讯")
    assert english["items"][0]["only_in"] == ""
    assert chinese["items"][0]["only_in"] == "仅有英文"
    assert chinese["items"][0]["title"] == {"text": "In English", "lang": "en"}
    assert "/zh-hans/news/" in chinese["items"][0]["url"]
    assert [len(found) for found in composing.doubts(made).values()] == [0, 1]


@pytest.mark.django_db
def test_missing_and_older_translations_are_named_beforehand() -> None:
    page = story("stale")
    type(page).objects.filter(pk=page.pk).update(stale_in=["zh-hans"])
    found = composing.doubts(newsletter(page, subject_zh_hans="", greeting_zh_hans=""))
    assert found["en"] == []
    assert found["zh-hans"] == [
        "There is no subject in this language.",
        "There is no greeting in this language.",
        f"Older than in another language: {page}",
    ]


@pytest.mark.django_db
def test_event_says_when_and_where_in_the_readers_language() -> None:
    event = factories.event("reception", days_ahead=20, venue=factories.venue())
    lines = [composing.content_for(newsletter(event), code)["items"][0]["line"] for code in ("en", "zh-hans")]
    assert str(event.local_start.year) in lines[0]
    assert f"{event.local_start.year}年" in lines[1]
    assert lines[0].count(" · ") >= 1


@pytest.mark.django_db
def test_page_withdrawn_meanwhile_or_unlisted_does_not_go_in() -> None:
    gone, unlisted = story("gone"), factories.event("secret", visibility="unlisted")
    made = newsletter(gone, unlisted)
    type(gone).objects.filter(pk=gone.pk).update(status=Status.DRAFT)
    assert composing.pages_in(made) == []
    gone.delete()
    assert composing.content_for(made, "en")["items"] == []


@pytest.mark.django_db
def test_content_costs_the_same_with_many_pages(django_assert_max_num_queries: Any) -> None:
    pages = [factories.event(f"e{number}", days_ahead=9) for number in range(12)] + [
        story() for _ in range(12)
    ]
    made = newsletter(*pages)
    with django_assert_max_num_queries(12):
        assert len(composing.content_for(made, "zh-hans")["items"]) == 24


# --- sending ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_reader_gets_one_in_their_language(mailoutbox: list[EmailMessage]) -> None:
    readers(2), readers(1, "zh-hans")
    readers(1, state=Subscriber.State.LEFT), readers(1, state=Subscriber.State.ASKED)
    readers(1, state=Subscriber.State.UNREACHABLE)
    made = sending.begin(newsletter(story()))
    for _ in range(3):
        queue_newsletters()
        outbox.send_due()
    assert sorted(mail.subject for mail in mailoutbox) == ["Winter news", "Winter news", "冬季通讯"]
    assert all(len(mail.recipients()) == 1 for mail in mailoutbox)
    queue_newsletters()
    done = Newsletter.objects.get(pk=made.pk)
    assert (done.state, done.recipients) == (State.SENT, 3)
    assert sending.counts(done) == {"sent": 3, "waiting": 0, "came_back": 0, "uncertain": 0, "overtaken": 0}


@pytest.mark.django_db
def test_batches_go_on_where_they_were_and_who_confirms_later_waits_for_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    readers(5)
    made = sending.begin(newsletter(story()))
    sending.go_on(batches=1)
    assert Message.objects.count() == 2
    readers(1, confirmed_at=timezone.now() + timedelta(seconds=1))
    assert sending.counts(Newsletter.objects.get())["waiting"] == 5
    sending.go_on(batches=9)
    assert Message.objects.count() == 5
    assert Newsletter.objects.get(pk=made.pk).state == State.SENDING


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "with_page", "with_reader", "words"),
    [
        ({"subject_en": "", "subject_zh_hans": ""}, True, True, "needs a subject"),
        ({"greeting_en": "", "greeting_zh_hans": ""}, False, True, "nothing in it"),
        ({}, True, False, "Nobody gets"),
        ({"state": State.SENT, "frozen": {"en": {}}}, True, True, "has been sent"),
    ],
)
def test_what_cannot_go_out_says_why(
    fields: dict[str, Any], with_page: bool, with_reader: bool, words: str
) -> None:
    readers(int(with_reader))
    made = newsletter(*[story()] * with_page, **fields)
    with pytest.raises(sending.NotReady, match=words):
        sending.begin(made)
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_nothing_changes_what_was_frozen(mailoutbox: list[EmailMessage]) -> None:
    page = story(title_en="As it was")
    readers()
    made = sending.begin(newsletter(page))
    type(page).objects.filter(pk=page.pk).update(title_en="Changed", status=Status.DRAFT)
    Newsletter.objects.filter(pk=made.pk).update(subject_en="Changed", greeting_en="Changed")
    queue_newsletters()
    outbox.send_due()
    mail: Any = mailoutbox[0]
    assert "As it was" in mail.body
    assert "Changed" not in mail.subject + mail.body + mail.alternatives[0].content


@pytest.mark.django_db
def test_who_leaves_while_it_waits_gets_none(mailoutbox: list[EmailMessage]) -> None:
    leaves, stays = readers(2)
    made = sending.begin(newsletter(story()))
    queue_newsletters()
    subscribing.leave(leaves)
    outbox.send_due()
    assert sent_to(mailoutbox) == [stays.email]
    assert sending.counts(made)["overtaken"] == 1


@pytest.mark.django_db
def test_confirmation_behind_five_thousand_newsletters_goes_out_next(
    mailoutbox: list[EmailMessage], django_assert_max_num_queries: Any
) -> None:
    readers(5000)
    sending.begin(newsletter(story()))
    queue_newsletters()
    assert Message.objects.waiting().count() == 5000
    outbox.send_due(limit=1)
    subscribing.ask("mei@example.org", "en", "a nonce")
    outbox.send_due(limit=2)
    assert [mail.subject for mail in mailoutbox] == [
        "Winter news",
        "Please confirm: our newsletter",
        "Winter news",
    ]


@pytest.mark.django_db
def test_numbers_stay_when_the_mails_are_forgotten_after_a_month() -> None:
    readers(2)
    made = sending.begin(newsletter(story()))
    queue_newsletters()
    outbox.send_due()
    queue_newsletters()
    forget_newsletter_mails()
    assert Message.objects.count() == 2
    Newsletter.objects.update(sent_at=timezone.now() - timedelta(days=31))
    forget_newsletter_mails()
    assert not Message.objects.exists()
    assert sending.counts(Newsletter.objects.get(pk=made.pk))["sent"] == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nobody_gets_two_when_workers_are_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """kill -9 in the middle of queueing and of sending; what was on its way is uncertain, never doubled."""
    readers(60)
    made = sending.begin(newsletter(story()))
    chance = random.Random(4)
    with Post(seconds_per_mail=0.02) as post:
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "EMAIL_URL": post.url,
            "LOG_LEVEL": "ERROR",
        }
        before = -1
        for _ in range(12):
            worker = subprocess.Popen([sys.executable, "manage.py", "work"], env=environment)
            wait = time.monotonic() + 20
            while len(post.mails) == before and time.monotonic() < wait and worker.poll() is None:
                time.sleep(0.02)
            time.sleep(chance.uniform(0.1, 0.4))
            worker.kill()
            worker.wait(20)
            before = len(post.mails)
            if Message.objects.exists() and not Message.objects.waiting().exists():
                break
        outbox.recover()
        came = Counter(mail["To"] for mail in post.mails)
    counts = sending.counts(Newsletter.objects.get(pk=made.pk))
    assert max(came.values()) == 1
    assert counts["sent"] + counts["uncertain"] + counts["waiting"] == 60
    assert counts["sent"] <= len(post.mails) <= counts["sent"] + counts["uncertain"]
    assert len(post.mails) > 5


# --- the mail -----------------------------------------------------------------------------------------


@pytest.fixture
def server(settings: Any) -> Iterator[Post]:
    with Post() as post:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = post.host, post.port
        yield post


def mails_of(server: Post, made: Newsletter) -> list[Any]:
    sending.begin(made)
    queue_newsletters()
    outbox.send_due()
    return server.mails


@pytest.mark.django_db
def test_mail_tells_programs_that_it_is_a_list_and_how_to_leave(server: Post, settings: Any) -> None:
    settings.SITE_URL = "https://sistercities.example"
    [reader] = readers(1, "zh-hans")
    [mail] = mails_of(server, newsletter(story()))
    leave = url_of(reader, Purpose.LEAVE, "zh-hans")
    assert leave.startswith("https://sistercities.example/zh-hans/newsletter/leave/")
    assert mail["List-Unsubscribe"] == f"<{leave}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"].startswith("<newsletter.")
    assert (mail["Precedence"], mail["Auto-Submitted"]) == ("bulk", "auto-generated")
    assert (mail["Content-Language"], mail["To"]) == ("zh-Hans", reader.email)
    assert mail["Message-ID"] == Message.objects.get().message_id


@pytest.mark.django_db
def test_long_headers_stay_on_one_line_and_long_subjects_whole(server: Post, settings: Any) -> None:
    settings.SITE_URL = "https://a-rather-long-name-of-a-host.sistercities-of-los-angeles.example"
    readers()
    [mail] = mails_of(server, newsletter(story(), subject_en="友" * 150))
    raw = server.raw[0].decode()
    assert re.search(r"^List-Unsubscribe: <https://\S{110,}>\r$", raw, re.MULTILINE)
    assert all(len(line) < 998 for line in raw.splitlines())
    assert mail["Subject"] == "友" * 150


@pytest.mark.django_db
def test_mail_has_both_titles_whole_links_and_the_way_out_in_both_forms(server: Post, settings: Any) -> None:
    settings.SITE_URL = "https://sistercities.example"
    [reader] = readers(1, "zh-hans")
    page = story("kapok", title_en="The kapok <tree> & co", title_zh_hans="木棉")
    [mail] = mails_of(server, newsletter(page))
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    for form in (text, html):
        assert "木棉" in form
        assert "https://sistercities.example/zh-hans/news/kapok/" in form
        assert url_of(reader, Purpose.LEAVE, "zh-hans") in form
        assert url_of(reader, Purpose.MANAGE, "zh-hans") in form
        assert not re.search(r'(?:href|src)="(?!https://sistercities\.example/)', form)
    assert "The kapok <tree> & co" in text
    assert '<span class="pair-other" lang="en">The kapok &lt;tree&gt; &amp; co</span>' in html
    assert "<img" not in html


@pytest.mark.django_db
def test_greeting_is_text_and_no_markup(server: Post) -> None:
    readers()
    [mail] = mails_of(server, newsletter(greeting_en="Dear <b>all</b>,\n\nsee https://example.org/x"))
    html = mail.get_body(("html",)).get_content()
    assert "Dear &lt;b&gt;all&lt;/b&gt;," in html
    assert 'href="https://example.org/x"' in html
    assert "Dear <b>all</b>," in mail.get_body(("plain",)).get_content()


@pytest.mark.slow
@pytest.mark.django_db
def test_mails_are_written_without_memory_growing(monkeypatch: pytest.MonkeyPatch) -> None:
    import tracemalloc  # noqa: PLC0415 - slows down all that runs after it is loaded

    monkeypatch.setattr(outbox, "hand_over", lambda mail: None)
    readers(250)
    sending.begin(newsletter(*[story() for _ in range(10)]))
    queue_newsletters()
    outbox.send_due(limit=50)
    tracemalloc.start()
    outbox.send_due(limit=50)
    first = tracemalloc.get_traced_memory()[0]
    outbox.send_due(limit=150)
    grown = tracemalloc.get_traced_memory()[0] - first
    tracemalloc.stop()
    assert not Message.objects.waiting().exists()
    assert grown < 300_000


@pytest.mark.django_db
def test_test_mail_carries_nobodys_links_and_changes_nothing(client: Client, curator: Any) -> None:
    [reader] = readers()
    made = newsletter(story())
    client.force_login(curator)
    assert client.post(f"/admin/newsletter/newsletter/{made.pk}/test/").status_code == 302
    assert set(Message.objects.values_list("to_email", flat=True)) == {curator.email}
    written = [render(message) for message in Message.objects.order_by("language")]
    assert [letter.subject for letter in written] == ["[Test] Winter news", "【测试】冬季通讯"]
    assert all("List-Unsubscribe" not in letter.headers for letter in written)
    assert all(url_of(reader, Purpose.LEAVE, "en")[-34:] not in letter.text for letter in written)
    assert Newsletter.objects.get().state == State.DRAFT
