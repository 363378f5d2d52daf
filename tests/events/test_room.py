"""The room in which an event opens for staff: its seats, what is due, how answers came in, what the record lacks."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events import rsvp as verbs
from events.answer_plot import answer_plot, in_steps, pace
from events.models import Event, Rsvp, RsvpPolicy, RsvpTransition, SeatOffer, TeamMember
from events.seat_bar import SeatBar
from people.models import Member, RoleGrant, RoleName
from sistercities.mail.models import Message
from sistercities.pages.models import Revision
from tests import factories
from tests.events.crowd import crowd

pytestmark = pytest.mark.django_db
STAFF = verbs.By("staff")


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _open(staff: Client, event: Event, name: str = "room", **query: str) -> Any:
    return staff.get(reverse(f"admin:events_event_{name}", args=[event.pk]), query)


def _due(page: Any) -> list[str]:
    return [line.words for line in page.context["due"]]


# --- the bar of the seats -------------------------------------------------------------------------------


def test_the_bar_shows_every_kind_of_seat_side_by_side() -> None:
    bar = SeatBar(confirmed=4, offered=2, held=1, waiting=3, limit=10)
    assert [(part.name, part.seats, part.x, part.width) for part in bar.parts] == [
        ("confirmed", 4, "0.0", "184.6"),
        ("offered", 2, "184.6", "92.3"),
        ("held", 1, "276.9", "46.2"),
        ("free", 3, "323.1", "138.5"),
        ("waiting", 3, "461.5", "138.5"),
    ]


def test_a_long_line_takes_half_of_the_bar_and_is_told_in_full() -> None:
    bar = SeatBar(confirmed=10, offered=0, held=0, waiting=500, limit=10)
    assert [(part.seats, part.width) for part in bar.parts if part.seats] == [(10, "300.0"), (500, "300.0")]


def test_where_there_is_no_limit_nothing_is_called_free() -> None:
    bar = SeatBar(confirmed=0, offered=0, held=0, waiting=0, limit=None)
    assert [part.name for part in bar.told] == ["confirmed", "offered", "held", "waiting"]


# --- the overview ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["room", "programme", "record"])
def test_an_event_without_rsvps_has_a_room_too(name: str, staff: Client) -> None:
    page = _open(staff, factories.past_event(), name)
    assert page.status_code == 200
    assert reverse("admin:events_event_guests", args=[1]).split("/1/")[1] not in page.content.decode()


def test_the_list_of_events_leads_to_the_room(staff: Client) -> None:
    event = factories.past_event()
    page = staff.get(reverse("admin:events_event_changelist")).content.decode()
    assert reverse("admin:events_event_room", args=[event.pk]) in page


def test_the_room_says_who_is_next_and_how_the_seats_stand(staff: Client) -> None:
    event = factories.reception(2, largest_party=2)
    factories.rsvp(event, 2)
    factories.rsvp(event, 2, "Liang Wei")
    page = _open(staff, event)
    assert page.context["why"][0] == "Liang Wei is served next: nobody in line asked earlier."
    assert (page.context["bar"].confirmed, page.context["bar"].waiting) == (2, 2)
    assert [each.rsvp.name for each in page.context["line"]] == ["Liang Wei"]


def test_the_room_names_what_is_due_and_where_it_is_done(staff: Client) -> None:
    event = factories.reception(2, largest_party=2, mode=RsvpPolicy.Mode.APPROVAL)
    factories.rsvp(event, 1)
    factories.invitation(event)
    page = _open(staff, event)
    assert _due(page) == [
        "1 party asks to come.",
        "1 invitation is not sent yet.",
        "There is no programme yet.",
    ]
    assert [line.url for line in page.context["due"]] == [
        f"/admin/events/event/{event.pk}/guests/?status=requested",
        f"/admin/events/invitation/of/{event.pk}/?state=unsent",
        f"/admin/events/event/{event.pk}/programme/",
    ]


def test_an_event_with_nothing_to_do_says_so_kindly(staff: Client) -> None:
    event = factories.reception(days_ahead=60)
    page = _open(staff, event)
    assert _due(page) == []
    assert "Nothing just now. Everything is in order." in page.content.decode()


def test_an_offer_is_due_within_a_day_of_its_end_only(staff: Client) -> None:
    event = factories.reception(1, promotion="offer")
    first = factories.rsvp(event)
    factories.rsvp(event)
    verbs.withdraw(first)
    assert not [words for words in _due(_open(staff, event)) if "offer" in words]
    SeatOffer.objects.update(remind_at=None, expires_at=timezone.now() + timedelta(hours=23))
    assert [
        words for words in _due(_open(staff, event)) if words.startswith("1 offer ends within a day, on ")
    ]


def test_a_draft_says_that_nobody_can_read_it(staff: Client) -> None:
    event = factories.past_event(status="draft")
    assert "The page is a draft: nobody but staff can read it." in _due(_open(staff, event))


def test_a_letter_that_did_not_arrive_is_told_where_it_is_looked_after(staff: Client) -> None:
    event = factories.reception(days_ahead=60)
    factories.rsvp(event)
    Message.objects.update(error="no such box", failed_at=timezone.now())
    line = _open(staff, event).context["due"][0]
    assert (line.words, line.url) == ("1 letter did not arrive.", "/admin/mail/message/?state=trouble")


def test_the_room_costs_the_same_with_1_and_with_30_parties(
    staff: Client, django_assert_num_queries: Any
) -> None:
    event = factories.reception(1)
    factories.rsvp(event)
    factories.rsvp(event)
    _open(staff, event)
    with django_assert_num_queries(15):
        _open(staff, event)
    for _each in range(29):
        factories.rsvp(event)
        factories.invitation(event)
    with django_assert_num_queries(15):
        _open(staff, event)


def test_two_thousand_guests_are_drawn_in_as_many_questions(
    staff: Client, django_assert_num_queries: Any
) -> None:
    event = crowd(2_000, waiting=300)
    with django_assert_num_queries(15):
        page = _open(staff, event)
    assert (page.context["plot"].answers, page.context["plot"].steps[-1].seats) == (2_300, 2_000)
    assert page.context["more"] == 295


# --- how the answers came in ----------------------------------------------------------------------------


def test_the_plot_ends_with_the_seats_that_are_confirmed() -> None:
    event = factories.reception(10)
    gone = factories.rsvp(event, 3)
    factories.rsvp(event, 2)
    verbs.withdraw(gone)
    plot = answer_plot(event)
    assert plot is not None
    assert (plot.by, plot.answers, plot.steps[-1].seats) == ("hour", 2, 2)


def test_there_is_no_plot_before_anybody_answered() -> None:
    assert answer_plot(factories.reception()) is None


def test_days_without_an_answer_are_drawn_too() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    rows = [(datetime(2026, 3, day, 9, tzinfo=zone), 1, 2) for day in (1, 4)]
    steps = list(in_steps(rows, "day"))
    assert [(step.at.day, step.answers, step.seats) for step in steps] == [
        (1, 1, 2),
        (2, 0, 2),
        (3, 0, 2),
        (4, 1, 4),
    ]


def test_the_hour_that_clocks_show_twice_is_two_steps() -> None:
    zone = ZoneInfo("America/Los_Angeles")
    rows = [(datetime(2026, 11, 1, 1, tzinfo=zone, fold=fold), 1, 1) for fold in (0, 1)]
    assert [(step.answers, step.seats) for step in in_steps(rows, "hour")] == [(1, 1), (1, 2)]


@pytest.mark.parametrize(("days", "by"), [(1, "hour"), (30, "day"), (200, "week"), (2000, "month")])
def test_steps_grow_with_the_time_that_they_tell(days: int, by: str) -> None:
    assert pace(timedelta(days=days)) == by
    zone, first = ZoneInfo("UTC"), datetime(2020, 1, 31, 12, tzinfo=ZoneInfo("UTC"))
    rows = [(first, 1, 1), (first.replace(tzinfo=zone) + timedelta(days=days), 1, 1)]
    steps = list(in_steps(rows, by))
    assert (sum(step.answers for step in steps), len(steps) <= 71) == (2, True)


def test_the_plot_is_told_as_a_table_as_well(staff: Client) -> None:
    event = factories.reception(10)
    factories.rsvp(event, 3)
    page = _open(staff, event).content.decode()
    assert '<td class="number">+3</td>' in page


# --- who sees it ----------------------------------------------------------------------------------------


def _with_role(client: Client, role: RoleName, event: Event | None = None) -> Member:
    who = factories.member(f"{role}@example.org", is_staff=True)
    RoleGrant.objects.create(member=who, role=role)
    if event:
        TeamMember.objects.create(event=event, member=who, duty=role)
    client.force_login(who)
    return who


@pytest.mark.parametrize("name", ["room", "programme", "record"])
def test_a_host_opens_the_rooms_of_own_events_and_no_other(name: str, client: Client) -> None:
    own, foreign = factories.reception(), factories.reception()
    _with_role(client, RoleName.HOST, own)
    assert [_open(client, event, name).status_code for event in (own, foreign)] == [200, 404]


def test_the_door_finds_the_room_without_anything_about_guests(client: Client) -> None:
    event = factories.reception(1)
    factories.rsvp(event, 1, "Liang Wei")
    factories.rsvp(event, 1, "Tom Bradley")
    _with_role(client, RoleName.DOOR, event)
    page = _open(client, event)
    assert "bar" not in page.context
    assert "Bradley" not in page.content.decode()
    assert f"/{event.pk}/seats/" not in page.content.decode()


def test_a_reader_of_pages_sees_the_record_and_no_guests(client: Client) -> None:
    event = factories.reception()
    _with_role(client, RoleName.READER)
    page = _open(client, event)
    assert (page.status_code, "bar" in page.context) == (200, False)


# --- the programme --------------------------------------------------------------------------------------


def _programme(staff: Client, event: Event, rows: list[dict[str, Any]], **more: str) -> Any:
    opened = _open(staff, event, "programme").context["opened"]
    known = event.programme.count()
    data = {"programme-TOTAL_FORMS": len(rows), "programme-INITIAL_FORMS": known, "opened": opened, **more}
    for number, row in enumerate(rows):
        data |= {f"programme-{number}-{name}": value for name, value in row.items()}
    return staff.post(reverse("admin:events_event_programme", args=[event.pk]), data)


def test_the_programme_is_written_in_its_tab_numbered_anew_and_kept_as_a_revision(
    staff: Client, curator: Member
) -> None:
    event = factories.reception()
    rows = [
        {"position": 7, "at": "19:00", "title_en": "Toast", "title_zh_hans": "祝酒"},
        {"position": 3, "at": "18:30", "title_en": "Doors open", "title_zh_hans": ""},
    ]
    assert _programme(staff, event, rows).status_code == 302
    found = event.programme.values_list("position", "title_en")
    assert list(found) == [(1, "Doors open"), (2, "Toast")]
    assert Revision.objects.filter(kind="events.event").latest("number").made_by == curator
    assert "祝酒" in Event.objects.get().search_text


def test_a_line_without_a_title_is_marked_and_nothing_is_lost(staff: Client) -> None:
    event = factories.reception()
    page = _programme(staff, event, [{"position": 1, "at": "25:99", "title_en": "Toast"}])
    assert page.status_code == 422
    assert 'value="Toast"' in page.content.decode()
    assert not event.programme.exists()


def test_a_programme_that_somebody_saved_meanwhile_is_not_written_over(staff: Client) -> None:
    event = factories.reception()
    page = _programme(staff, event, [{"position": 1, "title_en": "Toast"}], opened="an older one")
    assert page.status_code == 409
    assert 'value="Toast"' in page.content.decode()
    assert not event.programme.exists()


def test_who_only_reads_changes_no_programme(client: Client) -> None:
    event = factories.reception()
    _with_role(client, RoleName.READER)
    assert _programme(client, event, [{"position": 1, "title_en": "Toast"}]).status_code == 403
    assert not event.programme.exists()


def test_remarks_stand_below_with_the_state_of_their_languages(staff: Client) -> None:
    event = factories.past_event()
    remark = factories.remark(event)
    remark.segments.create(position=2, text_en="Dear friends", text_zh_hans="")
    ((row, _publication, _states, paragraphs, may_edit),) = _open(staff, event, "programme").context[
        "remarks"
    ]
    assert (row, [count for _label, _lang, count in paragraphs], may_edit) == (remark, [2, 1], True)


def test_the_programme_costs_the_same_with_1_and_with_30_lines(
    staff: Client, django_assert_num_queries: Any
) -> None:
    event = factories.past_event()
    for number in range(30):
        event.programme.create(position=number, title_en="Toast", person=factories.person())
        factories.remark(event)
        if number in (0, 29):
            _open(staff, event, "programme")
            with django_assert_num_queries(7):
                _open(staff, event, "programme")


# --- the record -----------------------------------------------------------------------------------------


def _lacking(page: Any) -> list[str]:
    return [line.words for line in page.context["lines"] if line.state == "incomplete"]


def test_the_record_names_what_it_lacks(staff: Client) -> None:
    assert _lacking(_open(staff, factories.past_event(), "record")) == [
        "Nothing is written yet of how it was.",
        "How many came is not on record.",
        "Nobody is named as having been there.",
        "There are no pictures.",
        "No remarks are on record.",
        "No source is cited.",
    ]


def test_what_is_entered_is_wanting_no_longer(staff: Client) -> None:
    event = factories.past_event(
        body_en="It was", body_zh_hans="当时", attendance_en="700", attendance_zh_hans="七百"
    )
    for claim in ("held", "attendance"):
        factories.cite(event, claim=claim)
    event.gallery.create(picture=factories.picture(alt_en="A hall", alt_zh_hans="大厅"))
    event.gallery.create(position=1, picture=factories.picture(alt_en="", alt_zh_hans=""))
    event.participants.create(person=factories.person())
    factories.remark(event)
    assert _lacking(_open(staff, event, "record")) == [
        "1 picture is not described in both languages, so readers do not see it."
    ]


def test_what_was_signed_on_its_days_is_asked_about(staff: Client) -> None:
    bond = factories.relationship()
    event = factories.past_event()
    event.relationships.add(bond)
    signed = factories.agreement(bond)
    words = f"Signed on these days, and not on its record: {signed}. Was it here?"
    assert words in _lacking(_open(staff, event, "record"))


def test_the_record_costs_the_same_with_1_and_with_30_of_everything(
    staff: Client, django_assert_num_queries: Any
) -> None:
    event = factories.past_event()
    for number in range(30):
        event.gallery.create(position=number, picture=factories.picture())
        factories.remark(event)
        factories.cite(event)
        if number in (0, 29):
            _open(staff, event, "record")
            with django_assert_num_queries(5):
                _open(staff, event, "record")


# --- the line, and what is taken back -------------------------------------------------------------------


def _line_of_two(staff: Client) -> tuple[Event, Rsvp]:
    event = factories.reception(2, largest_party=2)
    for _each in range(3):
        factories.rsvp(event, 2)
    return event, event.rsvps.waiting().last()


def _put_first(staff: Client, rsvp: Rsvp) -> Any:
    url = reverse("admin:events_party_prioritise", args=[rsvp.pk], query={"from": "line"})
    return staff.post(url, {"priority": "0", "reason": "a guest of honour"}, follow=True)


def test_who_comes_from_the_line_goes_back_to_it_and_may_undo(staff: Client) -> None:
    event, last = _line_of_two(staff)
    page = _put_first(staff, last)
    assert page.redirect_chain == [(reverse("admin:events_event_seats", args=[event.pk]), 302)]
    assert event.rsvps.waiting().first() == last
    undo = reverse("admin:events_party_place_undo", args=[last.pk])
    assert undo in page.content.decode()
    change = RsvpTransition.objects.filter(rsvp=last).latest("pk")
    staff.post(undo, {"change": change.pk})
    assert event.rsvps.waiting().last() == last
    assert staff.get(undo).status_code == 405


def test_a_place_is_not_given_back_once_something_else_has_happened(staff: Client) -> None:
    event, last = _line_of_two(staff)
    _put_first(staff, last)
    change = RsvpTransition.objects.filter(rsvp=last).latest("pk")
    verbs.change(last, factories.answer(1, last.name))
    page = staff.post(
        reverse("admin:events_party_place_undo", args=[last.pk]), {"change": change.pk}, follow=True
    )
    assert "There is nothing to undo any more." in page.content.decode()
    assert event.rsvps.waiting().first() == last


def test_a_number_of_seats_is_taken_back_while_nobody_was_promised_one(staff: Client) -> None:
    event = factories.reception(4)
    url = reverse("admin:events_event_limit", args=[event.pk])
    page = staff.post(url, {"seat_limit": "9", "reason": "a larger hall"}, follow=True).content.decode()
    undo = reverse("admin:events_event_limit_undo", args=[event.pk])
    assert undo in page
    staff.post(undo, {"note": event.desk_notes.get().pk})
    assert RsvpPolicy.objects.get().seat_limit == 4


def test_where_the_new_seats_went_to_the_line_no_undo_is_offered(staff: Client) -> None:
    event, _last = _line_of_two(staff)
    url = reverse("admin:events_event_limit", args=[event.pk])
    page = staff.post(url, {"seat_limit": "4", "reason": "a larger hall"}, follow=True).content.decode()
    assert reverse("admin:events_event_limit_undo", args=[event.pk]) not in page


def test_the_seats_of_a_block_whose_owner_was_not_told_are_taken_back(staff: Client) -> None:
    event = factories.reception(10)
    told = [
        verbs.hold_seats(event, verbs.Block(name=name, seats=4, owner_email=to), STAFF)
        for name, to in (("广州市外办", ""), ("Port of Los Angeles", "port@example.org"))
    ]
    pages = []
    for hold in told:
        url = reverse("admin:events_hold_seats", args=[hold.pk])
        pages.append(staff.post(url, {"seats": "2", "reason": "two come"}, follow=True).content.decode())
    assert [">Undo<" in page for page in pages] == [True, False]
    staff.post(reverse("admin:events_hold_seats", args=[told[0].pk]), {"seats": "4", "reason": "Taken back"})
    assert [hold.seats for hold in event.holds.order_by("pk")] == [4, 2]
