"""What a directory would bring: for each line its verdict, the cities it means, and the bond that comes of it.

Pure: no Django. A plan writes nothing; ``running`` carries it out.
"""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from relationships.directory.entries import Entry, Note, Place
from relationships.directory.mapping import SIDES
from relationships.directory.matching import Candidate, Finding, Gazetteer, Known, Outcome
from sistercities.pages.dates import HistoricalDate

NEW, KNOWN, CHANGED, TWIN, DOUBTFUL, REFUSED = "new", "known", "changed", "twin", "doubtful", "refused"
AS_NEW = "new"
AFTER_LINES = 500

BondKey = tuple[str, int, int]


@dataclass(frozen=True)
class Bond:
    """A bond that is on record."""

    pk: int
    established: HistoricalDate | None
    ended: HistoricalDate | None


@dataclass
class Row:
    """A line with its verdict."""

    entry: Entry
    verdict: str
    notes: list[Note] = field(default_factory=list)
    refs: tuple[int, int] = (0, 0)
    doubts: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    bond: int = 0
    established: HistoricalDate | None = None
    # The line that gave the date: that of a twin, where the first line of a bond has none.
    date_line: int = 0

    @property
    def key(self) -> BondKey:
        return bond_key(self.entry.kind, self.refs)


@dataclass
class Archive:
    """What is on record, and what the lines have told so far."""

    bonds: Mapping[BondKey, Bond]
    wanting: Mapping[int, set[str]]
    first_lines: dict[BondKey, Row] = field(default_factory=dict)
    dates: dict[BondKey, tuple[HistoricalDate, int]] = field(default_factory=dict)
    filled: set[tuple[int, str]] = field(default_factory=set)

    @cached_property
    def kinds(self) -> dict[tuple[int, ...], set[str]]:
        """The kinds of the bonds between two cities."""
        found: dict[tuple[int, ...], set[str]] = defaultdict(set)
        for kind, *refs in self.bonds:
            found[tuple(refs)].add(kind)
        return found


@dataclass
class Plan:
    """All lines, the cities that the file brings, and what it adds to those that are there."""

    gazetteer: Gazetteer
    rows: list[Row] = field(default_factory=list)
    # By number below zero: what all lines together tell of a city that is new.
    new: dict[int, Place] = field(default_factory=dict)
    told: dict[int, Place] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    # By country and name: what is doubtful of a place that says where it lies; one that does not is no surer.
    open: dict[tuple[str, str], Finding] = field(default_factory=dict)


def bond_key(kind: str, refs: Sequence[int]) -> BondKey:
    first, second = sorted(refs)
    return kind, first, second


def make(
    entries: Sequence[Entry],
    gazetteer: Gazetteer,
    bonds: Mapping[BondKey, Bond],
    wanting: Mapping[int, set[str]],
    decisions: Mapping[str, str],
) -> Generator[None, None, Plan]:
    """The plan, with rests while it is made.

    ``wanting`` names what the archive does not know of a city yet; ``decisions`` say which city a doubtful place is.
    """
    plan = Plan(gazetteer)
    for at, place in enumerate(_places(entries, decisions)):
        _settle(plan, place, decisions)
        if at % AFTER_LINES == 0:
            yield
    archive = Archive(bonds, wanting)
    for at, entry in enumerate(entries):
        plan.rows.append(_resolve(plan, entry, archive))
        if at % AFTER_LINES == 0:
            yield
    for at, row in enumerate(plan.rows):
        if row.verdict == NEW:
            _against(row, archive)
        _tell_of_cities(plan, row, archive)
        if at % AFTER_LINES == 0:
            yield
    return plan


def _places(entries: Iterable[Entry], decisions: Mapping[str, str]) -> list[Place]:
    """Each place once, with all that lines of that key tell; those that are surest to be found first.

    Of places that are told alike the one of more lines goes first, for slips of the pen are rare.
    """
    found: dict[str, Place] = {}
    lines: Counter[str] = Counter()
    for entry in entries:
        if not entry.is_refused:
            for place in entry.places:
                lines[place.key] += 1
                found[place.key] = merged(found[place.key], place) if place.key in found else place

    def order(place: Place) -> tuple[Any, ...]:
        silent = not place.wikidata, not place.spot, not place.country
        return place.key in decisions, *silent, -lines[place.key], len(place.label)

    return sorted(found.values(), key=order)


def merged(known: Place, more: Place) -> Place:
    """What one place tells, and where it is silent, what the other does."""
    if known.spot is None and more.spot:
        known = replace(known, latitude=more.latitude, longitude=more.longitude)
    silent = [each.name for each in fields(Place) if getattr(known, each.name) in ("", None)]
    silent = [name for name in silent if name not in ("latitude", "longitude")]
    return replace(known, **{name: getattr(more, name) for name in silent}) if silent else known


def _settle(plan: Plan, place: Place, decisions: Mapping[str, str]) -> None:
    finding = _decided(plan, place, decisions.get(place.key, "")) or plan.gazetteer.find(place)
    names = [(place.country, name) for name in place.names]
    if finding.outcome is Outcome.NEW and not place.spot and place.key not in decisions:
        finding = next((plan.open[name] for name in names if name in plan.open), finding)
    if finding.outcome is Outcome.DOUBTFUL:
        plan.open |= dict.fromkeys(names, finding)
    if finding.outcome is Outcome.NEW:
        finding = replace(finding, ref=_bring(plan, place))
    if finding.ref:
        plan.gazetteer.by_key[place.key] = finding.ref
        plan.gazetteer.learn(finding.ref, place)
        plan.told[finding.ref] = merged(plan.told.get(finding.ref, place), place)
        if finding.ref < 0:
            plan.new[finding.ref] = plan.told[finding.ref]
    plan.findings[place.key] = finding


