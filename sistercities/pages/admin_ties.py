"""What the stock admin says of a deletion, without the rows that only tie two things together."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import capfirst


class WithoutTies(admin.ModelAdmin):
    """Who deletes an agreement is not asked about "Event-agreement relationship: Event_signed object (1)"."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        found, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        ties = [
            model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created
        ]
        captions = tuple(f"{capfirst(meta.verbose_name)}: " for meta in ties)
        for meta in ties:
            counts.pop(str(meta.verbose_name_plural), None)
        return _without(found, captions), counts, forbidden, protected


def _without(lines: list[Any], captions: tuple[str, ...]) -> list[Any]:
    """The nested list as the template shows it; a list belongs to the line before it."""
    kept = [_without(each, captions) if isinstance(each, list) else each for each in lines]
    return [each for each in kept if each != [] and not (isinstance(each, str) and each.startswith(captions))]
