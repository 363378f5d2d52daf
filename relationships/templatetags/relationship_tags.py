"""Bonds, their ends and ages, and what a person did for them, for templates of every floor."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import pgettext_lazy

from people.models import Person
from relationships.clocks import clock_name
from relationships.drawing import ends_of
from relationships.lifeline import Lifeline, Span, lifeline
from relationships.map import Place
from relationships.models import Agreement, Milestone, Organisation, Relationship, Sector, Signature, Tenure
from sistercities.pages.bilingual import LocalText, current_language, local_text
from sistercities.pages.citing import Footnotes
from sistercities.pages.listing import PER_PAGE

register = template.Library()
COMPASS_WORDS = {
    "N": pgettext_lazy("point of the compass", "N"),
    "NE": pgettext_lazy("point of the compass", "NE"),
    "E": pgettext_lazy("point of the compass", "E"),
    "SE": pgettext_lazy("point of the compass", "SE"),
    "S": pgettext_lazy("point of the compass", "S"),
    "SW": pgettext_lazy("point of the compass", "SW"),
    "W": pgettext_lazy("point of the compass", "W"),
    "NW": pgettext_lazy("point of the compass", "NW"),
}


@register.filter
def ends(bond: Relationship) -> list[dict[str, str]]:
    """``{{ bond|ends }}``: the ends of its thread, for components/_thread.html and _ends.html."""
    return ends_of(bond.cities)


@register.filter
def sectors_of(bond: Any) -> list[LocalText]:
    """``{{ bond|sectors_of }}``: the names of its sectors, where ``relationships.listed`` has loaded it."""
    return [local_text(Sector(**row), "name") for row in bond.works_in]


@register.filter
def on_chart(place: Place) -> str:
    """``{{ dot.place|on_chart }}``: 34.05° N 118.24° W; 北纬34.05°，西经118.24°."""
    if current_language() != "zh-hans":
        return place.coordinates
    north, east = "北纬" if place.lat >= 0 else "南纬", "东经" if place.lon >= 0 else "西经"
    return f"{north}{abs(place.lat):.2f}°，{east}{abs(place.lon):.2f}°"


@register.filter
def compass_word(point: str) -> str:
    """``{{ figure.compass|compass_word }}``: NW, 西北."""
    return str(COMPASS_WORDS[point])


@register.filter
def zone_name(zone: str) -> str:
    """``{{ city.timezone|zone_name }}``: Beijing time (UTC+8), 北京时间（UTC+8）."""
    return clock_name(zone, current_language(), localdate().year)


@dataclass(frozen=True)
class Record:
    """What a person did for the bonds, as far as it is public."""

    offices: list[tuple[Tenure, Any]]
    scale: Lifeline | None
    signatures: list[Signature]
    milestones: list[Milestone]
    founded: list[Organisation]


@register.simple_tag
def record_of(person: Person, footnotes: Footnotes) -> Record:
    """``{% record_of person footnotes as record %}``: what somebody held, signed, took part in, founded."""
    tenures = list(person.tenures.select_related("city", "organisation")[:PER_PAGE])
    scale = lifeline([Span(tenure.began, tenure.ended, tenure.attested_years) for tenure in tenures])
    lines: list[Any] = scale.lines if scale else [None] * len(tenures)
    signed = person.signatures.filter(agreement__in=Agreement.objects.published())
    signatures = signed.select_related("agreement", "party").order_by("agreement__signed_first")[:PER_PAGE]
    milestones = person.milestones.shown().in_order().select_related("relationship", "city")[:PER_PAGE]
    shown = [milestone for milestone in milestones if milestone.shown_on()]
    bodies = person.founded.filter(is_shown=True).select_related("city")
    founded = list(bodies.order_by(F("founded_first").asc(nulls_last=True), "name_en")[:PER_PAGE])
    # The person among them: one query for the sources of the whole page.
    footnotes.add(person, *tenures, *shown, *founded)
    return Record(list(zip(tenures, lines, strict=True)), scale, list(signatures), shown, founded)
