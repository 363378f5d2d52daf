"""The handbook: the same places in both languages, all its pictures there, and every question mark leads into it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from people.models import Member
from sistercities.handbook import book

LANGUAGES = ["en", "zh-hans"]
TAG = re.compile(r'{% handbook "([^"]+)"')
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


def the_file(language: str) -> str:
    return book.file_of(language)[0].read_text(encoding="utf-8")


@in_both_languages
def test_every_heading_of_the_handbook_can_be_linked_to(language: str) -> None:
    headings = re.findall(r"^#+ .+$", the_file(language), re.MULTILINE)
    assert [each for each in headings if not book.HEADING.fullmatch(each)] == []
    anchors = [each[2] for each in book.HEADING.findall(the_file(language))]
    assert len(anchors) == len(set(anchors))


def test_the_handbook_says_the_same_in_both_languages_place_by_place() -> None:
    english, chinese = (
        [(len(level), anchor) for level, _title, anchor in book.HEADING.findall(the_file(each))]
        for each in LANGUAGES
    )
    assert chinese == english


@in_both_languages
def test_pictures_of_the_handbook_are_there_and_described(language: str) -> None:
    pictures = re.findall(r"!\[(.*?)\]\((.*?)\)", the_file(language))
    assert pictures
    assert [words for words, _path in pictures if not words] == []
    assert [path for _words, path in pictures if not (book.FOLDER / path).is_file()] == []
    assert book.PICTURE.sub("", the_file(language)).count("](pictures/") == 0


@in_both_languages
def test_links_within_the_handbook_lead_somewhere(language: str) -> None:
    targets = re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", the_file(language))
    known = {f"#{anchor}" for anchor in book.handbook(language).titles}
    assert [each for each in targets if each not in known] == []


def test_every_question_mark_of_the_admin_leads_to_a_place_in_the_handbook() -> None:
    folder = Path(settings.BASE_DIR) / "templates"
    asked = {
        (path.name, anchor)
        for path in folder.rglob("*.html")
        for anchor in TAG.findall(path.read_text(encoding="utf-8"))
    }
    assert [each for each in sorted(asked) if each[1] not in book.handbook("en").titles] == []


@pytest.mark.django_db
@in_both_languages
def test_staff_read_the_handbook_in_their_own_language(
    client: Client, curator: Member, language: str
) -> None:
    client.force_login(curator)
    client.cookies["django_language"] = language
    html = client.get("/admin/handbook/").content.decode()
    assert f"<h1>{book.handbook(language).title}</h1>" in html
    assert 'id="invitations"' in html
    assert "{#" not in html
    assert "<strong>" in html


@pytest.mark.django_db
def test_members_do_not_read_the_handbook(client: Client, member: Member) -> None:
    client.force_login(member)
    assert client.get("/admin/handbook/").status_code == 302


def test_a_language_without_a_handbook_gets_the_english_one() -> None:
    assert book.handbook("mi").language == "en"


def test_the_question_mark_names_its_place_and_opens_beside_the_work() -> None:
    with translation.override("en"):
        html = Template('{% load handbook %}{% handbook "invitations" %}{% handbook "nowhere" %}').render(
            Context()
        )
    assert 'href="/admin/handbook/#invitations" target="_blank" rel="noopener"' in html
    assert 'aria-label="Handbook: Personal invitations (in a new window)"' in html
    assert 'href="/admin/handbook/#"' in html
