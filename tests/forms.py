"""Sending a form of the admin as a browser would: with everything that it showed, but for what is changed."""

from typing import Any

from django import forms

from sistercities.pages.forms_for_strangers import new_nonce


def shown_a_minute_ago() -> str:
    """What the form of an event carries that somebody has had time to read."""
    return new_nonce(60)


def _values(field: forms.BoundField) -> dict[str, Any]:
    """What the browser sends for one field, in one or several inputs."""
    widget, name, value = field.field.widget, field.html_name, field.value()
    inner = getattr(widget, "widget", widget)
    if isinstance(inner, forms.MultiWidget):
        parts = inner.get_context(name, value, {})["widget"]["subwidgets"]
        return {part["name"]: part["value"] or "" for part in parts}
    if isinstance(inner, forms.CheckboxInput):
        return {name: "on"} if value else {}
    if isinstance(inner, forms.SelectMultiple | forms.CheckboxSelectMultiple):
        return {name: [str(each) for each in value or []]}
    return {name: "" if value is None else str(value)}


def sent(page: Any, **changes: Any) -> dict[str, Any]:
    """The data of the change form on a page, with some fields changed."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    shown = [page.context["adminform"].form]
    for formset in formsets:
        shown += [formset.management_form, *formset.forms]
    data: dict[str, Any] = {}
    for form in shown:
        for field in form:
            data |= _values(field)
    return data | changes


def filled(page: Any, **changes: Any) -> dict[str, Any]:
    """The data of the plain form on a page, with some fields changed."""
    data: dict[str, Any] = {}
    for field in page.context["form"]:
        data |= _values(field)
    return data | changes
