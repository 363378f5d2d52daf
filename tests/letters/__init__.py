"""A sample of every kind of letter. A kind that has none here fails ``tests/events/test_every_letter.py``.

Each sample is what an app asks the outbox for when it tells something true of rows that are there.
"""

from tests.letters import of_events, of_others
from tests.letters.world import SAMPLES, World, request_for

__all__ = ["SAMPLES", "World", "of_events", "of_others", "request_for"]
