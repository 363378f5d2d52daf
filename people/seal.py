"""The seal that stands for somebody without a portrait: the character of the family name, or initials.

Pure: no Django.
"""

from collections.abc import Iterable

from people.names import HAN_SCRIPTS, Name


def seal_of(names: Iterable[Name]) -> Name | None:
    """The name a seal is cut from: a Chinese person's in characters, everybody else's in Latin letters."""
    known = sorted(names, key=lambda name: name.is_variant)
    chinese = (name for name in known if name.script in HAN_SCRIPTS and name.family_first)
    return next(chinese, None) or next(
        (name for name in known if name.script == "Latn"), known[0] if known else None
    )


def seal_text(name: Name) -> str:
    """What is cut: 梁 for 梁灵光, CA for Caroline Ahmanson."""
    if name.script in HAN_SCRIPTS:
        return name.family
    parts = (name.family, name.given) if name.family_first else (name.given, name.family)
    return "".join(part[0] for part in parts if part).upper()
