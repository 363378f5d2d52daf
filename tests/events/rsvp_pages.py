"""How tests meet the pages of an RSVP: their addresses, what is sent, and what stands on them."""

import html
import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from events import rsvp as verbs
from events.links import Purpose, token, token_for
from events.models import Actor, Event, Invitation, Rsvp, SeatOffer
from tests import factories
from tests.forms import shown_a_minute_ago

STAFF = verbs.By(Actor.STAFF, reason="There is no room.")


def manage_page(rsvp: Rsvp, language: str = "en") -> str:
    return f"/{language}/rsvp/{token_for(rsvp)}/"


def verify_page(rsvp: Rsvp, language: str = "en") -> str:
    return f"/{language}/rsvp/verify/{token(rsvp.link_handle, rsvp.link_version, Purpose.VERIFY)}/"


def invitation_page(invited: Invitation, language: str = "en") -> str:
    secret = token(invited.link_handle, invited.link_version, Purpose.INVITATION)
    return f"/{language}/invitation/{secret}/"


def form(**fields: Any) -> dict[str, Any]:
    """A form as the browser sends it."""
    who = {"nonce": "n" * 24, "answer": "going", "name": "Mei Chen", "email": "mei@example.org", "seats": "1"}
    return {**who, "shown": shown_a_minute_ago(), "message": "", **fields}


def words(page: Any) -> str:
    """What can be read on a page, in one line."""
    text = re.sub(r"<[^>]+>", "", page.content.decode())
    return " ".join(html.unescape(text).split())


def status_on(page: Any) -> str:
    match = re.search(r'data-rsvp-status="(\w+)"', page.content.decode())
    return match[1] if match else ""


def fresh(rsvp: Rsvp) -> Rsvp:
    return Rsvp.objects.get(pk=rsvp.pk)


def names_of(rsvp: Rsvp) -> list[str]:
    return [guest.name for guest in rsvp.guests.all()]


def an_offer(wanted: int = 3, offered: int = 2, behind: int = 0, **fields: Any) -> Rsvp:
    """A party that waits, and to which some seats are offered; ``behind`` it waits another party of so many."""
    event: Event = factories.reception(seats=6, promotion="offer", **fields)
    first = factories.rsvp(event, 4)
    factories.rsvp(event, 2)
    party = factories.rsvp(event, wanted, "Mei Chen", companions=("Wei",))
    if behind:
        factories.rsvp(event, behind)
    verbs.change(first, factories.answer(4 - offered, first.name, email=first.email))
    return fresh(party)


def household(**policy: Any) -> Rsvp:
    """Four of a family, all of them named."""
    event = factories.reception(promotion="offer", **policy)
    return factories.rsvp(event, 4, "Mei Chen", companions=("Wei", "Ana", "Li Na"))


def let_lapse(rsvp: Rsvp) -> Rsvp:
    """The offer's time is over; the desk has not been opened since."""
    past = timezone.now().replace(microsecond=0) - timedelta(hours=2)
    made_at = past - timedelta(hours=2)
    SeatOffer.objects.filter(rsvp=rsvp).update(made_at=made_at, remind_at=None, expires_at=past)
    return rsvp


def effects(page: Any) -> dict[str, str]:
    """What the page says that each size of a party leads to."""
    found = re.findall(r'<p data-effect="([^"]+)"[^>]*>(.*?)</p>', page.content.decode())
    return {size: " ".join(text.split()) for size, text in found}