def _decided(plan: Plan, place: Place, decision: str) -> Finding | None:
    """What a person has said: the number of a city, "new", or "=" and the key of another place of the file."""
    if decision == AS_NEW and place.names and place.country:
        return (
            Finding(Outcome.NEW, notes=(Note("decided"),)) if place.key not in plan.gazetteer.by_key else None
        )
    ref = plan.gazetteer.by_key.get(decision[1:], 0) if decision.startswith("=") else _number(decision)
    return Finding(Outcome.FOUND, ref, notes=(Note("decided"),)) if ref in plan.gazetteer.cities else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _bring(plan: Plan, place: Place) -> int:
    ref = -len(plan.new) - 1
    plan.new[ref] = place
    region = frozenset({place.region.casefold()} if place.region else ())
    city = Known(
        ref, place.label, frozenset(place.names), place.country, region, place.spot, place.wikidata, place.key
    )
    plan.gazetteer.add(city)
    return ref


def _resolve(plan: Plan, entry: Entry, archive: Archive) -> Row:
    """Which cities a line means; what comes of it is judged when all lines have told their dates."""
    row = Row(entry, REFUSED, list(entry.notes))
    if entry.is_refused:
        return row
    findings = [plan.findings[place.key] for place in entry.places]
    for side, finding in zip(SIDES, findings, strict=True):
        row.notes += [Note(note.code, {"side": side, **note.values}) for note in finding.notes]
    if any(finding.outcome is Outcome.REFUSED for finding in findings):
        return row
    pairs = zip(SIDES, findings, strict=True)
    row.doubts = {side: found.candidates for side, found in pairs if found.outcome is Outcome.DOUBTFUL}
    row.refs = findings[0].ref, findings[1].ref
    if row.doubts:
        row.verdict = DOUBTFUL
    elif row.refs[0] == row.refs[1]:
        row.notes.append(Note("same-city"))
    else:
        _take_its_date(row, archive)
    return row


def _take_its_date(row: Row, archive: Archive) -> None:
    """A bond is often listed twice, from either side; the first line counts, with the first date that any gives."""
    row.verdict = NEW
    given = row.entry.established
    if given:
        first_date, line = archive.dates.setdefault(row.key, (given, row.entry.line))
        if first_date != given:
            row.notes.append(
                Note("file-differs", {"line": line, "ours": str(first_date), "theirs": str(given)})
            )
    first = archive.first_lines.setdefault(row.key, row)
    if first is not row:
        row.verdict = TWIN
        row.notes.append(Note("twin", {"line": first.entry.line}))


def _against(row: Row, archive: Archive) -> None:
    """What the line brings beside what is on record; nothing that is there is ever replaced."""
    told, row.date_line = archive.dates.get(row.key, (None, 0))
    known = archive.bonds.get(row.key)
    ended = known.ended if known else row.entry.ended
    fits = told and not (ended and ended.last_day < told.first_day)
    if not known:
        row.established = told if fits else None
        others = sorted(archive.kinds.get(row.key[1:], ()))
        row.notes += [Note("other-kind", {"kind": kind}) for kind in others]
        return
    row.verdict, row.bond = KNOWN, known.pk
    if bool(known.ended) != bool(row.entry.ended):
        row.notes.append(Note("ended-here" if known.ended else "ended-there"))
    if told and known.established and told != known.established:
        row.notes.append(_differs("date-differs", known.established, told))
    if fits and told and not known.established:
        row.established, row.verdict = told, CHANGED
        row.notes.append(Note("adds-date", {"date": str(told)}))


def _differs(code: str, ours: HistoricalDate, theirs: HistoricalDate) -> Note:
    return Note(code, {"ours": str(ours), "theirs": str(theirs)})


def _tell_of_cities(plan: Plan, row: Row, archive: Archive) -> None:
    """Say at the first line of a city what the file adds to it."""
    if row.verdict not in (NEW, KNOWN, CHANGED):
        return
    for ref in row.refs:
        names = [name for name in fills(plan, ref, archive.wanting) if (ref, name) not in archive.filled]
        if names:
            archive.filled.update((ref, name) for name in names)
            row.notes.append(
                Note("adds-to-city", {"city": plan.gazetteer.cities[ref].label, "fields": names})
            )
            row.verdict = CHANGED if row.verdict == KNOWN else row.verdict


def fills(plan: Plan, ref: int, wanting: Mapping[int, set[str]]) -> dict[str, Any]:
    """What the file tells of a city of the archive that the archive does not know."""
    if ref < 0 or ref not in wanting or ref not in plan.told:
        return {}
    place = plan.told[ref]
    told = {
        "population": place.population,
        "wikidata": place.wikidata,
        "name": place.name,
        "name_zh": place.name_zh,
        "spot": list(place.spot or ()),
    }
    return {name: value for name, value in told.items() if value and name in wanting[ref]}
