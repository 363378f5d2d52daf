"""What staff write into a letter, as its two forms show it: paragraphs, plain links, nothing else.

Links lead to https, or to the site itself. What came in by a placeholder is never made a link, unless it is one of
ours: a guest may call himself whatever he likes.
"""

import re
from collections.abc import Collection, Mapping

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from events.placeholders import fill, pieces
from sistercities.pages.safe_text import one_line, printable

_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
# Characters of an address only, so that a link ends where Chinese goes on without a space; nothing with a user in it.
_ADDRESS = re.compile(r"(https?://[A-Za-z0-9.:-]++(?!@)(?:[/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?)")
_BEHIND = ".,;:!?)'"


def as_line(words: str, values: Mapping[str, str]) -> str:
    """A subject with its placeholders replaced."""
    return one_line(fill(words, _tidy(values)))


def as_text(words: str, values: Mapping[str, str]) -> str:
    """The words as plain text: paragraphs with one blank line between them."""
    known = _tidy(values)
    return "\n\n".join(fill(each, known) for each in _paragraphs(words))


def as_html(words: str, values: Mapping[str, str], links: Collection[str] = ()) -> SafeString:
    """The same as HTML; ``links`` are the placeholders that stand for addresses of ours."""
    known = _tidy(values)
    paragraphs = [(_paragraph(each, known, links),) for each in _paragraphs(words)]
    return format_html_join("\n", "<p>{}</p>", paragraphs)


def _paragraph(words: str, values: Mapping[str, str], links: Collection[str]) -> SafeString:
    found = []
    for piece, name in pieces(words, values):
        if name:
            found.append(_link(piece) if name in links else format_html("{}", piece))
        else:
            found += [_linked(each) for each in re.split(_ADDRESS, piece) if each]
    return mark_safe("".join(found).replace("\n", "<br>"))  # noqa: S308 - each piece is escaped


def _linked(piece: str) -> SafeString:
    """An address as a link, if it is one that we follow; what stands around it as text."""
    ours = piece.startswith(f"{settings.SITE_URL}/") or piece == settings.SITE_URL
    if not re.fullmatch(_ADDRESS, piece) or not (piece.startswith("https://") or ours):
        return format_html("{}", piece)
    address = piece.rstrip(_BEHIND)
    return format_html("{}{}", _link(address), piece[len(address) :])


def _link(address: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, address)


def _paragraphs(words: str) -> list[str]:
    return [each.strip() for each in _BETWEEN_PARAGRAPHS.split(printable(words).strip()) if each.strip()]


def _tidy(values: Mapping[str, str]) -> dict[str, str]:
    return {name: one_line(value) for name, value in values.items()}
