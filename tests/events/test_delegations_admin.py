"""What staff do with blocks of seats in the admin, and what they are told where it cannot be done."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events import rsvp as verbs
from events.models import DeskNote, Event, RsvpTransition, SeatHold
from events.rsvp import By
from people.models import Member
from sistercities.mail.models import Message
from tests import factories
from tests.events.delegates import NEW, block, committed, names_in, page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def keep(staff: Client, event: Event, **fields: Any) -> Any:
    form = {"name": "广州市外办", "seats": "12", "language": "zh-hans", "owner_email": "li.na@example.org"}
    return staff.post(reverse("admin:events_hold_add", args=[event.pk]), {**form, **fields})


def act(staff: Client, what: str, hold: SeatHold, **fields: Any) -> Any:
    return staff.post(reverse(f"admin:events_hold_{what}", args=[hold.pk]), fields)


def errors_in(answer: Any) -> Any:
    return answer.context["form"].errors


# --- making ---------------------------------------------------------------------------------------------


def test_a_block_is_kept_frozen_on_the_clocks_of_the_place_and_its_owner_written_to(staff: Client) -> None:
    event = factories.reception(seats=20)
    day = (timezone.now() + timedelta(days=10)).date()
    answer = keep(staff, event, freezes_at_0=day.isoformat(), freezes_at_1="18:00", note="via the consulate")
    assert answer.status_code == 302
    hold = SeatHold.objects.get()
    assert (hold.seats, hold.seats_unnamed, hold.note) == (12, 12, "via the consulate")
    assert hold.freezes_at
    assert hold.freezes_at.astimezone(event.zone).strftime("%H:%M") == "18:00"
    assert committed(event) == 12
    assert Message.objects.get(kind="hold_made").to_email == "li.na@example.org"


def test_more_seats_than_are_free_are_refused_with_the_way_to_raise_the_limit(staff: Client) -> None:
    event = factories.reception(seats=10)
    answer = keep(staff, event)
    assert answer.status_code == 422
    assert "seats" in errors_in(answer)
    assert reverse("admin:events_event_change", args=[event.pk]) + "#rsvp_policy-group" in text_of(answer)
    assert not SeatHold.objects.exists()


def test_where_somebody_waits_a_block_wants_a_reason_and_keeps_it(staff: Client) -> None:
    event = factories.reception(seats=4, promotion="seat")
    factories.rsvp(event, 2)
    factories.rsvp(event, 4)
    assert list(errors_in(keep(staff, event, seats="2"))) == ["reason"]
    assert keep(staff, event, seats="2", reason="the mayor's own guests").status_code == 302
    assert DeskNote.objects.get(kind="hold").reason == "the mayor's own guests"


@pytest.mark.parametrize("seats", ["0", "-1", "1.5", "1_0", "501", "9" * 400, "", "twelve"])
def test_a_number_of_seats_that_is_none_is_refused_beside_its_field(staff: Client, seats: str) -> None:
    answer = keep(staff, factories.reception(seats=20), seats=seats)
    assert answer.status_code == 422
    assert list(errors_in(answer)) == ["seats"]


@pytest.mark.parametrize(("days", "words"), [(-2, "This moment has passed."), (32, "when the event begins")])
def test_a_freeze_in_the_past_or_after_the_beginning_is_refused(staff: Client, days: int, words: str) -> None:
    day = (timezone.now() + timedelta(days=days)).date().isoformat()
    answer = keep(staff, factories.reception(seats=20), freezes_at_0=day, freezes_at_1="23:59")
    assert words in str(errors_in(answer)["freezes_at"])


def test_two_blocks_of_an_event_cannot_have_one_name(staff: Client) -> None:
    event = factories.reception(seats=20)
    block(event, seats=2)
    assert list(errors_in(keep(staff, event, seats="2"))) == ["name"]


def test_the_name_of_a_block_that_was_given_back_leads_to_another_name_and_not_to_its_seats(
    staff: Client,
) -> None:
    event = factories.reception(seats=20)
    verbs.release_hold(block(event, seats=2), By("staff"))
    assert "was given back" in str(errors_in(keep(staff, event, seats="2"))["name"])
    assert keep(staff, event, seats="2", name="广州市外办（二）").status_code == 302


def test_seats_kept_for_an_invitation_take_its_name_and_become_the_guests_with_a_yes(staff: Client) -> None:
    event = factories.reception(seats=4)
    invited = factories.invitation(event, "Mei Chen")
    assert keep(staff, event, name="", invitation=str(invited.pk), seats="2").status_code == 302
    assert SeatHold.objects.get().name == "Mei Chen"
    verbs.respond(event, factories.answer(2, email=invited.email), invitation=invited)
    assert committed(event) == 2


# --- what is done with one ------------------------------------------------------------------------------


def test_names_read_out_on_the_telephone_are_recorded_with_how_they_came(staff: Client) -> None:
    hold = block(factories.reception(seats=20), names=NEW[:3])
    seen = staff.get(reverse("admin:events_hold_names", args=[hold.pk])).context["form"]["seen"].value()
    answer = act(staff, "names", hold, names="王伟\n徐强", seen=seen, source="letter", reason="dated Monday")
    assert answer.status_code == 302
    assert names_in(hold) == ["王伟", "徐强"]
    change = RsvpTransition.objects.latest("pk")
    assert (change.source, change.reason) == ("letter", "dated Monday")
    page = text_of(staff.get(answer.url))
    assert "Added: 徐强." in page
    assert "dated Monday" in page


def test_who_only_names_people_is_told_nothing_of_free_seats(staff: Client) -> None:
    event = factories.reception(seats=12)
    hold = block(event, seats=12)
    factories.rsvp(event, 2)
    pages = {
        what: text_of(staff.get(reverse(f"admin:events_hold_{what}", args=[hold.pk])))
        for what in ("names", "terms", "seats")
    }
    assert [what for what, page in pages.items() if "Others wait, or hold an offer" in page] == ["seats"]


def test_staff_exchange_names_after_the_freeze_too(staff: Client) -> None:
    hold = block(factories.reception(seats=20), names=NEW[:3])
    SeatHold.objects.filter(pk=hold.pk).update(freezes_at=timezone.now() - timedelta(hours=1))
    assert act(staff, "names", hold, names="徐强", seen="", reason="by phone").status_code == 422
    page = staff.get(reverse("admin:events_hold_names", args=[hold.pk]))
    seen = page.context["form"]["seen"].value()
    assert act(staff, "names", hold, names="徐强", seen=seen, reason="by phone").status_code == 302
    assert names_in(hold) == ["徐强"]


def test_more_names_than_seats_are_refused_and_kept(staff: Client) -> None:
    hold = block(factories.reception(seats=20), seats=2)
    answer = act(staff, "names", hold, names="\n".join(NEW[:3]), reason="by phone")
    assert "Make the block larger first." in errors_in(answer)["names"][0]
    assert NEW[2] in text_of(answer)


def test_a_block_grows_only_into_free_seats_and_never_below_its_names(staff: Client) -> None:
    event = factories.reception(seats=14)
    hold = block(event, names=NEW[:10])
    assert list(errors_in(act(staff, "seats", hold, seats="15", reason="more come"))) == ["seats"]
    assert list(errors_in(act(staff, "seats", hold, seats="9", reason="fewer come"))) == ["seats"]
    assert act(staff, "seats", hold, seats="14", reason="more come").status_code == 302
    assert committed(event) == 14


def test_a_block_that_is_given_back_keeps_the_people_named_and_serves_those_who_wait(staff: Client) -> None:
    event = factories.reception(seats=12, promotion="offer")
    hold = block(event, names=NEW[:10])
    waiting = factories.rsvp(event, 2)
    assert act(staff, "release", hold, reason="no more guests").status_code == 302
    waiting.refresh_from_db()
    assert waiting.seats_offered == 2
    assert names_in(hold) == list(NEW[:10])


def test_a_new_link_makes_the_old_one_worthless_and_is_mailed(staff: Client) -> None:
    hold = block(factories.reception(seats=20))
    old = page_of(hold)
    assert act(staff, "link", hold, reason="fell into other hands").status_code == 302
    assert staff.get(old).status_code == 404
    assert Message.objects.filter(kind="hold_made").count() == 2


def test_the_freeze_is_put_off_on_request_and_the_change_kept(staff: Client) -> None:
    event = factories.reception(seats=20)
    hold = block(event, freezes_at=timezone.now() + timedelta(days=3))
    day = (timezone.now() + timedelta(days=6)).date().isoformat()
    terms = {"freezes_at_0": day, "freezes_at_1": "12:00", "language": "en", "reason": "they asked"}
    answer = act(staff, "terms", hold, owner_email="li.na@example.org", owner_name="Li Na", **terms)
    assert answer.status_code == 302
    hold.refresh_from_db()
    assert hold.freezes_at
    assert hold.freezes_at.astimezone(event.zone).date().isoformat() == day
    assert "names fixed from" in text_of(staff.get(answer.url))
    assert "they asked" in text_of(staff.get(answer.url))
    assert hold.link_version == 1


def test_another_address_makes_earlier_links_worthless(staff: Client) -> None:
    hold = block(factories.reception(seats=20))
    old = page_of(hold)
    act(staff, "terms", hold, owner_email="zhang@example.org", language="en")
    assert staff.get(old).status_code == 404
    assert Message.objects.filter(kind="hold_made", to_email="zhang@example.org").count() == 1


# --- looking --------------------------------------------------------------------------------------------


def test_the_guest_list_leads_to_the_blocks(staff: Client) -> None:
    event = factories.reception(seats=20)
    page = text_of(staff.get(reverse("admin:events_event_guests", args=[event.pk])))
    assert reverse("admin:events_event_holds", args=[event.pk]) in page


def test_the_guest_list_and_its_spreadsheet_name_the_delegation_of_each_guest(staff: Client) -> None:
    event = factories.reception(seats=20)
    hold = block(event, names=NEW[:2])
    page = text_of(staff.get(reverse("admin:events_event_guests", args=[event.pk]), {"q": "外办"}))
    assert f'href="{reverse("admin:events_hold", args=[hold.pk])}">广州市外办</a>' in page
    assert NEW[1] in page
    sheet = text_of(staff.get(reverse("admin:events_event_guests_csv", args=[event.pk]))).splitlines()
    assert [line.split(",")[1] for line in sheet if ",广州市外办," in line] == list(NEW[:2])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_a_block_opens_in_both_languages(staff: Client, language: str) -> None:
    event = factories.reception(seats=20)
    hold = block(event, names=NEW)
    pages = [
        reverse("admin:events_event_holds", args=[event.pk]),
        reverse("admin:events_hold_add", args=[event.pk]),
    ]
    pages += [reverse("admin:events_hold", args=[hold.pk])]
    pages += [
        reverse(f"admin:events_hold_{what}", args=[hold.pk])
        for what in ("names", "seats", "terms", "release", "link")
    ]
    answers = [staff.get(page, headers={"Accept-Language": language}) for page in pages]
    assert [answer.status_code for answer in answers] == [200] * len(pages)
    words = "Blocks of seats" if language == "en" else "代表团名额"
    assert all(words in text_of(answer) for answer in answers)


def test_the_list_of_blocks_asks_the_database_as_often_for_thirty_as_for_one(staff: Client) -> None:
    event = factories.reception(seats=100)
    counts = []
    for number in range(30):
        block(event, seats=2, names=("王伟",), name=f"Delegation {number}")
        if number in (0, 29):
            with CaptureQueriesContext(connection) as queries:
                assert staff.get(reverse("admin:events_event_holds", args=[event.pk])).status_code == 200
            counts.append(len(queries))
    assert counts == [7, 7]


@pytest.mark.parametrize("right", ["", "view_rsvp"])
def test_who_may_not_change_answers_can_change_no_block(client: Client, right: str) -> None:
    hold = block(factories.reception(seats=20))
    helper = Member.objects.create_user("helper@example.org", "a password of a test", is_staff=True)
    if right:
        helper.user_permissions.add(Permission.objects.get(codename=right))
    client.force_login(helper)
    page = client.get(reverse("admin:events_hold", args=[hold.pk]))
    assert page.status_code == (200 if right else 403)
    assert page_of(hold) not in text_of(page)
    for what in ("names", "seats", "terms", "release", "link"):
        assert act(client, what, hold, seats="1", names="", reason="x").status_code == 403
