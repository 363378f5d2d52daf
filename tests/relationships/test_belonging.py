"""Related pages stand where one looks for them: on the form of the page to which they belong."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Member
from tests import factories

pytestmark = pytest.mark.django_db
QUERIES = 40


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _form(staff: Client, page: Any) -> Any:
    name = f"admin:{page._meta.label_lower.replace('.', '_')}_change"
    return staff.get(reverse(name, args=[page.pk]))


def test_a_bond_lists_its_agreements_and_fills_in_what_is_known_of_the_next(staff: Client) -> None:
    bond = factories.relationship()
    made = factories.agreement(bond)
    shown = _form(staff, bond).content.decode()
    assert f'href="{reverse("admin:relationships_agreement_change", args=[made.pk])}"' in shown
    agreements = _form(staff, bond).context["belonging"][0]
    form = staff.get(agreements.add_url).context["adminform"].form
    assert int(form.initial["relationship"]) == bond.pk
    assert [int(pk) for pk in form.initial["parties"]] == [city.pk for city in bond.cities]


def test_an_event_lists_its_remarks_with_the_state_of_their_languages(staff: Client) -> None:
    event = factories.past_event()
    remark = factories.remark(event)
    shown = _form(staff, event)
    listed = shown.context["belonging"][0]
    assert [row.words for row in listed.rows] == [str(remark)]
    assert "pill" in listed.rows[0].languages
    assert f"event={event.pk}" in listed.add_url


def test_a_person_lists_what_they_signed_and_said(staff: Client) -> None:
    person = factories.person()
    remark = factories.remark(None, person)
    made = factories.agreement()
    made.signatures.create(person=person, party=made.parties.first())
    groups = _form(staff, person).context["belonging"]
    assert [[row.words for row in group.rows] for group in groups] == [[str(made)], [str(remark)]]


@pytest.mark.parametrize("remarks", [1, 30])
def test_a_form_asks_as_much_for_thirty_remarks_as_for_one(
    staff: Client, remarks: int, django_assert_max_num_queries: Any
) -> None:
    event = factories.past_event()
    for _number in range(remarks):
        factories.remark(event)
    _form(staff, event)
    with django_assert_max_num_queries(QUERIES):
        _form(staff, event)
