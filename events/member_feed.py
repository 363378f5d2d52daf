"""The events that a member comes to, as a calendar to subscribe to; nothing of those for which nothing is confirmed."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from events.calendar import events_calendar
from events.models import Deed, Event, Rsvp, RsvpTransition
from people.calendar_feed import feed_token
from people.models import Member
from people.proving import proven_addresses

MOST = 200  # as many as a telephone wants to hold


def feed_url(member: Member, language: str) -> str:
    """The whole address of a member's calendar, in a language; a secret, like a personal link."""
    with translation.override(language):
        return settings.SITE_URL + reverse("member_calendar", args=[feed_token(member)])


def subscribe_url(member: Member, language: str) -> str:
    """The same as calendar programs want it, so that pressing it opens one."""
    return "webcal://" + feed_url(member, language).partition("://")[2]


def member_feed(member: Member, language: str) -> bytes:
    with translation.override(language):
        name = _("My events")
    return events_calendar(events_of(member)[:MOST], language, of=name)


def events_of(member: Member) -> QuerySet[Event]:
    """Where seats are confirmed, now and in earlier years; and what was called off while they were."""
    own = Q(member=member) | Q(member=None, email_key__in=proven_addresses(member)) & ~Q(email_key="")
    answers = Rsvp.objects.filter(own, event=OuterRef("pk"))
    lost = RsvpTransition.objects.filter(rsvp=OuterRef("pk"), deed=Deed.CALLED_OFF, seats_before__gt=0)
    seated = Exists(answers.filter(seats_confirmed__gt=0))
    called_off = Q(Exists(answers.filter(Exists(lost))), state=Event.State.CANCELLED)
    found = Event.objects.published().filter(seated | called_off)
    return found.in_calendar_order().select_related("venue__city")
