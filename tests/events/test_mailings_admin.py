"""The pages on which staff write free letters: chosen, looked at, tried, sent, and watched."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Mailing, Question
from people.models import Member
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.events.asking import ask
from tests.events.free_letters import WORDS, letter, party, sent_by
from tests.events.postbox import body, lantern_reception, subject, taken_down
from tests.post import Post

pytestmark = pytest.mark.django_db

CHOICE = {"groups": ["confirmed"], "members": "", "reply": "", "batch": "", "fewest": "", "most": ""}


@pytest.fixture
def event() -> Event:
    return lantern_reception(20)


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _page(name: str, pk: int) -> str:
    return reverse(f"admin:events_{name}", args=[pk])


def test_a_letter_is_written_looked_at_tried_sent_and_watched(
    post: Post, staff: Client, event: Event, curator: Member
) -> None:
    party(event, "mei", 2)
    party(event, "lin", language="zh-hans")
    taken_down(event, 1, "Old Wang", email="")
    outbox.send_due()
    add = _page("mailing_add", event.pk)
    shown = staff.post(add, {**WORDS, **CHOICE, "_preview": "1", "seen": ""})
    assert Mailing.objects.count() == 0
    assert "Please use the door on Main Street, Lin." in shown.content.decode()
    assert "Old Wang" in shown.content.decode()
    answer: Any = staff.post(add, {**WORDS, **CHOICE, "_test": "1", "seen": ""})
    mailing = Mailing.objects.get()
    assert answer.url.startswith(_page("mailing", mailing.pk))
    tests = Message.objects.filter(kind="event_letter_test").values_list("to_email", flat=True)
    assert list(tests) == [curator.email, curator.email]
    post.mails.clear()
    outbox.send_due()
    assert {subject(mail) for mail in post.mails} == {
        "[Test] A word about Lantern Reception",
        "【测试】关于元宵招待会",
    }
    assert all("/rsvp/" not in body(mail) for mail in post.mails)
    page = staff.get(_page("mailing_send", mailing.pk))
    numbers = page.context["numbers"]
    assert (numbers["total"], numbers["by_language"]) == (2, [("English", 1), ("Chinese", 1)])
    for _press in range(2):
        done: Any = staff.post(_page("mailing_send", mailing.pk), {"seen": page.context["prospect"].seen})
        assert done.url == _page("mailing", mailing.pk)
    assert Message.objects.filter(kind="event_letter").count() == 2
    watched = staff.get(_page("mailing", mailing.pk))
    assert watched.context["counts"]["waiting"] == 2


def test_the_page_names_those_whom_a_letter_did_not_reach(
    staff: Client, event: Event, curator: Member
) -> None:
    for name in ("mei", "lin", "wu", "bo"):
        party(event, name)
    mailing = letter(event)
    sent_by(curator, mailing)
    now, mails = timezone.now(), Message.objects.filter(kind="event_letter")
    mails.filter(to_email="mei@example.org").update(sent_at=now)
    mails.filter(to_email="lin@example.org").update(failed_at=now, error="550 5.1.1 User unknown")
    mails.filter(to_email="wu@example.org").update(
        failed_at=now, handed_over_at=now, error="Uncertain: broke off"
    )
    mails.filter(to_email="bo@example.org").update(
        sent_at=now, handed_over_at=now, returned_at=now, error="550 5.1.1 Gone"
    )
    page = staff.get(_page("mailing", mailing.pk))
    counted = {"waiting": 0, "sent": 1, "failed": 1, "uncertain": 1, "returned": 1, "overtaken": 0}
    assert page.context["counts"] == counted
    assert [name for _mail, name in page.context["troubled"]] == ["Bo", "Lin", "Wu"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"subject_en": ""}, "subject_en", "The words need a subject"),
        ({"body_zh_hans": ""}, "body_zh_hans", "The subject needs words"),
        ({"body_en": "Dear {nmae}"}, "body_en", "{nmae}"),
        ({"subject_en": "See {link}"}, "subject_en", "no link"),
        ({"groups": []}, "groups", "Choose at least one."),
        ({"fewest": "4", "most": "2"}, "most", "less than"),
        ({"fewest": "many"}, "fewest", "whole number"),
        ({"fewest": "1_0"}, "fewest", "whole number"),
        ({"most": "41"}, "most", "40"),
        ({"reply": "7:yes"}, "reply", "valid choice"),
        (dict.fromkeys(WORDS, ""), "subject_en", "in one language at least"),
    ],
)
def test_what_is_wrong_with_a_letter_is_said_beside_its_field(
    staff: Client, event: Event, changes: dict[str, Any], field: str, words: str
) -> None:
    answer = staff.post(_page("mailing_add", event.pk), {**WORDS, **CHOICE, "seen": "", **changes})
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors[field])
    assert not Mailing.objects.exists()


@pytest.mark.parametrize("page", ["mailing", "mailing_send"])
def test_looking_at_a_letter_changes_nothing(staff: Client, event: Event, page: str) -> None:
    party(event, "mei")
    mailing = letter(event)
    before = (Mailing.objects.values().get(), Message.objects.count())
    for _time in range(2):
        assert staff.get(_page(page, mailing.pk)).status_code == 200
        staff.head(_page(page, mailing.pk))
    assert (Mailing.objects.values().get(), Message.objects.count()) == before


def test_the_pages_of_letters_cost_the_same_for_few_and_for_many(staff: Client, event: Event) -> None:
    mailing, costs = letter(event), []
    for number in range(12):
        party(event, f"guest{number}")
        if number in (1, 11):
            cost = []
            for name, pk in (
                ("event_mailings", event.pk),
                ("mailing", mailing.pk),
                ("mailing_send", mailing.pk),
            ):
                with CaptureQueriesContext(connection) as queries:
                    assert staff.get(_page(name, pk)).status_code == 200
                cost.append(len(queries))
            costs.append(cost)
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 12


def test_a_draft_is_not_overwritten_by_who_opened_it_earlier(staff: Client, event: Event) -> None:
    party(event, "mei")
    mailing = letter(event)
    address = _page("mailing", mailing.pk)
    seen = staff.get(address).context["form"].stamp
    staff.post(address, {**WORDS, **CHOICE, "seen": seen, "subject_en": "First"})
    late = staff.post(address, {**WORDS, **CHOICE, "seen": seen, "subject_en": "Second"})
    assert late.status_code == 422
    assert Mailing.objects.get().subject_en == "First"


def test_only_who_may_write_letters_sees_them(client: Client, event: Event) -> None:
    helper = factories.member("helper@example.org", is_staff=True)
    client.force_login(helper)
    mailing = letter(event)
    for name, pk in (("event_mailings", event.pk), ("mailing", mailing.pk), ("mailing_send", mailing.pk)):
        assert client.get(_page(name, pk)).status_code == 403


def test_who_may_not_see_what_is_sensitive_chooses_nobody_by_it(client: Client, event: Event) -> None:
    meat = ask(event, "Do you eat meat?", kind=Question.Kind.YES_NO, is_sensitive=True)
    dance = ask(event, "Do you dance?", kind=Question.Kind.YES_NO)
    helper = factories.member("helper@example.org", is_staff=True)
    rights = ["view_rsvp", "view_mailing", "add_mailing", "change_mailing"]
    helper.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(helper)
    add = _page("mailing_add", event.pk)
    offered = client.get(add).content.decode()
    assert f'value="{dance.pk}:no"' in offered
    assert f'value="{meat.pk}:no"' not in offered
    refused = client.post(add, {**WORDS, **CHOICE, "reply": f"{meat.pk}:no", "seen": ""})
    assert "reply" in refused.context["form"].errors
    mailing = letter(event)
    Mailing.objects.update(audience={**mailing.audience, "question": meat.pk, "said": "no"})
    for name in ("mailing", "mailing_send"):
        assert client.get(_page(name, mailing.pk)).status_code == 403
    helper.user_permissions.add(Permission.objects.get(codename="view_questionanswer"))
    assert client.get(_page("mailing", mailing.pk)).status_code == 200
