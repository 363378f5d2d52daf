"""The look: one small stylesheet, colours that can be read, pages of last resort that need nothing."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from sistercities.pages.bundle import build, parts, squeeze

BASE = Path(settings.BASE_DIR)
CSS = BASE / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")
PAIRS = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}, #\w{6})\)", TOKENS))
LARGEST_STYLESHEET = 16 * 1024


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def shade(name: str, scheme: int) -> str:
    return PAIRS[name].split(", ")[scheme]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "leaf", "sand"])
@pytest.mark.parametrize("name", ["ink", "ink-soft", "action", "good", "wait", "bad"])
def test_words_can_be_read_on_every_ground(name, ground, scheme):
    assert contrast(shade(name, scheme), shade(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "leaf", "sand"])
@pytest.mark.parametrize("city", ["kapok", "strelitzia", "pohutukawa"])
def test_threads_of_the_cities_stand_out_from_every_ground(city, ground, scheme):
    assert contrast(shade(city, scheme), shade(ground, scheme)) >= 3


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_on_the_button_can_be_read(scheme):
    assert contrast(shade("on-action", scheme), shade("action", scheme)) >= 4.5


def test_old_browsers_get_the_light_colours():
    plain = dict(re.findall(r"--([\w-]+): (#\w{6});", TOKENS))
    assert {name: shade(name, 0) for name in PAIRS} == {name: plain[name] for name in PAIRS}


def test_stylesheet_is_one_file_and_small():
    found = finders.find("css/site.css")
    assert len(gzip.compress(Path(found).read_bytes(), 9)) <= LARGEST_STYLESHEET


def test_stylesheet_names_the_order_of_layers_first():
    assert squeeze(TOKENS).startswith("@layer tokens, base, layout, components, print;")


def test_parts_follow_the_order_of_the_layers():
    names = [part.name for part in parts(CSS)]
    assert names[:3] == ["tokens.css", "base.css", "layout.css"]
    assert names[-1] == "print.css"


def test_removed_part_leaves_the_stylesheet(tmp_path):
    one, two, target = tmp_path / "one.css", tmp_path / "two.css", tmp_path / "out" / "site.css"
    one.write_text("a { color: red }")
    two.write_text("b { color: blue }")
    build([one, two], target)
    two.unlink()
    build([one, two], target)
    assert target.read_text() == "a { color: red }\n"


def test_stylesheet_that_has_not_changed_is_not_written_again(tmp_path):
    part, target = tmp_path / "part.css", tmp_path / "site.css"
    part.write_text("a { color: red }")
    build([part], target)
    before = target.stat().st_mtime_ns
    build([part], target)
    assert target.stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["400", "500", "503", "503_busy"])
@pytest.mark.parametrize(
    ("language", "root"), [("en", '<html lang="en">'), ("zh-hans", '<html lang="zh-Hans">')]
)
def test_page_of_last_resort_needs_no_database_and_speaks_both_languages(name, language, root):
    page = render_to_string(f"{name}.html", {"LANGUAGE_CODE": language})
    assert root in page
    assert 'lang="zh-Hans"' in page
    assert 'lang="en"' in page


def test_no_page_carries_inline_style_or_script():
    for template in (BASE / "templates").rglob("*.html"):
        # Mail programs know no stylesheets; their templates are never served as pages.
        if template.parent.name == "mail":
            continue
        source = template.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=\"", source), template
