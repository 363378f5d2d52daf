"""What the forms of a page hold, as a browser would send it, and what a browser did send; for ``merging``."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.models import ModelChoiceField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sistercities.pages.merging import Part, Row, State, Value

# What a form carries there and back by itself, and a tick that is nobody else's.
OWN = {"opened_at", "opened_as", "looked_over"}
MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


def state_of(form: Any, formsets: list[Any]) -> State:
    """What these forms show as long as nobody has sent them."""
    parts = {}
    for formset in formsets:
        known = {str(row.instance.pk): _row(row, formset) for row in formset.initial_forms}
        parts[formset.prefix] = Part(known)
    return State({field.name: _shown(field) for field in _fields(form)}, parts)


def _row(form: Any, formset: Any) -> Row:
    return {field.name: _shown(field) for field in _fields(form, formset)}


def _fields(form: Any, formset: Any = None) -> Iterator[BoundField]:
    """The fields that somebody fills in: not the number of a row, nor to whom it belongs."""
    own = {formset.model._meta.pk.name, *_belonging(formset)} if formset else OWN
    return (field for field in form if field.name not in own)


def _belonging(formset: Any) -> set[str]:
    key = getattr(formset, "fk", None)
    return {key.name} if key else set()


def _widget(field: BoundField) -> Any:
    widget = field.field.widget
    return getattr(widget, "widget", widget)


def _shown(field: BoundField) -> Value:
    widget, value = _widget(field), field.value()
    if isinstance(widget, forms.MultiWidget):
        found: Any = value if isinstance(value, list | tuple) else widget.decompress(value)
        return tuple(_in_one(each, part) for each, part in zip(widget.widgets, found, strict=False))
    return (_in_one(widget, value),)


def _in_one(widget: Any, value: Any) -> tuple[str, ...]:
    if isinstance(widget, forms.FileInput):
        return ()
    if isinstance(widget, forms.CheckboxInput):
        return ("on",) if widget.check_test(value) else ()
    found = widget.format_value(value)
    if isinstance(found, list | tuple):
        return tuple(str(each) for each in found)
    return ("" if found is None else str(found),)


# --- what was sent ------------------------------------------------------------------------------------


def state_sent(data: QueryDict, form: Any, formsets: list[Any]) -> State:
    """The same forms, as somebody sent them."""
    fields = {field.name: _sent(data, field, field.html_name) for field in _fields(form)}
    return State(fields, {formset.prefix: _part_sent(data, formset) for formset in formsets})


def _part_sent(data: QueryDict, formset: Any) -> Part:
    part, total = Part(), data.get(f"{formset.prefix}-TOTAL_FORMS", "")
    blank, pk_name = formset.empty_form, formset.model._meta.pk.name
    count = min(int(total), formset.absolute_max) if total.isascii() and total.isdigit() else 0
    for number in range(count):
        place = f"{formset.prefix}-{number}"
        row = {field.name: _sent(data, field, f"{place}-{field.name}") for field in _fields(blank, formset)}
        if pk := data.get(f"{place}-{pk_name}", ""):
            part.known[pk] = row
        elif not _is_blank(blank, row):
            part.new.append(row)
    return part


def _is_blank(blank: Any, row: Row) -> bool:
    """Whether a new row was left as it was offered."""
    return all(row[field.name] == _shown(field) for field in _fields(blank) if field.name in row)


def _names(field: BoundField, name: str) -> list[str]:
    widget = _widget(field)
    if isinstance(widget, forms.MultiWidget):
        suffixes: list[str] = widget.widgets_names  # type: ignore[attr-defined]  # wanting in the stubs
        return [name + suffix for suffix in suffixes]
    return [name]


def _sent(data: QueryDict, field: BoundField, name: str) -> Value:
    return tuple(tuple(data.getlist(each)) for each in _names(field, name))


# --- what is to be sent -------------------------------------------------------------------------------


def as_sent(state: State, data: QueryDict, form: Any, formsets: list[Any]) -> QueryDict:
    """The data of these forms with the state in it; whatever else was sent, such as the button, stays."""
    left_out = tuple(f"{formset.prefix}-" for formset in formsets)
    written = data.copy()
    for name in [name for name in written if name.removeprefix("initial-").startswith(left_out)]:
        del written[name]
    for field in _fields(form):
        _write(written, field, field.html_name, state.fields[field.name])
    for formset in formsets:
        _write_part(written, formset, state.parts[formset.prefix])
    return written


def _write(data: QueryDict, field: BoundField, name: str, value: Value) -> None:
    for each, values in zip(_names(field, name), value, strict=False):
        data.setlist(each, list(values))
    if field.field.show_hidden_initial:
        for each, values in zip(_names(field, f"initial-{name}"), _shown(field), strict=False):
            data.setlist(each, list(values))


def _write_part(data: QueryDict, formset: Any, part: Part) -> None:
    limits = formset.management_form.initial
    numbers = (
        len(part.known) + len(part.new),
        len(part.known),
        limits["MIN_NUM_FORMS"],
        limits["MAX_NUM_FORMS"],
    )
    for name, number in zip(MANAGEMENT, numbers, strict=True):
        data[f"{formset.prefix}-{name}"] = str(number)
    forms_of = {str(form.instance.pk): form for form in formset.initial_forms}
    for number, (pk, row) in enumerate([*part.known.items(), *(("", row) for row in part.new)]):
        place = f"{formset.prefix}-{number}"
        data[f"{place}-{formset.model._meta.pk.name}"] = pk
        for field in _fields(forms_of.get(pk, formset.empty_form), formset):
            if field.name in row:
                _write(data, field, f"{place}-{field.name}", row[field.name])


# --- in words -----------------------------------------------------------------------------------------


def in_words(field: BoundField, value: Value) -> str:
    """What inputs hold, as somebody reads it: the names of what was chosen, yes or no, a date and a time."""
    if isinstance(_widget(field), forms.CheckboxInput):
        return _("yes") if any(value) else _("no")
    chosen = [each for part in value for each in part if each]
    if isinstance(field.field, ModelChoiceField):
        return pgettext("between titles", "; ").join(_called(field.field, chosen))
    if isinstance(field.field, forms.ChoiceField):
        choices: Any = field.field.choices
        words = {str(key): str(label) for key, label in choices}
        return pgettext("between titles", "; ").join(words.get(each, each) for each in chosen)
    return " ".join(chosen)


def _called(field: Any, chosen: list[str]) -> list[str]:
    found = field.queryset.model._base_manager.in_bulk([each for each in chosen if each.isdigit()])
    return [str(found[int(each)]) if each.isdigit() and int(each) in found else each for each in chosen]
