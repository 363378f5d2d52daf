"""The lines of a directory taken in: a chunk in a transaction of its own, and line by line where a chunk fails."""

from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from relationships.directory import archive
from relationships.directory.archive import EMPTY
from relationships.directory.making import Maker
from relationships.directory.planning import CHANGED, NEW, REFUSED, Plan, Row, fills
from relationships.models import City, CityKey, Directory, DirectoryRow, Relationship
from sistercities.pages import masses, mentions, publishing

ROWS_AT_ONCE = 250
AWAY = (OperationalError, InterfaceError)
NOTE_DONE = """
    update relationships_directoryrow as report
    set is_done = true, relationship_id = said.bond, made_cities = said.cities::bigint[]
    from unnest(%s::bigint[], %s::bigint[], %s::text[]) as said (line, bond, cities)
    where report.directory_id = %s and report.line = said.line
"""


class Run:
    """Carries a plan out: each chunk of lines in a transaction of its own, and line by line where a chunk fails."""

    def __init__(self, directory: Directory, plan: Plan) -> None:
        self.directory, self.plan = directory, plan
        self.maker = Maker(directory)
        self.wanting = archive.wanting()
        self.made: dict[int, City] = {}
        self.filled: set[int] = set()

    def steps(self) -> Iterator[None]:
        rows = [row for row in self.plan.rows if row.verdict in (NEW, CHANGED)]
        others = len(self.plan.rows) - len(rows)
        self._progress(others)
        for start in range(0, len(rows), ROWS_AT_ONCE):
            self._take_in(rows[start : start + ROWS_AT_ONCE])
            # What breaks off after this was not in vain: only attempts without any progress are counted.
            self._progress(others + min(len(rows), start + ROWS_AT_ONCE), attempts=1)
            yield
        self._settle_keys()
        self._progress(len(self.plan.rows))
        yield

    def _progress(self, lines: int, **more: int) -> None:
        Directory.objects.filter(pk=self.directory.pk).update(rows_done=lines, **more)

    def _take_in(self, rows: list[Row]) -> None:
        try:
            self._chunk(rows)
        except AWAY:
            raise
        except DatabaseError:
            for row in rows:
                self._alone(row)

    def _alone(self, row: Row) -> None:
        """A line by itself, after the lines around it would not go in together."""
        try:
            self._chunk([row])
        except AWAY:
            raise
        except DatabaseError as refused:
            note = {"code": "database", "text": _rule(refused)}
            DirectoryRow.objects.filter(directory=self.directory, line=row.entry.line).update(
                verdict=REFUSED, notes=[*(each.as_json() for each in row.notes), note], is_done=False
            )

    def _chunk(self, rows: list[Row]) -> None:
        before = dict(self.made), set(self.filled)
        self.maker.begin()
        try:
            with transaction.atomic():
                self._write(rows)
        except DatabaseError:
            self.made, self.filled = before
            self.maker.give_back()
            raise

    def _write(self, rows: list[Row]) -> None:
        cities, brought = self._new_cities(rows)
        known = City.objects.in_bulk({ref for row in rows for ref in row.refs if ref > 0})
        fresh = [row for row in rows if row.verdict == NEW]
        numbers = masses.numbers(Relationship, len(fresh))
        bonds = {}
        for number, row in zip(numbers, fresh, strict=True):
            first, second = (self.made[ref] if ref < 0 else known[ref] for ref in row.refs)
            bonds[self.maker.bond(number, row, (first, second))] = row, (first, second)
        self.maker.save(cities, bonds)
        self._add_dates(rows)
        self._fill(known)
        self._keep_keys(rows)
        by_line = {row.entry.line: bond.pk for bond, (row, _pair) in bonds.items()}
        self._note_done(rows, by_line, brought)

    def _new_cities(self, rows: list[Row]) -> tuple[dict[City, int], dict[int, list[int]]]:
        """The cities that these lines bring, and which line brought which."""
        wanted: dict[int, int] = {}
        for row in rows:
            for ref in row.refs:
                if ref < 0 and ref not in self.made:
                    wanted.setdefault(ref, row.entry.line)
        cities: dict[City, int] = {}
        brought: dict[int, list[int]] = {}
        for pk, (ref, line) in zip(masses.numbers(City, len(wanted)), wanted.items(), strict=True):
            self.made[ref] = city = self.maker.city(pk, self.plan.new[ref])
            cities[city] = line
            brought.setdefault(line, []).append(pk)
        return cities, brought

    def _add_dates(self, rows: list[Row]) -> None:
        """Give known bonds the date that was wanting, with its source; a date that somebody entered meanwhile stays."""
        for row in rows:
            if row.verdict != CHANGED or not row.established:
                continue
            bond = Relationship.objects.select_for_update().get(pk=row.bond)
            if bond.established:
                continue
            bond.established = row.established
            bond.save()
            self.maker.cite(bond, row.date_line or row.entry.line, "established").save()
            publishing.refresh(bond, by=self.directory.handed_in_by)

    def _fill(self, known: dict[int, City]) -> None:
        """Fill what is empty in known cities, and only that."""
        told = {
            pk: values for pk in known.keys() - self.filled if (values := fills(self.plan, pk, self.wanting))
        }
        self.filled |= known.keys()
        # Held, and as they are now: somebody may have written something since these lines were begun.
        held = City.objects.select_for_update(no_key=True).order_by("pk").in_bulk(told)
        changed = {city: names for pk, city in held.items() if (names := _fill(city, told[pk]))}
        if not changed:
            return
        columns = ["population", "latitude", "longitude", "wikidata_id", "title_en", "title_zh_hans"]
        City.objects.bulk_update(changed, columns)
        masses.refresh(City, [city.pk for city in changed], by=self.directory.handed_in_by)
        renamed = [city.pk for city, names in changed.items() if names & {"name", "name_zh"}]
        mentions.tell_all(mentions.mentioning(City, renamed))

    def _keep_keys(self, rows: list[Row]) -> None:
        pairs = {
            (place.key, self.made[ref].pk if ref < 0 else ref)
            for row in rows
            for place, ref in zip(row.entry.places, row.refs, strict=True)
        }
        _keep(pairs)

    def _settle_keys(self) -> None:
        """Remember which city every settled place means, so that the next file finds it at once."""
        pairs = {(key, found.ref) for key, found in self.plan.findings.items() if found.ref > 0}
        with transaction.atomic():
            _keep(pairs)

    def _note_done(self, rows: list[Row], bonds: dict[int, int], cities: dict[int, list[int]]) -> None:
        """In one statement: a long CASE, as ``bulk_update`` writes it, would take longer than all the rest."""
        lines = [row.entry.line for row in rows]
        made = [bonds.get(row.entry.line) or row.bond or None for row in rows]
        brought = [f"{{{','.join(map(str, cities.get(line, [])))}}}" for line in lines]
        with connection.cursor() as cursor:
            cursor.execute(NOTE_DONE, [lines, made, brought, self.directory.pk])


def _keep(pairs: set[tuple[str, int]]) -> None:
    CityKey.objects.bulk_create(
        [CityKey(key=key, city_id=pk) for key, pk in sorted(pairs)], ignore_conflicts=True, batch_size=1_000
    )


def _fill(city: City, values: dict[str, Any]) -> set[str]:
    """Set what the city still lacks; gives the names of what was set."""
    lacking = {name for name in values if getattr(city, EMPTY[name][0]) == EMPTY[name][1]}
    for name in lacking:
        if name == "spot":
            city.latitude, city.longitude = values[name]
        else:
            setattr(city, EMPTY[name][0], values[name])
    return lacking


def _rule(refused: DatabaseError) -> str:
    """The rule of the database that a line breaks, as far as it has a name."""
    diagnosis = getattr(refused.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) if isinstance(refused, IntegrityError) else None
    return str(name or refused)[:200]
