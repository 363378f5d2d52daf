"""Placeholders in what staff write: ``{name}`` becomes the name of whoever gets the letter. Pure.

They are replaced literally and in one pass. What stands in their place is text and nothing else: a guest who is called
``{link}`` stays ``{link}``.
"""

import re
from collections.abc import Collection, Iterator, Mapping

# Whoever writes Chinese types full-width braces without noticing; they mean the same.
_PLACEHOLDER = re.compile(r"[{｛]([^{}｛｝\n]{0,40})[}｝]")


def placeholders(text: str) -> list[str]:
    """The names that stand in braces, each once, in their order."""
    return list(dict.fromkeys(_name(found) for found in _PLACEHOLDER.finditer(text)))


def unknown(text: str, allowed: Collection[str]) -> list[str]:
    """What stands in braces and is no placeholder that this letter knows, as it was written."""
    found = [each for each in _PLACEHOLDER.finditer(text) if _name(each) not in allowed]
    return list(dict.fromkeys(each[0] for each in found))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders replaced; one without a value stays as it was written."""
    return _PLACEHOLDER.sub(lambda found: values.get(_name(found), found[0]), text)


def pieces(text: str, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The text in pieces: each with the placeholder that it came by, or with nothing where staff wrote it."""
    end = 0
    for found in _PLACEHOLDER.finditer(text):
        if (name := _name(found)) in values:
            yield text[end : found.start()], ""
            yield values[name], name
            end = found.end()
    yield text[end:], ""


def _name(found: re.Match[str]) -> str:
    return found[1].strip().casefold()
