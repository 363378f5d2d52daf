"""Names and words as they are compared, and whether two writings of a name mean the same person. Pure."""

import re
import unicodedata

# Of Latin, Greek and Cyrillic letters, and the short vowels of Arabic, which most leave out. Signs of other scripts
# make another name.
ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]")


def same_name(one: str, other: str, *, but_for: str = "") -> bool:
    """Whether two names differ in no more than case, accents, punctuation, spaces, and the order of their words.

    ``but_for``: words that may stand with either, such as a title. A name in another script is another name.
    """
    first, second = _words(one, but_for), _words(other, but_for)
    return "".join(first) == "".join(second) or sorted(first) == sorted(second)


def _words(name: str, but_for: str) -> list[str]:
    left_out = set(_letters(but_for).split())
    return [word for word in _letters(name).split() if word not in left_out]


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(
        letter if letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc") else " "
        for letter in plain
        if not ACCENTS.match(letter)
    )
