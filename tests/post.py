"""A mail server of the tests' own, on a port of this machine, that keeps what it receives."""

import asyncio
import logging
import threading
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self
from urllib.parse import quote, urlencode

from aiosmtpd.smtp import SMTP
from django.db import connection


class Post:
    """``with Post() as post``: ``mails`` is what came, ``raw`` its bytes; ``answers`` makes it refuse at a stage."""

    host = "127.0.0.1"
    port = 0  # any that is free, until it listens

    def __init__(self, seconds_per_mail: float = 0) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.answers: dict[str, str] = {}
        self.seconds_per_mail = seconds_per_mail

    def __enter__(self) -> Self:
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(self._listen(), self.loop).result(10)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def _listen(self) -> asyncio.Server:
        return await self.loop.create_server(lambda: SMTP(self, loop=self.loop), self.host, self.port)

    def __exit__(self, *_exception: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    async def _close(self) -> None:
        self.server.close()
        conversations = asyncio.all_tasks() - {asyncio.current_task()}
        for conversation in conversations:
            conversation.cancel()
        await asyncio.gather(*conversations, return_exceptions=True)

    @property
    def url(self) -> str:
        """For the setting EMAIL_URL."""
        return f"smtp://{self.host}:{self.port}"

    def wait_for(self, mails: int, seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while len(self.mails) < mails:
            assert time.monotonic() < deadline, f"{len(self.mails)} of {mails} mails came"
            time.sleep(0.02)

    async def handle_MAIL(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if "RCPT" not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.seconds_per_mail)
        if "DATA" in self.answers:
            return self.answers["DATA"]
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.raw.append(envelope.original_content)
        self.mails.append(mail)
        return "250 OK"


def database_url() -> str:
    """The test database, as a program that a test starts finds it in DATABASE_URL."""
    known = connection.settings_dict
    place = {
        "host": known["HOST"],
        "port": known["PORT"],
        "user": known["USER"],
        "password": known["PASSWORD"],
    }
    given = {name: value for name, value in place.items() if value}
    return f"postgres:///{quote(known['NAME'])}?{urlencode(given)}"
