"""Answers to an event from a list: through the same door as all others, and nobody twice."""

import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from events import tagging
from events.models import Event, GuestTag, Rsvp, TeamMember
from people.granting import grant
from people.models import Member, RoleName
from sistercities.intake.kinds import Looked, kind_named
from sistercities.intake.models import Intake
from sistercities.intake.reviewing import Review, review
from sistercities.mail.models import Message
from tests import factories

pytestmark = pytest.mark.django_db
HEAD = "Name,E-mail,Comes,Seats,Companions,Tags,How it reached us"


@pytest.fixture
def client(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


@pytest.fixture
def event() -> Event:
    return factories.reception(seats=6)


def add_address(event: Event) -> str:
    return f"{reverse('admin:intake_intake_add')}?kind=answers&about={event.pk}"


def hand_in(client: Client, event: Event, content: bytes | str, name: str = "list.csv") -> Intake:
    raw = content.encode() if isinstance(content, str) else content
    answer = client.post(add_address(event), {"kind": "answers", "file": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Intake.objects.latest("pk")


def looked(intake: Intake) -> Review:
    kind = kind_named(intake.kind)
    assert kind
    return review(intake, kind(Member.objects.get(email="curator@example.org"), intake.about))


def row(intake: Intake) -> Looked:
    return looked(intake).rows[0]


def take(client: Client, intake: Intake) -> str:
    address = reverse("admin:intake_intake_take", args=[intake.pk])
    return client.post(address, {"seen": looked(intake).digest}, follow=True).content.decode()


def test_answers_from_a_list_are_seated_in_their_order_and_the_last_waits(
    client: Client, event: Event
) -> None:
    page = take(
        client,
        hand_in(
            client,
            event,
            f"{HEAD}\n梁文,,yes,3,张伟；李明,,by letter\nAna Lima,,,3\nTom Fox,,,2\nNo Body,,no\n",
        ),
    )
    assert "Taken over: 4 new." in page
    told = {each.name: (each.status, each.source, each.language) for each in Rsvp.objects.all()}
    assert told == {
        "梁文": ("confirmed", "letter", "zh-hans"),
        "Ana Lima": ("confirmed", "phone", "en"),
        "Tom Fox": ("waitlisted", "phone", "en"),
        "No Body": ("declined", "phone", "en"),
    }
    assert [guest.name for guest in Rsvp.objects.get(name="梁文").guests.all()] == ["梁文", "张伟", "李明"]


def test_list_of_answers_taken_over_again_changes_nothing(client: Client, event: Event) -> None:
    content = f"{HEAD}\n梁文,,yes,3,张伟\nAna Lima,ana@example.org,,2\nNo Body,,no\n"
    take(client, hand_in(client, event, content))
    again = hand_in(client, event, content)
    assert looked(again).counts == {"new": 0, "changed": 0, "same": 3, "faulty": 0}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_answers_handed_out_come_back_unchanged(
    client: Client, event: Event, form: str, language: str
) -> None:
    press = GuestTag.objects.get(name_en="Press", name_zh_hans="媒体")
    ana = factories.rsvp(event, 2, "Ana Lima")
    factories.rsvp(event, 0, "No Body")
    tagging.tag(event, [ana.pk], press)
    client.cookies["django_language"] = language
    out = client.get(reverse("admin:intake_intake_now", args=["answers", event.pk, form])).content
    back = hand_in(client, event, out, f"list.{form}")
    assert looked(back).counts == {"new": 0, "changed": 0, "same": 2, "faulty": 0}


def test_answer_that_changes_is_shown_before_and_changed_by_the_verbs(client: Client, event: Event) -> None:
    ana = factories.rsvp(event, 2, "Ana Lima", email="ana@example.org")
    intake = hand_in(client, event, f"{HEAD}\nAna Lima,ANA@example.org,no\n")
    page = client.get(reverse("admin:intake_intake_change", args=[intake.pk])).content.decode()
    assert "<del>yes</del>" in page
    assert "1 guest has an e-mail address and gets a letter about it at once" in page
    take(client, intake)
    ana.refresh_from_db()
    assert (ana.status, ana.transitions.last().source) == ("cancelled", "phone")


def test_guest_with_an_address_gets_one_letter_and_one_without_none(client: Client, event: Event) -> None:
    take(client, hand_in(client, event, f"{HEAD}\nAna Lima,ana@example.org,yes,2\nTom Fox,,yes\n"))
    assert [message.to_email for message in Message.objects.all()] == ["ana@example.org"]


def test_answer_of_an_invited_guest_is_that_to_the_invitation(client: Client) -> None:
    event = factories.reception(seats=6, mode="invitation")
    wen = factories.invitation(event, "梁文", email="wen@example.org", language="zh-hans")
    intake = hand_in(client, event, f"{HEAD}\n梁文,,yes,2\n")
    assert row(intake).hints == ["Answers the invitation of 梁文."]
    take(client, intake)
    answer = Rsvp.objects.get()
    assert (answer.invitation, answer.email, answer.language) == (wen, "wen@example.org", "zh-hans")


def test_tags_are_given_and_taken_as_the_list_has_them(client: Client, event: Event) -> None:
    press = GuestTag.objects.get(name_en="Press", name_zh_hans="媒体")
    vip = GuestTag.objects.get(name_en="VIP")
    ana = factories.rsvp(event, 2, "Ana Lima")
    tagging.tag(event, [ana.pk], vip)
    take(client, hand_in(client, event, f"{HEAD}\nAna Lima,,,,,媒体\n"))
    assert list(ana.tags.all()) == [press]
    assert ana.transitions.count() == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",ana@example.org", "The name is missing."),
        ("Ana Lima,,yes,41", "a party has at most"),
        ("Ana Lima,,yes,1,Rui Lima", "More companions are named than seats asked for."),
        ("Ana Lima,,yes,,,Royal", "No tag is called “Royal”."),
        ("Ana Lima,,maybe", "“maybe” is neither yes nor no."),
        ("Wei,,yes", "Several who answered are called so: add the e-mail address."),
        ("Ana 🎉,,yes", "Please write the name in letters, without symbols or emoji."),
        ("Ana Lima,,yes,1,,,by pigeon", "“by pigeon” is none of these: by phone, by letter"),
    ],
)
def test_answer_that_cannot_be_taken_says_why(client: Client, event: Event, line: str, why: str) -> None:
    factories.rsvp(event, 1, "Wei")
    factories.rsvp(event, 1, "Wei")
    assert why in row(hand_in(client, event, f"{HEAD}\n{line}\n")).why


