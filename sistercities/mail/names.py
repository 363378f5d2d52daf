"""What staff call each kind of mail."""

from collections.abc import Mapping

from django.utils.functional import Promise

_names: dict[str, str | Promise] = {}


def named(names: Mapping[str, str | Promise]) -> None:
    """Say what kinds of mail are called where staff see them."""
    _names.update(names)


def name_of(kind: str) -> str:
    """What staff call this kind of mail."""
    return str(_names.get(kind, kind))
