"""Countries by their names in both languages, from CLDR; and the time zone of a place, where there is no doubt.

Pure: no Django.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global

from relationships.directory.folding import fold
from relationships.geodesy import LatLon, distance_km

# The languages in which the names of countries are known, beside the two in which we write them.
READ_IN = ("en", "zh_Hans", "zh_Hant", "fr", "de", "es", "it", "pt", "ja", "ru")
# As lists and Wikidata write them, where CLDR says it otherwise.
ALIASES = {
    "US": "usa;u.s.a.;u.s.;united states of america;america;美利坚合众国",
    "CN": "people's republic of china;pr china;prc;p.r. china;china pr;mainland china;中华人民共和国;中国大陆",
    "GB": "uk;u.k.;great britain;britain;england;scotland;wales;northern ireland;大不列颠;英格兰;苏格兰;威尔士",
    "HK": "hong kong;香港;中国香港",
    "MO": "macau;macao;澳门;中国澳门",
    "TW": "taiwan, china;taiwan, province of china;中国台湾",
    "CZ": "czech republic;the czech republic;捷克共和国",
    "IE": "republic of ireland;eire",
    "NL": "the netherlands;kingdom of the netherlands;holland",
    "DK": "kingdom of denmark",
    "KR": "korea, south;republic of korea;korea;korea, republic of;大韩民国;南韩",
    "KP": "korea, north;democratic people's republic of korea;dprk",
    "RU": "russian federation;俄罗斯联邦",
    "TR": "turkey;republic of turkey",
    "VN": "viet nam",
    "MM": "burma",
    "MK": "macedonia;republic of macedonia;fyrom",
    "SZ": "swaziland",
    "CV": "cape verde",
    "TL": "east timor",
    "CI": "ivory coast",
    "CD": "democratic republic of the congo;dr congo;congo, democratic republic of the;congo, dem. rep.",
    "CG": "republic of the congo;congo;congo, republic of the",
    "GM": "the gambia",
    "BS": "the bahamas",
    "FM": "federated states of micronesia",
    "PS": "palestine;state of palestine;巴勒斯坦",
    "SY": "syrian arab republic",
    "IR": "islamic republic of iran;iran, islamic republic of",
    "LA": "lao pdr",
    "MD": "republic of moldova",
    "BO": "plurinational state of bolivia",
    "VE": "bolivarian republic of venezuela",
    "TZ": "united republic of tanzania",
    "BN": "brunei darussalam",
    "DE": "federal republic of germany",
    "BA": "bosnia",
    "GE": "republic of georgia",
}
BEYOND = ("XK",)  # Kosovo has a code in use, and none in the standard
# Whose clocks are one by law, or whose other zones are far islands: (zone of the mainland).
MAINLAND = {
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
}
ONE_BY_LAW = ("CN",)
NEAR_KM = 150
SUMMER, WINTER = (datetime(2026, month, 15, tzinfo=UTC) for month in (7, 1))


@cache
def names_of(code: str) -> tuple[str, str]:
    """What a country is called in English and in Chinese."""
    return tuple(Locale.parse(each).territories[code] for each in ("en", "zh_Hans"))


@cache
def codes() -> Mapping[str, str]:
    """The code of each country by each of its names, folded, and by its code of two or three letters."""
    known = [*_zones(), *BEYOND, *_without_zone()]
    found: dict[str, str] = {}
    for language in READ_IN:
        territories = Locale.parse(language).territories
        for code in known:
            if code in territories:
                found.setdefault(fold(territories[code]), code)
    found |= {fold(alias): code for code, names in ALIASES.items() for alias in names.split(";")}
    found |= {code.lower(): code for code in known}
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    three = {old.lower(): now[0] for old, now in aliases.items() if len(old) == 3 and old.isalpha()}
    return {**three, **found}


def _table(name: str) -> list[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _without_zone() -> list[str]:
    return [code for code, *_rest in _table("iso3166.tab") if code not in _zones()]


@cache
def _zones() -> Mapping[str, list[tuple[str, LatLon]]]:
    """The zones of each country, with the place that each is called after."""
    found: dict[str, list[tuple[str, LatLon]]] = {}
    for code, spot, zone, *_rest in _table("zone.tab"):
        found.setdefault(code, []).append((zone, _spot(spot)))
    return found


def _spot(text: str) -> LatLon:
    """``+5230+01322`` and ``-772133+1664006``: degrees, minutes, and perhaps seconds."""
    at = max(text.rfind("+"), text.rfind("-"))
    return _degrees(text[:at], 2), _degrees(text[at:], 3)


def _degrees(text: str, figures: int) -> float:
    sign, digits = (-1 if text[0] == "-" else 1), text[1:]
    seconds = int(digits[figures + 2 :] or 0)
    return sign * (int(digits[:figures]) + int(digits[figures : figures + 2]) / 60 + seconds / 3600)


@cache
def _clock(zone: str) -> tuple[object, object]:
    """How a zone's clocks go in winter and summer: zones that agree are one to whoever asks what time it is."""
    return WINTER.astimezone(ZoneInfo(zone)).utcoffset(), SUMMER.astimezone(ZoneInfo(zone)).utcoffset()


def zone_of(code: str, spot: LatLon | None) -> str:
    """The time zone of a place in a country; empty where its place does not tell for sure."""
    zones = _zones().get(code, [])
    if len({_clock(zone) for zone, _place in zones}) == 1 or code in ONE_BY_LAW:
        return MAINLAND.get(code) or zones[0][0]
    if not spot or not zones:
        return ""
    away = sorted((distance_km(spot, place), zone) for zone, place in zones)
    nearest_km, nearest = away[0]
    other_km = next(km for km, zone in away if _clock(zone) != _clock(nearest))
    is_near = nearest_km <= NEAR_KM or nearest == MAINLAND.get(code)
    return nearest if is_near and other_km >= 2 * nearest_km else ""
