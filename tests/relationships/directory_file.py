"""A directory as one gets it: thousands of lines, most of them good, and every mischief that a real one holds.

The same seed makes the same file. The towns are made up, beside some real ones that share their names; whoever has a
list of real cities can pass it.
"""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HEADER = [
    "origin city",
    "origin country",
    "origin latitude",
    "origin longitude",
    "origin population",
    "partner city",
    "partner country",
    "partner latitude",
    "partner longitude",
    "partner population",
    "established",
]


@dataclass(frozen=True)
class Town:
    name: str
    country: str
    latitude: float
    longitude: float
    population: int

    def cells(self) -> list[str]:
        return [
            self.name,
            self.country,
            str(self.latitude),
            str(self.longitude),
            str(self.population or ""),
        ]


REAL = [
    Town("Portland", "United States", 45.52345, -122.67621, 652503),
    Town("Portland", "United States", 43.65737, -70.2589, 66881),
    Town("Springfield", "United States", 39.80172, -89.64371, 116565),
    Town("Springfield", "United States", 37.21533, -93.29824, 170188),
    Town("Springfield", "United States", 42.10148, -72.58981, 154341),
    Town("Valencia", "Spain", 39.46975, -0.37739, 792492),
    Town("Valencia", "Venezuela", 10.16202, -68.00765, 1484430),
    Town("Frankfurt am Main", "Germany", 50.11552, 8.68417, 650000),
    Town("Frankfurt (Oder)", "Germany", 52.34714, 14.55062, 51691),
    Town("Guangzhou", "China", 23.11667, 113.25, 16096724),
    Town("Los Angeles", "United States", 34.05223, -118.24368, 3971883),
    Town("Auckland", "New Zealand", -36.84853, 174.76349, 417910),
    Town("Bristol", "United Kingdom", 51.45523, -2.59665, 617280),
    Town("Bristol", "United States", 36.59511, -82.18874, 26666),
    Town("São Paulo", "Brazil", -23.5475, -46.63611, 10021295),
    Town("Kőszeg", "Hungary", 47.38922, 16.541, 11650),
    Town("Newcastle", "Australia", -32.92715, 151.77647, 497955),
    Town("Newcastle", "South Africa", -27.75796, 29.9318, 404838),
]
COUNTRIES = {
    "Germany": (51.0, 10.0),
    "France": (47.0, 2.5),
    "Poland": (52.0, 19.5),
    "Italy": (43.0, 12.0),
    "United States": (39.0, -95.0),
    "China": (32.0, 112.0),
    "Japan": (36.0, 138.0),
    "Brazil": (-15.0, -48.0),
    "South Africa": (-29.0, 25.0),
}
SYLLABLES = [
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
]
SYLLABLES += ["wen", "zor", "ange", "berg", "ford", "ville", "stadt", "au"]


def made_up_towns(number: int, chance: random.Random) -> list[Town]:
    towns = []
    for _each in range(number):
        country = chance.choice(list(COUNTRIES))
        latitude, longitude = COUNTRIES[country]
        towns.append(
            Town(
                "".join(chance.choices(SYLLABLES, k=3)).capitalize(),
                country,
                round(latitude + chance.uniform(-4, 4), 5),
                round(longitude + chance.uniform(-4, 4), 5),
                chance.randrange(1_000, 900_000),
            )
        )
    return towns


def pairs(number: int, seed: int = 1981, towns: Sequence[Town] = ()) -> Iterator[list[str]]:
    """The lines of a directory without its header: one in twelve is of some other kind than plain."""
    chance = random.Random(seed)
    known = [*REAL, *(towns or made_up_towns(number // 3, chance))]
    # Large places have more partners: one has sixty, most have one or two.
    weights = [max(town.population, 8_000) ** 0.55 for town in known]
    lines: list[list[str]] = []
    while len(lines) < number:
        one, other = chance.choices(known, weights, k=2)
        if one.country == other.country and chance.random() < 0.9:
            continue
        line = [*one.cells(), *other.cells(), _when(chance)]
        lines.append(_marred(line, lines, chance) if chance.random() < 1 / 12 else line)
    yield from lines


def _when(chance: random.Random) -> str:
    year = chance.randrange(1950, 2020)
    exact = f"{year}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    return chance.choice(["", "", str(year), str(year), exact])


def _marred(line: list[str], before: list[list[str]], chance: random.Random) -> list[str]:
    kind = chance.randrange(10)
    if kind == 0 and before:  # the same bond, listed from the other side
        twin = chance.choice(before)
        return [*twin[5:10], *twin[:5], *twin[10:]]
    if kind == 1:  # nobody knows where it lies
        return [*line[:7], "", "", "", *line[10:]]
    if kind == 2:  # measured at another spot of the same town
        return [*line[:2], str(round(float(line[2] or 0) + 0.013, 5)), *line[3:]]
    if kind == 3 and len(line[5]) > 6:  # a slip of the pen
        at = chance.randrange(2, len(line[5]) - 2)
        return [*line[:5], line[5][:at] + line[5][at + 1 :], *line[6:]]
    if kind == 4:
        return [*line[:5], "", *line[6:]]
    if kind == 5:
        return [*line[:2], "north of here", *line[3:]]
    if kind == 6:
        return [*line[:10], "8/12/1981"]
    if kind == 7:
        return [*line[:6], "Atlantis", *line[7:]]
    if kind == 8:
        return [*line[:5], f"{line[5]}\n(twinned)", *line[6:]]
    return [*line[:10], chance.choice(["1972", "unknown", "c. 1965"])]


def directory(number: int, seed: int = 1981, towns: Sequence[Town] = ()) -> bytes:
    """A whole file, as a spreadsheet writes it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(pairs(number, seed, towns))
    return text.getvalue().encode("utf-8")
