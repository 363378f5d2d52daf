"""The letters to guests and to those who name a delegation, by audience; each module marks the kinds that it writes.

A message holds what it tells (``events.letters`` says what that is); the facts of the event are read when it is
written, and the personal link is built anew each time, so that it is stored nowhere.
"""

from events.mail import answers, holds, invitations, mailings, offers, reminders

__all__ = ["answers", "holds", "invitations", "mailings", "offers", "reminders"]
