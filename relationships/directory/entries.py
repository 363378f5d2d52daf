"""What one line of a directory says: two places, when they came together, of which kind; and what of it is unclear.

Pure: no Django. What cannot be read is left out and noted; only what makes a line useless refuses it.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from relationships.directory.folding import fold, without_kind
from relationships.directory.mapping import OF_A_PLACE, SIDES, entity
from sistercities.pages.date_doubts import Doubt, NotADate
from sistercities.pages.dates import HistoricalDate, parse

# Two of them make the title of a bond.
LONGEST_NAME = 95
MOST_PEOPLE = 2_000_000_000
KINDS = {
    "sister-cities": re.compile(
        r"^(?:sister|twin|partner|jumel)|sister|twin|partnerst|gemell|hermana|友好城市|姊妹|姐妹|友城$",
        re.IGNORECASE,
    ),
    "cooperation-cities": re.compile(r"friend|cooperat|exchange|合作|交流|友好关系|友好合作", re.IGNORECASE),
}
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_WKT = re.compile(r"point\s*\(\s*(\S+)[\s,]+([^\s)]+)\s*\)", re.IGNORECASE)
_ANGLE = re.compile(
    r"(?P<sign>[-+−]?)(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*°?\s*"
    r"(?:(?P<minutes>\d{1,2}(?:\.\d+)?)\s*[′'’]\s*)?(?:(?P<seconds>\d{1,2}(?:\.\d+)?)\s*[″\"”]\s*)?"
    r"(?P<half>[NSEWO北南东西東]?)\.?",
    re.IGNORECASE,
)
_TIMESTAMP = re.compile(r"\+?(\d{4})-(\d{2})-(\d{2})T[\d:.]+Z?")
_TIMES = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Note:
    """One remark on a line: a code with its values, which each reader gets in words of their own language."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)
    refuses: bool = False

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, **self.values}


@dataclass(frozen=True)
class Place:
    """A city as one line names it."""

    name: str = ""
    name_zh: str = ""
    country: str = ""
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    wikidata: str = ""

    @property
    def spot(self) -> tuple[float, float] | None:
        return (
            (self.latitude, self.longitude)
            if self.latitude is not None and self.longitude is not None
            else None
        )

    @property
    def key(self) -> str:
        """How this place is named, so that the next line that names it alike means the same city."""
        if self.wikidata:
            return f"wikidata:{self.wikidata}"
        spot = f"{self.latitude:.1f},{self.longitude:.1f}" if self.spot else ""
        return "|".join([fold(self.name or self.name_zh), self.country, fold(self.region), spot])[:240]

    @property
    def names(self) -> set[str]:
        """The folded names under which it may be known."""
        folded = {fold(name) for name in (self.name, self.name_zh) if name}
        return {each for each in folded | {without_kind(name) for name in folded} if each}

    @property
    def label(self) -> str:
        return ", ".join(
            part for part in (self.name or self.name_zh or self.wikidata, self.region, self.country) if part
        )


@dataclass(frozen=True)
class Entry:
    """What a line says, as far as it could be read."""

    line: int
    places: tuple[Place, Place]
    kind: str
    established: HistoricalDate | None = None
    ended: HistoricalDate | None = None
    url: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(note.refuses for note in self.notes)


def understand(
    line: int, cells: Sequence[str], places: Mapping[str, int], kind: str, countries: Mapping[str, str]
) -> Entry:
    """A line in plain values. ``countries`` finds the code of a country by its folded name."""
    said = {name: cells[at] for name, at in places.items() if cells[at]}
    notes: list[Note] = []
    both = [
        _place(
            {name: said[f"{side}_{name}"] for name in OF_A_PLACE if f"{side}_{name}" in said},
            side,
            countries,
            notes,
        )
        for side in SIDES
    ]
    established, ended = (_date(said.get(name, ""), name, notes) for name in ("established", "ended"))
    if established and ended and ended.last_day < established.first_day:
        notes.append(Note("ends-before", {"from": str(established), "to": str(ended)}, refuses=True))
    found = _kind(said.get("kind", ""), kind, notes)
    return Entry(line, (both[0], both[1]), found, established, ended, _url(said.get("url", "")), tuple(notes))


def _place(said: Mapping[str, str], side: str, countries: Mapping[str, str], notes: list[Note]) -> Place:
    number = entity(said.get("wikidata", ""))
    name, name_zh = said.get("city", ""), said.get("city_zh", "")
    if _HAN.search(name) and not _LATIN.search(name):
        name, name_zh = "", name_zh or name
    if entity(name):
        # A label that Wikidata lacks is exported as the number.
        name, number = "", number or entity(name)
    country = _country(said.get("country", ""), side, countries, notes)
    if not (name or name_zh or number):
        notes.append(Note("no-name", {"side": side}, refuses=True))
    if max(len(name), len(name_zh)) > LONGEST_NAME:
        notes.append(Note("long-name", {"side": side}, refuses=True))
    latitude, longitude = _spot(said, side, notes) or (None, None)
    people = _population(said.get("population", ""), side, notes)
    return Place(name, name_zh, country, said.get("region", "")[:80], latitude, longitude, people, number)


