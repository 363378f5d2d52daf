from events.models.attendance import Guest, Invitation, Rsvp, RsvpTransition
from events.models.event import Event
from events.models.gallery import EventDocument, EventPicture
from events.models.policy import RsvpPolicy
from events.models.programme import Participant, ProgrammeItem, Remark, RemarkSegment
from events.models.series import Series
from events.models.venue import Venue
from sistercities.pages.at_once import columns_of, rows_of

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
    "columns_of",
    "rows_of",
]