def test_answer_that_the_rules_refuse_is_left_out_and_all_others_are_taken(
    client: Client, event: Event
) -> None:
    factories.rsvp(event, 1, "Ana Lima", email="ana@example.org", member=factories.member("lima@example.org"))
    page = take(client, hand_in(client, event, f"{HEAD}\nAna Lima,lima@example.org,yes\nTom Fox,,yes\n"))
    assert "Taken over: 1 new, 1 left out." in page
    assert "This address has answered already." in page
    assert Rsvp.objects.filter(name="Tom Fox").exists()


def test_host_takes_in_answers_to_own_events_only(client: Client, event: Event, curator: Member) -> None:
    other, host = factories.reception(), factories.member("host@example.org", is_staff=True)
    grant(host, RoleName.HOST, by=curator)
    TeamMember.objects.create(event=event, member=host, duty=TeamMember.Duty.HOST)
    foreign = hand_in(client, other, f"{HEAD}\nTom Fox\n")
    client.force_login(Member.objects.get(pk=host.pk))
    assert client.get(add_address(event)).status_code == 200
    assert client.get(add_address(other)).status_code == 404
    assert client.get(reverse("admin:intake_intake_change", args=[foreign.pk])).status_code == 404
    assert (
        client.get(reverse("admin:intake_intake_now", args=["answers", other.pk, "csv"])).status_code == 404
    )
    own = hand_in(client, event, f"{HEAD}\nTom Fox\n")
    listed = client.get(reverse("admin:intake_intake_changelist")).context["cl"].result_list
    assert list(listed) == [own]


def test_looking_through_answers_takes_as_many_queries_for_many(
    client: Client, event: Event, django_assert_num_queries: Any
) -> None:
    for count in (1, 30):
        lines = "\n".join(f"Guest {'abcdefghijklmnopqrstuvwxyzåäöü'[number]},," for number in range(count))
        intake = hand_in(client, event, f"{HEAD}\n{lines}\n")
        kind = kind_named("answers")
        assert kind
        made = kind(Member.objects.get(email="curator@example.org"), event.pk)
        with django_assert_num_queries(6):
            review(intake, made)


def test_tags_come_from_a_list_in_both_languages(client: Client) -> None:
    GuestTag.objects.create(name_en="Donors")
    content = "Name (English),Name (Chinese)\nDonors,捐助者\nSpeakers,演讲嘉宾\nVIP,贵宾\n"
    client.post(
        reverse("admin:intake_intake_add"),
        {"kind": "tags", "file": SimpleUploadedFile("tags.csv", content.encode())},
    )
    intake = Intake.objects.latest("pk")
    assert [row.why or row.verdict.value for row in looked(intake).rows] == ["changed", "new", "same"]
    take(client, intake)
    assert GuestTag.objects.get(name_en="Donors").name_zh_hans == "捐助者"


@pytest.mark.thorough
def test_three_hundred_answers_are_taken_over_at_once(client: Client) -> None:
    event = factories.reception(seats=400)
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"Guest {one}{two}" for one in letters for two in letters][:300]
    lines = "\n".join(f"{name},{name.replace(' ', '.').lower()}@example.org,yes,1" for name in names)
    intake = hand_in(client, event, f"{HEAD}\n{lines}\n")
    began = time.process_time()
    assert "Taken over: 300 new." in take(client, intake)
    assert time.process_time() - began < 30
