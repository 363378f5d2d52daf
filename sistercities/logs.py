"""What the log must not hold: whoever reads a personal link could answer for a guest."""

import logging
import re

# Django names the address of whatever it refuses, and an exception may quote one, plain or as part of another.
PERSONAL_LINK = re.compile(
    r"((?:/|%2F)(?:rsvp(?:(?:/|%2F)verify)?|invitation|delegation|preview|newsletter(?:/|%2F)\w+"
    r"|members(?:/|%2F)calendar|password(?:/|%2F)reset(?:/|%2F)key)(?:/|%2F))"
    r"[^/\s]+",
    re.IGNORECASE,
)


def without_links(text: str) -> str:
    return PERSONAL_LINK.sub(r"\1…", text)


class WithoutLinks(logging.Formatter):
    """Writes a record, its arguments and its traceback with the secret part of every personal link left out."""

    def format(self, record: logging.LogRecord) -> str:
        return without_links(super().format(record))
