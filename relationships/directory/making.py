"""Cities and bonds as a directory brings them: titles, addresses, countries, sources."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import slugify

from relationships.directory import countries
from relationships.directory.entries import Place
from relationships.directory.planning import Row
from relationships.models import City, Directory, Party, Relationship
from sistercities.pages import masses
from sistercities.pages.addresses import LONGEST, address_from, is_free_for
from sistercities.pages.models import Citation, FormerAddress, Page, Status


class Addresses:
    """Addresses that no page of a kind has or had, given out without asking each time."""

    def __init__(self, model: type[Page]) -> None:
        self.model = model
        self.taken = set(model._base_manager.values_list("slug", flat=True))
        self.taken.update(
            FormerAddress.objects.filter(kind=model._meta.label_lower).values_list("slug", flat=True)
        )
        self.next_number: dict[str, int] = defaultdict(lambda: 2)
        # What was given out for pages that are not written for good yet.
        self.given: set[str] = set()

    def free(self, *wanted: str) -> str:
        """The first of these that is free, or else the last with a number."""
        for slug in wanted:
            if slug and slug not in self.taken and is_free_for(self.model, slug):
                return self._give(slug)
        last = wanted[-1]
        while (slug := f"{last}-{self.next_number[last]}") in self.taken:
            self.next_number[last] += 1
        return self._give(slug)

    def _give(self, slug: str) -> str:
        self.taken.add(slug)
        self.given.add(slug)
        return slug


class Maker:
    """Makes the pages of one directory; nothing is written before ``save``."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.status = Status.PUBLISHED if directory.publish else Status.DRAFT
        self.city_addresses, self.bond_addresses = Addresses(City), Addresses(Relationship)
        self.kinds: dict[type[models.Model], ContentType] = {
            model: ContentType.objects.get_for_model(model) for model in (City, Relationship)
        }

    def begin(self) -> None:
        """What was made so far is written for good."""
        for addresses in (self.city_addresses, self.bond_addresses):
            addresses.given.clear()

    def give_back(self) -> None:
        """What was made since was not written: its addresses are free again."""
        for addresses in (self.city_addresses, self.bond_addresses):
            addresses.taken -= addresses.given

    def city(self, pk: int, place: Place) -> City:
        country_en, country_zh = countries.names_of(place.country)
        address = address_from(place.name, place.name_zh) or f"city-{place.wikidata.lower()}".rstrip("-")
        beside = [f"{address}-{slugify(place.region)}"] if slugify(place.region) else []
        zone = countries.zone_of(place.country, place.spot)
        return City(
            pk=pk,
            slug=self.city_addresses.free(address, *beside, f"{address}-{place.country.lower()}"),
            title_en=place.name,
            title_zh_hans=place.name_zh,
            country_code=place.country,
            country_en=country_en,
            country_zh_hans=country_zh,
            **_region(place),
            latitude=place.latitude,
            longitude=place.longitude,
            population=place.population,
            timezone=zone,
            timezone_is_derived=bool(zone),
            wikidata_id=place.wikidata,
            status=self.status,
        )

    def bond(self, pk: int, row: Row, cities: tuple[City, City]) -> Relationship:
        en, zh = titles(cities)
        ends = sorted(city.slug for city in cities)
        return Relationship(
            pk=pk,
            slug=self.bond_addresses.free("-".join(ends)[:LONGEST].strip("-")),
            title_en=en,
            title_zh_hans=zh,
            kind=row.entry.kind,
            established=row.established,
            ended=row.entry.ended,
            is_ours=False,
            status=self.status,
        )

    def cite(self, page: Page, line: int, claim: str = "", url: str = "") -> Citation:
        """That the page rests on the directory; the note names the web page that the line itself names."""
        return Citation(
            source=self.directory.source,
            content_type=self.kinds[type(page)],
            object_id=page.pk,
            claim=claim,
            locator=f"line {line}",
            **({"note_en": url, "note_zh_hans": url} if url else {}),
        )

    def save(self, cities: dict[City, int], bonds: dict[Relationship, tuple[Row, tuple[City, City]]]) -> None:
        """Write cities, each with the line that brought it, and bonds with their parties and citations."""
        by = self.directory.handed_in_by
        sources = {city: [self.cite(city, line)] for city, line in cities.items()}
        Citation.objects.bulk_create(_all(sources.values()))
        for city, cited in sources.items():
            masses.know_parts(city, {"citations": cited})
        masses.add(list(cities), by=by)
        parties = {bond: _parties(bond, pair) for bond, (_row, pair) in bonds.items()}
        resting = {bond: self._citations(bond, row) for bond, (row, _pair) in bonds.items()}
        Party.objects.bulk_create(_all(parties.values()))
        Citation.objects.bulk_create(_all(resting.values()))
        for bond in bonds:
            masses.know_parts(bond, {"parties": parties[bond], "citations": resting[bond]})
        masses.add(list(bonds), by=by)

    def _citations(self, bond: Relationship, row: Row) -> list[Citation]:
        found = [self.cite(bond, row.entry.line, url=row.entry.url)]
        if row.established:
            found.append(self.cite(bond, row.date_line or row.entry.line, "established"))
        return found


def _all(lists: Iterable[list[Any]]) -> list[Any]:
    return [each for rows in lists for each in rows]


def _region(place: Place) -> dict[str, str]:
    """The region as the file has it, in the language in which it is written."""
    is_chinese = any("\u3400" <= letter <= "\u9fff" for letter in place.region)
    return {"region_zh_hans" if is_chinese else "region_en": place.region}


def _parties(bond: Relationship, cities: tuple[City, City]) -> list[Party]:
    return [Party(relationship=bond, city=city, position=position) for position, city in enumerate(cities)]


def titles(cities: tuple[City, City]) -> tuple[str, str]:
    """“Lyon and Guangzhou” and 里昂与广州; only in a language in which both cities have a name."""
    first, second = cities
    en = f"{first.title_en} and {second.title_en}" if first.title_en and second.title_en else ""
    zh = (
        f"{first.title_zh_hans}与{second.title_zh_hans}"
        if first.title_zh_hans and second.title_zh_hans
        else ""
    )
    return en or ("" if zh else f"{first.title} and {second.title}"), zh
