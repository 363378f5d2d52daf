"""Dates as history knows them: a day, a month, a year, about, before or after, in the era before Christ too.

Pure: no Django, no clock. Stored as text after ISO 8601-2 (EDTF), levels 0 and 1: ``1981-12-08``, ``2014-06``,
``1972``, ``1890~`` (about), ``../1900`` (before), ``1900/..`` (after), ``-0478`` (479 BCE: the year 0 is 1 BCE).
A historical date has no time zone: the eighth of December 1981 is what the signatories wrote, wherever one reads it.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
OLDEST, NEWEST = -9999, 9999


class Sense(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    BEFORE = "before"
    AFTER = "after"


class NotADate(ValueError):
    """The text cannot be read as a historical date."""


def days_of(year: int, month: int, day: int) -> int:
    """The running number of a day in the proleptic Gregorian calendar; 1970-01-01 is 0, years before 1 work."""
    year -= month <= 2
    era = year // 400
    year_of_era = year - era * 400
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468


def _month_length(year: int, month: int) -> int:
    # The calendar repeats every 400 years, so a year that the library cannot know has a twin that it can.
    return monthrange(year % 400 + 2000, month)[1]


@total_ordering
@dataclass(frozen=True)
class HistoricalDate:
    """A year with, where it is known, month and day, and how exactly it is meant."""

    year: int
    month: int | None = None
    day: int | None = None
    sense: Sense = Sense.EXACT

    def __post_init__(self) -> None:
        if not OLDEST <= self.year <= NEWEST:
            raise NotADate(f"year {self.year} is out of range")
        if self.month is not None and not 1 <= self.month <= 12:
            raise NotADate(f"there is no month {self.month}")
        if self.day is not None and (
            self.month is None or not 1 <= self.day <= _month_length(self.year, self.month)
        ):
            raise NotADate(f"there is no day {self.day} in that month")

    @property
    def first_day(self) -> int:
        """The earliest day it may mean, as a running number; the sort bound from below."""
        if self.sense is Sense.BEFORE:
            return days_of(OLDEST, 1, 1)
        return days_of(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> int:
        """The latest day it may mean, as a running number; the sort bound from above."""
        if self.sense is Sense.AFTER:
            return days_of(NEWEST, 12, 31)
        month = self.month or 12
        return days_of(self.year, month, self.day or _month_length(self.year, month))

    @property
    def sort_key(self) -> tuple[int, int]:
        """Where it stands in a chronology: by what is written, a vaguer date before a finer one."""
        return days_of(self.year, self.month or 1, self.day or 1), -1 if self.day is None else 0

    def __lt__(self, other: "HistoricalDate") -> bool:
        return self.sort_key < other.sort_key

    def __str__(self) -> str:
        sign, year = ("-", -self.year) if self.year < 0 else ("", self.year)
        text = f"{sign}{year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        frame = {Sense.ABOUT: "{}~", Sense.BEFORE: "../{}", Sense.AFTER: "{}/.."}.get(self.sense, "{}")
        return frame.format(text)

    @property
    def as_date(self) -> date | None:
        """The plain date, where a full and exact day of our era is known."""
        if self.day and self.month and self.year >= 1 and self.sense is Sense.EXACT:
            return date(self.year, self.month, self.day)
        return None

    @property
    def iso(self) -> str:
        """What the ``datetime`` attribute of an HTML time element may hold; empty where none is allowed."""
        return str(self) if self.sense is Sense.EXACT and self.year >= 1 else ""


def from_date(day: date) -> HistoricalDate:
    return HistoricalDate(day.year, day.month, day.day)


def spell(when: HistoricalDate, language: str) -> str:
    """A date in words: "8 December 1981", "about 1890"; 1981年12月8日, 约1890年."""
    return _spell_chinese(when) if language.startswith("zh") else _spell_english(when)


def _spell_english(when: HistoricalDate) -> str:
    year = str(when.year) if when.year > 0 else f"{1 - when.year} BCE"
    parts = [str(when.day)] if when.day else []
    if when.month:
        parts.append(MONTHS[when.month - 1])
    text = " ".join([*parts, year])
    return text if when.sense is Sense.EXACT else f"{when.sense.value} {text}"


def _spell_chinese(when: HistoricalDate) -> str:
    text = f"{when.year}年" if when.year > 0 else f"公元前{1 - when.year}年"
    if when.month:
        text += f"{when.month}月"
    if when.day:
        text += f"{when.day}日"
    return {Sense.ABOUT: f"约{text}", Sense.BEFORE: f"{text}以前", Sense.AFTER: f"{text}以后"}.get(
        when.sense, text
    )


def spell_span(start: HistoricalDate | None, end: HistoricalDate | None, language: str) -> str:
    """A span in words, as short as it stays clear: "16–17 May 2016", "1973–1993"; 2016年5月16日至17日."""
    if not start or not end or start == end:
        known = start or end
        return spell(known, language) if known else ""
    chinese = language.startswith("zh")
    if (
        start.sense is end.sense is Sense.EXACT
        and (start.year, start.month) == (end.year, end.month)
        and start.day
        and end.day
    ):
        if chinese:
            return f"{spell(start, language)}至{end.day}日"
        return f"{start.day}–{spell(end, language)}"
    if chinese:
        return f"{spell(start, language)}至{spell(end, language)}"
    gap = "" if start.month is None and end.month is None and start.year > 0 else " "
    return f"{spell(start, language)}{gap}–{gap}{spell(end, language)}"


_STORED = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_WESTERN = re.compile(
    r"(?:(?P<day>\d{1,2})\s+)?(?:(?P<month>[A-Za-z]{3,9})\.?,?\s+)?(?P<year>\d{1,4})(?P<era>\s*(?:BCE|BC))?",
    re.I,
)
_AMERICAN = re.compile(r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2}),\s*(?P<year>\d{1,4})", re.I)
_CHINESE = re.compile(
    r"(?P<era>公元前|前)?(?P<year>\d{1,4})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?)?"
)
_SENSES = (
    (Sense.ABOUT, re.compile(r"(?:about|around|circa|ca\.|c\.|约|大约)\s*(.+)|(.+)~", re.I)),
    (Sense.BEFORE, re.compile(r"(?:before|<|\.\./)\s*(.+)|(.+)(?:以前|之前)", re.I)),
    (Sense.AFTER, re.compile(r"(?:after|>)\s*(.+)|(.+)(?:以后|之后|/\.\.)", re.I)),
)


def parse(text: str) -> HistoricalDate:
    """Read a date as stored or as a person types it: 1981-12-08, 8 December 1981, about 1890, 479 BCE, 1981年12月8日.

    Raises NotADate where it is none, or names a day that never was.
    """
    plain, sense = text.strip(), Sense.EXACT
    for candidate, pattern in _SENSES:
        if match := pattern.fullmatch(plain):
            plain, sense = (match.group(1) or match.group(2)).strip(), candidate
            break
    for pattern in (_STORED, _CHINESE, _AMERICAN, _WESTERN):
        if match := pattern.fullmatch(plain):
            return _from_match(match, sense)
    raise NotADate(f"{text!r} is not a date")


def _from_match(match: re.Match[str], sense: Sense) -> HistoricalDate:
    found = match.groupdict()
    year = int(found["year"])
    if found.get("era"):
        year = 1 - year
    day = int(found["day"]) if found.get("day") else None
    return HistoricalDate(year, _month_number(found.get("month")), day, sense)


def _month_number(text: str | None) -> int | None:
    if text is None or text.isdigit():
        return int(text) if text else None
    for number, name in enumerate(MONTHS, start=1):
        if name.lower().startswith(text.lower()):
            return number
    raise NotADate(f"there is no month {text!r}")
