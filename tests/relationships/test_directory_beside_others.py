"""A directory is taken in, and taken back, while others write in the archive: nothing of theirs is lost by it."""

from typing import Any

import pytest

from relationships.directory.making import Maker
from relationships.models import City, Organisation, Relationship
from tests import factories
from tests.relationships.test_directory_running import HEAD, LYON_GUANGZHOU, handed_in, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def guangzhou() -> City:
    return factories.city()


def test_what_somebody_writes_while_lines_are_taken_in_stays(
    guangzhou: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    country = {"country_code": "FR", "country_en": "France", "country_zh_hans": "法国", "latitude": None}
    lyon = factories.city("lyon", "Lyon", "", **country, longitude=None)
    save = Maker.save

    def meanwhile(self: Maker, *made: Any) -> None:
        City.objects.filter(pk=lyon.pk).update(population=7, title_zh_hans="里昂")
        save(self, *made)

    monkeypatch.setattr(Maker, "save", meanwhile)
    assert worked(handed_in(HEAD + LYON_GUANGZHOU)).state == "done"
    lyon.refresh_from_db()
    assert (lyon.population, lyon.title_zh_hans, lyon.latitude) == (7, "里昂", 45.76)


def test_page_to_which_somebody_has_tied_something_is_not_taken_back(guangzhou: City) -> None:
    towns = ("Lyon", "Nice", "Lille", "Nantes", "Reims")
    made = worked(handed_in(HEAD + "".join(f"{town},France,,,,Guangzhou,China,,,1988\n" for town in towns)))
    bonds = {town: Relationship.objects.get(slug=f"guangzhou-{town.lower()}") for town in towns}
    factories.milestone(bonds["Lyon"])
    factories.past_event("tea").relationships.add(bonds["Nice"])
    factories.agreement(bonds["Lille"])
    Organisation.objects.create(slug="council", name_en="Council", city=City.objects.get(slug="nantes"))
    assert worked(made, "delete").state == "undone"
    assert set(Relationship.objects.values_list("title_en", flat=True)) == {
        f"{town} and Guangzhou" for town in ("Lyon", "Nice", "Lille")
    }
    kept = {"guangzhou", "lyon", "nice", "lille", "nantes"}
    assert set(City.objects.values_list("slug", flat=True)) == kept
