"""How staff curate events, their programme and remarks, and who comes."""

from events.admin import events, remarks, rsvps

__all__ = ["events", "remarks", "rsvps"]
