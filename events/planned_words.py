"""How an editor announces an anniversary, in English and in Chinese; whoever curates the draft writes on from there."""

from collections.abc import Sequence

from events.models import Event
from events.numbers import ordinal
from relationships.models import City, Relationship
from sistercities.pages.bilingual import column, languages, local_text

Texts = dict[str, dict[str, str]]
"""By the name of a text, by language."""

GATHERINGS = {
    Event.Kind.RECEPTION: ("Reception", "招待会"),
    Event.Kind.SUMMIT: ("Summit", "峰会"),
    Event.Kind.MEETING: ("Meeting", "会议"),
    Event.Kind.VISIT: ("Visit", "访问活动"),
    Event.Kind.CULTURE: ("Cultural event", "文化活动"),
}
REMARKS = {"en": "Remarks", "zh-hans": "致辞"}


def announced(bond: Relationship, years: int, kind: str, city: City | None) -> Texts:
    """Title and summary of an event that marks an anniversary of a bond, in a city where it is known."""
    gathering, chinese_gathering = GATHERINGS[Event.Kind(kind)]
    english, chinese = _bond_in_english(bond), _bond_in_chinese(bond)
    here = {code: local_text(city, "title", code) for code in ("en", "zh-hans")} if city else {}
    place, chinese_place = (f" in {here['en']}", f"，将在{here['zh-hans']}举行") if here else ("", "，将举行")
    article = "an" if gathering[0] in "AEIOU" else "a"
    return {
        "title": {
            "en": f"{gathering} for the {ordinal(years)} anniversary of {english}",
            "zh-hans": f"庆祝{chinese}{years}周年{chinese_gathering}",
        },
        "summary": {
            "en": f"{_celebrate(bond, years)} with {article} {gathering.lower()}{place}.",
            "zh-hans": f"{chinese}{years}周年之际{chinese_place}{chinese_gathering}。",
        },
    }


def columns_of(texts: Texts, **limits: int) -> dict[str, str]:
    """The texts as columns of an event, in the languages that it has."""
    return {
        column(name, code): text[: limits.get(name)]
        for name, by_language in texts.items()
        for code, text in by_language.items()
        if code in languages()
    }


def _bond_in_english(bond: Relationship) -> str:
    if bond.kind == Relationship.Kind.ALLIANCE:
        title = local_text(bond, "title", "en")
        return title if title.lower().startswith("the ") else f"the {title}"
    kind = {
        Relationship.Kind.SISTER_CITIES: "sister city relationship",
        Relationship.Kind.COOPERATION_CITIES: "friendship cooperation",
    }[Relationship.Kind(bond.kind)]
    return f"the {'–'.join(_names(bond.cities, 'en'))} {kind}"


def _bond_in_chinese(bond: Relationship) -> str:
    if bond.kind == Relationship.Kind.ALLIANCE:
        return f"{local_text(bond, 'title', 'zh-hans')}成立"
    kind = {
        Relationship.Kind.SISTER_CITIES: "缔结友好城市关系",
        Relationship.Kind.COOPERATION_CITIES: "建立友好合作交流城市关系",
    }[Relationship.Kind(bond.kind)]
    return f"{'与'.join(_names(bond.cities, 'zh-hans'))}{kind}"


def _celebrate(bond: Relationship, years: int) -> str:
    names = _names(bond.cities, "en")
    who = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    span = f"{years} year{'' if years == 1 else 's'}"
    if bond.kind == Relationship.Kind.ALLIANCE:
        return f"{who} celebrate {span} of {_bond_in_english(bond)}"
    kind = (
        "as sister cities"
        if bond.kind == Relationship.Kind.SISTER_CITIES
        else "of friendship and cooperation"
    )
    return f"{who} celebrate {span} {kind}"


def _names(cities: Sequence[City], code: str) -> list[str]:
    return [str(local_text(city, "title", code)) for city in cities]
