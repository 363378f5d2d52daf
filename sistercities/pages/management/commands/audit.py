from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sistercities.audit import violations


class Command(BaseCommand):
    help = "Check what must always be true; print every violation and exit with 1 if there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(violations())
        for violation in found:
            self.stderr.write(str(violation))
        if found:
            raise CommandError(f"{len(found)} violations", returncode=1)
        if options["verbosity"] > 1:
            self.stdout.write("Nothing is wrong.")
