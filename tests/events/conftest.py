"""What the tests of events share."""

from collections.abc import Iterator

import pytest

from tests.events import racing


@pytest.fixture(scope="session")
def course() -> Iterator[racing.Course]:
    """Where races between processes are run."""
    with racing.course() as made:
        yield made
