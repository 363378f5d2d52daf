"""What must not be written of somebody who may be living: how to reach them, and where they are at home.

Pure: no Django. It only warns: a consulate's address in a text about a consul is no private matter, and staff can tell.
"""

import re
from collections.abc import Iterable, Iterator

_STREET = "Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Court|Place|Terrace|Crescent"
_PRIVATE = {
    "e-mail": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "telephone": re.compile(
        r"\+\d[\d\s().-]{6,}\d|\(\d{3}\)\s?\d{3}[\s.-]\d{4}|(?<!\d)\d{3}[\s.-]\d{3}[\s.-]\d{4}(?!\d)"
        r"|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[\s-]\d{7,8}(?!\d)"
    ),
    "address": re.compile(
        rf"\b\d{{1,5}}\s+(?:[A-Z][\w.’'-]*\s+){{1,4}}(?:{_STREET})\b|[路街道巷弄里]\d+号|\d+[栋幢]|\d{{3,4}}[室房]"
    ),
    "number": re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),
    "birthday": re.compile(
        r"\bborn (?:on )?(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{1,2},|\d{4}-\d{2}-\d{2})"
        r"|生于\d{4}年\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月\d{1,2}日(?:出)?生"
    ),
}


def private_passages(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The kind and the words of every passage that looks private, each once."""
    seen = set()
    for text in texts:
        for kind, pattern in _PRIVATE.items():
            for match in pattern.finditer(text):
                if (kind, match[0]) not in seen:
                    seen.add((kind, match[0]))
                    yield kind, match[0]
