"""The link to a new password: looking at it changes nothing, pressing its button leads to the form."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.test import Client

from people.models import Member
from sistercities.mail import outbox

pytestmark = pytest.mark.django_db
WORDS = "moonlight over the pearl river"


@pytest.fixture
def link(client: Client, member: Member, mailoutbox: list[EmailMessage]) -> str:
    client.post("/en/members/password/reset/", {"email": member.email})
    outbox.send_due()
    found = re.search(r"/en/members/password/reset/key/\S+", str(mailoutbox[-1].body))
    assert found
    return found[0]


def test_looking_at_the_link_opens_no_session_and_takes_no_key(client: Client, link: str) -> None:
    for ask in (client.get, client.head, client.get):
        answer = ask(link)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
    assert not Session.objects.exists()


def test_button_behind_the_link_leads_to_a_new_password_once(
    client: Client, link: str, member: Member
) -> None:
    form = client.post(link, follow=True)
    assert form.redirect_chain[-1][0].endswith("set-password/")
    client.post(form.redirect_chain[-1][0], {"password1": WORDS, "password2": WORDS})
    member.refresh_from_db()
    assert member.check_password(WORDS)
    assert "no longer good" in Client().post(link).content.decode()
