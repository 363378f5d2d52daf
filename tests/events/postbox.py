"""Letters as a guest gets them: sent by the worker's own code through a real mail server, and read back."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from django.utils import timezone

from events import rsvp as verbs
from events.links import manage_url
from events.models import Event, Rsvp, RsvpTransition, SeatOffer
from events.when import Clock, spell_deadline
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.post import Post

LANGUAGES = ["en", "zh-hans"]
STAFF = verbs.By(RsvpTransition.Actor.STAFF, reason="by phone")


def lantern_reception(seats: int = 5, **rules: Any) -> Event:
    """A reception at City Hall in Los Angeles, for the bond with Guangzhou; parties of up to five."""
    made = factories.reception(seats, **{"largest_party": 5, **rules})
    bond = factories.relationship()
    made.relationships.add(bond)
    Event.objects.filter(pk=made.pk).update(
        title_en="Lantern Reception",
        title_zh_hans="元宵招待会",
        venue=factories.venue(
            city=bond.cities[1], address_en="200 N Spring Street", address_zh_hans="北春街200号"
        ),
        dress_code_en="Business",
        dress_code_zh_hans="正装",
    )
    return Event.objects.get(pk=made.pk)


def delivered(post: Post) -> EmailMessage:
    """Send what waits; the one mail that came of it."""
    (mail,) = all_delivered(post).values()
    return mail


def all_delivered(post: Post) -> dict[str, EmailMessage]:
    """Send what waits; the mails that came of it, one for each address."""
    post.mails.clear()
    outbox.send_due()
    assert [message.error for message in Message.objects.in_trouble()] == []
    found = {str(mail["To"].addresses[0].addr_spec): mail for mail in post.mails}
    assert len(found) == len(post.mails)
    return found


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def subject(mail: EmailMessage) -> str:
    return str(mail["Subject"]).strip()


def calendar(mail: EmailMessage) -> icalendar.Calendar | None:
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return icalendar.Calendar.from_ical(parts[0].get_payload(decode=True)) if parts else None


def method(mail: EmailMessage) -> str:
    """What its calendar entry does; empty where it brings none."""
    entry = calendar(mail)
    return str(entry["METHOD"]) if entry else ""


def taken_down(event: Event, *args: Any, **fields: Any) -> Rsvp:
    """An answer that staff took down for somebody whom they know; only such letters may name names."""
    return verbs.respond(event, factories.answer(*args, **fields), STAFF).rsvp


def link_of(rsvp: Rsvp) -> str:
    return manage_url(rsvp.link_handle, rsvp.link_version, rsvp.language)


def deadline(event: Event, moment: datetime, language: str = "en") -> str:
    """A last moment as the letters spell it, on the clocks of both cities."""
    there, here = event.relationships.get().cities
    names = ("洛杉矶", "广州") if language == "zh-hans" else ("Los Angeles", "Guangzhou")
    lead, other = (
        Clock(name, ZoneInfo(city.timezone)) for name, city in zip(names, (here, there), strict=True)
    )
    return spell_deadline(moment, lead, [other], language)


def offered(event: Event, free: int = 2, wants: int = 2, **fields: Any) -> Rsvp:
    """A party that is offered seats, of an event whose five are taken; the letter waits in the outbox."""
    full = factories.rsvp(event, 5)
    waiting = factories.rsvp(event, wants, "Mei Chen", **fields)
    outbox.send_due()
    verbs.change(full, factories.answer(5 - free, full.name, email=full.email))
    waiting.refresh_from_db()
    assert waiting.seats_offered == free
    return waiting


def until(event: Event, language: str = "en") -> str:
    """The end of the one offer that stands."""
    return deadline(event, SeatOffer.objects.live().get().expires_at, language)


def its_time_is_over(rsvp: Rsvp) -> None:
    now = timezone.now()
    times = {"made_at": now - timedelta(hours=3), "expires_at": now - timedelta(minutes=1), "remind_at": None}
    assert SeatOffer.objects.live().filter(rsvp=rsvp).update(**times)
