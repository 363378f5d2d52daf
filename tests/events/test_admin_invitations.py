"""What staff do with invitations, and how guests learn in the admin's wake that an event has changed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.links import invitation_url
from events.models import Event, Invitation, Rsvp
from events.rsvp import respond
from people.models import Member
from sistercities.mail.models import Message
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
LIST = "admin:events_invitation_changelist"


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def do(staff: Client, action: str, *chosen: Invitation) -> str:
    """Choose some invitations, do something with them, and read what the next page says."""
    data = {"action": action, "_selected_action": [each.pk for each in chosen]}
    page = staff.post(reverse(LIST), data, follow=True)
    return " ".join(str(message) for message in page.context["messages"])


def fill(staff: Client, url: str, **fields: Any) -> Any:
    blank = {"name": "梁文", "email": "liang@example.org", "language": "zh-hans", "greeting": ""}
    blank |= {
        "title": "",
        "salutation": "",
        "organisation": "",
        "note": "",
        "largest_party": "",
        "member": "",
    }
    blank |= {"answer_by_0": "", "answer_by_1": ""}
    return staff.post(url, {**blank, **fields})


def mails(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()


# --- invitations ----------------------------------------------------------------------------------------


def test_invitations_of_an_event_are_reached_from_its_form_and_added_to_it(staff: Client) -> None:
    event = factories.reception()
    form = staff.get(reverse("admin:events_event_change", args=[event.pk]))
    shown = reverse("admin:events_invitation_overview", args=[event.pk])
    assert shown in form.content.decode()
    assert staff.get(shown).status_code == 200
    add = reverse(
        "admin:events_invitation_add", query={"_changelist_filters": f"event__id__exact={event.pk}"}
    )
    assert staff.get(add).context["adminform"].form["event"].value() == str(event.pk)


def test_an_invitation_shows_its_personal_link_to_copy(staff: Client) -> None:
    event = factories.reception()
    assert fill(staff, reverse("admin:events_invitation_add"), event=event.pk).status_code == 302
    invited = Invitation.objects.get()
    page = staff.get(reverse("admin:events_invitation_change", args=[invited.pk])).content.decode()
    assert invitation_url(invited) in page


def test_nobody_is_invited_twice_to_one_event(staff: Client) -> None:
    event = factories.reception()
    factories.invitation(event, email="liang@example.org")
    answer = fill(staff, reverse("admin:events_invitation_add"), event=event.pk, email="LIANG@example.org")
    assert "email" in answer.context["adminform"].form.errors


def test_staff_send_once_remind_on_purpose_and_revoke(staff: Client) -> None:
    event = factories.reception()
    first, second = (factories.invitation(event) for _ in range(2))
    assert "2 invitations go out" in do(staff, "send", first, second)
    assert "2 were left alone: sent before" in do(staff, "send", first, second)
    Invitation.objects.update(letter="sent")
    respond(event, factories.answer(email=second.email), invitation=second)
    said = do(staff, "send_again", first, second)
    assert "1 invitation goes out" in said
    assert "1 was left alone: have answered" in said
    assert mails("invitation") == 3
    assert "2 invitations are revoked" in do(staff, "revoke", first, second)
    assert not Invitation.objects.live().exists()


def test_staff_learn_why_an_invitation_cannot_be_sent(staff: Client) -> None:
    invited = factories.invitation(factories.reception())
    Event.objects.update(status="draft")
    assert "not published yet" in do(staff, "send", invited)
    assert not mails("invitation")


def test_list_of_invitations_says_how_each_stands(staff: Client) -> None:
    event = factories.reception()
    names = ["new", "mailed", "coming", "revoked"]
    new, mailed, coming, revoked = (factories.invitation(event, name) for name in names)
    do(staff, "send", mailed, coming)
    do(staff, "revoke", revoked)
    factories.rsvp(event, email=coming.email)
    for query, found in (
        ({"state": "unsent"}, [new]),
        ({"state": "waiting", "answer": "none"}, [mailed]),
        ({"answer": "confirmed"}, [coming]),
        ({"state": "revoked"}, [revoked]),
    ):
        assert list(staff.get(reverse(LIST, query=query)).context["cl"].queryset) == found
    page = staff.get(reverse(LIST)).content.decode()
    for words in ("not sent yet", "on its way", "confirmed", "revoked"):
        assert f">{words}</span>" in page


def test_list_of_invitations_costs_the_same_with_1_and_with_30(
    staff: Client, django_assert_max_num_queries: Any
) -> None:
    event = factories.reception(100)
    factories.invitation(event)
    staff.get(reverse(LIST))
    with django_assert_max_num_queries(9):
        staff.get(reverse(LIST))
    for number in range(29):
        invited = factories.invitation(event)
        if number % 2:
            factories.rsvp(event, email=invited.email)
    with django_assert_max_num_queries(9):
        staff.get(reverse(LIST))


def test_the_first_page_names_invitations_that_did_not_arrive(staff: Client) -> None:
    Letter = Invitation.Letter
    event = factories.reception()
    standing = [Letter.RETURNED, Letter.RETURNED, Letter.FAILED, Letter.SENT, Letter.RETURNED]
    for number, letter in enumerate(standing):
        made = factories.invitation(event, email=f"guest{number}@example.org")
        Invitation.objects.filter(pk=made.pk).update(letter=letter)
    Invitation.objects.filter(pk=made.pk).update(revoked_at=made.created_at)
    shown = staff.get("/admin/").content.decode()
    page = reverse("admin:events_invitation_overview", args=[event.pk])
    assert f'href="{page}?state=returned">2 invitations came back<' in shown
    assert f'href="{page}?state=failed">1 invitation could not be sent<' in shown


def test_another_address_makes_links_to_the_first_one_worthless(staff: Client) -> None:
    invited = factories.invitation(factories.reception())
    before = invitation_url(invited)
    do(staff, "send", invited)
    fill(staff, reverse("admin:events_invitation_change", args=[invited.pk]), email="new@example.org")
    invited.refresh_from_db()
    assert (invited.email, invited.sent_at) == ("new@example.org", None)
    assert invitation_url(invited) != before
    assert "1 invitation goes out" in do(staff, "send", invited)


def test_the_address_of_an_answered_invitation_stays(staff: Client) -> None:
    invited = factories.invitation(factories.reception())
    factories.rsvp(invited.event, email=invited.email)
    fill(staff, reverse("admin:events_invitation_change", args=[invited.pk]), email="new@example.org")
    invited.refresh_from_db()
    assert invited.email != "new@example.org"


def test_what_has_been_sent_is_revoked_and_not_deleted(staff: Client) -> None:
    new, mailed = (factories.invitation(factories.reception()) for _ in range(2))
    do(staff, "send", mailed)
    answers = [
        staff.post(reverse("admin:events_invitation_delete", args=[each.pk]), {"post": "yes"})
        for each in (new, mailed)
    ]
    assert [answer.status_code for answer in answers] == [302, 403]
    assert list(Invitation.objects.all()) == [mailed]


def test_guest_list_shows_who_came_by_invitation(staff: Client, client: Client) -> None:
    event = factories.reception()
    factories.rsvp(event)
    url = reverse("admin:events_event_guests", args=[event.pk])
    assert ">invited</span>" not in staff.get(url).content.decode()
    Rsvp.objects.update(invitation=factories.invitation(event))
    assert ">invited</span>" in staff.get(url).content.decode()


def test_invitations_are_for_staff_with_the_right_only(client: Client, member: Member) -> None:
    member.is_staff = True
    member.save()
    client.force_login(member)
    assert client.get(reverse(LIST)).status_code == 403


# --- telling of changes ---------------------------------------------------------------------------------


def save(staff: Client, event: Event, **changes: Any) -> Any:
    url = reverse("admin:events_event_change", args=[event.pk])
    return staff.post(url, sent(staff.get(url), **changes), follow=True)


@pytest.fixture
def awaited() -> Event:
    """An event at full minutes, as its form shows them, with one party that comes and one that waits."""
    event = factories.reception(2)
    for _number in range(2):
        factories.rsvp(event, 2)
    start = event.starts_at.replace(second=0, microsecond=0)
    Event.objects.update(
        starts_at=start, ends_at=start.replace(microsecond=0) + (event.ends_at - event.starts_at)
    )
    return Event.objects.get()


def test_staff_see_beforehand_how_many_will_be_told(staff: Client, awaited: Event) -> None:
    page = staff.get(reverse("admin:events_event_change", args=[awaited.pk])).content.decode()
    assert "2 parties come or wait. They are told by mail" in page


@pytest.mark.parametrize(
    "change",
    [
        {"ends_at_1": "23:58"},
        {"timezone": "America/New_York"},
        {"place_en": "The garden"},
        {"state": "postponed", "notice_en": "Until spring.", "notice_zh_hans": "推迟到春天。"},
    ],
)
def test_guests_are_told_when_time_place_or_state_change(
    staff: Client, awaited: Event, change: dict[str, str]
) -> None:
    assert "2 parties are told of the change" in save(staff, awaited, **change).content.decode()
    awaited.refresh_from_db()
    assert (mails("event_changed"), awaited.ics_sequence) == (2, 1)
    assert Rsvp.objects.live().count() == 2


@pytest.mark.parametrize("change", [{}, {"summary_en": "Something else."}, {"dress_code_en": "Black tie"}])
def test_nobody_is_told_of_anything_else(staff: Client, awaited: Event, change: dict[str, str]) -> None:
    save(staff, awaited, **change)
    awaited.refresh_from_db()
    assert (mails("event_changed"), awaited.ics_sequence) == (0, 0)


def test_another_title_tells_nobody_and_makes_no_entry_a_newer_one(staff: Client, awaited: Event) -> None:
    save(staff, awaited, title_en="Spring Reception")
    awaited.refresh_from_db()
    assert (mails("event_changed"), awaited.ics_sequence) == (0, 0)


def test_calling_off_tells_everybody_once_with_one_step_of_the_calendar(
    staff: Client, awaited: Event
) -> None:
    words = {"state": "cancelled", "notice_en": "No water.", "notice_zh_hans": "停水。"}
    assert "Called off: 2 parties are told" in save(staff, awaited, **words).content.decode()
    awaited.refresh_from_db()
    assert (mails("event_cancelled"), mails("event_changed"), awaited.ics_sequence) == (2, 0, 1)
    assert not Rsvp.objects.live().exists()


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_guests_are_told_in_both_languages(staff: Client, awaited: Event, state: str) -> None:
    answer = save(staff, awaited, state=state, notice_en="No water.")
    assert "notice_zh_hans" in answer.context["adminform"].form.errors
    assert Rsvp.objects.live().count() == 2
    assert not mails("event_cancelled")


def test_what_is_on_again_seats_those_who_wait(staff: Client, awaited: Event) -> None:
    save(staff, awaited, state="postponed", notice_en="Until spring.", notice_zh_hans="推迟到春天。")
    going, waiting = Rsvp.objects.order_by("pk")
    staff.post(
        reverse("admin:events_party_withdraw", args=[going.pk]),
        {"source": "letter", "reason": "asked by letter"},
    )
    waiting.refresh_from_db()
    assert waiting.status == "waitlisted"
    save(staff, awaited, state="on")
    waiting.refresh_from_db()
    assert waiting.status == "confirmed"
