"""Where the lists and pages of this app stand in the admin."""

from events.models import Event, GuestTag, Invitation, Remark, Rsvp, Series, Venue
from sistercities.navigation import Heading, lists, pages

lists(Heading.EVENTS, Event, Invitation, Rsvp, Series, Venue, GuestTag)
lists(Heading.RECORD, Remark)
pages(Heading.HOUSE, "personal-data", "erase-person")
