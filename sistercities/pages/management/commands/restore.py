"""``manage.py restore FILE``: an archive that ``backup`` wrote, into this house."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sistercities.audit import violations
from sistercities.moving.unpacking import Refused, unpack


class Command(BaseCommand):
    help = "Fill this site from an archive that `backup` wrote. All of it, or nothing; then check what must be true."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="in the place of all that is in the database: it goes for good",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            unpack(options["file"], self.stdout.write, replace=options["replace"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if broken := [str(each) for each in violations()]:
            raise CommandError("It is all there, but this is not as it must be:\n" + "\n".join(broken))
        self.stdout.write(
            "It is all there, and every rule holds. Look at the outbox before the worker starts."
        )
