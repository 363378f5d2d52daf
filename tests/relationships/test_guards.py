"""What the database itself refuses of bonds and agreements, whoever writes."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from relationships.guards import check_now, in_words
from relationships.models import Agreement, Party, Relationship
from sistercities.audit import violations
from sistercities.pages.dates import parse
from tests import factories

pytestmark = pytest.mark.django_db


def _by_hand(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _key(bond: Relationship) -> str:
    return Relationship.objects.values_list("pair_key", flat=True).get(pk=bond.pk)


def _refused() -> str:
    """What the database would say if the transaction ended now."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        check_now()
    return str(in_words(refused.value))


def test_key_follows_the_cities_whoever_changes_them() -> None:
    bond, third = factories.relationship(), factories.city("auckland", "Auckland", "奥克兰")
    _by_hand("update relationships_party set city_id = %s where position = 0", third.pk)
    check_now()
    assert _key(bond) == Relationship.key_of([third.pk, bond.cities[1].pk])
    _by_hand("update relationships_relationship set pair_key = 'made up'")
    assert _key(bond) == Relationship.key_of([third.pk, bond.cities[1].pk])


def test_key_leaves_out_a_city_that_left() -> None:
    cities = [factories.city(f"city-{each}", f"City {each}", f"城市{each}") for each in range(4)]
    alliance = factories.relationship(*cities)
    Party.objects.filter(city=cities[3]).update(left=parse("2020"))
    check_now()
    assert _key(alliance) == Relationship.key_of(city.pk for city in cities[:3])


def test_second_live_bond_of_a_kind_between_the_same_cities_is_refused() -> None:
    bond = factories.relationship()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        factories.relationship(*bond.cities, slug="second")
    assert "have a live relationship of this kind already" in str(in_words(refused.value))


def test_published_pair_does_not_lose_a_city() -> None:
    bond = factories.relationship()
    bond.parties.first().delete()
    assert "has two present cities" in _refused()
    bond.parties.all().delete()
    bond.delete()
    check_now()


def test_published_alliance_does_not_shrink_to_two() -> None:
    cities = [factories.city(f"city-{each}", f"City {each}", f"城市{each}") for each in range(3)]
    alliance = factories.relationship(*cities)
    Party.objects.filter(city=cities[2]).update(left=parse("2020"))
    assert "an alliance three or more" in _refused()
    Relationship.objects.filter(pk=alliance.pk).update(ended=parse("2020"), ended_first=1, ended_last=99999)
    check_now()


def test_draft_may_want_cities_until_it_is_published() -> None:
    bond = factories.relationship(status="draft")
    bond.parties.first().delete()
    check_now()
    _by_hand("update relationships_relationship set status = 'published'")
    assert "has two present cities" in _refused()
    _by_hand("update relationships_relationship set status = 'draft'")


def test_renewals_do_not_go_round_in_a_circle() -> None:
    bond = factories.relationship()
    first = factories.agreement(bond)
    second = factories.agreement(bond, renews=first)
    third = factories.agreement(bond, renews=second)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Agreement.objects.filter(pk=first.pk).update(renews=third)
    assert "round in a circle" in str(in_words(refused.value))


def test_bonds_do_not_supersede_each_other() -> None:
    ended = {"ended": parse("1999"), "ended_first": 1, "ended_last": 99999}
    first = factories.relationship()
    second = factories.relationship(*first.cities, slug="second", kind="cooperation-cities")
    Relationship.objects.filter(pk=first.pk).update(superseded_by=second, **ended)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Relationship.objects.filter(pk=second.pk).update(superseded_by=first, **ended)
    assert "in a circle" in str(in_words(refused.value))


def test_audit_finds_nothing_to_say_of_guarded_bonds() -> None:
    factories.agreement(factories.relationship())
    assert [str(found) for found in violations() if "city" in found.rule or "cities" in found.rule] == []


def _at_once(*jobs: Callable[[], None]) -> list[IntegrityError | None]:
    """Each job in a transaction of its own connection, let go at the same instant."""
    results: list[IntegrityError | None] = [None] * len(jobs)
    gate = threading.Barrier(len(jobs), timeout=20)

    def run(place: int, job: Callable[[], None]) -> None:
        try:
            with transaction.atomic():
                Relationship.objects.exists()
                gate.wait()
                job()
        except IntegrityError as refused:
            results[place] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_bond_at_the_same_instant_make_one() -> None:
    cities = [factories.city(), factories.los_angeles()]

    def enter(slug: str) -> None:
        values = {"kind": "sister-cities", "established": parse("1981"), "status": "published"}
        bond = Relationship.objects.create(slug=slug, title_en=slug, **values)
        for city in cities:
            Party.objects.create(relationship=bond, city=city)

    refused = [each for each in _at_once(lambda: enter("one"), lambda: enter("two")) if each]
    assert len(refused) == 1
    assert "have a live relationship of this kind already" in str(in_words(refused[0]))
    assert Relationship.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_take_a_city_each_do_not_leave_an_alliance_of_two() -> None:
    cities = [factories.city(f"city-{each}", f"City {each}", f"城市{each}") for each in range(4)]
    alliance = factories.relationship(*cities)

    def take(place: int) -> None:
        Party.objects.filter(city=cities[place]).update(left=parse("2020"))

    refused = [each for each in _at_once(lambda: take(0), lambda: take(1)) if each]
    assert len(refused) == 1
    assert alliance.parties.filter(left=None).count() == 3
    assert len(_key(alliance).split("-")) == 3
