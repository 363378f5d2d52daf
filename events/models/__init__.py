from events.models.event import Event
from events.models.gallery import EventDocument, EventPicture
from events.models.history import Actor, Deed, DeskNote, RsvpTransition
from events.models.invitation import Invitation
from events.models.policy import RsvpPolicy
from events.models.programme import Participant, ProgrammeItem, Remark, RemarkSegment
from events.models.rsvp import Guest, Rsvp
from events.models.seats import SeatHold, SeatOffer
from events.models.series import Series
from events.models.venue import Venue
from sistercities.pages.at_once import columns_of, rows_of

__all__ = [
    "Actor",
    "Deed",
    "DeskNote",
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
    "SeatHold",
    "SeatOffer",
    "Series",
    "Venue",
    "columns_of",
    "rows_of",
]
