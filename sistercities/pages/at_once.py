"""The rows of a page's parts as values of one query: a page that holds much asks for them together."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject

M = TypeVar("M", bound=models.Model)


def columns_of(rows: models.QuerySet[Any], model: type[models.Model], through: str = "") -> ArraySubquery:
    """The columns of these rows, or of what they lead ``through`` to, as one value of a larger query."""
    columns = {
        field.attname: f"{through}{field.attname}"
        for field in model._meta.concrete_fields
        if not field.generated
    }
    return ArraySubquery(rows.values_list(JSONObject(**columns)))


def rows_of(model: type[M], found: Iterable[dict[str, Any]]) -> list[M]:
    """The rows that ``columns_of`` has brought."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [
        model(**{name: fields[name].to_python(value) for name, value in columns.items()}) for columns in found
    ]
