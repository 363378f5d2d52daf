"""The admin in Chinese: no caption, help text, error or message of it is left in English."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from people.models import Member
from tests import factories
from tests.journeys import curating

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]+")
# No words: addresses, names of files and places on the clock, keys and placeholders.
NO_WORDS = re.compile(
    r"\S+@\S+|https?://\S+|/[\w/-]+/?|[{｛]\w+[}｝]|\[\^[\w-]+\]|[\w-]+\.(?:csv|tsv|xlsx|pdf|png|jpg|webp|ics|json)\b"
    r"|manage\.py \w+|[A-Z]\w+(?:/[\w+-]+)+|[a-z]+(?:-[a-z]+)*-\d+|[0-9a-f]{16,}",
    re.ASCII,
)
# What Chinese writes in Latin letters: kinds of files and codes, languages by their own names, examples to copy.
KINDS = "CSV TSV XLSX PDF JPEG PNG WebP HEIC HTML Markdown UTF GB GBK UTC ISO IANA Message ID CC BY SA QR MB English"
EXAMPLES = "en zh Hans mi about before after BCE de la Cruz De La Bartók Béla Dr Prof flower CN"
KNOWN = {*KINDS.split(), *EXAMPLES.split()}
# Its words are an editor's, who names places and quotes what is to be typed.
BY_AN_EDITOR = "/admin/handbook/"


@pytest.fixture
def demonstration(db: None) -> None:
    call_command("demo", verbosity=0)
    evening = factories.reception()
    factories.rsvp(evening, 2, "梁文")
    factories.invitation(evening, "陈美")
    evening.questions.create(label_en="What do you eat?", label_zh_hans="您有什么忌口？")


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    """Somebody at work who reads Chinese."""
    client.force_login(curator)
    client.cookies["django_language"] = "zh-hans"
    return client


class Data:
    """What people wrote: names and titles are no captions, in whatever language they are."""

    def __init__(self) -> None:
        self.all = curating.what_is_written()
        texts = sorted((each for each in self.all if len(each) > 3), key=len, reverse=True)
        self.texts = [(each, each.casefold()) for each in texts]

    def taken_out_of(self, text: str) -> str:
        lower = text.casefold()
        for each, folded in self.texts:
            if folded in lower:
                text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", " ", text, flags=re.IGNORECASE | re.ASCII)
                lower = text.casefold()
        return text

    def is_known(self, text: str) -> bool:
        """Whether a text is one of them, or the beginning of one that was cut."""
        beginning = text.removesuffix("…").strip().casefold()
        return text in self.all or (
            text.endswith("…") and any(each.startswith(beginning) for _, each in self.texts)
        )

    def english_in(self, html: str) -> dict[str, list[str]]:
        """The words in Latin letters that are neither data nor used in Chinese, by the text in which they stand."""
        found = {}
        for text in dict.fromkeys(curating.Page(html).texts):
            if words_in(text) and not self.is_known(text) and (words := words_in(self.taken_out_of(text))):
                found[text] = words
        return found


def words_in(text: str) -> list[str]:
    return sorted(set(WORD.findall(NO_WORDS.sub(" ", text))) - KNOWN)


def test_no_english_is_left_in_the_chinese_admin(staff: Client, demonstration: None) -> None:
    pages = {address: page.html for address, page in curating.walk(staff).items() if address != BY_AN_EDITOR}
    pages |= {f"{address} sent empty": html for address, html in curating.empty_forms_sent(staff)}
    pages |= dict(curating.actions_chosen(staff))
    data = Data()
    found = {address: english for address, html in pages.items() if (english := data.english_in(html))}
    assert found == {}


def test_the_calendar_and_the_clock_of_the_forms_speak_chinese(staff: Client) -> None:
    catalogue = staff.get("/admin/jsi18n/").content.decode()
    for word in ("\\u4eca\\u5929", "\\u53d6\\u6d88", "\\u73b0\\u5728"):
        assert word in catalogue
