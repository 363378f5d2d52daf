"""A directory is taken in, and taken back, while others write in the archive: nothing of theirs is lost by it."""

from typing import Any

import pytest

from relationships.directory.making import Maker
from relationships.models import City
from tests import factories
from tests.relationships.test_directory_running import HEAD, LYON_GUANGZHOU, handed_in, worked

pytestmark = pytest.mark.django_db


def test_what_somebody_writes_while_lines_are_taken_in_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.city()
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
