"""What staff call each kind of mail, and which kinds cannot wait."""

from collections.abc import Mapping

from django.utils.functional import Promise

_names: dict[str, str | Promise] = {}
_urgent: set[str] = set()


def named(names: Mapping[str, str | Promise]) -> None:
    """Say what kinds of mail are called where staff see them."""
    _names.update(names)


def name_of(kind: str) -> str:
    """What staff call this kind of mail."""
    return str(_names.get(kind, kind))


def urgent(*kinds: str) -> None:
    """Say which kinds of mail wait for no earlier one to the same address: somebody sits before a page and waits."""
    _urgent.update(kinds)


def urgent_kinds() -> list[str]:
    return sorted(_urgent)
