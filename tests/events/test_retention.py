"""What guests told goes when its time is over: not a day sooner, all of it, and reported."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.utils import timezone, translation

from events import retention
from events import rsvp as verbs
from events.admin.policy_forms import PolicyForm
from events.desk_notes import tell_notes
from events.models import (
    Actor,
    DeskNote,
    Event,
    Guest,
    Invitation,
    InvitationList,
    Mailing,
    Question,
    QuestionAnswer,
    Rsvp,
    RsvpPolicy,
    RsvpTransition,
    SeatHold,
)
from people.models import Member
from sistercities.audit import violations
from sistercities.mail import keeping, outbox
from sistercities.mail.models import Message
from tests import factories
from tests.forms import sent
from tests.somebody import traces_in

pytestmark = pytest.mark.django_db
NAME, EMAIL = "Quirina Zwölfbrunn", "quirina@zwoelfbrunn.example"


def ended(event: Event, days_ago: float) -> None:
    """Move an event into the past, as time does."""
    ends = timezone.now() - timedelta(days=days_ago)
    Event.objects.filter(pk=event.pk).update(starts_at=ends - timedelta(hours=3), ends_at=ends)


@pytest.fixture
def reception(curator: Member) -> Event:
    """With an answer, a delegation, an invitation, a list, a letter; somebody was served out of turn."""
    event = factories.reception(20, promotion="offer")
    party = factories.rsvp(event, 2, NAME, email=EMAIL, companions=("Ottokar Zwölfbrunn",), message="peanuts")
    reason = verbs.By(Actor.STAFF, curator, f"{NAME} asked by telephone")
    verbs.change(party, factories.answer(3, NAME, email=EMAIL, companions=("Ottokar Zwölfbrunn", "")), reason)
    question = Question.objects.create(event=event, label_en="What do you not eat?", is_sensitive=True)
    QuestionAnswer.objects.create(rsvp=party, question=question, text="peanuts")
    other = Question.objects.create(event=event, label_en="Which song?")
    QuestionAnswer.objects.create(rsvp=party, question=other, text="Zwölfbrunn, the song")
    held = verbs.hold_seats(
        event, verbs.Block(name="Zwölfbrunn choir", seats=3, owner_name=NAME, owner_email=EMAIL), reason
    )
    verbs.name_delegates(held, ("Anna Zwölfbrunn",), verbs.GUEST)
    factories.invitation(event, "Karl Zwölfbrunn", email="karl@zwoelfbrunn.example", sent_at=timezone.now())
    InvitationList.objects.create(event=event, name="Corps", rows=[{"name": NAME}])
    Mailing.objects.create(event=event, subject_en="A word", audience={"only": [EMAIL]})
    return event


def everything_of(event: Event) -> str:
    """All rows of an event, as text."""
    rows: list[Any] = [
        *Rsvp.objects.filter(event=event).values(),
        *Guest.objects.filter(rsvp__event=event).values(),
        *QuestionAnswer.objects.filter(rsvp__event=event).values(),
        *RsvpTransition.objects.filter(rsvp__event=event).values(),
        *DeskNote.objects.filter(event=event).values(),
        *SeatHold.objects.filter(event=event).values(),
        *Invitation.objects.filter(event=event).values(),
        *InvitationList.objects.filter(event=event).values(),
        *Mailing.objects.filter(event=event).values(),
        *Message.objects.values(),
    ]
    return str(rows)


def test_sensitive_replies_go_first_and_all_else_stays(reception: Event) -> None:
    ended(reception, 14.1)
    retention.forget_due()
    assert [each.text for each in QuestionAnswer.objects.all()] == ["Zwölfbrunn, the song"]
    assert Rsvp.objects.filter(name=NAME).exists()
    note = DeskNote.objects.get(kind=DeskNote.Kind.FORGOTTEN)
    assert (note.subject, note.after, note.actor) == ("sensitive", "replies=1", Actor.SYSTEM)
    assert RsvpPolicy.objects.get(event=reception).sensitive_forgotten_at is not None


@pytest.mark.parametrize(("days", "kept"), [(13.9, 2), (14.1, 1)])
def test_sensitive_replies_stay_until_the_day(reception: Event, days: float, kept: int) -> None:
    ended(reception, days)
    retention.forget_due()
    assert QuestionAnswer.objects.count() == kept


def test_after_its_time_nothing_names_anybody_and_the_numbers_stay(reception: Event) -> None:
    ended(reception, 365.1)
    before = RsvpPolicy.objects.get(event=reception).seats_committed
    assert retention.forget_due() > 0
    assert traces_in(everything_of(reception)) == []
    assert RsvpPolicy.objects.get(event=reception).seats_committed == before
    assert sorted(Rsvp.objects.values_list("status", "seats_confirmed")) == [
        ("confirmed", 1),
        ("confirmed", 3),
    ]
    assert Guest.objects.count() == 4
    assert Invitation.objects.filter(sent_at__isnull=False).count() == 1
    assert not Message.objects.exists()
    assert RsvpPolicy.objects.get(event=reception).forgotten_at is not None
    assert list(violations()) == []


def test_doing_it_twice_leaves_one_report(reception: Event) -> None:
    ended(reception, 400)
    retention.forget_due()
    notes = DeskNote.objects.filter(kind=DeskNote.Kind.FORGOTTEN).count()
    assert retention.forget_due() == 0
    assert DeskNote.objects.filter(kind=DeskNote.Kind.FORGOTTEN).count() == notes


def test_nothing_goes_before_the_day(reception: Event) -> None:
    QuestionAnswer.objects.all().delete()
    ended(reception, 364.9)
    before = everything_of(reception)
    assert retention.forget_due() == 0
    assert everything_of(reception) == before


@pytest.mark.parametrize("state", [Event.State.POSTPONED, Event.State.ON])
def test_nothing_goes_while_the_event_is_still_to_come(reception: Event, state: str) -> None:
    """A postponed one may be long past its first date."""
    if state == Event.State.POSTPONED:
        ended(reception, 2000)
    Event.objects.filter(pk=reception.pk).update(state=state)
    assert retention.forget_due() == 0
    assert Rsvp.objects.filter(name=NAME).exists()


def test_a_cancelled_event_has_its_time_too(reception: Event) -> None:
    ended(reception, 400)
    Event.objects.filter(pk=reception.pk).update(state=Event.State.CANCELLED)
    retention.forget_due()
    assert traces_in(everything_of(reception)) == []


def test_many_answers_go_in_portions_each_noted(reception: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 1)
    ended(reception, 400)
    retention.forget_due()
    noted = [note.after for note in DeskNote.objects.filter(kind=DeskNote.Kind.FORGOTTEN, subject="all")]
    assert sum("answers=1" in each for each in noted) == 2
    assert traces_in(everything_of(reception)) == []


def test_what_is_added_after_the_end_goes_as_well(reception: Event, curator: Member) -> None:
    ended(reception, 400)
    retention.forget_due()
    Rsvp.objects.filter(event=reception, hold=None).update(name=NAME, email=EMAIL)
    retention.forget_due()
    assert not Rsvp.objects.filter(name=NAME).exists()


def test_audit_finds_what_should_be_gone(reception: Event) -> None:
    QuestionAnswer.objects.all().delete()
    ended(reception, 366)
    assert [str(each) for each in violations()] == []
    ended(reception, 368)
    assert [each.finding for each in violations()] == [
        f"{reception.slug}: names, addresses or messages are left"
    ]
    retention.forget_due()
    assert list(violations()) == []


def test_an_offer_out_of_turn_is_no_fault_once_its_reason_is_gone(curator: Member) -> None:
    event = factories.reception(2, promotion="seat")
    first = factories.rsvp(event, 2, "First", companions=("Theirs",))
    factories.rsvp(event, 2, "Second", companions=("Theirs",))
    third = factories.rsvp(event, 1, "Third")
    verbs.change(first, factories.answer(1, "First"))
    verbs.offer(third, 1, verbs.By(Actor.STAFF, curator, "a matter of protocol"))
    assert [each for each in violations() if "reason" in each.finding] == []
    ended(event, 400)
    retention.forget_due()
    assert RsvpTransition.objects.exclude(reason="").count() == 0
    assert [each for each in violations() if "reason" in each.finding] == []


@pytest.mark.parametrize(("language", "words"), [("en", "answers: 2"), ("zh-hans", "2")])
def test_desk_tells_what_was_removed(reception: Event, language: str, words: str) -> None:
    ended(reception, 400)
    retention.forget_due()
    with translation.override(language):
        told = tell_notes(
            DeskNote.objects.filter(kind=DeskNote.Kind.FORGOTTEN, after__contains="answers"), reception
        )
        assert words in told[0].sentence


# --- the rules ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("retention_days", "5", "greater than or equal to 30"),
        ("retention_days", "99999", "less than or equal to 1825"),
        ("retention_days", "soon", "whole number"),
        ("sensitive_days", "0", "greater than or equal to 1"),
        ("sensitive_days", "-3", "greater than or equal to 0"),
        ("sensitive_days", "91", "less than or equal to 90"),
    ],
)
def test_nonsense_is_refused_beside_the_field(name: str, value: str, words: str) -> None:
    event = factories.reception(5)
    fine = {"retention_days": "365", "sensitive_days": "14"}
    form = PolicyForm({**fine, name: value}, instance=event.rsvp_policy, event=event)
    assert form.errors.keys() & fine.keys() == {name}
    assert words in str(form.errors[name])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_sensitive_is_never_kept_longer_than_all_else(language: str) -> None:
    event = factories.reception(5)
    days = {"retention_days": "30", "sensitive_days": "60"}
    with translation.override(language):
        form = PolicyForm(days, instance=event.rsvp_policy, event=event)
        words = {"en": "kept no longer than the others", "zh-hans": "敏感"}
        assert words[language] in str(form.errors["sensitive_days"])


def test_staff_change_how_long_and_the_desk_notes_it(admin_client: Client, reception: Event) -> None:
    form = admin_client.get(f"/admin/events/event/{reception.pk}/change/")
    admin_client.post(
        f"/admin/events/event/{reception.pk}/change/", sent(form, **{"rsvp_policy-0-retention_days": "90"})
    )
    assert RsvpPolicy.objects.get(event=reception).retention_days == 90
    note = DeskNote.objects.get(event=reception, kind=DeskNote.Kind.RULES)
    assert (note.subject, note.before, note.after) == ("retention_days", "365", "90")


# --- the outbox -----------------------------------------------------------------------------------------


def test_mails_are_remembered_for_three_months() -> None:
    for days in (89, 91):
        mail = outbox.queue(
            key=f"{days}", kind="a kind", to_email="a@example.org", language="en", snapshot={}
        )
        Message.objects.filter(pk=mail.pk).update(sent_at=timezone.now() - timedelta(days=days))
    outbox.queue(key="waits", kind="a kind", to_email="a@example.org", language="en", snapshot={})
    assert keeping.forget_old() == 1
    assert sorted(Message.objects.values_list("key", flat=True)) == ["89", "waits"]


def test_audit_finds_mails_that_are_remembered_too_long() -> None:
    mail = outbox.queue(key="old", kind="a kind", to_email="a@example.org", language="en", snapshot={})
    Message.objects.filter(pk=mail.pk).update(failed_at=timezone.now() - timedelta(days=93), error="gone")
    assert [each.finding for each in violations()] == ["1 mails"]


# --- columns that are yet to come -----------------------------------------------------------------------

NOT_PERSONAL = {"link_handle", "email_key", "nonce"}


@pytest.mark.parametrize("model", [Rsvp, Guest, Invitation, SeatHold, QuestionAnswer])
def test_no_text_of_a_row_outlives_its_time(reception: Event, model: type[models.Model]) -> None:
    """Whoever adds a column for words sees here that they have to go."""
    words = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]
    words = [name for name in words if name not in NOT_PERSONAL]
    cut = {name: "Zwölfbrunn"[: model._meta.get_field(name).max_length] for name in words if name != "email"}
    model._base_manager.filter(
        **({} if model is not QuestionAnswer else {"choice": None, "yes": None})
    ).update(**cut)
    ended(reception, 400)
    retention.forget_due()
    left = {
        (name, value) for row in model._base_manager.values(*words) for name, value in row.items() if value
    }
    assert {value for _name, value in left} <= {"—"}
