"""What breaks a rule of the table is said beside the field in which it is mended, not at the head of the form."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models


class ErrorsBeside(forms.ModelForm):
    """A form that knows which of its fields a rule of the table speaks of."""

    def add_error(self, field: str | None, error: Any) -> None:
        broken = getattr(error, "error_dict", {})
        if field is None and NON_FIELD_ERRORS in broken:
            placed: dict[str, list[ValidationError]] = {}
            for name, each in broken.items():
                for one in each:
                    where = self._mended_in(one) if name == NON_FIELD_ERRORS else name
                    placed.setdefault(where, []).append(one)
            error = ValidationError(placed)
        super().add_error(field, error)

    def _mended_in(self, error: ValidationError) -> str:
        """The last field that the rule names: of "from" and "to" it is "to"."""
        model = self._meta.model
        for rule in model._meta.constraints:
            if not isinstance(rule, models.CheckConstraint) or not isinstance(rule.condition, models.Q):
                continue
            if rule.violation_error_message == error.message:
                columns = set(rule.condition.referenced_base_fields)
                named = [name for name in self.fields if columns & _columns_of(model, name)]
                return named[-1] if named else NON_FIELD_ERRORS
        return NON_FIELD_ERRORS


def _columns_of(model: type[models.Model], name: str) -> set[str]:
    """The columns that follow from a field: a date of history writes two bounds beside itself."""
    known = next((field for field in model._meta.fields if field.name == name), None)
    return {name, *(getattr(known, "bounds", None) or ())}
