"""A letter as staff look at it before it goes out: to a real guest of the event, or to an invented one.

Nothing is written for it. Its personal link opens nothing, so that nobody answers for a guest by pressing it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import pgettext

from events.letter_kinds import KINDS, Reader
from events.letters import letter, letter_to_owner
from events.models import Event, Invitation, Rsvp, SeatHold
from sistercities.mail.kinds import Letter, render
from sistercities.mail.models import Message
from sistercities.pages.bilingual import current_language

MOST = 200
NOBODYS = {"handle": "0" * 16, "version": 1}
Status = Rsvp.Status
# In which state a party is to whom a letter of a kind may go; all others go to whoever is expected or waits.
SEATED, IN_LINE, OFFERED = (
    {"seats_confirmed__gt": 0},
    {"queue_number__isnull": False},
    {"seats_offered__gt": 0},
)
STATES: dict[str, dict[str, Any]] = {
    "rsvp_verify": {"status": Status.UNVERIFIED},
    "rsvp_requested": {"status": Status.REQUESTED},
    "rsvp_rejected": {"status": Status.REJECTED},
    "rsvp_declined": {"status": Status.DECLINED},
    "rsvp_withdrawn": {"status": Status.CANCELLED},
    "rsvp_lapsed": {"status": Status.LAPSED},
    "rsvp_offered": OFFERED,
    "rsvp_offer_reminder": OFFERED,
    "rsvp_waitlisted": IN_LINE,
    "rsvp_queue_changed": IN_LINE,
    "rsvp_deferred": IN_LINE,
    "rsvp_confirmed": SEATED,
    "rsvp_changed": SEATED,
    "rsvp_promoted": SEATED,
    "event_reminder": SEATED,
    "event_thanks": SEATED,
}
ROWS: dict[Reader, Any] = {Reader.PARTY: Rsvp, Reader.DELEGATION: SeatHold, Reader.INVITED: Invitation}
Person = Rsvp | SeatHold | Invitation


@dataclass(frozen=True)
class OwnWords:
    """Subject and words that are tried out, in one language."""

    subject: str = ""
    body: str = ""


def people(event: Event, kind: str) -> QuerySet[Any]:
    """To whom a letter of this kind could go as things stand, the latest first."""
    reader = KINDS[kind].reader
    found = ROWS[reader].objects.filter(event=event).order_by("-pk")
    if reader is Reader.PARTY:
        return found.filter(**STATES.get(kind, {"status__in": Rsvp.LIVE})).select_related(
            "member", "invitation"
        )
    if reader is Reader.DELEGATION:
        return found.filter(invitation=None)
    return found.filter(revoked_at=None)


def preview(event: Event, kind: str, language: str, words: OwnWords, person: Person | None) -> Letter:
    """The letter in a language, with words that need not be saved yet. Raises what its renderer raises."""
    with translation.override(language):
        request = _request(event, kind, person) if person else _example(event, kind)
    snapshot = {
        **request.pop("snapshot"),
        **NOBODYS,
        "is_preview": True,
        "own_words": (words.subject, words.body),
    }
    known = {name: request[name] for name in ("to_email", "to_name")}
    message = Message(key="", kind=kind, language=language, snapshot=snapshot, **known)
    message.created_at = timezone.now()
    return render(message)


def _request(event: Event, kind: str, person: Person) -> dict[str, Any]:
    """What would be asked for if this letter went to somebody now."""
    if isinstance(person, SeatHold):
        return letter_to_owner(person, kind, "")
    if isinstance(person, Invitation):
        snapshot = {"event": event.pk, "invitation": person.pk, "made_up": {"Invitation": _linkless(person)}}
        return {"to_email": person.email, "to_name": person.name, "snapshot": snapshot}
    ahead = Rsvp.objects.filter(event=event).ahead_of(person).count() + 1 if person.queue_number else None
    return letter(person, "", kind, ahead, person.transitions.count(), by_staff=True)


def _linkless(invitation: Invitation) -> dict[str, Any]:
    """All of an invitation but its link, in the language being spoken."""
    fields = [each.attname for each in invitation._meta.concrete_fields if not each.generated]
    return {name: getattr(invitation, name) for name in fields} | _nobodys_invitation()


def _nobodys_invitation() -> dict[str, Any]:
    return {"link_handle": NOBODYS["handle"], "language": current_language()}


# --- where there is nobody yet --------------------------------------------------------------------------


def _example(event: Event, kind: str) -> dict[str, Any]:
    """Somebody made up, in the state in which letters of this kind find people."""
    make = {
        Reader.PARTY: _example_party,
        Reader.DELEGATION: _example_delegation,
        Reader.INVITED: _example_invitation,
    }
    made = make[KINDS[kind].reader](event, kind)
    return {"to_email": "guest@example.org", "to_name": _name(), **made}


def _name() -> str:
    return pgettext("invented guest", "Alex Example")


def _example_party(event: Event, kind: str) -> dict[str, Any]:
    state = STATES.get(kind, {"seats_confirmed__gt": 0})
    confirmed = 2 if "seats_confirmed__gt" in state else 0
    wanted = 0 if state.get("status") in Rsvp.ENDED else 2
    offered = 2 if "seats_offered__gt" in state else 0
    status = state.get("status") or (
        Status.CONFIRMED if confirmed else Status.OFFERED if offered else Status.WAITLISTED
    )
    until = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=27)
    rsvp = {
        "event_id": event.pk,
        "status": status,
        "seats_confirmed": confirmed,
        "seats_offered": offered,
        "seats_wanted": wanted,
    }
    change = {"deed": "", "offered_before": 2 if kind == "rsvp_lapsed" else 0, "offered_after": 0}
    made_up: dict[str, Any] = {"Rsvp": rsvp, "RsvpTransition": change}
    if offered:
        made_up["SeatOffer"] = {"seats": offered, "expires_at": until}
    waits = wanted > confirmed and status != Status.REQUESTED
    snapshot = {
        **{name: rsvp[name] for name in ("status", "seats_confirmed", "seats_offered", "seats_wanted")},
        "rsvp": None,
        "event": event.pk,
        "offer": None,
        "reply": "",
        "place_in_queue": 3 if waits else None,
        "guests": [_name()] + [""] * (wanted - 1),
        "sequence": 1,
        "made_up": made_up,
    }
    return {"snapshot": snapshot}


def _example_delegation(event: Event, _kind: str) -> dict[str, Any]:
    name = pgettext("invented delegation", "An example delegation")
    snapshot = {
        "event": event.pk,
        "hold": None,
        "seats": 8,
        "named": 3,
        "is_live": True,
        "freezes_at": None,
        "made_up": {"SeatHold": {"event_id": event.pk, "name": name, "seats": 8}},
    }
    return {"snapshot": snapshot}


def _example_invitation(event: Event, _kind: str) -> dict[str, Any]:
    made_up = {"Invitation": {"event_id": event.pk, "name": _name(), **_nobodys_invitation()}}
    return {"snapshot": {"event": event.pk, "invitation": None, "made_up": made_up}}
