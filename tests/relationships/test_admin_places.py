"""What staff type when they add a city, and how the form helps."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Member
from relationships.models import City
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
