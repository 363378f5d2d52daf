"""What is kept about somebody: told in words and as data, and erased.

Each app registers what it keeps in a module ``my_data``: ``@lists`` says it in words, and what becomes of it when it is
erased; ``@tells`` gives all of it as data; ``@forgets`` erases it. Whatever stays says why.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import ForeignKey, Model
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from sistercities.mail.addresses import comparable

# Half of a personal link, and what tells two sendings of a form apart: a secret, or nothing to anybody.
SECRETS = frozenset(
    {
        "password",
        "link_handle",
        "link_version",
        "nonce",
        "feed_handle",
        "feed_version",
        "sessions_version",
        "email_key",
    }
)


class Fate(Enum):
    """What becomes of it."""

    GOES = _("Erased, it is gone.")
    BLANKED = _("Erased, it stays without a name.")
    STAYS = _("It stays.")


@dataclass(frozen=True)
class Whose:
    """Of whom: an account, and the mail addresses that are known to be theirs, as ``comparable`` writes them.

    ``names`` are looked for by staff alone, where somebody asks to be forgotten who stands only with others: two
    people may have the same name.
    """

    account: Any = None
    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @classmethod
    def at(cls, *addresses: str, account: Any = None, names: Iterable[str] = ()) -> "Whose":
        kept = frozenset(comparable(address) for address in addresses if address.strip())
        return cls(account, kept, frozenset(name.strip() for name in names if name.strip()))


@dataclass(frozen=True)
class Hand:
    """Who erases: the person, or somebody of staff with a reason."""

    staff: Any = None
    reason: str = ""


@dataclass(frozen=True)
class Kept:
    """One thing that is kept, in words, and what becomes of it."""

    words: str
    fate: Fate = Fate.GOES
    why: str = ""


Teller = Callable[[Whose], Any]
Lister = Callable[[Whose], Iterable[Kept]]
Eraser = Callable[[Whose, Hand], int]


@dataclass
class Part:
    """One kind of thing; what stands earlier is erased earlier, the account last."""

    key: str
    title: Promise | str
    place: int
    tell: Teller
    words: Lister = field(default=lambda _whose: [])
    forget: Eraser | None = None


_parts: dict[str, Part] = {}


def tells(key: str, title: Promise | str, *, place: int) -> Callable[[Teller], Teller]:
    """``@tells("answers", _("Answers to invitations"), place=10)``: all of it, as it may stand in JSON."""

    def register(teller: Teller) -> Teller:
        _parts[key] = Part(key, title, place, teller)
        return teller

    return register


def lists(key: str) -> Callable[[Lister], Lister]:
    """The same in words, one sentence for each thing; comes below ``@tells``."""

    def register(lister: Lister) -> Lister:
        _parts[key].words = lister
        return lister

    return register


def forgets(key: str) -> Callable[[Eraser], Eraser]:
    """What erases it and returns how many things that were. It may be called again after it broke off."""

    def register(eraser: Eraser) -> Eraser:
        _parts[key].forget = eraser
        return eraser

    return register


def parts() -> list[Part]:
    """All kinds of things, in the order in which they are told and erased."""
    autodiscover_modules("my_data")
    return sorted(_parts.values(), key=lambda part: part.place)


def everything(whose: Whose) -> dict[str, Any]:
    """All that is kept, by readable keys."""
    return {part.key: part.tell(whose) for part in parts()}


def in_words(whose: Whose) -> list[tuple[Promise | str, list[Kept]]]:
    """The same in words, but for what there is nothing of."""
    found = [(part.title, list(part.words(whose))) for part in parts()]
    return [(title, kept) for title, kept in found if kept]


def erase(whose: Whose, hand: Hand) -> dict[str, int]:
    """Erase all that can go; returns how much of each kind.

    Each part is a transaction of its own, since each event has a lock of its own: what broke off is gone on with by
    doing it again.
    """
    return {part.key: part.forget(whose, hand) for part in parts() if part.forget}


def row(thing: Model, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """A row by the names of its columns, as it may stand in JSON; secrets, and its number, are left out."""
    left_out = SECRETS | {"id"} | set(without)
    found = {each.name: each for each in thing._meta.concrete_fields if each.name not in left_out}
    return {
        name: _written(thing, each.name) if isinstance(each, ForeignKey) else plain(getattr(thing, name))
        for name, each in found.items()
    }


def _written(thing: Model, name: str) -> str | None:
    other = getattr(thing, name)
    return None if other is None else str(other)


def plain(value: Any) -> Any:
    """Moments and days as ISO 8601 has them, numbers as numbers, all else as it is."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value


def without_addresses(value: Any, addresses: frozenset[str]) -> Any:
    """What was kept as JSON, without any entry that holds one of these addresses."""
    if isinstance(value, dict):
        return {
            key: without_addresses(each, addresses)
            for key, each in value.items()
            if not _is_of(each, addresses)
        }
    if isinstance(value, list):
        return [without_addresses(each, addresses) for each in value if not _holds(each, addresses)]
    return value


def _is_of(value: Any, addresses: frozenset[str]) -> bool:
    return isinstance(value, str) and comparable(value) in addresses


def _holds(value: Any, addresses: frozenset[str]) -> bool:
    """Whether an entry of a list, such as a line of a file, names one of these addresses."""
    if isinstance(value, dict):
        return any(_holds(each, addresses) for each in value.values())
    if isinstance(value, list):
        return any(_holds(each, addresses) for each in value)
    return _is_of(value, addresses)
