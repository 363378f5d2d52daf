from events.models.attendance import Guest, Invitation, Rsvp, RsvpPolicy, RsvpTransition
from events.models.event import Event, Venue
from events.models.programme import ProgrammeItem, Remark, RemarkSegment

__all__ = [
    "Event",
    "Guest",
    "Invitation",
    "ProgrammeItem",
    "Remark",
    "RemarkSegment",
    "Rsvp",
    "RsvpPolicy",
    "RsvpTransition",
    "Venue",
]
