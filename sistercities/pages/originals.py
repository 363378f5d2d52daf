"""The store of what was handed in: kept for making better copies one day, and never served to anybody but staff."""

import secrets
from typing import Any

from django.core.files.storage import Storage, storages


def private_store() -> Storage:
    """Where originals lie: the store that the settings call ``private``, which has no address."""
    return storages["private"]


def place_of_original(picture: Any, filename: str) -> str:
    """A name of ours that tells nothing."""
    return f"originals/{secrets.token_hex(16)}"
