"""How the demonstration makes its pages: checked like any that staff save, made once and from then on left alone."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from sistercities.pages.bilingual import column
from sistercities.pages.models import Citation, Cited, Page, Source, Status

Say = Callable[[str], None]
Both = tuple[str, str]
"""A text in English and in Chinese."""

_LATIN_SEAM = re.compile(r"[A-Za-z0-9,.]\n[A-Za-z0-9]")
_MARK = re.compile(r"\[\^([a-z0-9-]+)\]")
M = TypeVar("M", bound=Model)
P = TypeVar("P", bound=Page)


@dataclass(frozen=True)
class Cite:
    """What a source says of a claim; a claim that sources dispute carries notes in both languages."""

    source: str
    claim: str = ""
    stance: str = Citation.Stance.SUPPORTS
    note: Both = ("", "")


def rests(**claims: Sequence[str]) -> list[Cite]:
    """``rests(life=["obituary"])``: which sources state what a page says in its head, beside its name and figures.

    Only the sources of a claim are marked there; the rest of the page has its own marks.
    """
    return [Cite(source, name.replace("_", "-")) for name, sources in claims.items() for source in sources]


def prose(text: str, language: str) -> str:
    """The text with each paragraph on one line: the line breaks of this code are not the reader's.

    English lines are joined by a space, Chinese lines by nothing, unless two Latin words meet.
    """
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    paragraphs = (part for part in re.split(r"\n{2,}", lines) if part)
    return "\n\n".join(_one_line(part, language) for part in paragraphs)


def _one_line(paragraph: str, language: str) -> str:
    if language == "en":
        return paragraph.replace("\n", " ")
    return _LATIN_SEAM.sub(lambda seam: seam.group().replace("\n", " "), paragraph).replace("\n", "")


def columns(**texts: Both) -> dict[str, str]:
    """``columns(title=("Sources", "资料来源"))`` gives the values of ``title_en`` and ``title_zh_hans``."""
    return {
        column(name, language): prose(text, language)
        for name, both in texts.items()
        for language, text in zip(("en", "zh-hans"), both, strict=True)
    }


def make(model: type[M], **values: Any) -> M:
    """A new row, once it has passed the checks that a form would make."""
    row = model(**values)
    row.full_clean()
    row.save()
    return row


def ensure(model: type[M], key: dict[str, Any], **values: Any) -> M:
    """The row with this key as it stands, or made now."""
    return model._default_manager.filter(**key).first() or make(model, **key, **values)


def cite(subject: Cited, cites: Iterable[Cite | str]) -> None:
    """Cite these sources for an object, in this order; a bare address stands for the object as a whole."""
    for position, given in enumerate(cites):
        known = Cite(given) if isinstance(given, str) else given
        make(
            Citation,
            source=Source.objects.get(slug=known.source),
            subject=subject,
            claim=known.claim,
            stance=known.stance,
            position=position,
            **columns(note=known.note),
        )


def page(
    model: type[P], slug: str, texts: dict[str, Both], cites: Iterable[Cite | str] = (), **values: Any
) -> tuple[P, bool]:
    """The page at this address as it stands, or made and published now; and whether it was made.

    ``cites`` is what stands in its head; the sources marked in its text are cited after that, in their order.
    Refresh it once its parts are there.
    """
    there: P | None = model._default_manager.filter(slug=slug).first()  # type: ignore[assignment]
    if there:
        return there, False
    new = make(model, slug=slug, status=Status.PUBLISHED, **columns(**texts), **values)
    marked = _MARK.findall(new.body_en) + _MARK.findall(new.body_zh_hans)
    cite(new, dict.fromkeys([*cites, *marked]))
    return new, True
