"""``manage.py work``: the worker, which sends what waits in the outbox and does what falls due with time."""

import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from sistercities import tasks
from sistercities.mail import hands, outbox
from sistercities.mail.outbox import Turn

log = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0


class Pause:
    """Ever longer rests, until what was away answers again."""

    seconds = PAUSE_SECONDS

    def over(self) -> float:
        """How long to rest now; next time twice as long."""
        now, self.seconds = self.seconds, min(self.seconds * 2, LONGEST_PAUSE_SECONDS)
        return now


class Command(BaseCommand):
    help = "Send mail and do what else falls due, until stopped. Any number of workers may run side by side."
    session: Any = None  # that of the database in which it has signed on
    looks_again = 0.0  # when, on its own clock, it next looks for what dead workers left behind

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        self.stopping = False
        if once:
            tasks.run_due()
            outbox.recover()
            while outbox.send_next() is Turn.DEALT_WITH:
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
        """Send, rest, and send again; what is away, database or mail server, is asked for ever more rarely."""
        for_database, for_server = Pause(), Pause()
        while not self.stopping:
            try:
                turn = self.work()
            except hands.AWAY as problem:
                said = str(problem).partition("\n")[0]
                log.warning(
                    "The database does not answer, next try in %.0f s: %s", for_database.seconds, said
                )
                connection.close()
                self.rest(for_database.over())
                continue
            for_database = Pause()
            if turn is Turn.SERVER_AWAY:
                self.rest(for_server.over())
            elif turn is Turn.NOTHING_DUE:
                self.rest(PAUSE_SECONDS)
            else:
                for_server = Pause()
        if self.session is not None:
            hands.sign_off()

    def work(self) -> Turn:
        """Do what falls due, and send one mail."""
        connection.ensure_connection()
        if self.session is not connection.connection:
            hands.sign_on()
            self.session = connection.connection
        tasks.run_due()
        if time.monotonic() >= self.looks_again:  # not before every mail: it looks through all that wait
            outbox.recover()
            self.looks_again = time.monotonic() + PAUSE_SECONDS
        return outbox.send_next()

    def rest(self, seconds: float) -> None:
        """In short naps, so that a request to stop is heard soon."""
        end = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < end:
            time.sleep(0.2)
