"""A directory of thousands of bonds, planted quickly: what pages must bear."""

import random
from collections.abc import Sequence
from typing import Any

from django.db import connection

from relationships.models import City, Party, Relationship
from sistercities.pages.dates import parse
from sistercities.pages.models import Status

# Where people live, roughly: a country, the middle of it, how far it spreads, and how many of a hundred cities it has.
COUNTRIES = [
    ("DE", "Germany", "德国", 51.0, 10.0, 3, 14),
    ("FR", "France", "法国", 47.0, 2.5, 3, 12),
    ("US", "United States", "美国", 39.5, -98.0, 12, 14),
    ("CN", "China", "中国", 33.0, 112.0, 7, 12),
    ("JP", "Japan", "日本", 36.0, 138.0, 3, 8),
    ("GB", "United Kingdom", "英国", 52.5, -1.5, 2, 7),
    ("IT", "Italy", "意大利", 43.0, 12.0, 3, 5),
    ("PL", "Poland", "波兰", 52.0, 19.0, 2, 5),
    ("AU", "Australia", "澳大利亚", -33.0, 147.0, 5, 4),
    ("NZ", "New Zealand", "新西兰", -40.0, 175.5, 3, 3),
    ("FJ", "Fiji", "斐济", -17.5, 179.5, 1.5, 2),
    ("BR", "Brazil", "巴西", -15.0, -48.0, 8, 4),
    ("IN", "India", "印度", 22.0, 79.0, 6, 4),
    ("ZA", "South Africa", "南非", -29.0, 25.0, 4, 3),
    ("MX", "Mexico", "墨西哥", 21.0, -101.0, 4, 3),
]
SYLLABLES = (
    "bar",
    "dor",
    "fel",
    "gan",
    "hol",
    "ker",
    "lim",
    "mon",
    "nor",
    "pel",
    "ros",
    "sten",
    "tar",
    "vil",
)


def plant(bonds: int = 15_000, cities: int = 10_000, hub: int = 60) -> City:
    """So many bonds of a directory between so many cities; gives one city that has ``hub`` of them.

    A tenth of the cities lies nobody knows where, and two bonds of three began nobody knows when.
    """
    dice = random.Random(41)
    places = [_city(at, dice) for at in range(cities)]
    _quietly("on")
    City.objects.bulk_create(places, batch_size=2_000)
    pairs = _pairs(places, bonds, hub, dice)
    made = [_bond(at, a, b, dice) for at, (a, b) in enumerate(pairs)]
    Relationship.objects.bulk_create(made, batch_size=2_000)
    parties = [
        Party(relationship=bond, city=city, position=position)
        for bond, pair in zip(made, pairs, strict=True)
        for position, city in enumerate(pair)
    ]
    Party.objects.bulk_create(parties, batch_size=5_000)
    _quietly("off")
    return places[0]


def _quietly(switch: str) -> None:
    """Without the database's own checks of each row, which for thousands at once take longer than a test should."""
    with connection.cursor() as cursor:
        role = {"on": "replica", "off": "origin"}[switch]
        cursor.execute("select set_config('session_replication_role', %s, true)", [role])


def _page(slug: str, en: str, zh: str, **fields: Any) -> dict[str, Any]:
    return {"slug": slug, "title_en": en, "title_zh_hans": zh, "status": Status.PUBLISHED, **fields}


def _city(at: int, dice: random.Random) -> City:
    code, en, zh, lat, lon, spread, _share = _country(dice)
    name = "".join(dice.choices(SYLLABLES, k=3)).capitalize()
    known = bool(at % 10) or at == 0
    values = {
        "country_code": code,
        "country_en": en,
        "country_zh_hans": zh,
        "latitude": max(-80, min(80, dice.gauss(lat, spread / 2))) if known else None,
        "longitude": (dice.gauss(lon, spread) + 180) % 360 - 180 if known else None,
    }
    return City(**_page(f"{name.lower()}-{at}", name, f"城{at}" if at % 2 else "", **values))


def _country(dice: random.Random) -> tuple[Any, ...]:
    found: tuple[Any, ...] = dice.choices(COUNTRIES, weights=[row[-1] for row in COUNTRIES])[0]
    return found


def _pairs(places: Sequence[City], number: int, hub: int, dice: random.Random) -> list[tuple[City, City]]:
    """No two cities twice; the first has ``hub`` partners, some others several."""
    found = {(0, at) for at in range(1, hub + 1)}
    while len(found) < number:
        a, b = sorted((dice.randrange(1, len(places)), int(len(places) * dice.random() ** 2)))
        if a and a != b:
            found.add((a, b))
    return [(places[a], places[b]) for a, b in sorted(found)]


def _bond(at: int, a: City, b: City, dice: random.Random) -> Relationship:
    year = dice.randint(1950, 2020) if at % 3 == 0 else None
    values = {
        "kind": Relationship.Kind.SISTER_CITIES if at % 9 else Relationship.Kind.COOPERATION_CITIES,
        "is_ours": False,
        "pair_key": Relationship.key_of((a.pk, b.pk)),
        **({"established": parse(str(year))} if year else {}),
        **({"ended": parse(str(year + 9))} if year and at % 40 == 0 else {}),
    }
    names = f"{a.title_en}–{b.title_en}", f"{a.title_zh_hans or a.title_en}—{b.title_zh_hans or b.title_en}"
    return Relationship(**_page(f"bond-{at}", *names, **values))
