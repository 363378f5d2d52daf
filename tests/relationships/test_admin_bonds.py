"""What staff do with bonds and agreements in the admin, and what they are told when it cannot be done."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Member
from relationships.admin.bonds import PartyFormSet
from relationships.models import Agreement, Relationship, Sector, Suspension, Tally
from sistercities.pages.curating import PartFormSet
from sistercities.pages.dates import parse
from sistercities.pages.models import Revision, Status
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


# --- what two people do at once, and dates in their order ----------------------------------------------------


def test_what_the_database_refuses_is_told_in_words_and_nothing_typed_is_lost(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if somebody else had changed the cities after this form was checked.
    monkeypatch.setattr(PartyFormSet, "clean", PartFormSet.clean)
    bond = factories.relationship()
    answer = _save(staff, bond, title_en="A better title", **{"parties-0-DELETE": "on"})
    assert answer.status_code == 200
    assert "has two present cities" in str(answer.context["adminform"].form.non_field_errors())
    assert "A better title" in answer.content.decode()
    assert bond.parties.count() == 2


def test_twin_made_meanwhile_is_told_in_words(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PartyFormSet, "clean", PartFormSet.clean)
    first = factories.relationship()
    second = factories.relationship(*first.cities, slug="second", kind="cooperation-cities")
    answer = _save(staff, second, kind="sister-cities")
    assert "live relationship of this kind" in str(answer.context["adminform"].form.non_field_errors())


def test_draft_with_one_city_is_not_published_from_the_list(staff: Client) -> None:
    bond = factories.relationship(status="draft")
    bond.parties.first().delete()
    action = {"action": "publish", "_selected_action": bond.pk}
    told = staff.post(reverse("admin:relationships_relationship_changelist"), action, follow=True)
    assert "has two cities" in told.content.decode()
    assert Relationship.objects.get().status == Status.DRAFT


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"established": "1990", "ended": "1980"}, "ended"),
        ({"superseded_by": "second"}, "ended"),
    ],
)
def test_end_before_the_beginning_is_explained_at_its_field(
    staff: Client, changes: dict[str, str], field: str
) -> None:
    bond = factories.relationship()
    second = factories.relationship(*bond.cities, slug="second", kind="cooperation-cities")
    changes = {name: str(second.pk) if value == "second" else value for name, value in changes.items()}
    answer = _save(staff, bond, **changes)
    assert list(answer.context["adminform"].form.errors) == [field]


@pytest.mark.parametrize(
    ("prefix", "row", "field"),
    [
        ("parties", {"joined": "1990", "left": "1980"}, "left"),
        ("fields", {"since": "1990", "until": "1980"}, "until"),
        ("suspensions", {"began": "1990", "ended": "1980"}, "ended"),
    ],
)
def test_end_of_a_part_before_its_beginning_is_explained_in_its_row(
    staff: Client, prefix: str, row: dict[str, str], field: str
) -> None:
    bond = factories.relationship()
    bond.fields.create(sector=Sector.objects.create(slug="trade", name_en="trade", name_zh_hans="贸易"))
    bond.suspensions.create(began=parse("1985"))
    answer = _save(staff, bond, **{f"{prefix}-0-{name}": value for name, value in row.items()})
    formsets = {each.formset.prefix: each.formset for each in answer.context["inline_admin_formsets"]}
    assert list(formsets[prefix].forms[0].errors) == [field]


def test_agreement_without_parties_takes_those_of_its_bond(staff: Client) -> None:
    bond = factories.relationship()
    made = factories.agreement(bond)
    assert _save(staff, made, parties=[]).status_code == 302
    assert set(made.parties.all()) == set(bond.cities)


def test_agreement_in_a_circle_of_renewals_is_explained_at_its_field(staff: Client) -> None:
    first = factories.agreement()
    second = factories.agreement(first.relationship, renews=first)
    answer = _save(staff, first, renews=str(second.pk))
    assert "round in a circle" in answer.context["adminform"].form.errors["renews"][0]


def test_agreement_that_expires_before_it_is_signed_is_explained_at_its_field(staff: Client) -> None:
    answer = _save(staff, factories.agreement(), expires="1970")
    assert "cannot expire before" in answer.context["adminform"].form.errors["expires"][0]


@pytest.mark.parametrize(
    ("typed", "kept"), [("zh-hans", "zh-Hans"), ("EN", "en"), ("zh_hant", "zh-Hant"), ("Chinese!", None)]
)
def test_language_of_a_text_is_a_tag(staff: Client, typed: str, kept: str | None) -> None:
    made = factories.agreement()
    made.wordings.create(language="x", text="Article 1")
    answer = _save(staff, made, **{"wordings-0-language": typed})
    if kept:
        assert made.wordings.get().language == kept
    else:
        formset = answer.context["inline_admin_formsets"][1].formset
        assert "zh-Hans" in formset.forms[0].errors["language"][0]


def test_renewal_is_entered_from_what_it_renews(staff: Client) -> None:
    made = factories.agreement()
    shown = staff.get(reverse("admin:relationships_agreement_change", args=[made.pk])).content.decode()
    link = re.search('class="addlink" href="([^"]*renews=[^"]*)"', shown)
    assert link
    form = staff.get(unescape(link[1])).context["adminform"].form
    assert form["renews"].value() == str(made.pk)
    assert form["relationship"].value() == str(made.relationship_id)
    assert form["kind"].value() == "renewal"


def test_count_of_the_same_day_is_not_entered_twice(staff: Client) -> None:
    city = factories.city()
    values = {"city": city.pk, "kind": "sister-cities", "number": "38", "as_of": "19 April 2022"}
    values |= {"what_en": "", "what_zh_hans": ""}
    rows = "pages-citation-content_type-object_id"
    empty = {f"{rows}-TOTAL_FORMS": "0", f"{rows}-INITIAL_FORMS": "0"}
    add = reverse("admin:relationships_tally_add")
    assert staff.post(add, {**values, **empty}).status_code == 302
    answer = staff.post(add, {**values, **empty})
    assert "already" in answer.context["adminform"].form.errors["as_of"][0]
    assert Tally.objects.count() == 1


def test_suspension_has_a_form_on_which_its_source_is_cited(client: Client, curator: Member) -> None:
    rest = Suspension.objects.create(relationship=factories.relationship(), began=parse("1990"))
    client.force_login(curator)
    url = f"/admin/relationships/suspension/{rest.pk}/change/"
    assert (
        url
        in client.get(f"/admin/relationships/relationship/{rest.relationship_id}/change/").content.decode()
    )
    form = client.get(url)
    assert 'name="pages-citation-content_type-object_id-TOTAL_FORMS"' in form.content.decode()
    assert "/admin/relationships/suspension/" not in client.get("/admin/").content.decode()


def test_bonds_are_moved_between_our_own_and_the_directory(client: Client, curator: Member) -> None:
    client.force_login(curator)
    bond = factories.relationship()
    for action, is_ours in (("leave_to_directory", False), ("make_ours", True), ("make_ours", True)):
        data = {"action": action, "_selected_action": [bond.pk]}
        client.post("/admin/relationships/relationship/", data)
        bond.refresh_from_db()
        assert bond.is_ours is is_ours
    # What it was, the two changes, and nothing for the third, which changed nothing.
    assert Revision.objects.filter(object_id=bond.pk).count() == 3
