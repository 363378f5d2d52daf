"""What the desk tells of events, to whom, and where each line leads."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events import rsvp as verbs
from events.models import Event, Guest, Invitation, Mailing, RsvpPolicy, SeatHold, SeatOffer, TeamMember
from people.models import Member, RoleGrant, RoleName
from sistercities.mail.models import Message
from sistercities.pages.models import ContentVersion
from tests import factories
from tests.events.crowd import crowd

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    ContentVersion.objects.get_or_create(pk=1)  # a test that empties all tables may have come before
    client.force_login(curator)
    return client


def desk(client: Client) -> str:
    return client.get("/admin/").content.decode()


def link(name: str, event: Event, query: str = "") -> str:
    return f'href="{reverse(f"admin:{name}", args=[event.pk])}{query}"'


def asking(event: Event, count: int) -> None:
    RsvpPolicy.objects.filter(event=event).update(mode=RsvpPolicy.Mode.APPROVAL)
    for _number in range(count):
        factories.rsvp(Event.objects.get(pk=event.pk))


def works_as(role: RoleName, event: Event | None = None) -> Member:
    member = factories.member(f"{role}@example.org", is_staff=True)
    RoleGrant.objects.create(member=member, role=role)
    if event:
        duty = TeamMember.Duty.DOOR if role == RoleName.DOOR else TeamMember.Duty.HOST
        TeamMember.objects.create(event=event, member=member, duty=duty)
    return member


# --- what needs somebody ----------------------------------------------------------------------------------


def test_requests_lead_to_those_who_ask(staff: Client) -> None:
    event = factories.reception()
    asking(event, 2)
    assert f"{link('events_event_guests', event, '?status=requested')}>2 parties ask to come<" in desk(staff)


def test_offers_are_told_of_a_day_and_a_half_before_they_lapse(staff: Client) -> None:
    event = factories.reception(seats=2, promotion="offer")
    there = factories.rsvp(event, 2)
    factories.rsvp(event, 1)
    verbs.change(there, factories.answer(1, there.name, email=there.email))
    line = f"{link('events_event_seats', event)}>1 offer of seats lapses soon<"
    for hours, is_told in ((60, False), (30, True)):
        SeatOffer.objects.update(expires_at=timezone.now() + timedelta(hours=hours), remind_at=None)
        assert (line in desk(staff)) is is_told, hours


def test_guests_without_a_name_are_told_of_in_the_week_before_their_day(staff: Client) -> None:
    event = factories.reception()
    factories.rsvp(event, 3)
    assert Guest.objects.filter(rsvp__event=event, name="").count() == 2
    line = f"{link('events_event_guests', event, '?status=unnamed')}>2 companions have no name yet<"
    for days, is_told in ((9, False), (5, True), (-1, True)):
        RsvpPolicy.objects.filter(event=event).update(names_by=timezone.now() + timedelta(days=days))
        assert (line in desk(staff)) is is_told, days


def test_seats_of_delegations_are_told_of_before_names_are_fixed(staff: Client) -> None:
    event = factories.reception()
    soon = timezone.now() + timedelta(days=3)
    SeatHold.objects.create(event=event, name="Port office", seats=4, seats_unnamed=3, freezes_at=soon)
    assert "3 seats kept for delegations have no name yet" in desk(staff)


def test_invitations_that_nobody_sent_are_told_of(staff: Client) -> None:
    event = factories.reception()
    factories.invitation(event)
    Invitation.objects.filter(pk=factories.invitation(event).pk).update(sent_at=timezone.now(), letter="sent")
    line = (
        f"{link('events_invitation_overview', event, '?state=unsent')}>1 invitation is written and not sent<"
    )
    assert line in desk(staff)


def test_letters_to_guests_that_did_not_arrive_lead_to_their_letter(staff: Client) -> None:
    event, now = factories.reception(), timezone.now()
    mailing = Mailing.objects.create(event=event, subject_en="Parking", sent_at=now, recipients=3)
    for number, fields in enumerate(
        ({"returned_at": now, "sent_at": now}, {"failed_at": now}, {"sent_at": now})
    ):
        key = f"mailing:{mailing.pk}:rsvp:{number}"
        error = "" if len(fields) == 1 and "sent_at" in fields else "550 No such mailbox"
        Message.objects.create(key=key, kind="event_letter", to_email="a@example.org", error=error, **fields)
    address = reverse("admin:events_mailing", args=[mailing.pk])
    assert f'href="{address}">2 letters to guests did not arrive<' in desk(staff)


def test_an_event_that_is_near_and_a_draft_is_told_of(staff: Client) -> None:
    near = factories.event(days_ahead=10, status="draft")
    far = factories.event(days_ahead=100, status="draft")
    shown = desk(staff).partition("Next events")[0]
    assert link("events_event_change", near) in shown
    assert link("events_event_change", far) not in shown


def test_an_event_without_pictures_or_remarks_is_told_of_when_it_is_over(staff: Client) -> None:
    held, whole = factories.event(days_ahead=-5), factories.event(days_ahead=-6)
    factories.remark(whole)
    whole.gallery.create(picture=factories.picture())
    shown = desk(staff)
    assert link("events_event_record", held) in shown
    assert link("events_event_record", whole) not in shown
    assert "there are no pictures, remarks yet" in shown


def test_what_is_over_or_called_off_asks_nothing_of_anybody(staff: Client) -> None:
    over, off = factories.reception(), factories.reception()
    for event in (over, off):
        asking(event, 1)
    now = timezone.now()
    Event.objects.filter(pk=over.pk).update(
        starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1)
    )
    Event.objects.filter(pk=off.pk).update(state="cancelled", notice_en="The hall burnt.")
    assert "asks to come" not in desk(staff)


# --- what comes -------------------------------------------------------------------------------------------


def test_the_next_round_anniversary_is_planned_by_one_press(staff: Client) -> None:
    day = timezone.localdate() + timedelta(days=90)
    bond = factories.relationship(established=f"{day.year - 25}-{day:%m-%d}")
    shown = desk(staff)
    assert f"{bond.title}: 25 years" in shown
    assert 'name="years" value="25"' in shown
    staff.post(reverse("admin:events_event_plan"), {"bond": bond.pk, "years": 25})
    planned = Event.objects.get(marks=bond)
    shown = desk(staff)
    assert link("events_event_room", planned) in shown
    assert "Plan it" not in shown


def test_seats_stand_as_a_bar_and_in_words(staff: Client) -> None:
    event = factories.reception(seats=5)
    factories.rsvp(event, 3)
    factories.rsvp(event, 4)
    shown = desk(staff)
    assert link("events_event_room", event) in shown
    for told in ("<dt>confirmed</dt><dd>3</dd>", "<dt>free</dt><dd>2</dd>", "<dt>waited for</dt><dd>4</dd>"):
        assert told in shown
    assert 'class="seats-confirmed" x="0.0"' in shown


# --- to whom ----------------------------------------------------------------------------------------------


def round_years() -> int:
    """How old a bond of 8 December 1981 becomes at its next round anniversary."""
    years = timezone.localdate().year - 1981 + (f"{timezone.localdate():%m-%d}" > "12-08")
    return years + -years % 5


def test_a_host_is_told_of_own_events_alone(client: Client) -> None:
    own, foreign = factories.reception(), factories.reception()
    for event in (own, foreign):
        asking(event, 2)
        factories.invitation(event)
    Event.objects.filter(pk=foreign.pk).update(marks=factories.relationship(), marks_years=round_years())
    client.force_login(works_as(RoleName.HOST, own))
    shown = desk(client)
    assert link("events_event_guests", own, "?status=requested") in shown
    assert f"/{foreign.pk}/" not in shown


def test_whoever_reads_all_events_counts_guests_at_none(client: Client) -> None:
    event = factories.reception()
    asking(event, 1)
    client.force_login(works_as(RoleName.READER))
    shown = desk(client)
    assert link("events_event_room", event) in shown
    assert "asks to come" not in shown
    assert "seat-bar" not in shown
    assert "Guest list" not in shown


def test_whoever_stands_at_the_door_sees_who_comes_to_that_event_and_no_number(client: Client) -> None:
    own, foreign = factories.reception(), factories.reception()
    client.force_login(works_as(RoleName.DOOR, own))
    shown = desk(client)
    assert f"{link('events_event_guest_names', own)}>Who comes<" in shown
    assert f"/{foreign.pk}/" not in shown
    assert "seat-bar" not in shown


def test_the_desk_opens_for_every_role_in_both_languages(client: Client) -> None:
    event = factories.reception()
    for role in RoleName:
        client.force_login(works_as(role, event))
        for language, title in (("en", "Desk |"), ("zh-hans", "工作台 |")):
            client.cookies["django_language"] = language
            answer = client.get("/admin/")
            assert answer.status_code == 200, role
            assert title in answer.content.decode()


# --- at what cost -----------------------------------------------------------------------------------------


def test_the_desk_costs_the_same_with_1_and_with_12_of_everything(
    staff: Client, django_assert_num_queries: Any
) -> None:
    plant_one()
    staff.get("/admin/")
    with django_assert_num_queries(27):
        staff.get("/admin/")
    for _number in range(11):
        plant_one()
    staff.get("/admin/")
    with django_assert_num_queries(27):
        staff.get("/admin/")


def plant_one() -> None:
    now = timezone.now()
    event = factories.reception(names_by=now + timedelta(days=1))
    asking(event, 1)
    factories.rsvp(event, 3)
    factories.invitation(event)
    factories.event(days_ahead=-5)
    factories.event(days_ahead=6, status="draft")
    factories.story(title_zh_hans="", publish_at=now + timedelta(days=2))


def test_two_thousand_guests_are_counted_in_as_many_queries(
    staff: Client, django_assert_num_queries: Any
) -> None:
    crowd(2_000, 200)
    shown = desk(staff)
    assert "<dd>2000</dd>" in shown
    assert "<dt>waited for</dt><dd>200</dd>" in shown
    with django_assert_num_queries(27):
        staff.get("/admin/")
