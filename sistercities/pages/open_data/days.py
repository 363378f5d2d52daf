"""The first and the last day that a historical date may mean, as ISO 8601 writes them; years before 1 have a minus.

Pure: no Django, no clock.
"""

from sistercities.pages.dates import HistoricalDate, Sense

DAYS_OF_ERA, YEARS_OF_ERA = 146_097, 400


def first_day(when: HistoricalDate | None) -> str:
    """Empty where nothing is known, also of what was "before" some day."""
    return "" if when is None or when.sense is Sense.BEFORE else written(when.first_day)


def last_day(when: HistoricalDate | None) -> str:
    return "" if when is None or when.sense is Sense.AFTER else written(when.last_day)


def written(number: int) -> str:
    """The day of a running number, in the proleptic Gregorian calendar: the inverse of ``dates.days_of``."""
    era, day = divmod(number + 719_468, DAYS_OF_ERA)
    year = (day - day // 1_460 + day // 36_524 - day // 146_096) // 365
    day -= 365 * year + year // 4 - year // 100
    month = (5 * day + 2) // 153
    day -= (153 * month + 2) // 5 - 1
    month += 3 if month < 10 else -9
    year += era * YEARS_OF_ERA + (month <= 2)
    sign, year = ("-", -year) if year < 0 else ("", year)
    return f"{sign}{year:04d}-{month:02d}-{day:02d}"
