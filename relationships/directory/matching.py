"""Which city a line means: one that is known, a new one, or one of several, which a person has to say.

Pure: no Django. Cities are numbers here: those of the archive above zero, those that the file brings below.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from relationships.directory.entries import Note, Place
from relationships.directory.folding import fold, slips, without_kind
from relationships.geodesy import LatLon, distance_km

SAME_KM, OTHER_KM, SLIP_KM = 30, 100, 15
# Where states share the names of their cities, a name without a place tells nothing.
SHARED_NAMES = frozenset({"AR", "AU", "BR", "CA", "CO", "MX", "PH", "US"})
MOST_CANDIDATES = 8


class Outcome(StrEnum):
    FOUND = "found"
    NEW = "new"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


@dataclass(frozen=True)
class Known:
    """A city as far as matching goes."""

    ref: int
    label: str
    names: frozenset[str]
    country: str
    region: frozenset[str] = frozenset()
    spot: LatLon | None = None
    wikidata: str = ""
    # How the line called it that brings it, where it is new.
    key: str = ""


@dataclass(frozen=True)
class Candidate:
    ref: int
    km: int | None


@dataclass(frozen=True)
class Finding:
    outcome: Outcome
    ref: int = 0
    candidates: tuple[Candidate, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass
class Gazetteer:
    """All cities that are known, found by number, key, name, or a name that is nearly theirs."""

    cities: dict[int, Known] = field(default_factory=dict)
    by_key: dict[str, int] = field(default_factory=dict)
    by_wikidata: dict[str, int] = field(default_factory=dict)
    _by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _by_slip: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    _by_first_word: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, city: Known) -> None:
        """Take a city in, or what has become known of it since."""
        self.cities[city.ref] = city
        if city.wikidata:
            self.by_wikidata[city.wikidata] = city.ref
        for name in city.names:
            self._by_name[name].add(city.ref)
            self._by_first_word[city.country, name.partition(" ")[0]].add(city.ref)
            for slip in slips(name):
                self._by_slip[city.country, slip].add(city.ref)

    def learn(self, ref: int, place: Place) -> None:
        """A line has told more of a city: another name, or where it lies."""
        city = self.cities[ref]
        names = city.names | place.names
        spot, number = city.spot or place.spot, city.wikidata or place.wikidata
        if (names, spot, number) != (city.names, city.spot, city.wikidata):
            self.add(replace(city, names=names, spot=spot, wikidata=number))

    def find(self, place: Place) -> Finding:
        """The city that a line means by this place."""
        ref = self.by_key.get(place.key) or self.by_wikidata.get(place.wikidata)
        if ref:
            return Finding(Outcome.FOUND, ref, notes=self._by_name_alone(ref, place))
        if not place.names:
            return Finding(Outcome.REFUSED, notes=(Note("number-only", {"number": place.wikidata}),))
        if not place.country:
            return self._without_country(place)
        namesakes = self._namesakes(place)
        if namesakes:
            return self._among(place, namesakes)
        alike = self._nearly(place)
        return Finding(Outcome.DOUBTFUL, candidates=alike) if alike else Finding(Outcome.NEW)

    def _by_name_alone(self, ref: int, place: Place) -> tuple[Note, ...]:
        """Two lines that say no more than "Springfield, US" may mean two cities: it is said that they are one here."""
        told = place.spot or place.region or place.wikidata
        return () if told or place.country not in SHARED_NAMES else (self._named(ref, "by-name"),)

    def _namesakes(self, place: Place) -> list[Known]:
        refs = {ref for name in place.names for ref in self._by_name.get(name, ())}
        return [self.cities[ref] for ref in sorted(refs) if self.cities[ref].country == place.country]

    def _without_country(self, place: Place) -> Finding:
        """Where the country is not known, only a city of that name at that place is sure."""
        refs = sorted({ref for name in place.names for ref in self._by_name.get(name, ())})
        found = self._ranked(place, (self.cities[ref] for ref in refs))
        if len(near := [each for each in found if each.km is not None and each.km <= SAME_KM]) == 1:
            return Finding(Outcome.FOUND, near[0].ref, notes=(self._named(near[0].ref, "no-country-given"),))
        if found:
            return Finding(Outcome.DOUBTFUL, candidates=found)
        return Finding(Outcome.REFUSED, notes=(Note("no-country", {"name": place.label}),))

    def _among(self, place: Place, namesakes: list[Known]) -> Finding:
        """Of several cities of a name in a country, the one that lies where the line says."""
        ranked = self._ranked(place, namesakes)
        apart = {
            each.ref
            for each in namesakes
            if each.wikidata and place.wikidata and each.wikidata != place.wikidata
        }
        near = [each for each in ranked if each.km is not None and each.km <= SAME_KM]
        if near:
            sure = len(near) == 1 and near[0].ref not in apart
            return self._sure(place, near[0].ref) if sure else Finding(Outcome.DOUBTFUL, candidates=ranked)
        open_ones = [
            each for each in ranked if each.ref not in apart and (each.km is None or each.km <= OTHER_KM)
        ]
        if not open_ones:
            return Finding(Outcome.NEW, notes=(self._farther(ranked[0]),))
        only = open_ones[0] if len(open_ones) == len(ranked) == 1 and open_ones[0].km is None else None
        by_region = [each for each in open_ones if self._in_region(place, each.ref)]
        if len(by_region) == 1 and by_region[0].km is None:
            return self._sure(place, by_region[0].ref, Note("by-region"))
        if only and place.country not in SHARED_NAMES and not place.region:
            return self._sure(place, only.ref, self._named(only.ref, "by-name"))
        return Finding(Outcome.DOUBTFUL, candidates=ranked)

    def _sure(self, place: Place, ref: int, *notes: Note) -> Finding:
        titled = {fold(name) for name in (place.name, place.name_zh) if name}
        if not notes and not titled & self.cities[ref].names:
            notes = (self._named(ref, "named-otherwise"),)
        return Finding(Outcome.FOUND, ref, notes=notes)

    def _in_region(self, place: Place, ref: int) -> bool:
        return bool(place.region) and fold(place.region) in self.cities[ref].region

    def _nearly(self, place: Place) -> tuple[Candidate, ...]:
        """Cities of the country whose name differs by a letter, or goes on, and that may lie there."""
        found = set()
        for name in place.names:
            for slip in slips(name):
                found |= self._by_slip.get((place.country, slip), set())
            longer = self._by_first_word.get((place.country, name.partition(" ")[0]), set())
            found |= {ref for ref in longer if any(_goes_on(name, other) for other in self.cities[ref].names)}
        ranked = self._ranked(place, (self.cities[ref] for ref in sorted(found)))
        return tuple(each for each in ranked if self._may_be(place, each))

    def _may_be(self, place: Place, candidate: Candidate) -> bool:
        """Nearly of that name, and nearly there; districts that differ by their number are not meant."""
        if {_figures(name) for name in place.names}.isdisjoint(
            map(_figures, self.cities[candidate.ref].names)
        ):
            return False
        if candidate.km is not None:
            return candidate.km <= SLIP_KM
        names = self.cities[candidate.ref].names
        return any(_one_letter_off(one, other) for one in place.names for other in names)

    def _ranked(self, place: Place, cities: Iterable[Known]) -> tuple[Candidate, ...]:
        """The nearest first, those of which the place is not known last."""
        spot = place.spot
        found = [
            Candidate(city.ref, distance_km(spot, city.spot) if spot and city.spot else None)
            for city in cities
        ]
        found.sort(key=lambda each: (each.km is None, each.km or 0, abs(each.ref)))
        return tuple(found[:MOST_CANDIDATES])

    def _named(self, ref: int, code: str) -> Note:
        return Note(code, {"city": self.cities[ref].label})

    def _farther(self, candidate: Candidate) -> Note:
        return Note("namesake", {"city": self.cities[candidate.ref].label, "km": candidate.km})


def _figures(name: str) -> str:
    return "".join(letter for letter in name if letter.isdigit())


def _goes_on(one: str, other: str) -> bool:
    """``frankfurt`` and ``frankfurt am main``: the same words, and then more."""
    short, long = sorted((one, other), key=len)
    return long.startswith(f"{short} ")


def _one_letter_off(one: str, other: str) -> bool:
    """Whether a letter is wanting, too many, another, or has changed its place with the next."""
    short, long = sorted((without_kind(one), without_kind(other)), key=len)
    if len(short) < 5 or len(long) - len(short) > 1:
        return False
    if len(short) < len(long):
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    differ = [at for at in range(len(short)) if short[at] != long[at]]
    swapped = len(differ) == 2 and differ[1] == differ[0] + 1
    return len(differ) == 1 or (
        swapped and short[differ[0]] == long[differ[1]] and short[differ[1]] == long[differ[0]]
    )
