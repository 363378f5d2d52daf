"""What is done with many guests at once: a page before, then exactly that, with those who stand as they were shown."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from events import rsvp as verbs
from events import tagging
from events.admin import guest_deeds
from events.audience import Audience, people
from events.models import Actor, Event, Mailing, Rsvp, RsvpTransition
from events.rsvp import By
from people.models import Member
from sistercities.mail.models import Message
from tests import factories
from tests.events.crowd import crowd
from tests.forms import filled

pytestmark = pytest.mark.django_db
STAFF = By(Actor.STAFF, reason="as agreed")


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def page_of(event: Event, deed: str, *chosen: Rsvp, **query: Any) -> str:
    asked = {"chosen": [rsvp.pk for rsvp in chosen], **query}
    return reverse("admin:events_event_guests_do", args=[event.pk, deed], query=asked)


def press(staff: Client, page: str, **said: Any) -> Any:
    """Look at the page before, and press its button."""
    return staff.post(page, {**filled(staff.get(page)), **said})


def told(answer: Any) -> str:
    return " ".join(str(message) for message in answer.wsgi_request._messages)


def statuses(*rsvps: Rsvp) -> list[str]:
    return [Rsvp.objects.get(pk=rsvp.pk).status for rsvp in rsvps]


def before(answer: Any) -> list[tuple[str, str, str]]:
    return [(each.rsvp.name, each.was, each.becomes) for each in answer.context["rows"]]


@pytest.fixture
def asking() -> tuple[Event, Rsvp, Rsvp, Rsvp]:
    """Three parties of two ask to come, where five seats are."""
    event = factories.reception(5, mode="approval", largest_party=2)
    ana, ben, chen = (
        factories.rsvp(event, 2, name, email=f"{name}@example.org".lower()) for name in ("Ana", "Ben", "Chen")
    )
    return event, ana, ben, chen


# --- before anything is done -----------------------------------------------------------------------------


def test_the_page_before_says_what_becomes_of_each_and_changes_nothing(staff: Client, asking: Any) -> None:
    event, ana, ben, chen = asking
    verbs.change(chen, factories.answer(1, "Chen"), STAFF)
    found = before(staff.get(page_of(event, "approve")))
    assert found == [
        ("Ana", "asks to come, 2 seats", "confirmed, 2 seats"),
        ("Ben", "asks to come, 2 seats", "confirmed, 2 seats"),
        ("Chen", "asks to come, 1 seat", "confirmed, 1 seat"),
    ]
    assert statuses(ana, ben, chen) == ["requested"] * 3


def test_who_finds_no_room_is_told_so_before(staff: Client, asking: Any) -> None:
    event, *_all = asking
    assert [after for _name, _was, after in before(staff.get(page_of(event, "approve")))] == [
        "confirmed, 2 seats",
        "confirmed, 2 seats",
        "on the waiting list, for 2 seats",
    ]


def test_what_was_foretold_is_what_happens(staff: Client, asking: Any) -> None:
    event, ana, ben, chen = asking
    press(staff, page_of(event, "approve"))
    assert statuses(ana, ben, chen) == ["confirmed", "confirmed", "waitlisted"]


def test_whom_a_deed_does_not_concern_is_left_alone_and_named(staff: Client, asking: Any) -> None:
    event, ana, _ben, _chen = asking
    verbs.approve(ana, STAFF)
    page = staff.get(page_of(event, "reject"))
    assert (page.context["count"], page.context["left_names"]) == (2, ["Ana"])


def test_nobody_ticked_means_all_that_the_filters_show(staff: Client, asking: Any) -> None:
    event, _ana, ben, _chen = asking
    assert [row[0] for row in before(staff.get(page_of(event, "approve", q="ben")))] == ["Ben"]
    assert [row[0] for row in before(staff.get(page_of(event, "approve", ben)))] == ["Ben"]


def test_nobody_of_another_event_can_be_chosen(staff: Client, asking: Any) -> None:
    _event, ana, _ben, _chen = asking
    other = factories.reception()
    page = staff.get(page_of(other, "withdraw", ana))
    assert page.context["count"] == 0
    assert staff.post(page_of(other, "withdraw", ana), {"reason": "x"}).status_code == 422
    assert statuses(ana) == ["requested"]


def test_more_than_a_desk_can_bear_is_refused_before(staff: Client, monkeypatch: Any, asking: Any) -> None:
    event, ana, *_all = asking
    monkeypatch.setattr("events.admin.guest_selection.MOST_AT_ONCE", 2)
    page = staff.get(page_of(event, "approve"))
    assert page.context["is_too_many"]
    assert staff.post(page_of(event, "approve"), {"parties": ""}).status_code == 422
    assert statuses(ana) == ["requested"]


def test_two_thousand_guests_are_looked_through_at_one_cost(
    staff: Client, django_assert_num_queries: Any
) -> None:
    event = crowd(guests=1_800, waiting=200)
    with django_assert_num_queries(14):
        assert staff.get(page_of(event, "tag")).context["count"] == 2_000


# --- decisions -------------------------------------------------------------------------------------------


def test_each_guest_gets_the_words_in_their_own_language(staff: Client, asking: Any) -> None:
    event, ana, ben, chen = asking
    Rsvp.objects.filter(pk=ben.pk).update(language="zh-hans")
    said = {"message_en": "We are sorry.", "message_zh_hans": "十分抱歉。", "reason": "too full"}
    assert press(staff, page_of(event, "reject", ana, ben), **said).status_code == 302
    assert [Rsvp.objects.get(pk=each.pk).reply for each in (ana, ben)] == ["We are sorry.", "十分抱歉。"]
    assert statuses(ana, ben, chen) == ["rejected", "rejected", "requested"]
    assert set(RsvpTransition.objects.filter(deed="rejected").values_list("reason", flat=True)) == {
        "too full"
    }


def test_without_a_reason_nobody_is_turned_away_and_no_word_is_lost(staff: Client, asking: Any) -> None:
    event, ana, *_all = asking
    answer = press(staff, page_of(event, "reject", ana), message_en="We are sorry.", reason="")
    assert (answer.status_code, "We are sorry." in answer.content.decode()) == (422, True)
    assert statuses(ana) == ["requested"]


def test_who_changed_meanwhile_is_left_alone_and_named(staff: Client, asking: Any) -> None:
    event, ana, ben, _chen = asking
    page = page_of(event, "approve", ana, ben)
    form = filled(staff.get(page))
    verbs.change(ben, factories.answer(1, "Ben"), STAFF)
    answer = staff.post(page, form)
    assert statuses(ana, ben) == ["confirmed", "requested"]
    assert "Not done with Ben: changed meanwhile; please look again" in told(answer)


def test_who_was_decided_about_meanwhile_is_named_though_the_filter_shows_them_no_longer(
    staff: Client, asking: Any
) -> None:
    event, ana, ben, _chen = asking
    page = page_of(event, "approve", status="requested")
    form = filled(staff.get(page))
    verbs.reject(ben, STAFF)
    factories.rsvp(event, 1, "Late Lee")
    answer = staff.post(page, form)
    assert statuses(ana, ben) == ["confirmed", "rejected"]
    assert Rsvp.objects.get(name="Late Lee").status == "requested"
    assert "Not done with Ben: changed meanwhile" in told(answer)


def test_a_deed_refused_for_one_is_done_for_the_others(staff: Client, asking: Any) -> None:
    event, ana, ben, chen = asking
    event.rsvp_policy.waiting_list = False
    event.rsvp_policy.save()
    answer = press(staff, page_of(event, "approve"))
    assert statuses(ana, ben, chen) == ["confirmed", "confirmed", "requested"]
    assert "Not done with Chen" in told(answer)


def test_free_seats_are_offered_to_several_in_the_order_of_the_line(staff: Client) -> None:
    event = factories.reception(4, promotion="seat", largest_party=4)
    factories.rsvp(event, 2, "In")
    factories.rsvp(event, 4, "Big")
    ben, chen = factories.rsvp(event, 1, "Ben"), factories.rsvp(event, 2, "Chen")
    page = page_of(event, "offer", ben, chen)
    assert [after for *_rest, after in before(staff.get(page))] == [
        "1 seat offered",
        "not so many seats are free for it any more",
    ]
    answer = press(staff, page, reason="came early")
    assert [Rsvp.objects.get(pk=each.pk).seats_offered for each in (ben, chen)] == [1, 0]
    assert "Not done with Chen: Only 1 seat is free" in told(answer)


def test_several_are_withdrawn_and_a_delegation_is_not(staff: Client) -> None:
    event = factories.reception(10)
    ana, ben = factories.rsvp(event, name="Ana"), factories.rsvp(event, name="Ben")
    held = verbs.hold_seats(event, verbs.Block(name="Choir", seats=2), STAFF)
    verbs.name_delegates(held, ["Chen"], STAFF)
    press(staff, page_of(event, "withdraw"), reason="the bus broke down", source="phone")
    chen = Rsvp.objects.get(name="Chen")
    assert statuses(ana, ben, chen) == ["cancelled", "cancelled", "confirmed"]
    assert ana.transitions.last().source == "phone"


def test_links_are_mailed_again_to_those_who_have_an_address(staff: Client) -> None:
    event = factories.reception()
    ana = factories.rsvp(event, name="Ana", email="ana@example.org")
    verbs.respond(event, factories.answer(1, "Ben", email=""), STAFF)
    page = page_of(event, "link")
    assert staff.get(page).context["left_names"] == ["Ben"]
    press(staff, page)
    assert [mail.to_email for mail in Message.objects.filter(kind="rsvp_already")] == [ana.email]


# --- tags ------------------------------------------------------------------------------------------------


def test_a_tag_is_given_to_many_and_undone(staff: Client) -> None:
    event = factories.reception()
    ana, ben = factories.rsvp(event, name="Ana"), factories.rsvp(event, name="Ben")
    vip = factories.guest_tag("VIP")
    page = page_of(event, "tag", ana, ben, give=vip.pk)
    assert before(staff.get(page)) == [("Ana", "–", "VIP"), ("Ben", "–", "VIP")]
    answer = press(staff, page)
    assert tagging.tags_of(event) == {ana.pk: {vip.pk}, ben.pk: {vip.pk}}
    assert LogEntry.objects.filter(change_message__contains="VIP").exists()
    listed = staff.get(answer.url).content.decode()
    undo = reverse("admin:events_event_guests_undo", args=[event.pk])
    assert f'action="{undo}"' in listed
    assert staff.get(undo).status_code == 405
    assert staff.post(undo).status_code == 302
    assert tagging.tags_of(event) == {}
    staff.post(undo)
    assert tagging.tags_of(event) == {}


def test_what_was_tagged_at_one_event_is_not_undone_at_another(staff: Client) -> None:
    event, other = factories.reception(), factories.reception()
    ana, vip = factories.rsvp(event), factories.guest_tag("VIP")
    press(staff, page_of(event, "tag", ana, give=vip.pk))
    staff.post(reverse("admin:events_event_guests_undo", args=[other.pk]))
    assert tagging.tags_of(event) != {}


def test_a_tag_that_is_gone_is_an_error_beside_the_field(staff: Client) -> None:
    event = factories.reception()
    factories.rsvp(event)
    answer = press(staff, page_of(event, "tag"), tag="999999")
    assert (answer.status_code, answer.context["form"].errors["tag"]) == (
        422,
        ["This tag is gone. Choose another."],
    )


# --- a letter --------------------------------------------------------------------------------------------


def test_a_letter_begins_as_a_draft_for_those_alone(staff: Client) -> None:
    event = factories.reception()
    ana = factories.rsvp(event, name="Ana", email="ana@example.org")
    factories.rsvp(event, name="Ben", email="ben@example.org")
    answer = press(staff, page_of(event, "letter", ana))
    mailing = Mailing.objects.get()
    assert answer.url == reverse("admin:events_mailing", args=[mailing.pk])
    assert mailing.sent_at is None
    assert [each.email for each in people(event, Audience.of(mailing.audience)).recipients] == [ana.email]
    page = staff.get(answer.url)
    assert "Only 1 party, chosen in the guest list" in page.content.decode()


def test_the_draft_keeps_who_was_chosen_until_staff_choose_otherwise(staff: Client) -> None:
    event = factories.reception()
    ana = factories.rsvp(event, name="Ana", email="ana@example.org")
    factories.rsvp(event, name="Ben", email="ben@example.org")
    url = press(staff, page_of(event, "letter", ana)).url
    words = {**filled(staff.get(url)), "subject_en": "Parking", "body_en": "Use the gate."}
    assert staff.post(url, words).status_code == 302
    assert Mailing.objects.get().audience["parties"] == [ana.pk]
    del words["picked"]
    words = {**words, "seen": filled(staff.get(url))["seen"]}
    assert staff.post(url, words).status_code == 422
    staff.post(url, {**words, "groups": ["confirmed"]})
    found = people(event, Audience.of(Mailing.objects.get().audience)).recipients
    assert [each.known_as for each in found] == ["Ana", "Ben"]


def test_the_people_of_a_delegation_are_written_to_by_whoever_names_them(db: None) -> None:
    event = factories.reception()
    block = verbs.Block(name="Choir", seats=2, owner_name="Otto", owner_email="otto@example.org")
    verbs.name_delegates(verbs.hold_seats(event, block, STAFF), ["Chen"], STAFF)
    found = people(event, Audience(parties=(Rsvp.objects.get().pk,)))
    assert [each.email for each in found.recipients] == ["otto@example.org"]


def test_every_deed_for_many_wants_a_right(db: None) -> None:
    assert {deed.permission for deed in guest_deeds.DEEDS} == {"events.change_rsvp", "events.add_mailing"}
