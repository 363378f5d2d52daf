from events.models.attendance import Guest, Invitation, Rsvp, RsvpTransition
from events.models.event import Event, Venue
from events.models.gallery import EventPicture, pictures_in_order
from events.models.policy import RsvpPolicy
from events.models.programme import ProgrammeItem, Remark, RemarkSegment

__all__ = [
    "Event",
    "EventPicture",
    "Guest",
    "Invitation",
    "ProgrammeItem",
    "Remark",
    "RemarkSegment",
    "Rsvp",
    "RsvpPolicy",
    "RsvpTransition",
    "Venue",
    "pictures_in_order",
]
