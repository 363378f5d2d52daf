"""Mentions: pages are found by the names of others that they speak of, as these are now and while they are public."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sistercities.pages import masses, mentions, publishing, tasks
from sistercities.pages.searching import find, rows_of
from tests import factories

pytestmark = pytest.mark.django_db


def _slugs(text: str) -> list[str]:
    return [row["slug"] for _hit, row in rows_of(find(text).hits)]


def test_a_bond_is_found_by_the_name_of_a_city_only_while_it_is_public() -> None:
    city = factories.city("foshan", "Foshan", "佛山")
    texts = {"title_en": "A bond", "title_zh_hans": "", "summary_en": "", "summary_zh_hans": ""}
    bond = factories.relationship(city, factories.los_angeles(), slug="bond")
    type(bond).objects.filter(pk=bond.pk).update(**texts)
    assert _slugs("foshan") == ["foshan", "bond"]
    publishing.withdraw(city)
    assert _slugs("foshan") == []
    publishing.publish(city)
    assert set(_slugs("foshan")) == {"foshan", "bond"}
    # What appears by the clock is touched by nobody: the worker sees to it.
    tomorrow, lately = timezone.now() + timedelta(days=1), timezone.now() - timedelta(minutes=5)
    type(city).objects.filter(pk=city.pk).update(publish_at=tomorrow)
    publishing.refresh(bond)
    assert _slugs("foshan") == []
    yesterday = timezone.now() - timedelta(days=1)
    type(city).objects.filter(pk=city.pk).update(publish_at=lately, updated_at=yesterday)
    tasks.find_by_the_names_of_what_appeared()
    assert set(_slugs("foshan")) == {"foshan", "bond"}


def test_pages_published_as_they_were_saved_are_not_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """After an import there are thousands, and mail waits behind this task."""
    told: list[Any] = []
    monkeypatch.setattr(mentions, "tell_all", told.append)
    city = factories.city("foshan", "Foshan", "佛山", publish_at=timezone.now())
    tasks.find_by_the_names_of_what_appeared()
    assert told == []
    type(city).objects.filter(pk=city.pk).update(updated_at=timezone.now() - timedelta(days=1))
    tasks.find_by_the_names_of_what_appeared()
    assert len(told) == 1


def test_an_agreement_is_found_by_the_new_name_of_who_signed_it() -> None:
    person, deal = factories.person(en="Tom Bradley"), factories.agreement(slug="deal")
    deal.signatures.create(person=person)
    publishing.refresh(deal)
    person.names.update(family="Bradlee")
    publishing.refresh(person)
    assert "deal" in _slugs("bradlee")
    assert "deal" not in _slugs("bradley")


@pytest.mark.parametrize("delete", [publishing.delete, lambda bond: masses.delete(type(bond), [bond.pk])])
def test_an_event_is_not_found_by_a_bond_that_was_deleted(delete: Callable[[Any], None]) -> None:
    bond, event = factories.relationship(slug="bond", title_en="Silk thread"), factories.past_event("tea")
    event.relationships.add(bond)
    publishing.refresh(event)
    assert set(_slugs("silk thread")) == {"bond", "tea"}
    delete(bond)
    assert _slugs("silk thread") == []


def test_many_that_are_withdrawn_at_once_are_named_by_nothing_any_more() -> None:
    foshan, zhuhai = factories.city("foshan", "Foshan", "佛山"), factories.city("zhuhai", "Zhuhai", "珠海")
    texts = {"title_en": "A bond", "title_zh_hans": "", "summary_en": "", "summary_zh_hans": ""}
    factories.relationship(foshan, zhuhai, slug="bond", **texts)
    assert "bond" in _slugs("foshan")
    before = timezone.now()
    masses.withdraw(type(foshan), [foshan.pk, zhuhai.pk])
    assert _slugs("foshan") == []
    foshan.refresh_from_db()
    assert (foshan.status, foshan.updated_at > before) == ("draft", True)
