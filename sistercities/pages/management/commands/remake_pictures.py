"""Make all copies of the pictures again from what was handed in, as after a change of their widths."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from sistercities.pages.models import Picture


class Command(BaseCommand):
    help = "Makes all copies of the pictures again from their originals; ends with 1 where one could not be made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "numbers", nargs="*", type=int, help="only these pictures; all of them unless told"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pictures = Picture.objects.order_by("pk")
        if options["numbers"]:
            pictures = pictures.filter(pk__in=options["numbers"])
        failed = 0
        for picture in pictures.iterator():
            try:
                picture.remake()
            except (OSError, ValidationError) as error:
                failed += 1
                self.stderr.write(f"{picture.pk}: {error}")
            else:
                if options["verbosity"]:
                    self.stdout.write(f"{picture.pk}: {picture.width} x {picture.height}")
        if failed:
            sys.exit(1)
