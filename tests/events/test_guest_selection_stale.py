"""What is pressed on a page that others have overtaken: nobody is left out in silence, and no letter is to nobody."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events import rsvp as verbs
from events.models import Actor, GuestTag, Mailing, Rsvp
from people.models import Member
from tests import factories
from tests.forms import filled

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("deed", ["letter", "tag"])
def test_who_changed_while_the_page_stood_open_is_named_and_nobody_is_written_to_in_their_place(
    client: Client, curator: Member, deed: str
) -> None:
    client.force_login(curator)
    event = factories.reception()
    ana = factories.rsvp(event, 2, "Ana")
    page = reverse("admin:events_event_guests_do", args=[event.pk, deed], query={"chosen": ana.pk})
    shown = filled(client.get(page))
    verbs.withdraw(Rsvp.objects.get(pk=ana.pk), verbs.By(Actor.STAFF, reason="as agreed"))
    answer: Any = client.post(page, {**shown, "tag": GuestTag.objects.earliest("pk").pk})
    told = " ".join(str(each) for each in answer.wsgi_request._messages)
    assert "Not done with Ana: changed meanwhile; please look again" in told
    assert answer["Location"] == reverse("admin:events_event_guests", args=[event.pk])
    assert not Mailing.objects.exists()
    assert not ana.tags.exists()
