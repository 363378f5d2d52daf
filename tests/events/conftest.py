"""What the tests of events share."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.events import racing
from tests.post import Post


@pytest.fixture(scope="session")
def course() -> Iterator[racing.Course]:
    """Where races between processes are run."""
    with racing.course() as made:
        yield made


@pytest.fixture(scope="session")
def post_office() -> Iterator[Post]:
    with Post() as server:
        yield server


@pytest.fixture
def post(post_office: Post, settings: Any) -> Post:
    """A mail server of the tests' own, to which the outbox sends for real."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = post_office.host, post_office.port
    post_office.mails.clear()
    return post_office
