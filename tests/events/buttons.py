"""Buttons of the pages on which RSVPs are given and changed: where each leads, and with what."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from events import rsvp as verbs
from events.models import Event
from people.models import Member
from tests import factories
from tests.events.delegates import block
from tests.events.delegates import page_of as delegation_page
from tests.events.delegates import sent as names_sent
from tests.events.rsvp_pages import an_offer, form, invitation_page, manage_page, verify_page


@dataclass
class Button:
    """A button of a page: where its form goes, with what, and which of that is to be seen again."""

    path: str
    data: dict[str, Any]
    kept: list[str] = field(default_factory=list)
    client: Client = field(default_factory=Client)
    language: str = "en"

    def press(self) -> Any:
        return self.client.post(self.path, self.data, headers={"accept-language": self.language})


def typed(language: str) -> dict[str, Any]:
    name = {"en": "Ana O’Hara & daughter", "zh-hans": "欧阳梅"}[language]
    return form(name=name, email="ana@example.org", seats="2", message="No peanuts, “please”")


KEPT = ["No peanuts, “please”", "ana@example.org", 'value="nnnnnnnnnnnnnnnnnnnnnnnn"']


def first_answer(language: str) -> Button:
    event = factories.reception()
    return Button(f"/{language}/events/{event.slug}/rsvp/", typed(language), KEPT)


def invited(language: str) -> Button:
    invitation = factories.invitation(factories.reception(mode="invitation"), email="ana@example.org")
    return Button(invitation_page(invitation, language), typed(language), KEPT)


def changed(language: str) -> Button:
    rsvp = factories.rsvp(factories.reception(), 1)
    data = {"answer": "going", "name": rsvp.name, "seats": "3", "guests-0-name": "Ben", "message": "By train"}
    return Button(manage_page(rsvp, language), data, ["By train", 'value="Ben"', 'value="3"'])


def withdrawn(language: str) -> Button:
    return Button(manage_page(factories.rsvp(factories.reception()), language), {"answer": "declined"})


def undone(language: str) -> Button:
    rsvp = factories.rsvp(factories.reception(), 2)
    verbs.withdraw(rsvp)
    return Button(manage_page(rsvp, language), {"undo": "1"})


def taken(language: str) -> Button:
    return Button(manage_page(an_offer(3, 2), language), {"offer": "take", "offer_seats": "1"})


def let_pass(language: str) -> Button:
    return Button(manage_page(an_offer(2, 2, behind=1), language), {"offer": "not-now"})


def verified(language: str) -> Button:
    event = factories.reception(verify_email=True)
    return Button(verify_page(verbs.respond(event, factories.answer()).rsvp, language), {})


def delegation(language: str) -> Button:
    hold = block(factories.reception(20), 12, language=language)
    data = names_sent(Client(), hold, "王伟", "李娜", language=language)
    return Button(delegation_page(hold, language), data, ["王伟", "李娜"])


def by_staff(language: str, path: str, data: dict[str, Any], kept: list[str]) -> Button:
    staff = Client()
    staff.force_login(Member.objects.create_superuser(f"{language}@example.org", "a password", name="Cora"))
    return Button(path, data, kept, staff, language)


def taken_down_by_staff(language: str) -> Button:
    event: Event = factories.reception()
    data = {
        "name": "Ana",
        "email": "",
        "seats": "2",
        "source": "phone",
        "language": "en",
        "reason": "rang us",
    }
    path = reverse("admin:events_event_answer", args=[event.pk])
    return by_staff(language, path, {"answer": "going", **data}, ["rang us", 'value="Ana"'])


def withdrawn_by_staff(language: str) -> Button:
    path = reverse("admin:events_party_withdraw", args=[factories.rsvp(factories.reception()).pk])
    return by_staff(language, path, {"reason": "rang us", "source": "phone"}, ["rang us"])


BUTTONS: list[Callable[[str], Button]] = [
    first_answer,
    invited,
    changed,
    withdrawn,
    undone,
    taken,
    let_pass,
    verified,
    delegation,
    taken_down_by_staff,
    withdrawn_by_staff,
]
