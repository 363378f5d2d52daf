"""``manage.py backup FILE``: the whole site as one archive."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sistercities.moving.packing import pack


class Command(BaseCommand):
    help = (
        "Write all tables, pictures, documents and originals into one archive: for moving, and for keeping."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a new file, such as sistercities.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            pack(path, self.stdout.write)
        except FileExistsError as there:
            raise CommandError(f"{path} is there already; name another file.") from there
        except OSError as problem:
            raise CommandError(f"{path} cannot be written: {problem}") from problem
        self.stdout.write(
            f"{path}: {path.stat().st_size:,} bytes. Keep .env with it: LINK_KEYS open the links in letters."
        )
