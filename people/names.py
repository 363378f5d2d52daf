"""Names of persons in several scripts, and the one place that puts them together.

Pure: no Django. A Chinese, Japanese, Korean or Hungarian name is written family name first; a Western name keeps its
order also in Chinese characters, where a middle dot joins its parts (汤姆·布拉德利). Who has but one name has it as
family name.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from people.readings import words_of
from sistercities.pages.letters import plain

HAN_SCRIPTS = ("Hans", "Hant")
SCRIPTS = {"zh-hans": ("Hans", "Hant"), "zh-hant": ("Hant", "Hans")}
MIDDLE_DOT = "·"
_DOTS = re.compile(r"\s*[·・•‧∙⋅．]\s*")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
# al-Assad, d’Estaing: a particle that is written together with the name.
_JOINED_PARTICLE = re.compile(r"((?:[a-z]{1,3}-|[dl]['’]))(?=[^\W\d_a-z])")


class Form(StrEnum):
    """How a name is wanted: on a page, in an index, on a place card, or without the given name."""

    FULL = "full"
    SORTING = "sorting"
    FORMAL = "formal"
    FAMILY = "family"


@dataclass(frozen=True)
class Name:
    """One name of a person in one script.

    ``romanisation`` is the reading with its tones (Liáng Língguāng), empty where the script is Latin already;
    ``system`` is by which rules a name in Latin letters is spelled; ``dotted`` joins also a name that leads with the
    family by a middle dot (阿沛·阿旺晋美).
    """

    script: str
    family: str
    given: str
    family_first: bool
    romanisation: str = ""
    is_variant: bool = False
    system: str = ""
    dotted: bool = False

    @property
    def is_han(self) -> bool:
        return self.script in HAN_SCRIPTS

    @property
    def full(self) -> str:
        """The name as written, in its own order."""
        parts = [self.family, self.given] if self.family_first else [self.given, self.family]
        return self._glue.join(part for part in parts if part)

    @property
    def sorting(self) -> str:
        """As in an index: the family name leads, its particles in small letters stand back (Cruz, María de la)."""
        particles, lead = particles_of(self.family)
        if self.is_han or not self.given:
            return self.full if self.family_first or not self.given else f"{self.family}，{self.given}"
        if self.family_first:
            return self.full
        behind = f"{self.given} {particles}".strip() if particles else self.given
        return f"{lead}, {behind}" if lead else behind

    @property
    def sort_key(self) -> str:
        """What a list is ordered by: letters without marks, Chinese names by their reading."""
        if self.is_han:
            reading = plain(self.romanisation) or " ".join(words_of(self.family, self.given))
            return _letters(reading)
        particles, lead = particles_of(self.family)
        return " ".join(_letters(part) for part in (lead, self.given, particles) if part)

    @property
    def _glue(self) -> str:
        if not self.is_han:
            return " "
        return "" if self.family_first and not self.dotted else MIDDLE_DOT


def name_for(names: Iterable[Name], language: str) -> Name | None:
    """The name to show a reader of this language: the right script if the person has one, else what there is."""
    wanted = SCRIPTS.get(language, HAN_SCRIPTS if language.startswith("zh") else ("Latn",))
    known = sorted(names, key=lambda name: name.is_variant)
    fitting = [name for name in known if name.script in wanted]
    fitting.sort(key=lambda name: (name.is_variant, wanted.index(name.script)))
    return next(iter([*fitting, *known]), None)


def display_name(names: Iterable[Name], language: str, form: Form = Form.FULL, *, honorific: str = "") -> str:
    """A person's name as it stands on a page, in a title or in a mail of that language.

    The honorific, in that language too, counts only where the form is ``FORMAL`` or ``FAMILY``.
    """
    name = name_for(names, language)
    if name is None:
        return ""
    if form is Form.SORTING:
        return name.sorting
    if form is Form.FORMAL:
        return honoured(name.full, honorific)
    return honoured(name.family or name.given, honorific) if form is Form.FAMILY else name.full


def honoured(name: str, honorific: str) -> str:
    """Dr Caroline Ahmanson, 梁先生: a Chinese honorific stands behind, every other before."""
    if not honorific:
        return name
    return f"{name}{honorific}" if _HAN.search(honorific) else f"{honorific} {name}"


def particles_of(family: str) -> tuple[str, str]:
    """The particles in small letters that lead a family name, and the name behind them: ``("de la", "Cruz")``.

    Written with capitals (De La Cruz, LaBonge) they are part of the name, as their bearer has it.
    """
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and words[count].islower():
        count += 1
    particles, lead = words[:count], " ".join(words[count:])
    if joined := _JOINED_PARTICLE.match(lead):
        particles, lead = [*particles, joined[1]], lead[joined.end() :]
    return " ".join(particles), lead


def tidy(text: str, script: str) -> str:
    """What somebody typed as it is kept: single spaces, composed letters, one kind of middle dot in Chinese."""
    plain_text = " ".join(unicodedata.normalize("NFC", text).split())
    return _DOTS.sub(MIDDLE_DOT, plain_text) if script in HAN_SCRIPTS else plain_text


def script_language(script: str) -> str:
    """The language tag under which a browser should render and read a name."""
    return {"Hans": "zh-hans", "Hant": "zh-hant"}.get(script, "en")


def _letters(text: str) -> str:
    kept = (letter for letter in plain(text).casefold() if letter.isalnum() or letter == " ")
    return " ".join("".join(kept).split())
