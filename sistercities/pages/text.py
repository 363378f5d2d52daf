"""Markdown to safe HTML, with footnote marks that lead to the sources of a page."""

import re
import threading
from collections import Counter
from collections.abc import Mapping
from functools import partial
from xml.etree.ElementTree import Element, SubElement

import markdown
import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown.inlinepatterns import InlineProcessor

TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "del",
    "a",
    "sup",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "code",
    "pre",
}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
SCHEMES = {"http", "https", "mailto", "tel"}
ATTRIBUTES = {"a": {"href", "id", "title", "class", "aria-label"}, "sup": {"class"}, "ol": {"start"}}
_MARK = r"\[\^([a-z0-9-]+)\]"
_MARKS_IN_A_ROW = re.compile(r"(?:\[\^[a-z0-9-]+\]){2,}")


class Numbers(dict[str, int]):
    """The numbers of the sources on one page, by address; it counts the marks set, so that a source can lead back."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: Counter[int] = Counter()

    def mark(self, number: int) -> str:
        """The name of the next mark of this number, to which its source leads back."""
        self.marks[number] += 1
        return mark_name(number, self.marks[number])


def mark_name(number: int, occurrence: int) -> str:
    return f"mark-{number}-{occurrence}"


def marks(text: str) -> set[str]:
    """The addresses of the sources that a text refers to by footnote marks."""
    return set(re.findall(_MARK, text))


class FootnoteMark(InlineProcessor):
    """``[^source-address]`` becomes a small number that leads to the source below; an unknown mark disappears."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str, int, int]:  # type: ignore[override]
        numbers = self.md.source_numbers  # type: ignore[attr-defined]
        number = numbers.get(m.group(1))
        if number is None:
            return "", m.start(0), m.end(0)
        mark = Element("sup", {"class": "cite"})
        link = SubElement(mark, "a", {"href": f"#source-{number}", "class": "cite-link"})
        if isinstance(numbers, Numbers):
            link.set("id", numbers.mark(number))
        link.text = str(number)
        return mark, m.start(0), m.end(0)


_local = threading.local()


def _renderer() -> markdown.Markdown:
    if not hasattr(_local, "renderer"):
        renderer = markdown.Markdown(extensions=["sane_lists", "tables"], output_format="html")
        # Raw HTML is text here: both processors that would let it through are taken away.
        renderer.preprocessors.deregister("html_block")
        renderer.inlinePatterns.deregister("html")
        renderer.inlinePatterns.register(FootnoteMark(_MARK, renderer), "footnote_mark", 175)
        _local.renderer = renderer
    return _local.renderer


def _ascending(numbers: Mapping[str, int], row: re.Match[str]) -> str:
    """Marks that stand together, the smallest number first; which source that is differs from page to page."""
    slugs = re.findall(_MARK, row.group())
    return "".join(f"[^{slug}]" for slug in sorted(slugs, key=lambda slug: numbers.get(slug, 0)))


def render(text: str, source_numbers: Mapping[str, int] | None = None) -> SafeString:
    """HTML that is safe to show, of a curator's Markdown; footnote marks get the numbers given by source address."""
    renderer = _renderer().reset()
    renderer.source_numbers = source_numbers or {}  # type: ignore[attr-defined]
    html = renderer.convert(_MARKS_IN_A_ROW.sub(partial(_ascending, source_numbers or {}), text))
    # nh3 drops everything outside its allow-list, so the result may be trusted.
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES))  # noqa: S308
