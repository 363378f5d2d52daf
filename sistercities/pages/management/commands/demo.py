"""``manage.py demo``: the demonstration content, made once and then left alone."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.module_loading import module_has_submodule


def demo_modules() -> Iterator[ModuleType]:
    """The ``demo`` module of every app that has one, lowest floor first: the settings name the top floor first."""
    for app in reversed(list(apps.get_app_configs())):
        if module_has_submodule(app.module, "demo"):
            yield import_module(f"{app.name}.demo")


class Command(BaseCommand):
    help = "Make the demonstration content and its sign-ins. What is there already stays as it is."

    def handle(self, **options: Any) -> None:
        lines: list[str] = []
        with transaction.atomic():
            for module in demo_modules():
                module.load(lines.append)
        # A sign-in is printed only once it is sure to exist.
        for line in lines:
            self.stdout.write(line)
