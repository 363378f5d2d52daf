"""What schema.org knows of the types that our pages use, and JSON-LD as a page holds it."""

import json
from typing import Any

import html5lib

CONTEXT = "https://schema.org"
THING = {
    "name", "alternateName", "description", "url", "image", "sameAs", "identifier", "subjectOf", "additionalType",
    "mainEntityOfPage", "potentialAction", "disambiguatingDescription",
}  # fmt: skip
PLACE = {"address", "geo", "containedInPlace"}
WORK = {
    "about", "author", "contributor", "publisher", "inLanguage", "dateCreated", "datePublished", "dateModified",
    "genre", "expires", "locationCreated", "workTranslation", "translationOfWork", "recordedAt", "headline",
    "creativeWorkStatus", "keywords", "isPartOf", "license", "creditText",
}  # fmt: skip
EVENT = {
    "startDate", "endDate", "eventStatus", "previousStartDate", "eventAttendanceMode", "location", "organizer",
    "performer", "offers", "isAccessibleForFree", "about", "superEvent", "subEvent", "workFeatured", "inLanguage",
}  # fmt: skip
# By type: its properties beside those of every thing, and those without which it tells nothing.
VOCABULARY: dict[str, tuple[set[str], set[str]]] = {
    "Event": (EVENT, {"name"}),
    "EventSeries": (EVENT, {"name"}),
    "Person": ({"birthDate", "deathDate", "jobTitle", "hasOccupation"}, {"name"}),
    "Role": ({"startDate", "endDate", "hasOccupation"}, {"hasOccupation"}),
    "Occupation": (set(), {"name"}),
    "Organization": (
        {"foundingDate", "dissolutionDate", "areaServed", "contactPoint"},
        {"name"},
    ),
    "ContactPoint": ({"availableLanguage"}, {"url"}),
    "City": (PLACE, {"name"}),
    "Country": (PLACE, {"name"}),
    "AdministrativeArea": (PLACE, {"name"}),
    "Place": (PLACE, {"name"}),
    "GeoCoordinates": ({"latitude", "longitude"}, {"latitude", "longitude"}),
    "PostalAddress": ({"streetAddress", "addressLocality", "addressCountry"}, set()),
    "Intangible": (set(), {"name"}),
    "PropertyValue": ({"propertyID", "value"}, {"propertyID", "value"}),
    "Offer": (
        {"price", "priceCurrency", "availability", "validFrom", "validThrough"},
        {"price", "priceCurrency", "availability", "url"},
    ),
    "CreativeWork": (WORK, {"name"}),
    "NewsArticle": (WORK, {"headline", "datePublished", "author"}),
    "WebPage": (WORK, {"url"}),
    "WebSite": (WORK, {"name", "url", "potentialAction"}),
    "SearchAction": ({"target", "query-input"}, {"target", "query-input"}),
    "EntryPoint": ({"urlTemplate"}, {"urlTemplate"}),
    "ImageObject": (WORK | {"contentUrl", "caption"}, {"contentUrl"}),
    "Dataset": (
        WORK | {"creator", "distribution", "isAccessibleForFree"},
        {"name", "description", "license", "creator", "distribution"},
    ),
    "DataDownload": (WORK | {"contentUrl", "encodingFormat"}, {"contentUrl", "encodingFormat"}),
    "BreadcrumbList": ({"itemListElement"}, {"itemListElement"}),
    "ListItem": ({"position", "item"}, {"position", "name", "item"}),
}
ADDRESSES = {
    "url",
    "@id",
    "sameAs",
    "contentUrl",
    "item",
    "eventStatus",
    "availability",
    "eventAttendanceMode",
}


def data_blocks(html: str | bytes) -> list[dict[str, Any]]:
    """The JSON-LD of a page, cut out by a parser of HTML as browsers have one."""
    text = html.decode() if isinstance(html, bytes) else html
    tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    return [
        json.loads(each.text or "")
        for each in tree.iter("script")
        if each.get("type") == "application/ld+json"
    ]


def graph(html: str | bytes) -> list[dict[str, Any]]:
    """All nodes that a page tells of, in their order. The whole is valid."""
    blocks = data_blocks(html)
    assert all(block["@context"] == CONTEXT for block in blocks)
    nodes = [node for block in blocks for node in block["@graph"]]
    assert faults_of(nodes) == []
    return nodes


def faults_of(value: Any, where: str = "") -> list[str]:
    """What in a tree of nodes schema.org does not know, or misses."""
    if isinstance(value, list):
        return [fault for each in value for fault in faults_of(each, where)]
    if not isinstance(value, dict):
        return [f"{where} is empty"] if value in ("", None) else []
    if "@value" in value:
        return [] if set(value) == {"@value", "@language"} else [f"{where}: {sorted(value)}"]
    if set(value) == {"@id"}:
        return []
    kind = value.get("@type", "")
    if kind not in VOCABULARY:
        return [f"{where}: there is no type {kind!r}"]
    own, needed = VOCABULARY[kind]
    faults = [
        f"{where}.{kind} has no {name}"
        for name in value
        if name not in own | THING and not name.startswith("@")
    ]
    faults += [f"{where}.{kind} wants {name}" for name in needed - set(value)]
    for name, each in value.items():
        if name in ADDRESSES and isinstance(each, str) and not each.startswith(("http://", "https://")):
            faults.append(f"{where}.{kind}.{name} is no address: {each}")
        faults += faults_of(each, f"{where}.{kind}.{name}")
    return faults
