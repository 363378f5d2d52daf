"""One person of whom everything is kept that this site can keep, in words that nobody else has."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from events import rsvp as verbs
from events.models import (
    Event,
    Guest,
    Invitation,
    InvitationList,
    LetterText,
    Mailing,
    Question,
    QuestionAnswer,
    QuestionChoice,
    Rsvp,
    RsvpPolicy,
    SeatHold,
)
from people.models import Companion, Member
from sistercities.mail import outbox
from sistercities.news.models import Enquiry
from sistercities.newsletter import subscribing
from sistercities.newsletter.models import Subscriber
from sistercities.pages.models import Correction
from sistercities.pages.previews import make_link
from tests import factories

NAME, EMAIL, OTHER_EMAIL = "Quirina Zwölfbrunn", "quirina@zwoelfbrunn.example", "q.z@elsewhere.example"
COMPANION = "Ottokar Zwölfbrunn"
# By these anything of hers is found again, in whatever it stands.
TRACES = ("Zwölfbrunn", "zwoelfbrunn", "q.z@elsewhere", "peanuts")
STAFF = "the-hosts@example.org"


@dataclass
class Somebody:
    """What was planted, as tests want it."""

    member: Member
    coming: Event
    past: Event
    party: Rsvp
    was_there: Rsvp
    waiting: Rsvp
    invitation: Invitation
    block: SeatHold


def plant() -> Somebody:
    """Somebody with an account, an archive page, answers to what comes and what was, and all that hangs on these."""
    staff = Member.objects.create_superuser(STAFF, "a password of a test", name="Hosting Hand")
    member = _member()
    coming = factories.reception(3, promotion="seat", waiting_list=True)
    party = _answer(coming, member)
    waiting = factories.rsvp(coming, 2, name="Next In Line")
    past = factories.reception(5)
    was_there = factories.rsvp(past, 1, NAME, email=OTHER_EMAIL, message="I eat no peanuts")
    _ask(past, was_there)
    Event.objects.filter(pk=past.pk).update(
        starts_at=timezone.now() - timedelta(days=4), ends_at=timezone.now() - timedelta(days=3, hours=20)
    )
    invitation = _invite(member)
    block = _delegation()
    _elsewhere(staff, member, party, invitation)
    return Somebody(member, coming, past, party, was_there, waiting, invitation, block)


def _member() -> Member:
    person = factories.person("quirina", "Quirina Archivist")
    member = factories.member(
        EMAIL, name=NAME, household=COMPANION, person=person, language="zh-hans", timezone="Asia/Shanghai"
    )
    EmailAddress.objects.create(user=member, email=EMAIL, verified=True, primary=True)
    EmailAddress.objects.create(user=member, email=OTHER_EMAIL, verified=True)
    Companion.objects.create(member=member, name=COMPANION)
    Authenticator.objects.create(user=member, type="webauthn", data={"name": f"Phone of {NAME}"})
    return member


def _answer(event: Event, member: Member) -> Rsvp:
    said = factories.answer(
        2, NAME, email=EMAIL, member=member, companions=(COMPANION,), message="No peanuts, please"
    )
    rsvp = verbs.respond(event, said).rsvp
    Guest.objects.filter(rsvp=rsvp).update(title="Dr", organisation="Bureau Zwölfbrunn")
    Rsvp.objects.filter(pk=rsvp.pk).update(
        names_before=[COMPANION],
        priority_reason=f"{NAME} asked",
        verified_at=timezone.now(),
        reply=f"Dear {NAME}",
    )
    _ask(event, rsvp)
    return Rsvp.objects.get(pk=rsvp.pk)


def _ask(event: Event, rsvp: Rsvp) -> None:
    """A question with each kind of reply, one of them sensitive."""
    eats = Question.objects.create(event=event, label_en="What do you not eat?", is_sensitive=True)
    QuestionAnswer.objects.create(rsvp=rsvp, guest=rsvp.guests.first(), question=eats, text="peanuts")
    stays = Question.objects.create(event=event, label_en="Do you stay?", kind=Question.Kind.YES_NO)
    QuestionAnswer.objects.create(rsvp=rsvp, question=stays, yes=True)
    by = Question.objects.create(event=event, label_en="How do you come?", kind=Question.Kind.ONE)
    tram = QuestionChoice.objects.create(question=by, label_en="By tram")
    QuestionAnswer.objects.create(rsvp=rsvp, question=by, choice=tram)


def _invite(member: Member) -> Invitation:
    """Invited to another event, with seats that are kept for it, and on a list for a third."""
    event = factories.reception(6)
    Event.objects.filter(pk=event.pk).update(title_en="Banquet")
    words = {
        "title": "Dr",
        "salutation": f"Dear {NAME}",
        "organisation": "Bureau Zwölfbrunn",
        "greeting": f"{NAME}, do come",
        "note": "a cousin of the Zwölfbrunns",
        "returned_why": f"550 {EMAIL} unknown",
    }
    invited = factories.invitation(event, NAME, email=EMAIL, member=member, sent_at=timezone.now(), **words)
    block = verbs.Block(name=NAME, seats=2, invitation=invited)
    verbs.hold_seats(event, block, verbs.By(verbs.By().actor, None, f"for {NAME}"))
    line = [{"name": NAME, "email": EMAIL}, {"name": "Somebody Else", "email": "else@example.org"}]
    InvitationList.objects.create(event=event, name="Consular corps", rows=line)
    Mailing.objects.create(event=event, subject_en="A word", audience={"only": [EMAIL, "else@example.org"]})
    LetterText.objects.create(event=event, kind="rsvp_confirmed", subject_en="See you", changed_by=member)
    RsvpPolicy.objects.filter(event=event).update(reply_to_name=NAME, reply_to_email=EMAIL)
    return invited


def _delegation() -> SeatHold:
    """A delegation of others, whose people she names."""
    event = factories.reception(9)
    block = verbs.Block(
        name="Choir", seats=3, owner_name=NAME, owner_email=OTHER_EMAIL, note="ask Zwölfbrunn"
    )
    held = verbs.hold_seats(event, block, verbs.GUEST)
    verbs.name_delegates(held, ("Anna Alto", "Bela Bass"), verbs.GUEST)
    return SeatHold.objects.get(pk=held.pk)


def _elsewhere(staff: Member, member: Member, party: Rsvp, invitation: Invitation) -> None:
    """The newsletter, forms, a draft, the log of the admin, the outbox, sessions."""
    Subscriber.objects.create(email=EMAIL, state="active", confirmed_at=timezone.now())
    subscribing.ask(OTHER_EMAIL, "en", "nonce-of-a-test")
    Enquiry.objects.create(name=NAME, email=EMAIL, subject="Zwölfbrunn", text="Hello", nonce="e1")
    Correction.objects.create(
        kind="relationships.city", object_id=1, page_title="A page", text="Zwölfbrunn is misspelt", name=NAME,
        email=OTHER_EMAIL, nonce="c1",
    )  # fmt: skip
    link = make_link(factories.city(), 7)
    type(link).objects.filter(pk=link.pk).update(note=f"for {EMAIL}", made_by=staff)
    for thing in (party, invitation, member):
        kind = ContentType.objects.get_for_model(type(thing))
        LogEntry.objects.create(
            user=staff, content_type=kind, object_id=str(thing.pk), object_repr=str(thing), action_flag=CHANGE,
            change_message=f"Wrote to {NAME}",
        )  # fmt: skip
    outbox.queue(
        key="invitation-of-a-test", kind="invitation", to_email=EMAIL, to_name=NAME, language="en",
        snapshot={"event": invitation.event_id, "invitation": invitation.pk, "version": 1, "name": NAME},
    )  # fmt: skip
    waits = SessionStore()
    waits["account_login_code"] = {"email": EMAIL, "code": "123456"}
    waits.save()


def traces_in(text: str) -> list[str]:
    """Where something of hers stands, a few letters on either side."""
    found: list[str] = []
    for word in TRACES:
        start = text.find(word)
        if start >= 0:
            found.append(text[max(0, start - 90) : start + 60])
    return found
