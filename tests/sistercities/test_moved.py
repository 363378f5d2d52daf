"""Addresses: a published page may be renamed, and its old links go on; drafts are never given away by theirs."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from events.models import Event
from people.models import Member
from relationships.models import Relationship
from sistercities.pages.addresses import check_address, free_address
from sistercities.pages.models import FormerAddress, StandingPage, Status
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db


def _bond(**fields: Any) -> Any:
    return factories.relationship(**fields)


MAKERS = {
    "source": factories.source,
    "person": factories.person,
    "city": factories.city,
    "relationship": _bond,
    "agreement": lambda **fields: factories.agreement(_bond(), **fields),
    "event": factories.event,
    "remark": lambda **fields: factories.remark(factories.past_event(), factories.person(), **fields),
}
each_kind = pytest.mark.parametrize("kind", MAKERS)


def _rename(page: Any, slug: str) -> Any:
    page.slug = slug
    page.save()
    return page


@each_kind
def test_an_old_link_leads_to_the_present_address_with_its_query(client: Client, kind: str) -> None:
    page = MAKERS[kind]()
    old = page.get_absolute_url()
    new = _rename(page, "renamed").get_absolute_url()
    for language in ("en", "zh-hans"):
        answer = client.get(old.replace("/en/", f"/{language}/") + "?page=1&a=%E5%B9%BF")
        assert answer.status_code == 301
        assert answer.headers["Location"] == new.replace("/en/", f"/{language}/") + "?page=1&a=%E5%B9%BF"
        assert answer.headers["Cache-Control"] == "no-cache"


@each_kind
def test_the_address_of_a_draft_is_not_given_away_by_its_old_one(client: Client, kind: str) -> None:
    page = MAKERS[kind]()
    old = page.get_absolute_url()
    _rename(page, "secret-name")
    type(page).objects.update(status=Status.DRAFT)
    answer = client.get(old)
    assert answer.status_code == 404
    assert "secret-name" not in answer.content.decode()


def test_a_draft_that_is_renamed_leaves_nothing_behind(client: Client) -> None:
    _rename(factories.city(status=Status.DRAFT), "canton")
    assert not FormerAddress.objects.exists()


def test_a_chain_of_names_leads_to_the_last_at_once(client: Client) -> None:
    city = factories.city("one")
    for slug in ("two", "three"):
        _rename(city, slug)
    for old in ("one", "two"):
        assert client.get(f"/en/cities/{old}/").headers["Location"] == "/en/cities/three/"


def test_a_page_may_take_its_old_address_back(client: Client) -> None:
    city = factories.city("canton")
    _rename(city, "guangzhou")
    check_address(type(city), "canton", city.pk)
    _rename(city, "canton")
    assert client.get("/en/cities/canton/").status_code == 200
    assert client.get("/en/cities/guangzhou/").headers["Location"] == "/en/cities/canton/"


def test_the_calendar_and_the_answer_of_a_renamed_event_are_found(client: Client) -> None:
    event = factories.reception()
    old = event.slug
    _rename(event, "gala")
    assert client.get(f"/en/events/{old}/calendar.ics").headers["Location"] == "/en/events/gala/calendar.ics"
    assert client.get(f"/en/events/{old}/rsvp/").headers["Location"] == "/en/events/gala/rsvp/"
    posted = client.post(f"/en/events/{old}/rsvp/", {"answer": "going"})
    assert (posted.status_code, posted.headers["Location"]) == (308, "/en/events/gala/rsvp/")


def test_a_deleted_page_leads_nowhere(client: Client) -> None:
    city = factories.city("canton")
    _rename(city, "guangzhou")
    city.delete()
    assert client.get("/en/cities/canton/").status_code == 404
    assert free_address(type(city), "canton") == "canton"


# --- in the admin ------------------------------------------------------------------------------------


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _save(staff: Client, page: Any, **changes: Any) -> Any:
    url = reverse(f"admin:{page._meta.app_label}_{page._meta.model_name}_change", args=[page.pk])
    return staff.post(url, sent(staff.get(url), **changes))


def test_the_address_of_a_published_page_is_changed_in_its_form(staff: Client) -> None:
    source = factories.source("report")
    assert _save(staff, source, slug="yearbook").status_code == 302
    assert Client().get("/en/sources/report/").headers["Location"] == "/en/sources/yearbook/"


def test_an_address_that_another_page_has_is_refused_with_its_name(staff: Client) -> None:
    factories.source("report")
    answer = _save(staff, factories.source("other"), slug="report")
    assert "“Report report” has this address: choose another." in answer.content.decode()


def test_an_address_that_another_page_had_is_refused_with_its_name(staff: Client) -> None:
    _rename(factories.source("report"), "yearbook")
    answer = _save(staff, factories.source("other"), slug="report")
    assert "“Report report” had this address before" in answer.content.decode()


def test_a_made_up_address_keeps_clear_of_former_ones() -> None:
    city = _rename(factories.city("canton"), "guangzhou")
    assert free_address(type(city), "canton") == "canton-2"
    assert free_address(type(city), "canton", city.pk) == "canton"
    with pytest.raises(ValidationError):
        check_address(type(city), "canton")


def test_the_address_of_a_withdrawn_event_stays_while_guests_have_it(staff: Client) -> None:
    event = factories.reception()
    factories.rsvp(event)
    Event.objects.update(status=Status.DRAFT)
    _save(staff, Event.objects.get(), slug="elsewhere")
    assert Event.objects.get().slug == event.slug


@pytest.mark.parametrize(
    ("model", "slug"), [(Event, "calendar"), (Relationship, "anniversaries"), (StandingPage, "people")]
)
def test_address_of_the_site_itself_is_refused_and_never_proposed(model: Any, slug: str) -> None:
    with pytest.raises(ValidationError, match="The site itself uses this address"):
        check_address(model, slug)
    assert free_address(model, slug) == f"{slug}-2"
