"""The pages on which staff invite lists of people, send, remind and revoke, and see what came of it."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events import rsvp as verbs
from events.models import Event, Invitation, InvitationList, RsvpPolicy
from people.models import Member
from sistercities.mail.models import Message
from tests import factories

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])
GOOD_AND_BAD = "姓名,邮箱,职务\n梁文,liang@example.org,教授\n,nobody@example.org,\n=1+2,evil@example.org,\n"


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def page(name: str, *args: Any, **query: Any) -> str:
    return reverse(f"admin:events_invitation_{name}", args=args, query=query or None)


def hand_in(staff: Client, event: Event, text: str, encoding: str = "utf-8") -> Any:
    file = BytesIO(text.encode(encoding))
    file.name = "领事团.csv"
    return staff.post(page("people", event.pk), {"file": file, "name": ""}, follow=True)


def read(answer: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


# --- a list, from the file to the letters ---------------------------------------------------------------


def test_a_whole_list_is_tagged_as_it_is_taken_over(staff: Client) -> None:
    event, press = factories.reception(), factories.guest_tag("Press")
    hand_in(staff, event, "name,email\nAna,ana@example.org\nBen,ben@example.org\n")
    batch = InvitationList.objects.get()
    asked = {"language": "", "largest_party": "", "answer_by_0": "", "answer_by_1": "", "tags": [press.pk]}
    staff.post(page("list", batch.pk), asked)
    assert [each.name for each in press.invitations.order_by("name")] == ["Ana", "Ben"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_is_looked_through_taken_over_and_sent_in_three_steps(staff: Client, encoding: str) -> None:
    event = factories.reception()
    looked = hand_in(staff, event, GOOD_AND_BAD, encoding)
    batch = InvitationList.objects.get()
    assert (batch.name, len(batch.rows), Invitation.objects.count()) == ("领事团", 3, 0)
    text = looked.content.decode()
    assert "The name is missing." in text
    assert "Please write the name in letters" in text
    blank = {
        "language": "",
        "greeting-zh-hans": "欢迎。",
        "largest_party": "2",
        "answer_by_0": "",
        "answer_by_1": "",
    }
    taken = staff.post(page("list", batch.pk), blank, follow=True)
    assert "1 invitation is made; nothing is sent yet." in said(taken)
    invited = Invitation.objects.get()
    assert (invited.name, invited.title, invited.largest_party, invited.language) == (
        "梁文",
        "教授",
        2,
        "zh-hans",
    )
    assert not Message.objects.exists()
    sent = staff.post(page("letters", event.pk, "send", batch=batch.pk), follow=True)
    assert sent.redirect_chain[-1][0] == page("list", batch.pk)
    assert Message.objects.get().to_email == "liang@example.org"
    assert sent["Refresh"] == "5"


def test_rows_left_out_are_handed_back_to_be_mended_and_nothing_in_them_can_be_a_formula(
    staff: Client,
) -> None:
    hand_in(staff, factories.reception(), GOOD_AND_BAD)
    heads, missing, formula = read(staff.get(page("left_out", InvitationList.objects.get().pk)))
    assert heads[:3] == ["Line", "What is wrong", "Name"]
    assert (missing[0], missing[1], missing[6]) == ("3", "The name is missing.", "nobody@example.org")
    assert (formula[0], formula[2]) == ("4", "'=1+2")


def test_the_mended_file_is_read_again_as_it_is(staff: Client) -> None:
    event = factories.reception()
    hand_in(staff, event, GOOD_AND_BAD)
    file = staff.get(page("left_out", InvitationList.objects.get().pk)).content.decode()
    again = hand_in(
        staff, event, file.replace("nobody@", "mended@").replace("'=1+2", "Mended Guest"), "utf-8"
    )
    assert "Not read" not in said(again)
    rows = InvitationList.objects.latest("pk").rows
    assert [row["email"] for row in rows] == ["mended@example.org", "evil@example.org"]


@LANGUAGES
@pytest.mark.parametrize("source", ["file", "typed", "members", "guests"])
def test_every_way_to_hand_in_a_list_says_beside_the_field_what_is_wanting(
    staff: Client, source: str, language: str
) -> None:
    event = factories.reception()
    staff.cookies["django_language"] = language
    address = page("people", event.pk, **{"from": source})
    assert staff.get(address).status_code == 200
    answer = staff.post(address, {"text": "", "which": "chosen", "name": "x\u202ey"})
    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors
    assert not InvitationList.objects.exists()


def test_what_was_typed_stands_there_again_beside_the_error(staff: Client) -> None:
    rows = "\n".join(f"Guest {number}" for number in range(5001))
    answer = staff.post(page("people", factories.reception().pk, **{"from": "typed"}), {"text": rows})
    assert answer.status_code == 422
    assert "More than 5000 people" in str(answer.context["form"].errors["text"])
    assert "Guest 5000" in answer.content.decode()


def test_all_current_members_are_handed_in_with_one_press(staff: Client, member: Member) -> None:
    factories.member("former@example.org", name="Former", member_until="2001-01-01")
    event = factories.reception()
    staff.post(page("people", event.pk, **{"from": "members"}), {"which": "all", "name": ""})
    assert [row["email"] for row in InvitationList.objects.get().rows] == [member.email]


def test_a_list_is_thrown_away_without_a_trace(staff: Client) -> None:
    hand_in(staff, factories.reception(), GOOD_AND_BAD)
    batch = InvitationList.objects.get()
    assert staff.get(page("list_away", batch.pk)).status_code == 405
    staff.post(page("list_away", batch.pk))
    assert not InvitationList.objects.exists()


def test_a_list_pressed_twice_invites_once(staff: Client) -> None:
    hand_in(staff, factories.reception(), GOOD_AND_BAD)
    batch = InvitationList.objects.get()
    for _press in range(2):
        staff.post(page("list", batch.pk), {"answer_by_0": "", "answer_by_1": ""})
    assert Invitation.objects.count() == 1


# --- the page of all ------------------------------------------------------------------------------------


@LANGUAGES
def test_what_was_sent_and_what_came_of_it_is_seen_at_a_glance(staff: Client, language: str) -> None:
    event = factories.reception(20)
    now = timezone.now()
    factories.invitation(event, "Unsent")
    factories.invitation(event, "Waiting", sent_at=now, letter="waiting")
    factories.invitation(event, "Returned", sent_at=now, letter="returned", returned_why="550 unknown")
    factories.invitation(event, "By hand", email="")
    factories.invitation(event, "Failed", sent_at=now, letter="failed")
    factories.invitation(event, "Revoked", revoked_at=now)
    declined, coming = (factories.invitation(event, name, sent_at=now) for name in ("Declined", "Coming"))
    note = factories.answer(0, email=declined.email, message="I am in Guangzhou that week.")
    verbs.respond(event, note, invitation=declined)
    verbs.respond(event, factories.answer(2, email=coming.email), invitation=coming)
    staff.cookies["django_language"] = language
    answer = staff.get(page("overview", event.pk))
    numbers = answer.context["numbers"]
    assert (numbers.live, numbers.unsent, numbers.by_hand, numbers.waiting, numbers.sent) == (7, 1, 1, 1, 2)
    assert (numbers.returned, numbers.failed, numbers.revoked) == (1, 1, 1)
    assert (numbers.none, numbers.coming, numbers.declined, answer.context["seats"]) == (5, 1, 1, 2)
    text = answer.content.decode()
    assert "I am in Guangzhou that week." in text
    assert "550 unknown" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "unsent"}, ["Liang 梁文"]),
        ({"state": "sent", "answer": "none"}, ["Sent"]),
        ({"answer": "declined"}, ["Declined"]),
        ({"answer": "wrote"}, ["Declined"]),
        ({"q": "liangwen"}, ["Liang 梁文"]),
        ({"q": "port of"}, ["Sent"]),
        ({"language": "zh-hans"}, ["Liang 梁文"]),
        ({"batch": "99999999999999999999"}, []),
        ({"state": "nonsense", "page": "x"}, ["Declined", "Liang 梁文", "Sent"]),
    ],
)
def test_the_page_of_all_is_narrowed(staff: Client, query: dict[str, str], found: list[str]) -> None:
    event = factories.reception()
    factories.invitation(event, "Liang 梁文", language="zh-hans")
    factories.invitation(event, "Sent", sent_at=timezone.now(), organisation="Port of Los Angeles")
    declined = factories.invitation(event, "Declined", sent_at=timezone.now())
    verbs.respond(event, factories.answer(0, message="Sorry."), invitation=declined)
    rows = staff.get(page("overview", event.pk, **query)).context["rows"]
    assert [row.invitation.name for row in rows] == found


def test_pages_of_invitations_cost_the_same_with_1_and_with_30(
    staff: Client, django_assert_max_num_queries: Any
) -> None:
    event = factories.reception(100)
    batch = InvitationList.objects.create(event=event, name="A", taken_over_at=timezone.now())
    factories.invitation(event, batch=batch)
    staff.get(page("overview", event.pk))
    for more in (0, 29):
        for number in range(more):
            invited = factories.invitation(event, batch=batch)
            if number % 2:
                verbs.respond(event, factories.answer(), invitation=invited)
        with django_assert_max_num_queries(12):
            staff.get(page("overview", event.pk))
        with django_assert_max_num_queries(12):
            staff.get(page("list", batch.pk))
        with django_assert_max_num_queries(12):
            staff.get(page("letters", event.pk, "remind"))


def test_the_list_for_a_spreadsheet_holds_what_the_page_shows_and_no_formula(staff: Client) -> None:
    event = factories.reception()
    invited = factories.invitation(event, "Mei Chen", title="=cmd()", email="mei@example.org")
    verbs.respond(event, factories.answer(0, message="+1 for next year"), invitation=invited)
    factories.invitation(event, "Other")
    heads, *rows = read(staff.get(page("csv", event.pk, answer="declined")))
    assert len(rows) == 1
    row = dict(zip(heads, rows[0], strict=True))
    assert (row["Name"], row["Title"], row["Message"]) == ("Mei Chen", "'=cmd()", "'+1 for next year")
    assert (row["Answer"], row["Letter"]) == ("declined", "not sent yet")


# --- letters to a choice --------------------------------------------------------------------------------


def test_the_page_before_a_letter_says_who_gets_it_and_who_not_and_sends_nothing(staff: Client) -> None:
    event = factories.reception()
    factories.invitation(event, "Mei Chen")
    factories.invitation(event, email="")
    text = staff.get(page("letters", event.pk, "send")).content.decode()
    assert "1 guest gets this letter." in text
    assert "1: without an e-mail address" in text
    assert not Message.objects.exists()


def test_only_those_ticked_get_the_letter(staff: Client) -> None:
    event = factories.reception()
    first, _second = factories.invitation(event), factories.invitation(event)
    staff.post(page("letters", event.pk, "send", chosen=first.pk))
    assert Message.objects.get().to_email == first.email


def test_those_of_a_filter_are_reminded(staff: Client) -> None:
    event = factories.reception()
    long_ago = timezone.now() - timedelta(days=3)
    for language in ("en", "zh-hans"):
        factories.invitation(event, sent_at=long_ago, letter="sent", language=language)
    answer = staff.post(page("letters", event.pk, "remind", language="zh-hans"), follow=True)
    assert "1 reminder goes out." in said(answer)
    assert Message.objects.get().kind == "invitation_reminder"


def test_those_chosen_are_revoked_after_a_look(staff: Client) -> None:
    event = factories.reception()
    invited = factories.invitation(event)
    assert "would be revoked" in staff.get(page("letters", event.pk, "revoke")).content.decode()
    assert Invitation.objects.live().exists()
    staff.post(page("letters", event.pk, "revoke", chosen=invited.pk))
    assert not Invitation.objects.live().exists()


def test_a_letter_to_a_closed_door_is_refused_in_words(staff: Client) -> None:
    event = factories.reception()
    factories.invitation(event)
    Event.objects.update(state="postponed")
    for answer in (
        staff.get(page("letters", event.pk, "send")),
        staff.post(page("letters", event.pk, "send")),
    ):
        assert "has been postponed" in answer.content.decode()
    assert not Message.objects.exists()


# --- one guest ------------------------------------------------------------------------------------------


def test_seats_are_reserved_for_one_guest_with_the_limit_raised_where_it_is_ticked(staff: Client) -> None:
    event = factories.reception(2)
    factories.rsvp(event, 2)
    invited = factories.invitation(event)
    refused = staff.post(page("seats", invited.pk), {"seats": "2"})
    assert refused.status_code == 422
    assert "seats" in refused.context["form"].errors
    assert staff.post(page("seats", invited.pk), {"seats": "2", "raises_limit": "on"}).status_code == 302
    policy = RsvpPolicy.objects.get()
    assert (policy.seat_limit, policy.seats_committed) == (4, 4)
    assert ">2 seats reserved</span>" in staff.get(page("overview", event.pk)).content.decode()


def test_the_page_of_an_invitation_tells_its_letters_and_what_the_guest_wrote(staff: Client) -> None:
    event = factories.reception()
    invited = factories.invitation(event)
    staff.post(page("letters", event.pk, "send", chosen=invited.pk))
    verbs.respond(event, factories.answer(0, message="With regret."), invitation=invited)
    text = staff.get(page("change", invited.pk)).content.decode()
    assert "Letters to this guest" in text
    assert "With regret." in text
    assert "whoever answers by this link under another name does not take the guest" in text


def test_a_deadline_of_ones_own_is_written_on_the_clocks_of_the_place(staff: Client) -> None:
    invited = factories.invitation(factories.reception())
    year = timezone.now().year + 1
    values = {"name": "Mei", "language": "en", "answer_by_0": f"{year}-03-05", "answer_by_1": "18:00"}
    fields = {
        **dict.fromkeys(["title", "salutation", "organisation", "greeting", "note", "member"], ""),
        **values,
    }
    address = page("change", invited.pk)
    staff.post(address, {**fields, "email": invited.email, "largest_party": ""})
    invited.refresh_from_db()
    assert invited.answer_by is not None
    assert str(invited.answer_by.astimezone(invited.event.zone))[:16] == f"{year}-03-05 18:00"
    passed = staff.post(address, {**fields, "email": invited.email, "answer_by_0": "2020-01-01"})
    assert "answer_by" in passed.context["adminform"].form.errors


# --- who may --------------------------------------------------------------------------------------------


def test_pages_of_invitations_are_for_staff_with_the_right_only(client: Client, member: Member) -> None:
    event = factories.reception()
    batch, invited = InvitationList.objects.create(event=event, name="A"), factories.invitation(event)
    member.is_staff = True
    member.save()
    client.force_login(member)
    gets = [("overview", event.pk), ("csv", event.pk), ("people", event.pk), ("list", batch.pk)]
    gets += [("left_out", batch.pk), ("seats", invited.pk)]
    for name, pk in gets:
        assert client.get(page(name, pk)).status_code == 403, name
    assert client.get(page("letters", event.pk, "send")).status_code == 403
    assert client.post(page("list_away", batch.pk)).status_code == 403


def test_members_and_guests_of_other_events_are_taken_by_who_may_see_them_only(
    client: Client, member: Member
) -> None:
    event = factories.reception()
    member.is_staff = True
    member.save()
    member.user_permissions.set(Permission.objects.filter(codename="add_invitation"))
    client.force_login(member)
    for source, status in (("file", 200), ("typed", 200), ("members", 403), ("guests", 403)):
        assert client.get(page("people", event.pk), {"from": source}).status_code == status, source
    shown = client.get(page("people", event.pk)).content.decode()
    assert "from=typed" in shown
    assert "from=members" not in shown
