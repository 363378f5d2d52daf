"""What is kept about people is written down, so that nobody has to read the code to answer a guest who asks."""

import re
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models

from people.models import Member

ROOT = Path(__file__).resolve().parents[2]
TABLE_ROW = re.compile(r"^\|.*", re.MULTILINE)
NAMED = re.compile(r"`([A-Z][A-Za-z]+)`")
COLUMN = re.compile(r"`([a-z_]+)`")


@cache
def document() -> str:
    return (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")


def written() -> set[str]:
    """The models that the tables name, each with why it is kept, for how long, and who sees it."""
    tables, _, _ = document().partition("## Column by column")
    return {name for row in TABLE_ROW.findall(tables) for name in NAMED.findall(row)}


def written_columns() -> dict[str, list[str]]:
    """Of each model in the last table its columns, those that tell of somebody and those that do not."""
    _, _, table = document().partition("## Column by column")
    cells = [row.split("|") for row in TABLE_ROW.findall(table)]
    return {name: COLUMN.findall("".join(row[2:])) for row in cells for name in NAMED.findall(row[1])}


def personal_models() -> set[type[models.Model]]:
    """Models that hold an e-mail address, and all that hang on one of these."""
    everything = set(apps.get_models())
    found = {
        model
        for model in everything
        if any(isinstance(column, models.EmailField) for column in columns(model))
    }
    while more := {model for model in everything if related(model) & found} - found:
        found |= more
    return found


def columns(model: type[models.Model]) -> list[models.Field]:
    fields = [field for field in model._meta.get_fields() if isinstance(field, models.Field)]
    return [field for field in fields if field.concrete]


def related(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in columns(model) if field.is_relation}


def test_every_model_with_personal_data_is_in_the_table() -> None:
    personal = {model.__name__ for model in personal_models()}
    assert {Member.__name__, "Rsvp", "Guest", "RsvpTransition", "Message"} <= personal
    assert sorted(personal - written()) == []


def test_every_column_of_these_models_stands_among_what_tells_of_somebody_or_of_nobody() -> None:
    wanted = {model.__name__ for model in personal_models()} | set(written_columns())
    known = {
        model.__name__: {field.name for field in columns(model)}
        for model in apps.get_models()
        if model.__name__ in wanted
    }
    missing = {name: sorted(own - set(written_columns().get(name, []))) for name, own in known.items()}
    assert {name: own for name, own in missing.items() if own} == {}
    gone = {name: sorted(set(own) - known.get(name, set())) for name, own in written_columns().items()}
    assert {name: own for name, own in gone.items() if own} == {}


def test_no_column_stands_on_both_sides() -> None:
    twice = {name: {each for each in own if own.count(each) > 1} for name, own in written_columns().items()}
    assert {name: own for name, own in twice.items() if own} == {}


def test_every_model_in_the_table_exists() -> None:
    known = {model.__name__ for model in apps.get_models()}
    assert sorted((written() | set(written_columns())) - known) == []
