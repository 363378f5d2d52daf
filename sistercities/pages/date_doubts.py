"""Why something that was typed is no historical date: the reasons, for a form to explain.

Pure: no Django. English and Chinese are looked at alike, for curators write both.
"""

import re
from enum import StrEnum


class Doubt(StrEnum):
    NOT_A_DATE = "not a date"
    SEASON = "a season"
    DECADE = "a decade or century"
    PART = "a part of a year or month"
    LUNAR = "a day of the lunar calendar"
    SPAN = "a span of time"
    NUMBERS = "numbers that can be read two ways"
    NO_YEAR = "no year"
    SHORT_YEAR = "a year of two digits"
    YEAR_ZERO = "the year 0"
    NO_SUCH_MONTH = "a month that there is not"
    NO_SUCH_DAY = "a day that its month has not"
    OUT_OF_RANGE = "a year out of range"
    UNKNOWN = "nothing known"


class NotADate(ValueError):
    """The text cannot be read as a historical date; ``doubt`` tells why."""

    def __init__(self, words: str, doubt: Doubt = Doubt.NOT_A_DATE) -> None:
        super().__init__(words)
        self.doubt = doubt


# The first that is found counts: 农历正月初一 is lunar before it is the beginning of something.
_SIGNS = (
    (Doubt.LUNAR, r"农历|阴历|正月|腊月|冬月|初[一二三四五六七八九十]|\blunar\b"),
    (Doubt.SEASON, r"\b(?:spring|summer|autumn|fall|winter)\b|[春夏秋冬]"),
    (Doubt.DECADE, r"\d0'?s\b|\b(?:decade|century)\b|年代|世纪"),
    (
        Doubt.PART,
        r"\b(?:early|late|mid|middle|beginning|end|start|first half|second half)\b|[初底末]|[上中下]旬|[上下]半年|中$",
    ),
    (Doubt.NUMBERS, r"^\d{1,2}([-/.])\d{1,2}\1\d{2,4}$"),
    (Doubt.SPAN, r"\d.*(?:[–—―-]|至|到|~|\bto\b|\buntil\b).*\d"),
    (Doubt.UNKNOWN, r"\bunknown\b|\bundated\b|\bn\.?\s?d\.?$|^\?+$|不详|不明|未知|待考"),
    (Doubt.NO_YEAR, r"^\d{1,2}月|^(?:\d{1,2} )?[a-z]{3,9}\.?(?: \d{1,2})?$"),
)


def doubt_about(text: str) -> Doubt:
    """What a text seems to be that cannot be read as a date."""
    return next(
        (doubt for doubt, sign in _SIGNS if re.search(sign, text.strip(), re.IGNORECASE)), Doubt.NOT_A_DATE
    )
