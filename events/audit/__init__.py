"""What must be true of every answer, whatever happened in between: each check recounts it from the rows."""

from events.audit import letters, line, parties, past, record, seats

__all__ = ["letters", "line", "parties", "past", "record", "seats"]
