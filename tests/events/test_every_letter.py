"""Every kind of letter in both languages, sent by the outbox through a real mail server, read back and looked through.

A kind is found by itself once an app registers it; what is to be sent of it stands in ``tests/letters``.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import translation

from sistercities.mail import kinds, outbox
from sistercities.mail.models import Message
from sistercities.pages.bilingual import html_language
from tests.events.postbox import LANGUAGES, body, subject
from tests.letters import SAMPLES, World, request_for
from tests.letters.world import COMPANIONS, NAMES
from tests.post import Post
from tests.standards.ics import ics_faults
from tests.standards.spoken import texts_of

SITE = "https://receptions.sistercities.example"
KINDS = kinds.known()
NEEDED = ("width=device-width", "prefers-color-scheme: dark", 'name="color-scheme"', "</html>")
# Letters that bring an entry for a calendar: seats are confirmed, and no others.
CONFIRMED = {"rsvp_confirmed", "rsvp_changed", "rsvp_promoted", "event_changed", "event_reminder"}
FETCHING = re.compile(
    r"<(img|link|script|iframe|object|embed|video|audio|form|input)\b|url\(|@import|\bsrc=|srcset=", re.I
)
ENTITY = re.compile(r"&(#\d+|#x[0-9a-f]+|[a-z]{2,8});", re.I)
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\(|%[sd]\b|\bNone\b|<[a-z/][^>]*>", re.I)
ADDRESS = re.compile(r"https?://[^\s<>\"，。；（）]+")
WIDE = re.compile(r"(?<!max-)width:\s*(\d+)px")
HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z’]{2,}(?:[ ,]+[A-Za-z’]{2,}){3,}")


@dataclass(frozen=True)
class Read:
    """A letter as it arrived."""

    message: Message
    mail: EmailMessage
    raw: bytes

    @property
    def name(self) -> str:
        return f"{self.message.kind} {self.message.language}"

    @property
    def text(self) -> str:
        return body(self.mail)

    @property
    def html(self) -> str:
        return body(self.mail, "html")

    @property
    def links(self) -> set[str]:
        shown = [unescape(each) for each in re.findall(r'href="([^"]*)"', self.html)]
        return {*shown, *(each.rstrip(".,:;") for each in ADDRESS.findall(self.text))}


@pytest.fixture(scope="module")
def letters(post_office: Post, django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Read]]:
    """All of them, sent once; what was made for them is undone behind the last test."""
    server = {"EMAIL_HOST": post_office.host, "EMAIL_PORT": post_office.port, "SITE_URL": SITE}
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    with (
        django_db_blocker.unblock(),
        override_settings(**server, EMAIL_BACKEND=smtp),
        transaction.atomic(),
    ):
        yield _sent(post_office)
        transaction.set_rollback(True)


def _sent(post_office: Post) -> list[Read]:
    asked = []
    for language in LANGUAGES:
        world = World(language)
        with translation.override("en"):
            asked += [request_for(kind, world) for kind in KINDS if kind in SAMPLES]
    Message.objects.all().delete()
    post_office.mails.clear()
    post_office.raw.clear()
    for request in asked:
        outbox.queue(**request)
    while outbox.send_due():
        pass
    arrived = zip(post_office.mails, post_office.raw, strict=True)
    by_id = {str(mail["Message-ID"]): (mail, raw) for mail, raw in arrived}
    sent = [each for each in Message.objects.order_by("pk") if each.message_id in by_id]
    return [Read(each, *by_id[each.message_id]) for each in sent]


def faults(letters: list[Read], check: Callable[[Read], Iterable[object]]) -> dict[str, list[object]]:
    """What a check finds fault with, by the name of the letter."""
    found = {letter.name: list(check(letter)) for letter in letters}
    return {name: wrong for name, wrong in found.items() if wrong}


def test_every_kind_of_letter_is_sent_in_both_languages(letters: list[Read]) -> None:
    """Where one is missing: tests/letters has no sample of it, or it could not be written."""
    wanted = {f"{kind} {language}" for kind in KINDS for language in LANGUAGES}
    assert wanted - {letter.name for letter in letters} == set()


def test_staff_read_of_every_letter_what_kind_it_is() -> None:
    assert [kind for kind in KINDS if kinds.name_of(kind) == kind] == []


def test_every_letter_has_one_reader_and_the_headers_of_a_machine(letters: list[Read]) -> None:
    def check(letter: Read) -> Iterator[object]:
        mail, message = letter.mail, letter.message
        found = {
            "state": message.state,
            "to": [each.addr_spec for each in mail["To"].addresses],
            "copies": (mail["Cc"], mail["Bcc"]),
            "from": mail["From"].addresses[0].display_name,
            "automatic": str(mail["Auto-Submitted"]),
            "id": str(mail["Message-ID"]),
            "language": str(mail["Content-Language"]).lower(),
            "answers to": len(mail["Reply-To"].addresses),
        }
        wanted = {
            "state": Message.State.SENT,
            "to": [message.to_email],
            "copies": (None, None),
            "from": settings.SITE_NAME[message.language],
            "automatic": "auto-generated",
            "id": message.message_id,
            "language": message.language,
            "answers to": 1,
        }
        yield from (f"{name}: {found[name]}" for name in wanted if found[name] != wanted[name])
        yield from (header for header in mail.values() if getattr(header, "defects", ()))
        if not subject(mail) or mail["Date"].datetime is None:
            yield "no subject or no date"
        if not letter.raw.partition(b"\r\n\r\n")[0].isascii():
            yield "a header that is not encoded"
        if max(len(line) for line in letter.raw.split(b"\r\n")) > 998:
            yield "a line longer than SMTP carries"

    assert faults(letters, check) == {}


def test_every_letter_has_a_text_that_reads_by_itself(letters: list[Read]) -> None:
    def check(letter: Read) -> Iterator[object]:
        text = letter.text
        yield from (found[0] for found in ENTITY.finditer(text))
        yield from (found[0] for found in LEFT_OVER.finditer(text.replace("<b>Soon?</b>", "")))
        lines = text.split("\n")
        yield from (line for line in lines if line.rstrip() != line and line != "-- ")
        if "\n\n\n" in text or not text.endswith("\n"):
            yield "gaps"
        main = re.search(r'class="button" href="([^"]+)"', letter.html)
        if main and unescape(main[1]) not in text:
            yield main[1]

    assert faults(letters, check) == {}


def test_every_letter_fetches_nothing_and_fits_a_phone_by_day_and_by_night(letters: list[Read]) -> None:
    def check(letter: Read) -> Iterator[object]:
        html = letter.html
        yield from (found[0] for found in FETCHING.finditer(html))
        shown = re.sub(r"<style>.*?</style>|<[^>]*>", "", html, flags=re.DOTALL)
        yield from (found[0] for found in LEFT_OVER.finditer(shown))
        yield from (width for width in WIDE.findall(html) if int(width) > 360)
        yield from (needed for needed in NEEDED if needed not in html)

    assert faults(letters, check) == {}


def test_every_letter_speaks_the_language_of_its_reader(letters: list[Read]) -> None:
    def check(letter: Read) -> Iterator[object]:
        is_chinese = letter.message.language == "zh-hans"
        if f'<html lang="{html_language(letter.message.language)}">' not in letter.html:
            yield "not marked as a whole"
        if is_chinese and not HAN.search(subject(letter.mail)):
            yield subject(letter.mail)
        yield from (text for text, lang in texts_of(letter.html) if _is_foreign(text, lang))
        ours = ENGLISH if is_chinese else HAN
        yield from (line for line in letter.text.split("\n") if ours.search(_without_names(line)))

    assert faults(letters, check) == {}


def test_every_link_of_a_letter_is_whole_and_leads_to_our_own_site(letters: list[Read]) -> None:
    def check(letter: Read) -> Iterator[object]:
        yield from (link for link in letter.links if not f"{link}/".startswith(f"{SITE}/"))

    assert faults(letters, check) == {}


def test_every_calendar_in_a_letter_is_read_by_two_programs(letters: list[Read]) -> None:
    brought = set()

    def check(letter: Read) -> Iterator[object]:
        for part in letter.mail.walk():
            if part.get_content_type() != "text/calendar":
                continue
            content, method = part.get_payload(decode=True), str(part.get_param("method"))
            assert isinstance(content, bytes)
            brought.add((letter.message.kind, method))
            yield from ics_faults(content)
            if f"METHOD:{method}\r\n".encode() not in content or not str(part.get_filename()).endswith(
                ".ics"
            ):
                yield method

    assert faults(letters, check) == {}
    assert {kind for kind, method in brought if method == "CANCEL"} == {"rsvp_withdrawn", "event_cancelled"}
    assert {kind for kind, method in brought if method != "CANCEL"} == CONFIRMED


def test_following_the_links_of_all_letters_changes_no_row(letters: list[Read]) -> None:
    """As mail scanners and previews do: by GET and HEAD, without cookies and without an account."""
    links = sorted({link for letter in letters for link in letter.links})
    before, statuses = _prints(), {}
    for link in links:
        path = link.removeprefix(SITE).partition("#")[0] or "/"
        statuses[path] = (Client().get(path).status_code, Client().head(path).status_code)
    assert _prints() == before
    assert len(statuses) > 30
    wrong = {path: found for path, found in statuses.items() if set(found) - _expected(path)}
    assert wrong == {}


def _expected(path: str) -> set[int]:
    """What is for staff or members asks a stranger to sign in; all else opens."""
    is_closed = path.startswith("/admin/") or path.endswith("/members/")
    return {302} if is_closed else {200}


def _prints() -> dict[str, Any]:
    """Every table of the database: how many rows, and a digest of all that stands in them."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            rows = f'select each::text as row from "{table}" as each'
            cursor.execute(
                f"select count(*), md5(string_agg(row, chr(10) order by row)) from ({rows}) as all_rows"
            )
            found[table] = cursor.fetchone()
    return found


# --- in which language it says it is ------------------------------------------------------------------


def _is_foreign(text: str, language: str) -> bool:
    """Whether a text is marked as of another language than it is in; names are of any."""
    return bool((ENGLISH if language.startswith("zh") else HAN).search(_without_names(text)))


def _without_names(text: str) -> str:
    known = [*NAMES.values(), *COMPANIONS.values(), *settings.SITE_NAME.values(), *KNOWN]
    return re.sub("|".join(re.escape(name) for name in known), "·", ADDRESS.sub("·", text))


# What people typed, and titles, which letters give in both languages.
KNOWN = [
    "Consular corps ",
    "Lantern Reception",
    "元宵招待会",
    "消息story-",
    "The year is wrong.",
    "When do you meet?",
]
