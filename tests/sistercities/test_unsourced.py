"""Staff learn which published statements rest on nothing."""

import pytest

from relationships.models import Organisation, Suspension, Tenure
from sistercities.pages.dates import parse
from sistercities.pages.unsourced import unsourced
from tests import factories

pytestmark = pytest.mark.django_db


def found() -> set[tuple[str, str]]:
    return {(str(each.subject), each.claim) for each in unsourced()}


def test_published_claim_without_a_source_is_listed() -> None:
    bond = factories.relationship()
    assert (str(bond), "established") in found()


def test_source_for_the_claim_or_for_the_whole_page_takes_it_off_the_list() -> None:
    one, other = factories.relationship(), factories.relationship(factories.city("a"), factories.city("b"))
    factories.cite(one, claim="established")
    factories.cite(other)
    assert not {(str(one), "established"), (str(other), "established")} & found()
    assert (str(one), "summary") in found()


def test_source_that_contradicts_is_no_support() -> None:
    bond = factories.relationship()
    factories.cite(bond, claim="established", stance="contradicts", note_en="A year later.")
    assert (str(bond), "established") in found()


def test_what_is_not_stated_or_not_public_wants_no_source() -> None:
    factories.relationship(factories.city("a"), factories.city("b"), status="draft", slug="hidden")
    factories.person("nobody")  # of whom no dates are given
    Organisation.objects.create(slug="body", name_en="A body")
    listed = found()
    assert "established" not in {claim for _subject, claim in listed}
    assert not {claim for _subject, claim in listed} & {"life", "founded"}


def test_parts_of_public_pages_are_listed_as_wholes() -> None:
    bond = factories.relationship()
    shown, hidden = factories.milestone(bond), factories.milestone(bond, is_shown=False, title_en="Hidden")
    office = Tenure.objects.create(person=factories.person(), office_en="Mayor")
    assert {(str(shown), ""), (str(office), "")} <= found()
    assert (str(hidden), "") not in found()


def test_statement_is_named_in_words() -> None:
    person = factories.person(born=parse("1917"))
    (row,) = [each for each in unsourced() if each.subject == person and each.claim == "life"]
    assert row.label == "Born"
    assert row.url == f"/admin/people/person/{person.pk}/change/"


def test_list_for_staff_leads_to_where_it_is_mended(client, curator) -> None:
    bond = factories.relationship()
    client.force_login(curator)
    content = client.get("/admin/without-source/").content.decode()
    assert f"/admin/relationships/relationship/{bond.pk}/change/" in content
    assert "Established" in content
    client.cookies["django_language"] = "zh-hans"
    assert "缺少来源" in client.get("/admin/without-source/").content.decode()


def test_part_leads_to_the_form_on_which_its_source_is_cited(client, curator) -> None:
    bond = factories.relationship()
    rest = Suspension.objects.create(relationship=bond, began=parse("2020-03"))
    (row,) = [each for each in unsourced() if isinstance(each.subject, Suspension)]
    assert row.url == f"/admin/relationships/suspension/{rest.pk}/change/"
    client.force_login(curator)
    assert client.get("/admin/without-source/").status_code == 200


def test_list_for_staff_is_for_staff(client, member) -> None:
    client.force_login(member)
    assert client.get("/admin/without-source/").status_code == 302


def test_form_suggests_the_claims_of_its_kind_of_page(client, curator) -> None:
    bond = factories.relationship()
    client.force_login(curator)
    content = client.get(f"/admin/relationships/relationship/{bond.pk}/change/").content.decode()
    assert '<option value="established">Established</option>' in content
    assert '<option value="life">' not in content
