"""What is kept about people is written down, so that nobody has to read the code to answer a guest who asks."""

import re
from pathlib import Path

from django.apps import apps
from django.db import models

from people.models import Member

ROOT = Path(__file__).resolve().parents[2]
TABLE_ROW = re.compile(r"^\|.*", re.MULTILINE)
NAMED = re.compile(r"`([A-Z][A-Za-z]+)`")


def written() -> set[str]:
    """The models that the tables name."""
    rows = TABLE_ROW.findall((ROOT / "docs" / "privacy.md").read_text(encoding="utf-8"))
    return {name for row in rows for name in NAMED.findall(row)}


def personal_models() -> set[str]:
    """Models that hold an e-mail address, and all that hang on one of these."""
    everything = set(apps.get_models())
    found = {
        model
        for model in everything
        if any(isinstance(column, models.EmailField) for column in columns(model))
    }
    while more := {model for model in everything if related(model) & found} - found:
        found |= more
    return {model.__name__ for model in found}


def columns(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.get_fields() if isinstance(field, models.Field)]


def related(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in columns(model) if field.is_relation}


def test_every_model_with_personal_data_is_in_the_table() -> None:
    personal = personal_models()
    assert {Member.__name__, "Rsvp", "Guest", "RsvpTransition", "Message"} <= personal
    assert sorted(personal - written()) == []


def test_every_model_in_the_table_exists() -> None:
    assert sorted(written() - {model.__name__ for model in apps.get_models()}) == []
