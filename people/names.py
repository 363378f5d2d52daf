"""Names of persons in several scripts, and the one place that puts them together.

Pure: no Django. A Chinese, Japanese or Korean name is written family name first; a Western name keeps its order also in
Chinese characters, where a middle dot joins its parts (汤姆·布拉德利).
"""

from collections.abc import Iterable
from dataclasses import dataclass

HAN_SCRIPTS = ("Hans", "Hant")
MIDDLE_DOT = "·"


@dataclass(frozen=True)
class Name:
    """One name of a person in one script.

    ``romanisation`` is the reading with its tones (Liáng Língguāng), empty where the script is Latin already.
    """

    script: str
    family: str
    given: str
    family_first: bool
    romanisation: str = ""
    is_variant: bool = False

    @property
    def full(self) -> str:
        """The name as written, in its own order."""
        parts = [self.family, self.given] if self.family_first else [self.given, self.family]
        return self._glue.join(part for part in parts if part)

    @property
    def sorting(self) -> str:
        """As in an index: the family name leads, set off by a comma where the order is turned."""
        if self.family_first or not self.given:
            return self.full
        return f"{self.family}, {self.given}" if self.family else self.given

    @property
    def _glue(self) -> str:
        if self.script not in HAN_SCRIPTS:
            return " "
        return "" if self.family_first else MIDDLE_DOT


def name_for(names: Iterable[Name], language: str) -> Name | None:
    """The name to show a reader of this language: the right script if the person has one, else what there is."""
    wanted = HAN_SCRIPTS if language.startswith("zh") else ("Latn",)
    known = sorted(names, key=lambda name: name.is_variant)
    return next((name for name in known if name.script in wanted), known[0] if known else None)


def display_name(names: Iterable[Name], language: str) -> str:
    """A person's name as it stands on a page, in a title or in a mail of that language."""
    name = name_for(names, language)
    return name.full if name else ""


def script_language(script: str) -> str:
    """The language tag under which a browser should render and read a name."""
    return {"Hans": "zh-hans", "Hant": "zh-hant"}.get(script, "en")
