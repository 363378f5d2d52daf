"""However somebody types an address, at the form, in an invitation or by telephone: one person has one answer."""

import pytest
from django.test import Client
from django.urls import reverse

from events import rsvp as verbs
from events.models import Event, Invitation, Rsvp
from events.rsvp import Recorded
from people.models import Member
from sistercities.mail.addresses import OTHER_LETTERS
from tests import factories
from tests.events.rsvp_pages import form

pytestmark = pytest.mark.django_db
SAME = ["mei@bücher.example", "MEI@Bücher.Example", " ｍｅｉ＠bücher。example ", "mei@xn--bcher-kva.example."]
OTHERS = ["mei+gala@bücher.example", "m.ei@bücher.example", "mei@bucher.example"]


def post(event: Event, email: str, nonce: str) -> int:
    sent = form(email=email, nonce=nonce * 24)
    return Client().post(reverse("events:rsvp", args=[event.slug]), sent).status_code


def test_one_person_answers_once_whatever_the_keyboard() -> None:
    event = factories.reception(seats=10)
    statuses = [post(event, email, nonce) for email, nonce in zip(SAME, "abcd", strict=True)]
    assert statuses[0] == 303
    assert Rsvp.objects.get().email == "mei@xn--bcher-kva.example"


def test_tags_dots_and_other_domains_are_other_people() -> None:
    event = factories.reception(seats=10)
    for email, nonce in zip([SAME[0], *OTHERS], "abcd", strict=True):
        assert post(event, email, nonce) == 303
    assert Rsvp.objects.count() == 4


def test_an_address_in_other_letters_is_refused_beside_its_field_and_kept() -> None:
    event = factories.reception(seats=10)
    sent = {"answer": "going", "name": "Mei", "email": "梅@example.org", "seats": "1", "nonce": "a" * 24}
    page = Client().post(reverse("events:rsvp", args=[event.slug]), sent)
    assert page.status_code == 422
    assert str(OTHER_LETTERS) in page.content.decode()
    assert "梅@example.org" in page.content.decode()


def test_the_database_knows_full_width_letters_and_capitals_by_itself() -> None:
    event = factories.reception(seats=10)
    factories.rsvp(event, 1, email="mei@example.org")
    again = verbs.respond(event, factories.answer(1, email=" ＭＥＩ＠Example.org "))
    assert again.recorded == Recorded.KNOWN_ADDRESS


def test_at_most_three_proofs_an_hour_go_to_one_address_however_it_is_typed() -> None:
    event = factories.reception(seats=10, verify_email=True)
    for email in ("mei@example.org", "MEI@example.org", "ｍｅｉ@example.org", "Mei＠example.org"):
        verbs.respond(event, factories.answer(1, email=email))
    assert Rsvp.objects.filter(status="unverified").count() == 3


def test_staff_invite_nobody_twice_by_another_spelling(client: Client) -> None:
    client.force_login(Member.objects.create_superuser("curator@example.org"))
    event = factories.reception(seats=10)
    for email in SAME:
        sent = {"event": event.pk, "name": "Mei Chen", "email": email, "language": "en", "greeting": ""}
        client.post(reverse("admin:events_invitation_add"), sent)
    assert [invitation.email for invitation in Invitation.objects.all()] == ["mei@xn--bcher-kva.example"]
