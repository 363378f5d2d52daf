"""How staff curate events, their programme and remarks, who is invited, and who comes."""

from events.admin import events, invitations, remarks, rsvps

__all__ = ["events", "invitations", "remarks", "rsvps"]
