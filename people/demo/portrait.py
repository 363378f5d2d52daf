"""What the demonstration tells of a person. Where no source gives a name in characters, it has Latin letters only."""

from collections.abc import Sequence
from dataclasses import dataclass

from people.names import Name, display_name
from sistercities.pages.demo.making import Both, Cite


@dataclass(frozen=True)
class Portrait:
    slug: str
    names: Sequence[Name]
    known_for: Both
    summary: Both
    body: Both
    born: str = ""
    died: str = ""
    honorific: Both = ("", "")
    cites: Sequence[Cite] = ()

    @property
    def title(self) -> Both:
        return display_name(self.names, "en"), display_name(self.names, "zh-hans")


def western(given: str, family: str, han: tuple[str, str] | None = None) -> list[Name]:
    """A Western name; ``han`` are its given and family name in characters, which keep their order."""
    names = [Name("Latn", family, given, family_first=False)]
    if han:
        names.append(Name("Hans", han[1], han[0], family_first=False))
    return names


def chinese(
    latin: str, han: tuple[str, str] | None = None, reading: str = "", *, wade_giles: str = ""
) -> list[Name]:
    """A Chinese name, family name first in both scripts; ``han`` are its family and given name in characters.

    ``wade_giles`` is the same reading, spelled by the rules of that system; no source is quoted for it.
    """
    family, given = latin.split(" ")
    names = [Name("Latn", family, given, family_first=True)]
    if han:
        names.append(Name("Hans", han[0], han[1], family_first=True, romanisation=reading))
    if wade_giles:
        family, given = wade_giles.split(" ")
        names.append(Name("Latn", family, given, family_first=True, is_variant=True, system="wade-giles"))
    return names
