"""How staff curate events, their programme and remarks, who is invited, and who comes."""

from events.admin import belonging, events, invitations, keeping, questions, remarks, rsvps, tags

__all__ = ["belonging", "events", "invitations", "keeping", "questions", "remarks", "rsvps", "tags"]
