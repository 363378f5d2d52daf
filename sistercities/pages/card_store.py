"""Where drawn cards lie: in the private store, under what stands on them; each is drawn once, and old ones go."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from django.utils import timezone

from sistercities.cards.card import Card, draw

FOLDER = "cards"
# After so long, or beyond so many (about 150 megabytes), the oldest go; who asks for one has it drawn anew.
KEPT_FOR = timedelta(days=30)
MOST_KEPT = 4000


def content_of(card: Card, place: str) -> bytes:
    """The picture of a card, drawn now or when somebody asked before."""
    store, name = storages["private"], f"{FOLDER}/{place}"
    if store.exists(name):
        with store.open(name) as kept:
            return kept.read()
    content = draw(card, read_photograph)
    # Two who ask at once may both draw it; the second copy has another name and goes with the old ones.
    store.save(name, ContentFile(content))
    return content


def read_photograph(name: str) -> bytes:
    """The content of a stored picture; nothing where it is gone."""
    if not default_storage.exists(name):
        return b""
    with default_storage.open(name) as stored:
        return stored.read()


def sweep() -> int:
    """Let go of cards that were drawn long ago, and of the oldest where there are too many; how many went."""
    store = storages["private"]
    names = sorted(_kept(store, FOLDER), key=store.get_modified_time)
    limit = timezone.now() - KEPT_FOR
    too_many = max(0, len(names) - MOST_KEPT)
    gone = [name for at, name in enumerate(names) if at < too_many or store.get_modified_time(name) < limit]
    for name in gone:
        store.delete(name)
    return len(gone)


def _kept(store: Storage, folder: str) -> Iterator[str]:
    if not store.exists(folder):
        return
    folders, files = store.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _kept(store, f"{folder}/{name}")
