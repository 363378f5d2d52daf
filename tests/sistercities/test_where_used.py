"""Where a page is used, what becomes of that when it goes, and the ways out: all in the admin."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from people.models import Member, RoleName
from relationships.models import Signature
from sistercities.pages import referring
from sistercities.pages.revisions import revisions_of
from tests import factories
from tests.roles.world import somebody

pytestmark = pytest.mark.django_db
QUERIES = 10


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _url(page: Any, what: str) -> str:
    return reverse(f"admin:{page._meta.label_lower.replace('.', '_')}_{what}", args=[page.pk])


def _speaker() -> Any:
    """Somebody who spoke once and signed once."""
    person = factories.person("speaker", "Tom Bradley")
    factories.remark(factories.past_event(), person)
    made = factories.agreement()
    Signature.objects.create(agreement=made, person=person, party=made.parties.first())
    return person


def test_all_that_names_a_page_is_listed_with_the_way_to_it(staff: Client) -> None:
    person = _speaker()
    remark, made = person.remarks.get(), person.signatures.get().agreement
    shown = staff.get(_url(person, "used")).content.decode()
    assert "Remarks (speaker)" in shown
    assert f'href="{_url(remark, "change")}"' in shown
    assert f'href="{_url(made, "change")}"' in shown
    assert "Where it is used (2)" in staff.get(_url(person, "change")).content.decode()


def test_its_own_names_and_sources_do_not_count_as_use() -> None:
    person = factories.person("alone")
    factories.cite(person)
    assert referring.counts(person) == {}


@pytest.mark.parametrize("remarks", [1, 30])
def test_where_a_page_is_used_is_asked_in_few_questions(
    staff: Client, remarks: int, django_assert_num_queries: Any
) -> None:
    person = _speaker()
    event = factories.past_event()
    for _number in range(remarks):
        factories.remark(event, person)
    staff.get(_url(person, "used"))
    with django_assert_num_queries(QUERIES):
        staff.get(_url(person, "used"))


def test_a_page_on_which_others_rest_is_not_deleted_and_the_ways_out_are_offered(staff: Client) -> None:
    person = _speaker()
    shown = staff.get(_url(person, "delete")).content.decode()
    assert "These keep it from being deleted" in shown
    assert "Withdraw it to a draft" in shown
    assert f'href="{_url(person, "replace")}"' in shown
    staff.post(_url(person, "delete"), {"post": "yes"})
    assert type(person).objects.filter(pk=person.pk).exists()


def test_before_anything_is_put_in_its_place_all_that_would_change_is_shown(staff: Client) -> None:
    person, other = _speaker(), factories.person("other", "Wang Li")
    shown = staff.get(_url(person, "replace"), {"other": other.pk}).content.decode()
    assert "What will change" in shown
    assert str(person.remarks.get()) in shown
    assert person.remarks.count() == 1


def test_another_person_is_put_in_the_place_of_one_and_every_page_keeps_a_revision(
    staff: Client, curator: Member
) -> None:
    person, other = _speaker(), factories.person("other", "Wang Li")
    remark, made = person.remarks.get(), person.signatures.get().agreement
    answer = staff.post(_url(person, "replace"), {"other": other.pk}, follow=True)
    assert "2 references lead to" in answer.content.decode()
    assert (other.remarks.get(), other.signatures.get().agreement) == (remark, made)
    assert revisions_of(remark).first().made_by == curator
    staff.post(_url(person, "delete"), {"post": "yes"})
    assert not type(person).objects.filter(pk=person.pk).exists()


def test_footnotes_follow_the_source_that_takes_the_place_of_another() -> None:
    old, new = factories.source("old"), factories.source("new")
    city = factories.city()
    factories.cite(city, old)
    type(city).objects.filter(pk=city.pk).update(body_en="Twelve million.[^old] More.[^older]")
    assert referring.replace(old, new) == 1
    city.refresh_from_db()
    assert city.body_en == "Twelve million.[^new] More.[^older]"
    assert city.citations.get().source == new


def test_nothing_is_changed_where_both_stand_in_one_place() -> None:
    old, new = factories.source("old"), factories.source("new")
    one, both = factories.city(), factories.los_angeles()
    factories.cite(one, old)
    for source in (old, new):
        factories.cite(both, source)
    with pytest.raises(ValidationError, match="cited for that claim already"):
        referring.replace(old, new)
    assert one.citations.get().source == old


def test_of_every_kind_of_page_staff_see_where_it_is_used_and_what_deleting_it_would_do(
    staff: Client,
) -> None:
    event = factories.reception()
    remark = factories.remark(event)
    made = factories.agreement(factories.relationship())
    pages = [event, remark, remark.speaker, made, made.relationship, made.parties.first(), factories.source()]
    for page in pages:
        for what in ("used", "delete", "replace"):
            assert staff.get(_url(page, what)).status_code == 200, (page, what)


def test_whoever_only_reads_finds_no_way_to_put_another_in_its_place(client: Client) -> None:
    person = _speaker()
    client.force_login(somebody(RoleName.READER))
    assert "Remarks (speaker)" in client.get(_url(person, "used")).content.decode()
    assert client.get(_url(person, "replace")).status_code == 403
    assert client.post(_url(person, "duplicate")).status_code == 403


def test_who_chooses_no_other_page_is_told_so_in_the_language_of_the_admin(staff: Client) -> None:
    """The browser would say it in its own, at a field that is hidden behind the search."""
    staff.cookies["django_language"] = "zh-hans"
    url = _url(factories.source(), "replace")
    assert " novalidate>" in staff.get(url).content.decode()
    assert "请填写此项。" in staff.get(url, {"other": ""}).content.decode()
