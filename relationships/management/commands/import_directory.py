"""``manage.py import_directory FILE --source SLUG``: take the bonds of a list in, or see what it would bring."""

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError, CommandParser

from relationships.directory import mapping, running
from relationships.directory.checking import table
from relationships.directory.words import in_words, problem_in_words, verdicts
from relationships.models import Directory, DirectoryRow, Relationship
from sistercities.pages.models import Source
from sistercities.tables.reading import LARGEST_BYTES, Unreadable
from sistercities.tables.words import fault_in_words

SHOWN = 20


def column(text: str) -> tuple[str, str]:
    """``origin_city=City``: which column of the file holds what."""
    name, _equals, head = text.partition("=")
    if name not in mapping.FIELDS or not head:
        raise ArgumentTypeError(f"{text!r} is not FIELD=COLUMN; the fields are {', '.join(mapping.FIELDS)}")
    return name, head


class Command(BaseCommand):
    help = (
        "Take in a list of sister cities (CSV or TSV). It may be run again: nothing is doubled or replaced."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source", required=True, help="the address of the source that every bond will cite"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what each line would bring")
        parser.add_argument(
            "--publish", action="store_true", help="publish the new pages instead of keeping drafts"
        )
        parser.add_argument(
            "--kind", choices=["sister-cities", "cooperation-cities"], default="sister-cities"
        )
        parser.add_argument(
            "--columns",
            nargs="+",
            type=column,
            default=[],
            metavar="FIELD=COLUMN",
            help="where the guess is wrong",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = Source.objects.filter(slug=options["source"]).first()
        if source is None:
            raise CommandError(f"There is no source with the address {options['source']!r}: make it first.")
        directory = self.hand_in(options["file"], source, options)
        directory.task = Directory.Task.CHECK if options["dry_run"] else Directory.Task.RUN
        directory.state = Directory.State.RUNNING
        directory.save()
        with running.alone() as got:
            if not got:
                directory.delete()
                raise CommandError("Another import is under way: wait until it has ended.")
            for _step in running.carry_out(directory):
                self.tell_progress(directory)
        directory.refresh_from_db()
        self.stdout.write("")
        if directory.state == Directory.State.STOPPED:
            raise CommandError(problem_in_words(directory.problem) or "It was stopped.")
        self.tell(directory)

    def hand_in(self, path: Path, source: Source, options: dict[str, Any]) -> Directory:
        """Keep the file as the admin does, so that doubtful lines can be decided there."""
        try:
            if path.stat().st_size > LARGEST_BYTES:
                raise CommandError(f"{path} is larger than {LARGEST_BYTES // 1_000_000} MB.")
            content = path.read_bytes()
        except OSError as wrong:
            raise CommandError(f"{path} cannot be read: {wrong.strerror}.") from wrong
        directory = Directory(
            filename=path.name[:200],
            source=source,
            publish=options["publish"],
            kind=Relationship.Kind(options["kind"]),
        )
        directory.file.save(path.name, ContentFile(content), save=False)
        try:
            found = table(directory)
        except Unreadable as wrong:
            directory.file.delete(save=False)
            raise CommandError(fault_in_words(wrong.fault, **wrong.values)) from wrong
        directory.encoding, directory.delimiter = found.encoding, found.delimiter
        guessed = mapping.guess(found.header, [line.cells for line in found.lines])
        directory.columns = {**guessed, **dict(options["columns"])}
        if wanting := mapping.wanting(directory.columns):
            directory.file.delete(save=False)
            raise CommandError(
                f"No column for {', '.join(wanting)} among {', '.join(found.header)}: use --columns."
            )
        self.stdout.write(f"{found.encoding}, {len(found.lines)} lines")
        for name, head in directory.columns.items():
            self.stdout.write(f"  {name} = {head}")
        return directory

    def tell_progress(self, directory: Directory) -> None:
        done, total = Directory.objects.filter(pk=directory.pk).values_list("rows_done", "rows_total").get()
        if done:
            self.stdout.write(f"\r{done} of {total}", ending="")

    def tell(self, directory: Directory) -> None:
        for verdict, count in verdicts(directory):
            self.stdout.write(f"{count:>7}  {verdict.label}")
        rows = directory.rows.filter(
            verdict__in=[DirectoryRow.Verdict.REFUSED, DirectoryRow.Verdict.DOUBTFUL]
        ).order_by("line")
        for row in rows[:SHOWN]:
            words = "; ".join(str(in_words(note)) for note in row.notes) or row.get_verdict_display()
            self.stdout.write(
                f"line {row.line}: {row.values.get('origin')} – {row.values.get('partner')}: {words}"
            )
        if (more := rows.count() - SHOWN) > 0:
            self.stdout.write(
                f"… and {more} more; all of them stand under Directories of bonds in the admin."
            )
