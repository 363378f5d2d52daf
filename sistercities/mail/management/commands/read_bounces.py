"""``manage.py read_bounces``: reads reports of mail that came back, from standard input or from a maildir."""

import mailbox
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sistercities.mail import bounces, outbox
from sistercities.mail.hands import AWAY

TRY_LATER = 75  # what a mail server reads as "keep it, and ask again" (EX_TEMPFAIL)


class Command(BaseCommand):
    help = "Read reports of mail that came back: one from standard input, or all new ones of a maildir."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--recipient", default="", help="the address at which the report came in")
        parser.add_argument("--maildir", type=Path, help="a maildir; what has been read is marked as seen")

    def handle(self, *args: Any, recipient: str, maildir: Path | None, **options: Any) -> None:
        try:
            if maildir is None:
                self.say(take(sys.stdin.buffer.read(bounces.LARGEST), recipient))
            else:
                self.read_all(maildir)
        except AWAY as problem:
            raise CommandError("The database does not answer.", returncode=TRY_LATER) from problem

    def read_all(self, folder: Path) -> None:
        """What a mail server has put into ``new``; what is no report stays there as well, seen."""
        if not (folder / "new").is_dir():
            raise CommandError(f"{folder} is no maildir.")
        box = mailbox.Maildir(folder, factory=None, create=False)
        for key in sorted(box.keys()):
            if box.get_message(key).get_subdir() == "new":
                self.say(take(box.get_bytes(key), ""))
                seen = box.get_message(key)
                seen.set_subdir("cur")
                seen.add_flag("S")
                box[key] = seen

    def say(self, words: str) -> None:
        self.stdout.write(words)


def take(content: bytes, recipient: str) -> str:
    """Note what one mail reports; in words, what came of it. Never fails: a report that bounces would go in circles."""
    try:
        mail = bounces.read(content)
        report = bounces.report_in(mail)
    except RecursionError:
        return "passed over: nested too deeply"
    if report is None:
        return "passed over: no report of a failure"
    message = bounces.message_of(mail, recipient)
    if message is None:
        return "passed over: about no mail of ours"
    return "noted" if outbox.note_return(message, report.words) else "known already"
