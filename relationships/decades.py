"""The decades into which a long thread is divided, before Christ too.

Pure: no Django.
"""

from dataclasses import replace

from sistercities.pages.dates import HistoricalDate, Sense

Key = tuple[int, int, int]


def place_in_time(when: HistoricalDate) -> Key:
    """Where a date stands on the thread: "before 1900" ahead of all of 1900, "after 1900" behind it."""
    written = replace(when, sense=Sense.EXACT)
    if when.sense is Sense.BEFORE:
        return written.first_day, -2, 0
    if when.sense is Sense.AFTER:
        return written.last_day, 1, 0
    day, vague = when.sort_key
    return day, vague, when.sense is not Sense.ABOUT


def decade_of(when: HistoricalDate) -> int:
    """The first year of the decade as people count: 1980; of those before Christ as they are written down, 479 is -470.

    What happened before 1900 stands among the 1890s, and what happened after 1999 among the 2000s.
    """
    year = when.year + _beyond(when)
    return year // 10 * 10 if year > 0 else -((1 - year) // 10 * 10) or -1


def _beyond(when: HistoricalDate) -> int:
    """Whether it leads out of the year that is written."""
    if when.sense is Sense.BEFORE and (when.month or 1, when.day or 1) == (1, 1):
        return -1
    return int(when.sense is Sense.AFTER and (when.month or 12, when.day or 31) == (12, 31))


def spell_decade(decade: int, language: str) -> str:
    """A decade in words: 1980s, 470s BCE; 1980至1989年, 公元前479至前470年."""
    chinese = language.startswith("zh")
    if decade in (0, -1):
        words = ("前9至前1年", "9–1 BCE") if decade else ("1至9年", "1–9 CE")
        return ("公元" if chinese else "") + words[not chinese]
    if decade > 0:
        return f"{decade}至{decade + 9}年" if chinese else f"{decade}s"
    return f"公元前{9 - decade}至前{-decade}年" if chinese else f"{-decade}s BCE"
