"""What formats demand, written down from their standards: each function returns what is wrong, in words."""

import json
from pathlib import Path
from typing import Any

import feedparser
import html5lib
from lxml import etree

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


def body_of(answer: Any) -> bytes:
    """The body of an answer, also of one that is sent as it is written."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


# --- Atom (RFC 4287) -----------------------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMAS = Path(__file__).parent / "schemas"


def tree_of(content: bytes) -> Any:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def atom_faults(content: bytes) -> list[str]:
    """What is wrong with a feed: by its grammar, and by what the standard says in words."""
    root = tree_of(content)
    grammar = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    faults = [] if grammar.validate(root) else [str(each) for each in grammar.error_log]
    entries = root.findall(f"{ATOM}entry")
    names = [each.findtext(f"{ATOM}id") for each in (root, *entries)]
    faults += [f"twice: {name}" for name in set(names) if names.count(name) > 1]
    for each in (root, *entries):
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in each.findall(f"{ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        ]
        faults += [f"two alternates of {pair}" for pair in set(alternates) if alternates.count(pair) > 1]
        if each.find(f"{ATOM}content") is None and not alternates:
            faults.append("neither content nor a way to it")
        if each.find(f"{ATOM}author") is None and root.find(f"{ATOM}author") is None:
            faults.append("nobody wrote it")
    moments = [entry.findtext(f"{ATOM}updated") for entry in entries]
    if moments and max(moments) != root.findtext(f"{ATOM}updated"):
        faults.append("the feed is not as new as its newest entry")
    parsed = feedparser.parse(content)
    if parsed.bozo:
        faults.append(str(parsed.bozo_exception))
    if len(parsed.entries) != len(entries):
        faults.append("a reader of feeds finds another number of entries")
    return faults


# --- sitemaps ------------------------------------------------------------------------------------------------

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def sitemap_faults(content: bytes) -> list[str]:
    """What is wrong with a sitemap or an index of them, by the schema of the protocol and its limits."""
    root = tree_of(content)
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
    faults = [] if schema.validate(root) else [str(each) for each in schema.error_log]
    if len(root) > 50_000 or len(content) > 50 * 1024 * 1024:
        faults.append("too long")
    for url in root.iter(f"{MAP}url"):
        place = url.findtext(f"{MAP}loc")
        links = {link.get("href") for link in url.iter("{http://www.w3.org/1999/xhtml}link")}
        if place not in links:
            faults.append(f"{place} does not name itself among its counterparts")
    return faults
