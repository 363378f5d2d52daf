"""The files beside the database: pictures, documents and originals, by the stores that keep them."""

from collections.abc import Iterator

from django.core.files.storage import Storage, storages

# By the folder of the archive in which they lie.
STORES = {"media": "default", "private": "private"}


def store_of(folder: str) -> Storage:
    return storages[STORES[folder]]


def names(folder: str) -> Iterator[str]:
    """Every file of a store, folder by folder."""
    yield from _below(store_of(folder), "")


def _below(store: Storage, path: str) -> Iterator[str]:
    try:
        folders, files = store.listdir(path)
    except FileNotFoundError:  # nothing was ever kept there
        return
    for name in sorted(files):
        yield f"{path}{name}"
    for name in sorted(folders):
        yield from _below(store, f"{path}{name}/")
