from events.models.event import Event
from events.models.gallery import EventDocument, EventPicture
from events.models.guest import Guest
from events.models.history import Actor, Deed, DeskNote, RsvpTransition
from events.models.invitation import Invitation, InvitationList
from events.models.letters import LetterText, Mailing
from events.models.policy import RsvpPolicy
from events.models.programme import Participant, ProgrammeItem, Remark, RemarkSegment
from events.models.questions import Question, QuestionAnswer, QuestionChoice
from events.models.rsvp import Rsvp
from events.models.seats import SeatHold, SeatOffer
from events.models.series import Series
from events.models.team import GuestTag, TeamMember
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
    "GuestTag",
    "Invitation",
    "InvitationList",
    "LetterText",
    "Mailing",
    "Participant",
    "ProgrammeItem",
    "Question",
    "QuestionAnswer",
    "QuestionChoice",
    "Remark",
    "RemarkSegment",
    "Rsvp",
    "RsvpPolicy",
    "RsvpTransition",
    "SeatHold",
    "SeatOffer",
    "Series",
    "TeamMember",
    "Venue",
    "columns_of",
    "rows_of",
]
