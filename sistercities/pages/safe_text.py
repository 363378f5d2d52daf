"""Texts for machines: whatever stands in a title, no format breaks by it, nor what stands beside it in a list."""

import re

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# What XML cannot hold at all, what RFC 5545 forbids, and what turns the direction of all that follows around.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)
_SPACES = re.compile(" {2,}")
# What a spreadsheet would take for the beginning of a formula, also behind a space.
_FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠\t\r]")


def printable(text: str) -> str:
    """A text of several lines without control characters and marks that turn the direction of writing around."""
    lines = re.sub("\r\n?|[\u2028\u2029\x85\v\f]", "\n", text)
    return _HIDDEN.sub("", lines)


def one_line(text: str) -> str:
    """The same on one line: for titles, names and cells."""
    return _SPACES.sub(" ", _HIDDEN.sub("", _BREAKS.sub(" ", text))).strip(" ")


def harmless(text: str) -> str:
    """A cell that a spreadsheet shows as it is instead of reckoning with it."""
    return f"'{text}" if _FORMULA.match(text) else text


def as_it_was(text: str) -> str:
    """The same cell read back: the mark that made it harmless is no part of it."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
