"""CSV by RFC 4180 and by the Table Schema that describes it; JSON by its JSON Schema."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import jsonschema

NUMBERS = {"integer": re.compile(r"-?\d+"), "number": re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")}
FORMULA = re.compile(r"[\s']*[=+@\t\r]|[\s']*-(?![\d.]+$)")


def csv_rows(content: bytes) -> list[dict[str, str]]:
    """The rows by their columns, read without any leniency."""
    text = content.decode("utf-8-sig")
    head, *rows = csv.reader(StringIO(text, newline=""), strict=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def csv_faults(content: bytes, resource: dict[str, Any]) -> list[str]:
    """What is wrong with a table, by its standard and by what its own description promises."""
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    text = content.decode("utf-8-sig")
    faults = []
    if not content.startswith(b"\xef\xbb\xbf") or not text.endswith("\r\n"):
        faults.append("no mark at its beginning, or no line's end at its end")
    head, *rows = csv.reader(StringIO(text, newline=""), strict=True)
    if head != list(fields):
        faults.append("other columns than are described")
    if re.sub(r"\r\n", "", text).count("\n") or "\r" in text.replace("\r\n", ""):
        faults.append("a line's end within a cell")
    keys = [row[head.index("number")] for row in rows]
    faults += [f"number {key} twice" for key in set(keys) if keys.count(key) > 1]
    for row in rows:
        if len(row) != len(head):
            faults.append(f"{len(row)} cells instead of {len(head)}")
        for name, cell in zip(head, row, strict=False):
            faults += cell_faults(fields[name], cell)
    return faults


def cell_faults(field: dict[str, Any], cell: str) -> Iterator[str]:
    rules, name = field.get("constraints", {}), field["name"]
    if not cell:
        if rules.get("required"):
            yield f"{name} is empty"
        return
    kind = field["type"]
    if cell in ("None", "nan"):
        yield f"{name} says {cell}"
    if kind in NUMBERS and not NUMBERS[kind].fullmatch(cell):
        yield f"{name} is no {kind}: {cell!r}"
    if kind == "boolean" and cell not in ("true", "false"):
        yield f"{name} is neither true nor false: {cell!r}"
    if "enum" in rules and cell not in rules["enum"]:
        yield f"{name} is none of its values: {cell!r}"
    if "pattern" in rules and not re.fullmatch(rules["pattern"], cell):
        yield f"{name} is not as described: {cell!r}"
    if kind == "string" and "pattern" not in rules and not cell.startswith("'") and FORMULA.match(cell):
        yield f"{name} is a formula: {cell!r}"


def json_faults(content: bytes, schema: dict[str, Any]) -> list[str]:
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return [str(each.message) for each in checker.iter_errors(json.loads(content))]
