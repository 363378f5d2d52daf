"""Cities, bonds and agreements for machines (schema.org), and the offices that people held.

schema.org has no word for a bond between cities. An alliance is an organisation of them; a pair is told as the relation
that Wikidata knows as "twinned administrative body".
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import capfirst

from people.models import Person
from relationships.models import Agreement, City, Relationship, Wording
from sistercities.pages.bilingual import html_language
from sistercities.pages.linked import (
    WIKIDATA,
    Node,
    address,
    association,
    day,
    describes,
    identity,
    image,
    other_names,
    reference,
    references,
    title_of,
)
from sistercities.pages.safe_text import one_line

TWINNED = f"{WIKIDATA}P190"


def wikidata(city: City) -> str:
    return f"{WIKIDATA}{city.wikidata_id}" if city.wikidata_id else ""


def place(city: City) -> Node:
    """A city as the place of something: with its position and its country."""
    if not city.is_public:
        return {}
    known = city.latitude is not None and city.longitude is not None
    geo = {"@type": "GeoCoordinates", "latitude": city.latitude, "longitude": city.longitude}
    return {**reference(city), "geo": geo if known else None, "sameAs": wikidata(city)}


@describes(City, "City")
def city(page: City, _shown: Mapping[str, Any]) -> Node:
    name = one_line(page.country) or page.country_code
    country = {"@type": "Country", "name": name, "identifier": page.country_code}
    region = {"@type": "AdministrativeArea", "name": str(page.region), "containedInPlace": country}
    return {
        **place(page),
        "alternateName": other_names(page),
        "containedInPlace": region if one_line(page.region) else country,
        "image": image(page.picture),
    }


@describes(Relationship, "Intangible")
def relationship(page: Relationship, _shown: Mapping[str, Any]) -> Node:
    """A pair as an intangible thing of a kind that Wikidata names; an alliance as an organisation of its cities."""
    cities = [place(city) for city in page.cities]
    if page.kind == Relationship.Kind.ALLIANCE:
        return {
            "@type": "Organization",
            "alternateName": other_names(page),
            "foundingDate": day(page.established),
            "dissolutionDate": day(page.ended),
            "areaServed": cities,
        }
    told_by = {
        "@type": "WebPage",
        "url": address(page),
        "about": cities,
        "publisher": association(),
        "dateModified": page.updated_at.isoformat(timespec="seconds"),
    }
    dates = [("established", day(page.established)), ("ended", day(page.ended))]
    return {
        "@type": "Intangible",
        "additionalType": TWINNED,
        "alternateName": other_names(page),
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in dates if value
        ],
        "disambiguatingDescription": capfirst(str(page.get_kind_display())),
        "subjectOf": told_by,
    }


@describes(Agreement, "CreativeWork")
def agreement(page: Agreement, shown: Mapping[str, Any]) -> Node:
    """What was signed: its languages, and its translations as works of their own."""
    wordings: list[Wording] = shown.get("wordings", [])
    authentic = [row for row in wordings if row.standing == Wording.Standing.AUTHENTIC]
    signers = [reference(row.person) for row in shown.get("signatures", [])]
    return {
        "alternateName": other_names(page),
        "genre": capfirst(str(page.get_kind_display())),
        "dateCreated": day(page.signed),
        "expires": page.expires.iso if page.expires and page.expires.as_date else None,
        "locationCreated": where_signed(page),
        "about": [*references([page.relationship]), *references(shown.get("parties", []))],
        "contributor": signers,
        "inLanguage": [html_language(row.language) for row in authentic],
        "workTranslation": [translation_of(page, row) for row in wordings if row not in authentic],
        "publisher": association(),
    }


def where_signed(page: Agreement) -> Node:
    if page.signed_in and page.signed_in.is_public:
        return place(page.signed_in)
    return {"@type": "Place", "name": str(page.place)} if one_line(page.place) else {}


def translation_of(page: Agreement, row: Wording) -> Node:
    """A text of an agreement that is not the authentic one, and whose translation it is."""
    return {
        "@type": "CreativeWork",
        "@id": f"{identity(page)}-{row.pk}",
        "name": title_of(page),
        "inLanguage": html_language(row.language),
        "creativeWorkStatus": capfirst(str(row.get_standing_display())),
        "translationOfWork": {"@id": identity(page)},
    }


@describes(Person)
def offices(_page: Person, shown: Mapping[str, Any]) -> Node:
    """The offices that a person held, and where, as far as the page tells of them."""
    offices_held = getattr(shown.get("record"), "offices", [])
    tenures = [tenure for tenure, _line in offices_held if one_line(tenure.office)]
    return {
        "jobTitle": unique(str(tenure.office) for tenure in tenures),
        "hasOccupation": [
            {
                "@type": "Role",
                "hasOccupation": {"@type": "Occupation", "name": str(tenure.office)},
                "startDate": day(tenure.began),
                "endDate": day(tenure.ended),
            }
            for tenure in tenures
            if tenure.began or tenure.ended
        ],
    }


def unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