def _country(text: str, side: str, countries: Mapping[str, str], notes: list[Note]) -> str:
    code = countries.get(fold(text), "") if text else ""
    if text and not code:
        notes.append(Note("unknown-country", {"side": side, "text": text[:80]}))
    return code


def _spot(said: Mapping[str, str], side: str, notes: list[Note]) -> tuple[float, float] | None:
    """Where it lies, from two columns or one; none of it unless both numbers can be read."""
    given = said.get("point", "") or ", ".join(filter(None, (said.get("latitude"), said.get("longitude"))))
    if not given:
        return None
    if said.get("point"):
        found = from_point(said["point"])
    else:
        latitude, longitude = (angle(said.get(name, "")) for name in ("latitude", "longitude"))
        found = (latitude, longitude) if latitude is not None and longitude is not None else None
    if not found or abs(found[0]) > 90 or abs(found[1]) > 180 or found == (0, 0):
        notes.append(Note("coordinates", {"side": side, "text": given[:80]}))
        return None
    return found


def from_point(text: str) -> tuple[float, float] | None:
    """``Point(113.26 23.13)`` names the longitude first; ``23.13, 113.26`` the latitude."""
    if match := _WKT.search(text):
        longitude, latitude = (angle(part) for part in match.groups())
    else:
        parts = re.split(r"\s*[,;，；]\s*|\s+", text.strip())
        latitude, longitude = (angle(part) for part in parts) if len(parts) == 2 else (None, None)
    return (latitude, longitude) if latitude is not None and longitude is not None else None


def angle(text: str) -> float | None:
    """Degrees as a number: ``-118.24``, ``118,24 W``, ``48°8′N``; None where it is none."""
    match = _ANGLE.fullmatch(text.strip())
    if not match:
        return None
    value = float(match["degrees"].replace(",", "."))
    value += float(match["minutes"] or 0) / 60 + float(match["seconds"] or 0) / 3600
    is_negative = match["sign"] in ("-", "−") or match["half"].upper() in ("S", "W", "O", "南", "西")
    return round(-value if is_negative else value, 6) + 0.0


def _population(text: str, side: str, notes: list[Note]) -> int | None:
    if not text:
        return None
    number = people(text)
    if number is None or not 0 < number <= MOST_PEOPLE:
        notes.append(Note("population", {"side": side, "text": text[:80]}))
        return None
    return number


def people(text: str) -> int | None:
    """``1,234,567``, ``1 234 567``, ``1.2e6``, ``121.5万``."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").removesuffix("人")
    times = _TIMES.get(plain[-1:], 1)
    digits = plain.rstrip("万亿")
    if re.fullmatch(r"\d{1,3}(?:[,.'’]\d{3})+", digits):
        digits = re.sub(r"\D", "", digits)
    try:
        return round(float(digits) * times) if re.fullmatch(r"[\d.]+(?:[eE]\+?\d)?", digits) else None
    except (ValueError, OverflowError):  # some hundred figures are no number any more
        return None


def _date(text: str, name: str, notes: list[Note]) -> HistoricalDate | None:
    if not text:
        return None
    try:
        return _instant(text, name, notes) or parse(re.sub(r"^(\d{4})\.0$", r"\1", text)[:60])
    except NotADate as wrong:
        if wrong.doubt is not Doubt.UNKNOWN:
            notes.append(Note("date", {"field": name, "text": text[:80]}))
        return None


def _instant(text: str, name: str, notes: list[Note]) -> HistoricalDate | None:
    """A moment as Wikidata exports it; the first of January stands there for a year of which no more is known."""
    if not (match := _TIMESTAMP.fullmatch(text)):
        return None
    year, month, day = (int(part) for part in match.groups())
    if (month, day) == (1, 1):
        notes.append(Note("year-only", {"field": name, "text": text[:80], "year": year}))
        return HistoricalDate(year)
    return HistoricalDate(year, month, day)


def _kind(text: str, given: str, notes: list[Note]) -> str:
    """The kind of the bond; two kinds are two bonds, so a word that names neither is not passed over."""
    if not text:
        return given
    if text in KINDS:
        return text
    named = [kind for kind, sign in KINDS.items() if sign.search(text)]
    if not named:
        notes.append(Note("kind", {"text": text[:80]}, refuses=True))
        return given
    # 友好合作交流城市, “friendship city”: what says cooperation is no sister city, whatever else it says.
    return named[-1]


def _url(text: str) -> str:
    return text[:500] if re.match("https?://", text) else ""
