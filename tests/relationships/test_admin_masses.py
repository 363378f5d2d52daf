"""Staff's lists and forms when there are thousands of cities and bonds: nothing offers them all at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.test import Client

from people.models import Member
from relationships.models import City, Organisation, Relationship, Tally
from sistercities.pages.dates import parse
from tests import factories

MANY = (City, Relationship)


def owners() -> Iterator[tuple[type[models.Model], Any]]:
    """Every form of the admin, those within others too."""
    for model, own in admin.site._registry.items():
        yield model, own
        yield from ((part.model, part) for part in own.inlines)


def is_parent(owner: Any, field: models.Field) -> bool:
    """Whether it is the page to which a row of a form belongs, which nobody chooses."""
    return (
        not isinstance(owner, BaseModelAdmin)
        and isinstance(field, models.ForeignKey)
        and (field.remote_field.related_name in {"parties", "fields", "suspensions", "other_names"})
    )


def test_every_city_and_bond_is_chosen_by_typing_its_name() -> None:
    selects = [
        f"{owner}.{field.name}"
        for model, owner in owners()
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model in MANY
        and field.name not in {*owner.autocomplete_fields, *owner.raw_id_fields, *owner.readonly_fields}
        and field.editable
        and not is_parent(owner, field)
    ]
    assert selects == []


def test_no_list_offers_all_cities_or_bonds_as_filters() -> None:
    offered = [
        f"{own}: {name}"
        for model, own in admin.site._registry.items()
        for name in own.list_filter
        if isinstance(name, str) and "__" not in name and model._meta.get_field(name).related_model in MANY
    ]
    assert offered == []


@pytest.mark.django_db
def test_filter_offers_the_cities_that_are_named(client: Client, curator: Member) -> None:
    client.force_login(curator)
    named, _other = factories.city(), factories.city("other", "Elsewhere")
    Tally.objects.create(city=named, kind="alliance", number=1, as_of=parse("2020"))
    Organisation.objects.create(slug="o", name_en="Council", city=named)
    for model in ("tally", "organisation"):
        content = client.get(f"/admin/relationships/{model}/").content.decode()
        assert f"?city__id__exact={named.pk}" in content
        assert "Elsewhere" not in content


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 60])
@pytest.mark.parametrize("model", ["relationship", "city"])
def test_list_costs_the_same_with_many_rows(
    client: Client, curator: Member, django_assert_num_queries: Any, model: str, number: int
) -> None:
    client.force_login(curator)
    la = factories.los_angeles()
    for at in range(number):
        factories.relationship(factories.city(f"c{at}", f"City {at}"), la, is_ours=bool(at % 2))
    client.get(f"/admin/relationships/{model}/")
    with django_assert_num_queries(6):
        client.get(f"/admin/relationships/{model}/")
