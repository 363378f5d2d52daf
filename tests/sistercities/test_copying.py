"""A page is duplicated: a draft with all that it holds, while the first stays as it was."""

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from events.models import Event
from people.models import Member
from sistercities.pages.copying import duplicate
from sistercities.pages.everything import page_models
from sistercities.pages.models import StandingPage, Status
from sistercities.pages.revisions import revisions_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def test_a_copy_is_a_draft_with_all_parts_at_an_address_of_its_own(curator: Member) -> None:
    event = factories.past_event()
    event.programme.create(title_en="Toast", person=factories.person())
    factories.cite(event, factories.source("report"))
    copy = duplicate(event, by=curator)
    assert (copy.status, copy.slug) == (Status.DRAFT, f"{event.slug}-2")
    assert copy.title_en == f"{event.title_en} (copy)"
    assert [row.title_en for row in copy.programme.all()] == ["Toast"]
    assert [row.source.slug for row in copy.citations.all()] == ["report"]
    assert revisions_of(copy).get().made_by == curator
    assert (event.programme.count(), event.citations.count()) == (1, 1)
    assert copy.ics_uid != event.ics_uid


def test_the_names_of_a_person_are_copied_and_not_moved() -> None:
    person = factories.person()
    copy = duplicate(person)
    assert (copy.names.count(), person.names.count()) == (1, 1)
    assert copy.title == person.title


def test_a_bond_that_there_may_be_once_is_not_copied_and_says_why() -> None:
    with pytest.raises(ValidationError, match="live relationship of this kind"):
        duplicate(factories.relationship())


def test_the_button_leads_to_the_copy(staff: Client) -> None:
    page = StandingPage.objects.create(slug="about", title_en="About us", status=Status.PUBLISHED)
    url = reverse("admin:pages_standingpage_duplicate", args=[page.pk])
    shown = staff.get(reverse("admin:pages_standingpage_change", args=[page.pk])).content.decode()
    assert f'action="{url}"' in shown
    assert staff.get(url).status_code == 405
    answer = staff.post(url)
    copy = StandingPage.objects.exclude(pk=page.pk).get()
    assert answer["Location"] == reverse("admin:pages_standingpage_change", args=[copy.pk])
    assert copy.status == Status.DRAFT


def test_every_kind_of_page_can_be_duplicated_from_its_form() -> None:
    for model in page_models():
        if admin.site.is_registered(model):
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_duplicate", args=[1])


def test_no_answers_go_into_the_copy_of_an_event() -> None:
    event = factories.reception()
    factories.rsvp(event)
    copy = duplicate(event)
    assert Event.objects.get(pk=copy.pk).rsvps.count() == 0
