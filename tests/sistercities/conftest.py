"""What the tests of mail share: kinds of mail for themselves alone, and a mail server."""

from collections.abc import Iterator
from typing import Any

import pytest

from sistercities.mail import kinds
from sistercities.mail.kinds import Letter
from tests.post import Post


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Kinds of mail for these tests alone."""
    made: dict[str, Any] = {"plain": lambda message: Letter("Hello", f"Dear {message.to_name}")}
    monkeypatch.setattr(kinds, "_renderers", made)
    return made


@pytest.fixture
def server(settings: Any) -> Iterator[Post]:
    with Post() as post:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = post.host, post.port
        yield post
