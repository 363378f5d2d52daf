"""What staff type when they add a city, and how the form helps."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from events.models import ProgrammeItem, Venue
from people.models import Member
from relationships.models import City, Organisation, Tenure
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
HARBOUR = {
    "title_en": "Port Verity",
    "title_zh_hans": "真港",
    "country_en": "Testland",
    "country_zh_hans": "试验国",
    "country_code": "tl",
    "timezone": "Pacific/Auckland",
    "latitude": "-36.9",
    "longitude": "174.8",
}


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def add(staff: Client, **changes: str) -> Any:
    url = reverse("admin:relationships_city_add")
    return staff.post(url, sent(staff.get(url), **(HARBOUR | changes)))


def test_country_code_may_be_typed_in_small_letters(staff: Client) -> None:
    assert add(staff).status_code == 302
    assert City.objects.get().country_code == "TL"


@pytest.mark.parametrize(
    ("field", "typed", "answer"),
    [
        ("country_code", "1x", "Two letters"),
        ("timezone", "Auckland", "did you mean Pacific/Auckland?"),
        ("timezone", "los angeles", "did you mean America/Los_Angeles?"),
        ("timezone", "Nowhere", "such as Asia/Shanghai"),
    ],
)
def test_what_is_mistyped_is_answered_beside_the_field(
    staff: Client, field: str, typed: str, answer: str
) -> None:
    page = add(staff, **{field: typed})
    assert answer in page.context["adminform"].form.errors[field][0]
    assert page.context["adminform"].form[field].value() == typed


def test_autocomplete_offers_cities_in_their_order(staff: Client) -> None:
    for slug, name in (("c", "San B"), ("a", "San C"), ("b", "San A")):
        factories.city(slug, name, "")
    asked = {"app_label": "relationships", "model_name": "party", "field_name": "city", "term": "San"}
    found = staff.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [each["text"] for each in found] == ["San A", "San B", "San C"]


def test_the_cursor_waits_in_the_title_and_not_on_save(staff: Client) -> None:
    page = staff.get(reverse("admin:relationships_city_add")).content.decode()
    [script] = re.findall(r"<script[^>]*change_form[^>]*>", page)
    assert "data-model-name" not in script
    [field] = re.findall(r"<input[^>]* autofocus[^>]*>", page)
    assert 'name="title_en"' in field


def office(**words: str) -> Tenure:
    return Tenure(person=factories.person(), **{f"office_{code}": text for code, text in words.items()})


def organisation(**words: str) -> Organisation:
    return Organisation(slug="body", **{f"name_{code}": text for code, text in words.items()})


def venue(**words: str) -> Venue:
    return Venue(city=factories.city(), **{f"name_{code}": text for code, text in words.items()})


def programme_item(**words: str) -> ProgrammeItem:
    at = factories.event()
    return ProgrammeItem(event=at, **{f"title_{code}": text for code, text in words.items()})


@pytest.mark.parametrize("thing", [office, organisation])
def test_name_may_be_known_in_chinese_alone_but_not_in_no_language(thing: Any) -> None:
    thing(zh_hans="友好城市协会").full_clean()
    with pytest.raises(ValidationError, match="in one language at least"):
        thing().full_clean()


@pytest.mark.parametrize("thing", [venue, programme_item])
def test_place_and_programme_may_be_named_in_chinese_alone(thing: Any) -> None:
    thing(zh_hans="市政厅").full_clean()
    City.objects.all().delete()
    with pytest.raises(ValidationError, match="in one language at least"):
        thing().full_clean()
