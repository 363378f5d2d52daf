"""Beside a list of the admin: the same as a file, and the way to hand one in."""

from typing import Any

from django import template
from django.urls import reverse

from sistercities.intake.kinds import kind_of
from sistercities.tables.writing import Form

register = template.Library()


@register.simple_tag
def list_file(cl: Any, form: str) -> str:
    """The address of a list as a file, filtered and sorted as it is shown."""
    place = reverse("admin:intake_list", args=[cl.opts.app_label, cl.opts.model_name, Form(form)])
    return f"{place}{cl.get_query_string(remove=['p', 'all', 'e', '_popup', '_to_field'])}"


@register.simple_tag(takes_context=True)
def hand_in_address(context: Any, cl: Any) -> str:
    """Where such a list is handed in; empty where none is, or whoever reads this may not."""
    kind = kind_of(cl.model)
    if kind is None or not kind.may(context.request.user):
        return ""
    return f"{reverse('admin:intake_intake_add')}?kind={kind.name}"
