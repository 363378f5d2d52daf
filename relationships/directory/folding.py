"""Names of places in the form in which they are compared: without marks, capitals, brackets and kinds of place.

Pure: no Django.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from sistercities.pages.letters import folded

_SAINT = re.compile(r"\b(?:st|ste|sankt)\b")
_KIND = re.compile(
    r"\b(?:city of|municipality of|town of|municipality|metropolitan city|special city|city|prefecture)\b"
)
_CHINESE_KIND = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:市|县|縣|区|區)$")
SHORTEST_SLIP = 5


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """``São Paulo`` is ``sao paulo``, ``Frankfurt (Oder)`` is ``frankfurt oder``, ``广州市`` is ``广州``."""
    words = folded(name.replace("&", " and "))
    return _CHINESE_KIND.sub("", _SAINT.sub("saint", words))


def without_kind(folded: str) -> str:
    """The name without the kind of place: ``malmo municipality`` is ``malmo``; never empty."""
    return " ".join(_KIND.sub("", folded).split()) or folded


def slips(folded: str) -> Iterator[str]:
    """The name with each letter left out once: two names of which some agree differ by a slip of the pen or two."""
    yield folded
    if len(folded) >= SHORTEST_SLIP:
        yield from (folded[:at] + folded[at + 1 :] for at in range(len(folded)))
