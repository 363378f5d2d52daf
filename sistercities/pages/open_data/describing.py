"""What describes the tables: a data package with Table Schemas for CSV, a JSON Schema for JSON, and the licence."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from sistercities.pages.bilingual import current_language, html_language, languages
from sistercities.pages.linked import Node, association
from sistercities.pages.open_data.tables import Column, Kind, Table, tables

LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODbL-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
EDTF = r"^(\.\./)?-?\d{4}(-\d{2}(-\d{2})?)?~?(/\.\.)?$"
DAY = r"^-?\d{4}-\d{2}-\d{2}$"


def licence() -> dict[str, str]:
    """On what terms the association gives its own texts away: an entry of LICENCES, or a name without a link."""
    name = settings.OPEN_DATA_LICENCE
    title, path = LICENCES.get(name, (name, ""))
    return {key: value for key, value in (("name", name), ("title", title), ("path", path)) if value}


def address_of(table: Table, form: str) -> str:
    return f"{settings.SITE_URL}/data/{table.name}.{form}"


def about(table: Table) -> dict[str, Any]:
    """What a JSON file says of itself before its rows."""
    return {
        "$schema": address_of(table, "schema.json"),
        "name": table.name,
        "title": in_all_languages(table.title),
        "publisher": settings.SITE_NAME[settings.LANGUAGE_CODE],
        "licence": licence(),
        "documentation": f"{settings.SITE_URL}/{settings.LANGUAGE_CODE}/data/",
    }


def in_all_languages(words: Any) -> dict[str, str]:
    found = {}
    for code in languages():
        with translation.override(code):
            found[html_language(code)] = str(words)
    return found


def in_english(words: Any) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)


# --- for CSV: Data Package, Table Schema ---------------------------------------------------------------------


def data_package() -> dict[str, Any]:
    """All tables as one package that programs can read and check by themselves."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
            "profile": "tabular-data-package",
            "name": "sister-cities",
            "title": settings.SITE_NAME[settings.LANGUAGE_CODE],
            "description": _(
                "Relationships between cities, agreements, people, events and cities: what is public on the site."
            ),
            "homepage": f"{settings.SITE_URL}/{settings.LANGUAGE_CODE}/data/",
            "licenses": [licence()],
            "resources": [resource(table) for table in tables.values()],
        }


def resource(table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": str(table.title),
        "description": str(table.words),
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": {
            "fields": [field_of(each) for each in table.columns],
            "primaryKey": "number",
            "missingValues": [""],
        },
    }


def field_of(column: Column) -> dict[str, Any]:
    """A column for Table Schema. Lists are texts there, with " | " between."""
    kinds = {Kind.WHOLE: "integer", Kind.NUMBER: "number", Kind.TRUTH: "boolean"}
    constraints: dict[str, Any] = {}
    if column.is_always_there:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = [value for value, _words in column.choices]
    if column.kind is Kind.DATE:
        constraints["pattern"] = EDTF
    if column.kind is Kind.DAY:
        constraints["pattern"] = DAY
    known = {
        "name": column.name,
        "type": kinds.get(column.kind, "string"),
        "description": described(column),
        "format": "uri" if column.kind is Kind.ADDRESS else None,
        "constraints": constraints,
    }
    return {key: value for key, value in known.items() if value}


def described(column: Column) -> str:
    """What a column means, with the words for its codes."""
    words = str(column.words)
    if column.choices:
        words += " " + " · ".join(f"{value} = {label}" for value, label in column.choices)
    return words


# --- for JSON: JSON Schema -----------------------------------------------------------------------------------


def json_schema(table: Table) -> dict[str, Any]:
    row = {
        "type": "object",
        "properties": {each.name: property_of(each) for each in table.columns},
        "required": [each.name for each in table.columns],
        "additionalProperties": False,
    }
    texts = {"type": "object", "additionalProperties": {"type": "string"}}
    head: dict[str, Any] = {
        name: {"type": "string"} for name in ("$schema", "name", "publisher", "documentation")
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address_of(table, "schema.json"),
        "title": in_english(table.title),
        "description": in_english(table.words),
        "type": "object",
        "properties": {**head, "title": texts, "licence": texts, "rows": {"type": "array", "items": row}},
        "required": ["name", "licence", "rows"],
    }


def property_of(column: Column) -> dict[str, Any]:
    shapes: dict[Kind, dict[str, Any]] = {
        Kind.WHOLE: {"type": "integer"},
        Kind.NUMBER: {"type": "number"},
        Kind.TRUTH: {"type": "boolean"},
        Kind.DATE: {"type": "string", "pattern": EDTF},
        Kind.DAY: {"type": "string", "pattern": DAY},
        Kind.MOMENT: {"type": "string", "format": "date-time"},
        Kind.ADDRESS: {"type": "string", "format": "uri"},
        Kind.NUMBERS: {"type": "array", "items": {"type": "integer"}},
        Kind.CODES: {"type": "array", "items": {"type": "string"}},
        Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
        Kind.ADDRESSES: {"type": "array", "items": {"type": "string", "format": "uri"}},
    }
    shape = shapes.get(column.kind, {"type": "string"})
    if not column.is_always_there and not column.kind.is_list:
        shape["type"] = [shape["type"], "null"]
    if column.choices:
        shape["enum"] = [value for value, _words in column.choices]
    with translation.override(settings.LANGUAGE_CODE):
        shape["description"] = described(column)
    return shape


# --- for the page --------------------------------------------------------------------------------------------


def dataset(found: Iterable[Table]) -> Node:
    """All tables as one data set with its files, for schema.org."""
    terms = licence()
    return {
        "@type": "Dataset",
        "@id": f"{settings.SITE_URL}/data/#dataset",
        "name": _("Open data: %(site)s") % {"site": association()["name"]},
        "description": _(
            "Relationships between cities, agreements, people, events and cities: what is public on the site."
        ),
        "url": f"{settings.SITE_URL}/{current_language()}/data/",
        "license": terms.get("path", terms["title"]),
        "creator": association(),
        "inLanguage": [html_language(code) for code in languages()],
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": str(table.title),
                "encodingFormat": media_type,
                "contentUrl": address_of(table, form),
            }
            for table in found
            for form, media_type in (("csv", "text/csv"), ("json", "application/json"))
        ],
    }
