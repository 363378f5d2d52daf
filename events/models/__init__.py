from events.models.attendance import Guest, Invitation, Rsvp, RsvpTransition
from events.models.event import Event, Series, Venue
from events.models.gallery import EventDocument, EventPicture, pictures_in_order
from events.models.policy import RsvpPolicy
from events.models.programme import Participant, ProgrammeItem, Remark, RemarkSegment

__all__ = [
    "Event",
    "EventDocument",
    "EventPicture",
    "Guest",
    "Invitation",
    "Participant",
    "ProgrammeItem",
    "Remark",
    "RemarkSegment",
    "Rsvp",
    "RsvpPolicy",
    "RsvpTransition",
    "Series",
    "Venue",
    "pictures_in_order",
]
