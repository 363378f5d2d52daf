"""The store of what was handed in: kept for making better copies one day, and never served to anybody but staff."""

import secrets
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages


class PrivateStore(Storage):
    """The store that the settings call ``private``; it gives no address to anything in it."""

    # Asked for each time: a field would hold on to the store of the moment at which the models were loaded.

    def open(self, name: str, mode: str = "rb") -> File:
        return storages["private"].open(name, mode)

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        return storages["private"].save(name, content, max_length)

    def delete(self, name: str) -> None:
        storages["private"].delete(name)

    def exists(self, name: str) -> bool:
        return storages["private"].exists(name)

    def size(self, name: str) -> int:
        return storages["private"].size(name)


def private_store() -> Storage:
    """Where originals lie."""
    return PrivateStore()


def place_of_original(picture: Any, filename: str) -> str:
    """A name of ours that tells nothing."""
    return f"originals/{secrets.token_hex(16)}"
