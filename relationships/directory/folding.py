"""Names of places in the form in which they are compared: without marks, capitals, brackets and kinds of place.

Pure: no Django.
"""

import re
import unicodedata
from collections.abc import Iterator

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŧ": "t"}
)
_SAINT = re.compile(r"\b(?:st|ste|sankt)\b")
_KIND = re.compile(
    r"\b(?:city of|municipality of|town of|municipality|metropolitan city|special city|city|prefecture)\b"
)
_CHINESE_KIND = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:市|县|縣|区|區)$")
SHORTEST_SLIP = 5


def fold(name: str) -> str:
    """``São Paulo`` is ``sao paulo``, ``Frankfurt (Oder)`` is ``frankfurt oder``, ``广州市`` is ``广州``."""
    letters = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    words = " ".join(re.findall(r"\w+", plain.replace("'", "").replace("’", "").replace("ʼ", "")))
    return _CHINESE_KIND.sub("", _SAINT.sub("saint", words))


def without_kind(folded: str) -> str:
    """The name without the kind of place: ``malmo municipality`` is ``malmo``; never empty."""
    return " ".join(_KIND.sub("", folded).split()) or folded


def slips(folded: str) -> Iterator[str]:
    """The name with each letter left out once: two names of which some agree differ by a slip of the pen or two."""
    yield folded
    if len(folded) >= SHORTEST_SLIP:
        yield from (folded[:at] + folded[at + 1 :] for at in range(len(folded)))
