"""Feeds by RFC 4287, sitemaps by their protocol."""

from pathlib import Path
from typing import Any

import feedparser
from lxml import etree

# --- Atom (RFC 4287) -----------------------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMAS = Path(__file__).parent


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
