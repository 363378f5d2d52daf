"""What staff do with bonds and agreements in the admin, and what they are told when it cannot be done."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Member
from relationships.models import Agreement, Relationship
from sistercities.pages.models import Status
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _save(staff: Client, made: Any, **changes: Any) -> Any:
    url = reverse(f"admin:relationships_{made._meta.model_name}_change", args=[made.pk])
    return staff.post(url, sent(staff.get(url), **changes))


def _errors(answer: Any, place: int) -> str:
    formset = answer.context["inline_admin_formsets"][place].formset
    return str(formset.non_form_errors())


def test_a_bond_of_two_cities_does_not_lose_one(staff: Client) -> None:
    answer = _save(staff, factories.relationship(), **{"parties-0-DELETE": "on"})
    assert "has two cities" in _errors(answer, 0)


def test_an_alliance_has_three_cities_or_more(staff: Client) -> None:
    answer = _save(staff, factories.relationship(), kind="alliance")
    assert "three cities or more" in _errors(answer, 0)


def test_the_same_cities_have_no_second_live_bond_of_a_kind(staff: Client) -> None:
    first = factories.relationship()
    second = factories.relationship(*first.cities, slug="second", kind="cooperation-cities")
    answer = _save(staff, second, kind="sister-cities")
    assert "live relationship of this kind already" in _errors(answer, 0)


def test_an_ended_bond_makes_room_for_a_new_one(staff: Client) -> None:
    first = factories.relationship()
    second = factories.relationship(*first.cities, slug="second", kind="cooperation-cities")
    assert _save(staff, first, ended="1999").status_code == 302
    assert _save(staff, second, kind="sister-cities").status_code == 302


def test_a_date_that_cannot_be_read_is_explained_at_its_field(staff: Client) -> None:
    answer = _save(staff, factories.relationship(), established="in spring")
    assert "is not a date we can read" in answer.context["adminform"].form.errors["established"][0]


@pytest.mark.parametrize("written", ["8 December 1981", "1981年12月8日", "1981-12-08"])
def test_a_date_is_read_as_people_write_it(written: str, staff: Client) -> None:
    bond = factories.relationship(established="1970")
    _save(staff, bond, established=written)
    assert str(Relationship.objects.get(pk=bond.pk).established) == "1981-12-08"


def test_an_agreement_is_not_published_with_one_party(staff: Client) -> None:
    made = factories.agreement(status=Status.DRAFT)
    one = [str(made.parties.first().pk)]
    answer = _save(staff, made, status="published", parties=one)
    assert "parties" in answer.context["adminform"].form.errors
    made.parties.set(one)
    action = {"action": "publish", "_selected_action": made.pk}
    told = staff.post(
        reverse("admin:relationships_agreement_changelist"), action, follow=True
    ).content.decode()
    assert "at least two parties" in told
    assert Agreement.objects.get().status == Status.DRAFT


def test_lists_sort_by_historical_date(staff: Client) -> None:
    for slug, established in (("b", "about 1890"), ("c", "1981-12-08"), ("a", "-0478")):
        cities = [factories.city(f"{slug}{end}", f"{slug}{end}") for end in "12"]
        factories.relationship(*cities, slug=slug, established=established)
    url = reverse("admin:relationships_relationship_changelist")
    column = 3
    shown = staff.get(url, {"o": column}).context["cl"].result_list
    assert [bond.slug for bond in shown] == ["a", "b", "c"]
