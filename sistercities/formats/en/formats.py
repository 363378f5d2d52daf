"""The day before the month, and the month as a word: across an ocean 8/12 is read both ways."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, g:i A"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, g:i A"
TIME_FORMAT = "g:i A"
MONTH_DAY_FORMAT = "j F"
