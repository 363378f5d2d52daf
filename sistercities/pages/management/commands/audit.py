from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sistercities.audit import all_checks, violations


class Command(BaseCommand):
    help = (
        "Check what must always be true; print every violation, what to do, and exit with 1 if there is one."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for rule, broken in groupby(violations(), key=lambda violation: violation.rule):
            self.stderr.write(f"Broken: {rule}")
            for violation in broken:
                self.stderr.write(f"  - {violation.finding}")
                found += 1
            self.stderr.write(f"  What to do: {violation.remedy}")
        if found:
            raise CommandError(f"{found} violations", returncode=1)
        if options["verbosity"] > 1:
            self.stdout.write(f"Nothing is wrong: {len(all_checks())} rules were checked.")
