"""Reminders before the day: at the right hour where the reader is, to whom they concern, and only while they are so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events import reminding
from events import rsvp as verbs
from events.desk_notes import tell_notes
from events.letter_previews import OwnWords, preview
from events.links import hold_url
from events.models import DeskNote, Event, RsvpPolicy
from people.models import Member
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.events.evenings import ANSWERED, EVENING, asked_for, at, coming, evening
from tests.events.postbox import (
    STAFF,
    all_delivered,
    body,
    calendar,
    lantern_reception,
    link_of,
    subject,
    taken_down,
)
from tests.forms import sent
from tests.post import Post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("", ["2026-10-25T16:00", "2026-11-05T17:00", "2026-11-07T17:00"]),
        ("Asia/Shanghai", ["2026-10-25T01:00", "2026-11-05T01:00", "2026-11-07T01:00"]),
        ("Pacific/Auckland", ["2026-10-24T20:00", "2026-11-04T20:00", "2026-11-06T20:00"]),
    ],
)
def test_guests_are_reminded_14_3_and_1_days_before_at_nine_on_their_own_clock(
    zone: str, hours: list[str]
) -> None:
    event = evening()
    coming(event, email="mei@example.org", member=factories.member("mei@example.org", timezone=zone))
    for hour in hours:
        moment = datetime.fromisoformat(hour).replace(tzinfo=UTC)
        assert asked_for(moment - timedelta(seconds=1)) == []
        assert asked_for(moment) == ["mei@example.org"]
    assert Message.objects.filter(kind="event_reminder").count() == 3


def test_only_who_comes_is_reminded_and_who_waits_for_more_of_the_seats_that_are_sure(post: Post) -> None:
    event = evening()
    with at(ANSWERED):
        verbs.set_limit(event, 5, STAFF)
        partly = taken_down(event, 2, "Mei Chen", email="partly@example.org")
        coming(event, 3, email="coming@example.org")
        taken_down(event, 1, email="waiting@example.org")
        verbs.change(partly, factories.answer(3, "Mei Chen", email="partly@example.org"), STAFF)
        verbs.withdraw(taken_down(event, 1, email="gone@example.org"), STAFF)
        outbox.send_due(1000)
    assert asked_for("2026-11-05T17:00:00+00:00") == ["coming@example.org", "partly@example.org"]
    with at("2026-11-05T17:01:00+00:00"):
        mail = all_delivered(post)["partly@example.org"]
    assert "your 2 seats are confirmed" in body(mail)
    assert "2 (1 more on the waiting list)" in body(mail)


def test_a_member_who_wants_no_reminders_gets_none(post: Post) -> None:
    event = evening()
    mei = factories.member("mei@example.org", wants_reminders=False)
    lin = factories.member("lin@example.org")
    coming(event, email=mei.email, member=mei)
    coming(event, email=lin.email, member=lin)
    assert asked_for("2026-11-05T17:00:00+00:00") == ["lin@example.org"]
    type(lin).objects.filter(pk=lin.pk).update(wants_reminders=False)
    with at("2026-11-05T17:01:00+00:00"):
        outbox.send_due(1000)
    assert Message.objects.get(kind="event_reminder").state == Message.State.OVERTAKEN


def test_nobody_is_reminded_who_heard_of_the_event_since_the_morning_before() -> None:
    event = evening()
    with at("2026-11-04T17:00:01+00:00"):
        taken_down(event, email="late@example.org")
    with at("2026-11-04T17:00:00+00:00"):
        taken_down(event, email="in-time@example.org")
    assert asked_for("2026-11-05T17:00:00+00:00") == ["in-time@example.org"]
    with at("2026-11-07T16:00:00+00:00"):
        verbs.announce_change(event, STAFF, DeskNote.Kind.MOVED, "", "the small hall")
    assert asked_for("2026-11-07T17:00:00+00:00") == []


def test_whoever_missed_the_morning_is_not_woken_at_night() -> None:
    event = evening()
    coming(event, email="mei@example.org")
    assert asked_for("2026-11-06T05:00:00+00:00") == []
    assert asked_for("2026-11-06T04:59:59+00:00") == ["mei@example.org"]


def test_who_looks_after_a_delegation_is_reminded_of_it_on_the_clock_of_the_place(post: Post) -> None:
    event = evening()
    block = verbs.Block("Foreign Affairs Office", 4, owner_name="Li Na", owner_email="li@example.org")
    with at(ANSWERED):
        hold = verbs.hold_seats(event, block, STAFF)
        verbs.name_delegates(hold, ["Wang Wei"], STAFF)
        outbox.send_due(1000)
    assert asked_for("2026-11-05T16:59:59+00:00", "hold_reminder") == []
    assert asked_for("2026-11-05T17:00:00+00:00", "hold_reminder") == ["li@example.org"]
    with at("2026-11-05T17:01:00+00:00"):
        mail = all_delivered(post)["li@example.org"]
        verbs.release_hold(hold, STAFF)
        outbox.send_due(1000)
    assert "we look forward to welcoming “Foreign Affairs Office”" in body(mail)
    assert hold_url(hold.link_handle, 1, "en") in body(mail, "html")
    assert asked_for("2026-11-07T17:00:00+00:00", "hold_reminder") == ["li@example.org"]
    with at("2026-11-08T05:00:00+00:00"):
        outbox.send_due(1000)
    assert Message.objects.filter(kind="hold_reminder").latest("pk").state == Message.State.OVERTAKEN


@pytest.mark.parametrize("overtaken_by", ["withdrawn", "moved", "called off", "postponed", "late", "draft"])
def test_a_reminder_that_is_no_longer_true_is_never_sent(post: Post, overtaken_by: str) -> None:
    event = evening()
    party = coming(event, email="mei@example.org")
    outbox.send_due(1000)
    assert asked_for("2026-11-05T17:00:00+00:00")
    with at("2026-11-05T17:01:00+00:00"):
        if overtaken_by == "withdrawn":
            verbs.withdraw(party, STAFF)
        elif overtaken_by == "moved":
            Event.objects.filter(pk=event.pk).update(starts_at=EVENING - timedelta(minutes=30))
        elif overtaken_by == "called off":
            verbs.call_off(event, "Flooded.", "场馆进水。", STAFF)
        elif overtaken_by == "postponed":
            Event.objects.filter(pk=event.pk).update(state="postponed")
        elif overtaken_by == "draft":
            Event.objects.filter(pk=event.pk).update(status="draft")
    with at("2026-11-06T05:00:00+00:00" if overtaken_by == "late" else "2026-11-05T17:02:00+00:00"):
        outbox.send_due(1000)
    assert Message.objects.get(kind="event_reminder").state == Message.State.OVERTAKEN


def test_an_event_that_moves_to_another_day_is_reminded_of_anew() -> None:
    event = evening()
    coming(event, email="mei@example.org")
    assert asked_for("2026-11-05T17:00:00+00:00") == ["mei@example.org"]
    event.starts_at, event.ends_at = EVENING + timedelta(days=7), EVENING + timedelta(days=7, hours=3)
    event.save()
    assert asked_for("2026-11-07T17:00:00+00:00") == []
    assert asked_for("2026-11-12T17:00:00+00:00") == ["mei@example.org"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_reminder_tells_all_that_one_needs_on_the_way(post: Post, language: str) -> None:
    event = evening()
    assert event.venue is not None
    event.venue.access_en, event.venue.access_zh_hans = "Step-free from Main Street.", "主街入口无障碍通行。"
    event.venue.save()
    event.spoken_en, event.spoken_zh_hans = "English and Chinese", "中文、英文"
    event.save()
    event.programme.create(position=1, title_en="Toast", title_zh_hans="祝酒")
    party = coming(event, 2, "Mei Chen", email="mei@example.org", language=language)
    with at(ANSWERED):
        outbox.send_due(1000)
    asked_for("2026-11-05T17:00:00+00:00")
    with at("2026-11-05T17:00:30+00:00"):
        mail = all_delivered(post)["mei@example.org"]
    chinese = language == "zh-hans"
    wanted = [
        "Sunday 8 November 2026, 6:30 pm",
        "200 N Spring Street",
        "Business",
        "Step-free from Main Street.",
        "English and Chinese",
        "your 2 seats are confirmed",
        "somebody else may have the seats",
    ]
    if chinese:
        wanted = [
            "2026年11月8日（星期日）18:30",
            "北春街200号",
            "正装",
            "主街入口无障碍通行。",
            "中文、英文",
            "2个名额",
        ]
    for kind in ("plain", "html"):
        for words in [*wanted, link_of(party), "#programme", "Mei Chen"]:
            assert words in body(mail, kind), words
    entry = calendar(mail)
    assert entry is not None
    assert entry.events[0].start == EVENING
    assert subject(mail).startswith("恭候光临" if chinese else "We look forward to seeing you")


def test_reminders_cost_the_same_for_three_guests_and_for_thirty() -> None:
    event, costs = evening(), []
    for number in range(30):
        coming(event, email=f"guest-{number}@example.org")
        if number in (2, 29):
            with at("2026-11-05T17:00:00+00:00"), CaptureQueriesContext(connection) as queries:
                reminding.remind()
            assert Message.objects.filter(kind="event_reminder").count() == number + 1
            Message.objects.all().delete()
            costs.append(len(queries))
    assert costs[0] == costs[1] <= 6


def test_first_rules_of_an_event_come_with_the_usual_days_filled_in(client: Client, curator: Member) -> None:
    client.force_login(curator)
    event = lantern_reception()
    event.rsvp_policy.delete()
    form = client.get(reverse("admin:events_event_change", args=[event.pk])).context["inline_admin_formsets"]
    (rules,) = [each.formset for each in form if each.formset.prefix == "rsvp_policy"]
    assert rules.empty_form["reminder_days"].value() == "14, 3, 1", "an empty field reminds nobody"


def test_staff_set_the_days_in_the_rules_of_the_event_and_it_is_noted(
    client: Client, curator: Member
) -> None:
    client.force_login(curator)
    event = lantern_reception()
    url = reverse("admin:events_event_change", args=[event.pk])
    wrong = client.post(url, sent(client.get(url), **{"rsvp_policy-0-reminder_days": "soon"}))
    assert "“soon” is no number of days" in wrong.content.decode()
    client.post(url, sent(client.get(url), **{"rsvp_policy-0-reminder_days": "2，7"}))
    assert RsvpPolicy.objects.get(event=event).reminder_days == [7, 2]
    (note,) = tell_notes(event.desk_notes.filter(kind=DeskNote.Kind.RULES), event)
    assert "“7, 2” instead of “14, 3, 1”" in note.sentence


@pytest.mark.parametrize("kind", ["event_reminder", "event_thanks"])
def test_staff_can_look_at_these_letters_before_anybody_gets_one(kind: str) -> None:
    event = evening()
    party = coming(event, email="mei@example.org")
    for person in (party, None):
        assert (
            preview(event, kind, "en", OwnWords("", "See you, {name}"), person).text.count("See you, ") == 1
        )
