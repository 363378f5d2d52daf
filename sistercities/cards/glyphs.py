"""Which face draws which character, and what becomes of those that none has.

Source Serif for Latin, Greek and Cyrillic letters, Noto Serif SC for Chinese in the forms of the mainland: they were
drawn for each other, so that both stand on one line as a pair.
"""

import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

from PIL import ImageFont

# Between Han and Latin, as ``text-autospace`` sets it.
AUTOSPACE = 0.12
# They share a code point, but are wide in Chinese and narrow elsewhere.
SHARED_MARKS = frozenset("‘’“”…—·")
_NOWHERE = "\U0010ffff"


class Face(Enum):
    LATIN = "font_source_serif_pro", "files/SourceSerifPro-Regular.otf"
    HAN = "pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf"
    HAN_SANS = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"


class Words(NamedTuple):
    """A text and the language in which it is set."""

    text: str
    language: str

    @property
    def is_chinese(self) -> bool:
        return self.language.startswith("zh")


class Run(NamedTuple):
    """Characters that one face draws, and the gap before them in parts of the size."""

    face: Face
    text: str
    gap: float


@lru_cache(maxsize=64)
def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    package, path = face.value
    return ImageFont.truetype(str(files(package).joinpath(path)), size)


@lru_cache(maxsize=8192)
def has(face: Face, character: str) -> bool:
    """Whether a face can draw a character: what it draws is not its sign for the unknown."""
    return _drawn(face, character) != _drawn(face, _NOWHERE)


@lru_cache(maxsize=8)
def _unknown(face: Face) -> tuple[tuple[int, int], bytes]:
    mask = font(face, 24).getmask(_NOWHERE)
    return mask.size, bytes(mask)


def _drawn(face: Face, character: str) -> tuple[tuple[int, int], bytes]:
    if character == _NOWHERE:
        return _unknown(face)
    mask = font(face, 24).getmask(character)
    return mask.size, bytes(mask)


def is_han(character: str) -> bool:
    """Whether it is set on the square: Chinese characters, their punctuation, kana, full-width forms."""
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\uff00" <= character <= "\uffef"
    )


def face_of(character: str, language: str) -> Face | None:
    """The face that draws a character in a text of this language; None where no face can."""
    han_first = is_han(character) or (character in SHARED_MARKS and language.startswith("zh"))
    order = (Face.HAN, Face.HAN_SANS, Face.LATIN) if han_first else (Face.LATIN, Face.HAN, Face.HAN_SANS)
    return next((face for face in order if has(face, character)), None)


def printable(text: str) -> str:
    """One line of visible characters: no controls, no marks that turn the direction around, composed letters."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        if kind in ("Cc", "Zl", "Zp", "Zs"):
            kept.append(" ")
        elif kind[0] != "C" and character not in "\u034f\u3164\u115f\u1160\uffa0":
            kept.append(character)
    return " ".join("".join(kept).split())


def is_legible(words: Words) -> bool:
    """Whether every letter of it can be drawn; signs and emoji may go without loss."""
    text = printable(words.text)
    letters = [each for each in text if unicodedata.category(each)[0] in "LN"]
    return bool(letters) and all(face_of(each, words.language) for each in letters)


def drawable(words: Words) -> Words:
    """What of a text can be drawn: letters without a form of their own lose their marks, the rest is left out."""
    kept = "".join(_nearest(character, words.language) for character in printable(words.text))
    return Words(" ".join(kept.split()), words.language)


def _nearest(character: str, language: str) -> str:
    # Marks that compose with no letter would stand beside it.
    if unicodedata.category(character)[0] == "M":
        return ""
    if face_of(character, language):
        return character
    plain = (each for each in unicodedata.normalize("NFKD", character) if not unicodedata.combining(each))
    return "".join(each for each in plain if each != character and face_of(each, language))


def first_legible(*choices: Words) -> Words:
    """The first text that can be drawn whole, else as much of one as can."""
    given = [words for words in choices if words.text]
    whole = next((words for words in given if is_legible(words)), None)
    parts = (part for words in given if (part := drawable(words)).text)
    return drawable(whole) if whole else next(parts, Words("", "en"))


def runs(words: Words) -> Iterator[Run]:
    """The text by faces, with a little room where Chinese meets Latin."""
    before = ""
    for face, group in groupby(words.text, lambda each: face_of(each, words.language) or Face.HAN):
        text = "".join(group)
        yield Run(face, text, AUTOSPACE if before and needs_room(before, text[0]) else 0.0)
        before = text[-1]


def needs_room(before: str, after: str) -> bool:
    pair = is_letter_of_han(before), is_letter_of_han(after)
    other = after if pair[0] else before
    return pair[0] != pair[1] and other.isalnum()


def is_letter_of_han(character: str) -> bool:
    return is_han(character) and character.isalpha()


def width(words: Words, size: int) -> float:
    return sum(font(run.face, size).getlength(run.text) + run.gap * size for run in runs(words))
