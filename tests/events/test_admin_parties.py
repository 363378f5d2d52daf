"""What staff do with one party in the admin: decide, seat, move, withdraw, remove; always with who, how and why."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events import rsvp as verbs
from events.admin.deeds import DEEDS
from events.models import Actor, Event, Rsvp, RsvpTransition
from events.rsvp import By
from people.models import Member
from sistercities.busy import Busy
from sistercities.mail.models import Message
from tests import factories

pytestmark = pytest.mark.django_db

STAFF = By(Actor.STAFF, reason="as agreed")


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _do(staff: Client, rsvp: Rsvp, deed: str, **said: str) -> Any:
    return staff.post(reverse(f"admin:events_party_{deed}", args=[rsvp.pk]), {"reason": "as agreed", **said})


def _fresh(rsvp: Rsvp) -> Rsvp:
    return Rsvp.objects.get(pk=rsvp.pk)


def _waiting(**policy: Any) -> tuple[Event, Rsvp, Rsvp, Rsvp]:
    """Two seats taken by Ana; Ben and Chen wait for two each."""
    event = factories.reception(2, largest_party=2, **policy)
    ana, ben, chen = (factories.rsvp(event, 2, name) for name in ("Ana", "Ben", "Chen"))
    return event, ana, ben, chen


# --- requests -------------------------------------------------------------------------------------------


def test_a_request_is_admitted_with_words_to_the_guest(staff: Client, curator: Member) -> None:
    rsvp = factories.rsvp(factories.reception(mode="approval"), 2)
    assert rsvp.status == Rsvp.Status.REQUESTED
    assert _do(staff, rsvp, "approve", message="欢迎！").status_code == 302
    change = rsvp.transitions.last()
    assert (_fresh(rsvp).status, _fresh(rsvp).reply) == ("confirmed", "欢迎！")
    assert (change.deed, change.member, change.reason) == ("approved", curator, "as agreed")


def test_a_request_is_not_admitted_without_a_reason_for_the_record(staff: Client) -> None:
    rsvp = factories.rsvp(factories.reception(mode="approval"), 2)
    answer = _do(staff, rsvp, "reject", reason="", message="We are sorry.")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert "We are sorry." in answer.content.decode()
    _do(staff, rsvp, "reject", message="We are sorry.")
    assert (_fresh(rsvp).status, _fresh(rsvp).reply) == ("rejected", "We are sorry.")


def test_who_decides_too_late_is_told_how_it_stands(staff: Client) -> None:
    rsvp = factories.rsvp(factories.reception(mode="approval"), 2)
    _do(staff, rsvp, "approve")
    answer = staff.post(
        reverse("admin:events_party_reject", args=[rsvp.pk]), {"reason": "no", "message": ""}, follow=True
    )
    assert "Nothing was changed" in answer.content.decode()
    assert _fresh(rsvp).status == "confirmed"


# --- those who wait -------------------------------------------------------------------------------------


def test_a_party_is_put_first_with_a_reason_that_is_kept(staff: Client) -> None:
    _event, _ana, ben, chen = _waiting()
    assert _do(staff, chen, "prioritise", priority="0", reason="guest of the mayor").status_code == 302
    assert (_fresh(chen).priority, _fresh(chen).priority_reason) == (0, "guest of the mayor")
    assert (verbs.place_in_queue(_fresh(chen)), verbs.place_in_queue(_fresh(ben))) == (1, 2)


def test_free_seats_are_offered_out_of_turn(staff: Client) -> None:
    event = factories.reception(4, promotion="seat")
    factories.rsvp(event, 3)
    factories.rsvp(event, 4, "Big")
    small = factories.rsvp(event, 2, "Small")
    assert _do(staff, small, "offer", seats="1").status_code == 302
    assert _fresh(small).seats_offered == 1


def test_more_than_is_free_is_not_offered_and_the_way_out_is_said(staff: Client) -> None:
    _event, _ana, _ben, chen = _waiting()
    answer = _do(staff, chen, "offer", seats="2")
    assert answer.status_code == 422
    assert answer.context["form"].errors["seats"] == ["No seat is free. Raise the number of seats first."]


def test_offered_seats_are_taken_for_a_guest_who_calls(staff: Client, curator: Member) -> None:
    _event, ana, ben, _chen = _waiting(promotion="offer")
    verbs.withdraw(ana)
    assert _do(staff, ben, "accept", offer_seats="1", source="phone").status_code == 302
    change = ben.transitions.last()
    assert (_fresh(ben).seats_confirmed, change.source, change.member) == (1, "phone", curator)


@pytest.mark.parametrize("seats", ["0", "3", "1.5", "", "1_0", "9" * 400])
def test_a_wrong_number_of_offered_seats_is_explained_at_the_field(seats: str, staff: Client) -> None:
    _event, ana, ben, _chen = _waiting(promotion="offer")
    verbs.withdraw(ana)
    answer = _do(staff, ben, "accept", offer_seats=seats, source="phone")
    assert answer.status_code == 422
    assert "offer_seats" in answer.context["form"].errors
    assert _fresh(ben).seats_offered == 2


# --- the end of an answer -------------------------------------------------------------------------------


def test_a_removed_answer_leaves_no_name_and_no_mail(staff: Client) -> None:
    rsvp = factories.rsvp(factories.reception(), 2, "A Hoax", email="hoax@example.org")
    told = Message.objects.filter(to_email="hoax@example.org", kind="rsvp_withdrawn")
    page = staff.get(reverse("admin:events_party_remove", args=[rsvp.pk])).content.decode()
    assert "blanked for good" in page
    _do(staff, rsvp, "remove", reason="a prank")
    fresh = _fresh(rsvp)
    assert (fresh.status, fresh.name, fresh.email, told.exists()) == ("cancelled", "—", "", False)


def test_of_a_removed_answer_nothing_can_be_changed_and_no_page_offers_it(staff: Client) -> None:
    rsvp = factories.rsvp(factories.reception(), 2, "A Hoax")
    change = reverse("admin:events_party_change", args=[rsvp.pk])
    pages = [
        reverse("admin:events_event_guests", args=[rsvp.event_id]),
        reverse("admin:events_rsvp_change", args=[rsvp.pk]),
    ]
    assert [change in staff.get(page).content.decode() for page in pages] == [True, True]
    said = staff.post(
        reverse("admin:events_party_remove", args=[rsvp.pk]), {"reason": "a prank"}, follow=True
    )
    assert "What is left says only that there was an answer." in said.content.decode()
    assert [change in staff.get(page).content.decode() for page in pages] == [False, False]
    assert staff.post(change, {"name": "Again", "answer": "going", "seats": "1"}).status_code == 302
    assert _fresh(rsvp).name == "—"


def test_an_answer_stands_on_one_clock_that_of_the_place(staff: Client) -> None:
    rsvp = factories.rsvp(factories.reception())
    Event.objects.update(timezone="Asia/Shanghai")
    Rsvp.objects.update(answered_at=datetime(2026, 11, 21, 20, tzinfo=UTC))
    page = staff.get(reverse("admin:events_rsvp_change", args=[rsvp.pk])).content.decode()
    assert "Sunday 22 November 2026, 4:00" in page


def test_withdrawing_names_how_it_reached_us(staff: Client) -> None:
    rsvp = factories.rsvp(factories.reception(), 2)
    _do(staff, rsvp, "withdraw", source="person")
    change = rsvp.transitions.last()
    assert (change.deed, change.source, change.reason) == ("withdrawn", "person", "as agreed")


def test_a_busy_desk_is_not_told_as_a_fault_of_what_was_typed(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any) -> None:
        raise Busy

    rsvp = factories.rsvp(factories.reception(), 2)
    monkeypatch.setattr(verbs, "withdraw", busy)
    page = _do(staff, rsvp, "withdraw", source="phone", reason="she is ill")
    said = page.content.decode()
    assert (page.status_code, "Nothing was recorded" in said, "she is ill" in said) == (503, True, True)
    assert "Please correct" not in said


def test_an_answer_is_never_deleted(staff: Client, curator: Member) -> None:
    rsvp = factories.rsvp(factories.reception())
    assert staff.get(reverse("admin:events_rsvp_delete", args=[rsvp.pk])).status_code == 403
    staff.post(
        reverse("admin:events_rsvp_changelist"),
        {"action": "delete_selected", "_selected_action": [rsvp.pk], "post": "yes"},
    )
    assert Rsvp.objects.filter(pk=rsvp.pk).exists()


# --- delegations, sources -------------------------------------------------------------------------------


def test_the_answer_of_a_delegation_is_changed_on_its_own_page(staff: Client) -> None:
    event = factories.reception(9)
    hold = verbs.hold_seats(event, verbs.Block("Consulate", 3), STAFF)
    verbs.name_delegates(hold, ["Wang", "Li"], STAFF)
    answer = staff.get(reverse("admin:events_party_change", args=[event.rsvps.get().pk]))
    assert answer.headers["Location"] == reverse("admin:events_hold", args=[hold.pk])


def test_a_change_by_staff_leaves_the_guest_taking_any_seat(staff: Client) -> None:
    event = factories.reception(1, largest_party=1)
    factories.rsvp(event)
    rsvp = factories.rsvp(event, 1, "Mei", takes_any=True)
    page = staff.get(reverse("admin:events_party_change", args=[rsvp.pk]))
    said = {**page.context["form"].initial, "message": "No nuts, please.", "source": "letter", "reason": ""}
    said["takes_any"] = "on"
    assert staff.post(reverse("admin:events_party_change", args=[rsvp.pk]), said).status_code == 302
    assert (_fresh(rsvp).takes_any, rsvp.transitions.last().source) == (True, "letter")


# --- who may --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", [each.name for each in DEEDS])
def test_deeds_are_for_staff_with_the_right_only(deed: str, client: Client, member: Member) -> None:
    rsvp = factories.rsvp(factories.reception(mode="approval"), 2)
    member.is_staff = True
    member.save()
    client.force_login(member)
    assert _do(client, rsvp, deed).status_code == 403
    assert RsvpTransition.objects.count() == 1


@pytest.mark.parametrize("deed", [each.name for each in DEEDS])
def test_looking_at_a_deed_changes_nothing(deed: str, staff: Client) -> None:
    _event, ana, ben, _chen = _waiting(promotion="offer")
    verbs.withdraw(ana)
    asks = factories.rsvp(factories.reception(mode="approval"), 2)
    for rsvp in (ben, asks):
        noted = rsvp.transitions.count()
        staff.get(reverse(f"admin:events_party_{deed}", args=[rsvp.pk]))
        assert rsvp.transitions.count() == noted


# --- reading --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_history_is_read_on_the_answer_and_printed(language: str, staff: Client) -> None:
    rsvp = factories.rsvp(factories.reception(), 2)
    for name in ("events_rsvp_change", "events_party_history"):
        page = staff.get(reverse(f"admin:{name}", args=[rsvp.pk]), headers={"accept-language": language})
        assert page.context["history"][0].sentence in page.content.decode()


def test_an_answer_that_is_not_confirmed_yet_stands_apart(staff: Client) -> None:
    event = factories.reception(verify_email=True)
    rsvp = factories.rsvp(event, 2, "Maybe Mei")
    page = staff.get(reverse("admin:events_event_guests", args=[event.pk]))
    assert page.context["parties"] == []
    assert [party.rsvp for party in page.context["unverified"]] == [rsvp]
    sheet = staff.get(reverse("admin:events_event_guests_csv", args=[event.pk])).content.decode()
    assert "Maybe Mei" not in sheet


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"status": "waiting"}, ["Ben", "Chen"]),
        ({"status": "offered"}, ["Ben"]),
        ({"status": "cancelled"}, ["Ana"]),
        ({"source": "phone"}, ["Dora"]),
        ({"status": "nonsense"}, []),
    ],
)
def test_guest_list_is_narrowed(asked: dict[str, str], names: list[str], staff: Client) -> None:
    event, ana, _ben, _chen = _waiting(promotion="offer")
    verbs.withdraw(ana)
    verbs.respond(event, factories.answer(0, "Dora"), By(Actor.STAFF, source="phone"))
    page = staff.get(reverse("admin:events_event_guests", args=[event.pk]), asked)
    assert [party.rsvp.name for party in page.context["parties"]] == names


def test_the_list_stands_in_the_order_in_which_the_line_is_served(staff: Client) -> None:
    event, _ana, _ben, chen = _waiting()
    verbs.prioritise(chen, Rsvp.Priority.HOSTS, STAFF)
    page = staff.get(reverse("admin:events_event_guests", args=[event.pk]))
    assert [(party.rsvp.name, party.place) for party in page.context["parties"]] == [
        ("Ana", None),
        ("Chen", 1),
        ("Ben", 2),
    ]


@pytest.mark.parametrize("name", ["events_rsvp_change", "events_party_history"])
def test_an_answer_is_read_at_the_same_cost_however_often_it_was_changed(
    name: str, staff: Client, django_assert_num_queries: Any
) -> None:
    rsvp = factories.rsvp(factories.reception(), 1, "Mei")
    url = reverse(f"admin:{name}", args=[rsvp.pk])
    staff.get(url)
    queries = {"events_rsvp_change": 8, "events_party_history": 4}[name]
    with django_assert_num_queries(queries):
        staff.get(url)
    for seats in (2, 3, 2, 4, 1):
        verbs.change(rsvp, factories.answer(seats, "Mei"), STAFF)
    with django_assert_num_queries(queries):
        staff.get(url)
