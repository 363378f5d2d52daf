"""``manage.py work``: the worker, which sends what waits in the outbox and does what falls due with time."""

import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from sistercities import tasks
from sistercities.mail import outbox

log = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0


class Command(BaseCommand):
    help = "Send mail and do what else falls due, until stopped. Any number of workers may run side by side."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        self.stopping = False
        if once:
            tasks.run_due()
            outbox.recover()
            while outbox.send_due():
                pass
            return
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        log.info("The worker begins.")
        self.go_on()
        log.info("The worker ends.")

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """The mail in hand is finished first."""
        self.stopping = True

    def go_on(self) -> None:
        """Send, rest, and send again; while the database is away, ask for it ever more rarely."""
        pause = PAUSE_SECONDS
        while not self.stopping:
            try:
                tasks.run_due()
                outbox.recover()
                if not outbox.send_due(limit=1):
                    self.rest(PAUSE_SECONDS)
                pause = PAUSE_SECONDS
            except outbox.AWAY as problem:
                log.warning(
                    "The database does not answer, next try in %.0f s: %s",
                    pause,
                    str(problem).partition("\n")[0],
                )
                connection.close()
                self.rest(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def rest(self, seconds: float) -> None:
        """In short naps, so that a request to stop is heard soon."""
        end = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < end:
            time.sleep(0.2)
