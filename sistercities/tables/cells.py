"""How heads and cells of lists are read, in English and in Chinese: yes and no, numbers, days, languages.

Pure: no Django.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

TONGUES = {
    "en": "en english eng 英文 英语 英",
    "zh-hans": "zh zhhans zhcn cn chinese mandarin simplifiedchinese 中文 汉语 普通话 简体中文 简体 中",
}
YES, NO = (
    ["yes", "y", "true", "x", "1", "是", "对", "有", "√", "✓"],
    ["no", "n", "false", "0", "否", "不", "无"],
)
# Alone in a cell, it says that what is there is to be emptied; an empty cell says nothing.
DASHES = frozenset("-–—－−")
_TONGUES = {word: code for code, words in TONGUES.items() for word in words.split()}
_NUMBER = re.compile(r"(\d{1,4})\s*[人位名个]?")
_CHINESE_NUMBERS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {"两": 2}
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]00:00(?::00)?)?|(\d{4})(\d{2})(\d{2})"
)


def bare(text: str) -> str:
    """Letters and figures alone, whatever their case and width: “E-Mail Address:” is emailaddress."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def without_brackets(text: str) -> str:
    """The head of a column without what only explains it: “Seats (guest included)” are seats."""
    return re.sub(r"\(.*", "", unicodedata.normalize("NFKC", text))


def read_language(text: str) -> str | None:
    """The code of a language, however it is named; None where it is none of ours."""
    return _TONGUES.get(bare(text))


def read_yes(text: str) -> bool | None:
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain in YES:
        return True
    return False if plain in NO else None


def read_number(text: str) -> int | None:
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.rstrip("人位名个") in _CHINESE_NUMBERS:
        return _CHINESE_NUMBERS[plain.rstrip("人位名个")]
    found = _NUMBER.fullmatch(plain)
    return int(found[1]) if found else None


def read_day(text: str) -> date | None:
    """A day, its year first: 2026-11-30, 2026/11/30, 2026年11月30日, 20261130. None where it is none."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups() if part))
    except ValueError:
        return None


def clean_list(parts: Iterable[str]) -> list[str]:
    """What stands between semicolons, without what is empty."""
    return [part.strip() for part in parts if part.strip()]
