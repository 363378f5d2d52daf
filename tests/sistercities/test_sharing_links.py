"""Readers tell others of a page by their own means; our server sends nothing, and no third party is asked."""

import re
import shutil
import subprocess
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from sistercities.pages.passing_on import mail_to_a_friend, qr_code
from sistercities.pages.previews import addresses_of, make_link
from tests import factories

pytestmark = pytest.mark.django_db
PART = re.compile(r'<p class="printed-address".*?</details>\s*<script[^>]*></script>', re.DOTALL)


def part_of(client: Client, address: str) -> str:
    found = PART.findall(client.get(address).content.decode())
    assert len(found) == 1, address
    return found[0]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_kind_of_page_can_be_passed_on(client: Client, language: str) -> None:
    bond, event = factories.relationship(), factories.past_event("signing")
    pages = [bond, bond.cities[0], event, factories.person("liang"), factories.story("told")]
    pages += [factories.remark(event, slug="toast"), factories.agreement(bond), factories.source()]
    for page in pages:
        path = page.get_absolute_url().replace("/en/", f"/{language}/")
        part = part_of(client, path)
        assert part.count(settings.SITE_URL + path) == 2
        assert len(part.encode()) < 2000
        assert 'href="http' not in part
        code = unescape(re.findall(r'<img src="([^"]+)"', part)[0])
        answer = client.get(code)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")


def test_what_needs_a_script_is_hidden_without_one(client: Client) -> None:
    factories.story("told")
    part = part_of(client, "/en/news/told/")
    assert re.findall("<button ([^>]*)>", part) == [
        f'type="button" hidden data-do="{way}"' for way in ("copy", "share", "print")
    ]


def test_letter_to_a_friend_is_begun_with_every_character_right(client: Client) -> None:
    factories.story("told", title_en="", title_zh_hans="木棉 & “100%” ?subject=x#y+z")
    part = part_of(client, "/zh-hans/news/told/")
    link = unescape(re.findall(r'href="(mailto:[^"]*)"', part)[0])
    assert link.isascii()
    assert "+" not in link
    query = parse_qs(urlsplit(link).query, strict_parsing=True)
    title = "木棉 & “100%” ?subject=x#y+z"
    assert query == {
        "subject": [title],
        "body": [f"{title}\r\n{settings.SITE_URL}/zh-hans/news/told/\r\n"],
    }


def test_no_title_adds_a_recipient_or_a_header() -> None:
    link = mail_to_a_friend("x&bcc=victim@example.org\r\nBcc: victim@example.org", "http://a.example/")
    assert set(parse_qs(urlsplit(link).query)) == {"subject", "body"}
    assert link.startswith("mailto:?")
    assert "\r" not in link
    assert unquote(link).count("victim") == 4


@pytest.mark.parametrize("hidden", ["draft", "scheduled", "unlisted", "remark of an unlisted event"])
def test_what_is_not_for_everybody_is_not_offered_to_be_passed_on(
    client: Client, curator: Any, hidden: str
) -> None:
    client.force_login(curator)
    unlisted = factories.past_event("unlisted", visibility="unlisted")
    page = {
        "draft": lambda: factories.story("draft", status="draft"),
        "scheduled": lambda: factories.story("later", publish_at=timezone.now() + timedelta(days=1)),
        "unlisted": lambda: unlisted,
        "remark of an unlisted event": lambda: factories.remark(unlisted),
    }[hidden]()
    assert "data-share" not in client.get(page.get_absolute_url()).content.decode()


def test_preview_is_not_offered_to_be_passed_on(client: Client) -> None:
    link = make_link(factories.story("draft", status="draft"), 1)
    path = addresses_of(link)[0].url.removeprefix(settings.SITE_URL)
    assert "data-share" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/en/",
        "/en/news/draft/",
        "https://example.org/",
        "//example.org/en/news/told/",
        "/en/news/none/",
        "x" * 5000,
    ],
)
def test_codes_lead_to_public_pages_of_this_site_alone(client: Client, path: str) -> None:
    factories.story("told")
    factories.story("draft", status="draft")
    assert client.get("/en/qr.svg", {"page": path}).status_code == 404


def test_code_is_kept_like_a_page(client: Client, django_assert_num_queries: Any) -> None:
    factories.story("told")
    address = "/en/qr.svg?page=/en/news/told/"
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


def test_code_is_read_by_a_reader_of_codes(tmp_path: Path) -> None:
    """With its quiet margin of four modules, dark on light."""
    root = ElementTree.fromstring(qr_code("http://127.0.0.1:8000/zh-hans/news/told/"))
    _x, _y, width, height = map(int, root.attrib["viewBox"].split())
    assert width == height
    light, dark = root.iter("{http://www.w3.org/2000/svg}path")
    assert light.attrib["d"].startswith(f"M0 0h{width}v{height}")
    assert dark.attrib["d"].startswith("M4 4.5h7")
    if shutil.which("zbarimg") and shutil.which("rsvg-convert"):  # where a developer has them
        svg, png = tmp_path / "code.svg", tmp_path / "code.png"
        svg.write_bytes(qr_code("http://127.0.0.1:8000/zh-hans/news/told/"))
        subprocess.run(["rsvg-convert", "-w", "400", "-o", png, svg], check=True)
        found = subprocess.run(["zbarimg", "-q", "--raw", png], check=True, capture_output=True, text=True)
        assert found.stdout.strip() == "http://127.0.0.1:8000/zh-hans/news/told/"
