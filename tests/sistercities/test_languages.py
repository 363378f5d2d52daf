"""Both languages on every page of the demonstration: nothing untranslated, every foreign word marked as such."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import translation

from people.models import Person
from sistercities.pages.bilingual import LocalText
from sistercities.pages.models import Source
from sistercities.pages.templatetags.bilingual import marked
from tests.journeys.test_walk import walk

pytestmark = pytest.mark.django_db
Pages = dict[str, list[tuple[str, str]]]
HAN = re.compile("[\u3400-\u9fff]")
LATIN_WORD = re.compile("[A-Za-z]{2,}")
HALF_WIDTH = re.compile("[\u3400-\u9fff] ?[,;:!?()]|[,;:!?()] ?[\u3400-\u9fff]")
SPOKEN = ("alt", "aria-label", "placeholder", "title")
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Words(HTMLParser):
    """All that is read out of a page, each piece with the language it is marked with."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = [("", "")]
        self.feed(html)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in pairs}
        language = found.get("lang", self._open[-1][1])
        self.pieces += [(language, found[name]) for name in SPOKEN if name in found]
        if tag == "meta" and found.get("name") == "description":
            self.pieces.append((language, found["content"]))
        if tag not in EMPTY:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open[-1][0] not in ("script", "style"):
            self.pieces.append((self._open[-1][1], " ".join(data.split())))


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[Pages]:
    """What is read on every page of the demonstration that links lead to, by address; walked once for this file."""
    # The last page that is asked for leaves its language behind.
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        call_command("demo", verbosity=0)
        answers = {**walk(Client(), "/en/"), **walk(Client(), "/zh-hans/")}
        yield {
            address: Words(answer.content.decode()).pieces
            for address, answer in answers.items()
            if answer["Content-Type"].startswith("text/html")
        }
        transaction.set_rollback(True)


def proper_names() -> set[str]:
    """What stands in Latin letters in Chinese too: names without a Chinese form, publishers and addresses."""
    sources = Source.objects.values_list("author", "publisher_zh_hans", "url", "archived_url")
    known = {name for row in sources for name in row}
    return known | {str(person.title_zh_hans or person.title_en) for person in Person.objects.all()}


def test_every_page_speaks_its_readers_language(pages: Pages) -> None:
    known = proper_names()
    untranslated = {
        (address, text)
        for address, pieces in pages.items()
        for language, text in pieces
        if address.startswith("/zh-hans/") and language == "zh-Hans"
        if LATIN_WORD.search(text) and not HAN.search(text) and text.strip("，") not in known
    }
    assert untranslated == set()


def test_chinese_is_marked_as_chinese_wherever_it_stands(pages: Pages) -> None:
    unmarked = {
        (address, text)
        for address, pieces in pages.items()
        for language, text in pieces
        if HAN.search(text) and not language.startswith("zh")
    }
    assert unmarked == set()


def test_chinese_has_the_punctuation_of_chinese(pages: Pages) -> None:
    mixed = {
        (address, text) for address, pieces in pages.items() for _, text in pieces if HALF_WIDTH.search(text)
    }
    assert mixed == set()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Len Brown", '<span lang="en">Len Brown</span>'),
        ("奥克兰市议会的Len Brown", "奥克兰市议会的Len Brown"),
        ("2019", "2019"),
    ],
)
def test_name_that_chinese_keeps_in_latin_letters_says_so(text: str, html: str) -> None:
    with translation.override("zh-hans"):
        assert marked(LocalText.of(text, "zh-hans")) == html
