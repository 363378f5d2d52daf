"""The choices above list and calendar, taken apart: the years stand open, the others are folded away."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def of_filter(groups: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """``{{ groups|of_filter:"year" }}``: the group of this filter alone."""
    return [group for group in groups if group["name"] == name]


@register.filter
def beside_filter(groups: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """``{{ groups|beside_filter:"year" }}``: all groups but this one."""
    return [group for group in groups if group["name"] != name]
