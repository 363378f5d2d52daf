"""One of everything that an address of the admin can be about, for an event of one's own and for one of others."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from events import rsvp as verbs
from events.letter_kinds import KINDS
from events.models import Event, InvitationList, Mailing, TeamMember
from people.models import Member, RoleGrant, RoleName
from sistercities.intake.models import Intake
from sistercities.news.models import Enquiry
from sistercities.newsletter.models import Newsletter, Subscriber
from sistercities.pages import publishing
from sistercities.pages.models import Page, PreviewLink
from tests import factories
from tests.test_admin import MAKERS

Arguments = dict[str, Any]


@dataclass
class World:
    """The rows by their model, such as ``events.rsvp``; those of events are of one's own or of others."""

    event: Event
    rows: dict[str, models.Model] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)

    def pk(self, label: str) -> int:
        return self.rows[label].pk


def of_event(shared: dict[str, models.Model], links: dict[str, int]) -> World:
    """An event with all that belongs to it, beside what is the same for all."""
    event = factories.reception(20, waiting_list=True)
    publishing.refresh(event)
    remark = factories.remark(event)
    publishing.refresh(remark)
    block = verbs.Block("Consulate", 2)
    rows = {
        "events.event": event,
        "events.rsvp": factories.rsvp(event, 2),
        "events.invitation": factories.invitation(event),
        "events.invitationlist": InvitationList.objects.create(event=event, name="Corps", rows=[]),
        "events.seathold": verbs.hold_seats(event, block, verbs.By(verbs.By().actor, None, "asked")),
        "events.mailing": Mailing.objects.create(event=event, subject_en="A word", body_en="Dear {name}"),
        "events.question": event.questions.create(label_en="What do you eat?"),
        "events.remark": remark,
        "intake.intake": answers_of(event),
    }
    own_links = {label: preview(row) for label, row in rows.items() if isinstance(row, Page)}
    return World(event, {**shared, **rows}, {**links, **own_links})


def answers_of(event: Event) -> Intake:
    """A list of answers that was handed in, and not taken over yet."""
    row = {"line": 2, "cells": ["Mei"], "problem": ""}
    columns = {"header": ["Name"], "columns": {"name": "Name"}, "rows": [row]}
    return Intake.objects.create(kind="answers", about=event.pk, filename="answers.csv", **columns)


def preview(page: Page) -> int:
    ends = timezone.now() + timedelta(days=1)
    return PreviewLink.objects.create(kind=page._meta.label_lower, object_id=page.pk, expires_at=ends).pk


def of_all() -> tuple[dict[str, models.Model], dict[str, int]]:
    """What belongs to no event, and the preview links of its pages."""
    rows: dict[str, models.Model] = {}
    for number, (model, make) in enumerate(MAKERS.items(), start=1):
        rows[model._meta.label_lower] = make(number)
    filed = ContentFile(b"city,partner\nGuangzhou,Los Angeles\n", name="bonds.csv")
    rows["relationships.directory"].file.save("bonds.csv", filed)  # type: ignore[attr-defined]
    rows["news.story"] = factories.story()
    rows["news.topic"] = factories.topic()
    rows["news.enquiry"] = Enquiry.objects.create(email="mei@example.org", subject="?", text="?", nonce="1")
    owner = factories.member("owner@example.org")
    rows["mfa.authenticator"] = Authenticator.objects.create(user=owner, type="totp", data={})
    rows["account.emailaddress"] = EmailAddress.objects.create(user=owner, email="owner@example.org")
    rows["newsletter.newsletter"] = Newsletter.objects.create(subject_en="News")
    rows["newsletter.subscriber"] = Subscriber.objects.create(email="reader@example.org")
    pages = {label: row for label, row in rows.items() if isinstance(row, Page)}
    for page in pages.values():
        publishing.refresh(page)
    return rows, {label: preview(page) for label, page in pages.items()}


def somebody(role: RoleName, *events: Event) -> Member:
    """A member with this role alone; a host, or whoever stands at the door, at these events."""
    made = factories.member(f"{role}@example.org", name=str(role.label), is_staff=True)
    if role == RoleName.ADMINISTRATOR:
        Member.objects.filter(pk=made.pk).update(is_superuser=True)
    RoleGrant.objects.create(member=made, role=role)
    for event in events:
        if role in TeamMember.Duty.values:
            TeamMember.objects.create(event=event, member=made, duty=role)
    return Member.objects.get(pk=made.pk)


# What an address is about, where its name does not say it by itself.
ABOUT: dict[str, str] = {
    "events_party_": "events.rsvp",
    "events_hold_add": "events.event",
    "events_hold": "events.seathold",
    "events_mailing_add": "events.event",
    "events_mailing": "events.mailing",
    "events_letter": "events.event",
    "events_invitation_overview": "events.event",
    "events_invitation_csv": "events.event",
    "events_invitation_letters": "events.event",
    "events_invitation_people": "events.event",
    "events_invitation_list": "events.invitationlist",
    "events_invitation_left_out": "events.invitationlist",
    "intake_list": "people.person",
    "intake_intake_empty": "people.member",
}
# What belongs to an event, of one's own or of others.
OF_EVENTS = {
    f"events.{name}"
    for name in ["event", "rsvp", "invitation", "invitationlist", "seathold", "mailing", "question", "remark"]
} | {"intake.intake"}
# Of which kind a list is that goes in or out at an address.
LISTS = {"intake_intake_now": "answers", "intake_intake_empty": "members"}
WORDS: dict[str, Callable[[str], str]] = {
    "kind": lambda name: LISTS.get(name, next(iter(KINDS))),
    "form": lambda name: "csv",
    "app": lambda name: "people",
    "model": lambda name: "person",
    "deed": lambda name: "tag" if name == "events_event_guests_do" else "send",
    "task": lambda name: "check",
    "language": lambda name: "en",
    "number": lambda name: "1",
}


def about(name: str, place: str) -> str:
    """The model of what an address is about, from its name or from where it lies."""
    for start, label in ABOUT.items():
        if name.startswith(start):
            return label
    return ".".join(place.split("/")[:2])


def arguments(name: str, place: str, wanted: list[str], world: World) -> Arguments:
    label = about(name, place)
    found: Arguments = {}
    for each in wanted:
        if each in ("pk", "object_id", "id"):
            found[each] = world.pk(label)
        elif each == "about":
            found[each] = world.event.pk
        elif each == "link":
            found[each] = world.links[label]
        else:
            found[each] = WORDS[each](name)
    return found
