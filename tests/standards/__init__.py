"""What formats demand, written down from their standards: each function returns what is wrong, in words."""

from typing import Any


def body_of(answer: Any) -> bytes:
    """The body of an answer, also of one that is sent as it is written."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
