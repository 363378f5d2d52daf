"""What is on record, in the form in which a directory is matched against it."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from relationships.directory.folding import fold, without_kind
from relationships.directory.matching import Gazetteer, Known
from relationships.directory.planning import Bond, BondKey
from relationships.models import City, CityKey, CityName, Relationship
from sistercities.pages.bilingual import columns

# Under these names a plan asks what the archive does not know of a city: (column, what stands there for nothing).
EMPTY = {
    "population": ("population", None),
    "spot": ("latitude", None),
    "wikidata": ("wikidata_id", ""),
    "name": ("title_en", ""),
    "name_zh": ("title_zh_hans", ""),
}


def gazetteer() -> Gazetteer:
    """All cities, drafts too, with every name that they are known under."""
    others: dict[int, list[str]] = defaultdict(list)
    for city_id, name in CityName.objects.values_list("city_id", "name"):
        others[city_id].append(name)
    known = Gazetteer(by_key=dict(CityKey.objects.values_list("key", "city_id")))
    for city in _cities():
        titles = [city[name] for name in columns("title") if city[name]]
        folded = {fold(name) for name in [*titles, *others[city["pk"]]]}
        spot = (city["latitude"], city["longitude"]) if city["latitude"] is not None else None
        known.add(
            Known(
                city["pk"],
                titles[0] if titles else city["slug"],
                frozenset(name for each in folded for name in (each, without_kind(each)) if name),
                city["country_code"],
                frozenset(fold(city[name]) for name in columns("region") if city[name]),
                spot,
                city["wikidata_id"],
            )
        )
    return known


def _cities() -> QuerySet[City, dict[str, Any]]:
    names = ["pk", "slug", *columns("title"), *columns("region"), "country_code", "latitude", "longitude"]
    return City.objects.order_by("pk").values(*names, "wikidata_id", "population")


def wanting() -> dict[int, set[str]]:
    """What is not known of which city."""
    found: dict[int, set[str]] = {}
    for city in _cities():
        empty = {name for name, (column, nothing) in EMPTY.items() if city[column] == nothing}
        if empty:
            found[city["pk"]] = empty
    return found


def bonds() -> dict[BondKey, Bond]:
    """The pairs on record; of two of one kind between the same cities the one that lasts."""
    rows = Relationship.objects.exclude(kind=Relationship.Kind.ALLIANCE).order_by("ended_first", "pk")
    found: dict[BondKey, Bond] = {}
    for pk, kind, key, established, ended in rows.values_list(
        "pk", "kind", "pair_key", "established", "ended"
    ):
        parts = sorted(int(part) for part in key.split("-") if part)
        if len(parts) == 2:
            found[kind, parts[0], parts[1]] = Bond(pk, established, ended)
    return found
