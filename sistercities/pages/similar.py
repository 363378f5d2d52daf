"""Names like those that somebody types: suggestions for the beginning of one, and what a slip of the finger meant."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Length

from sistercities.pages.everything import page_models
from sistercities.pages.letters import folded, has_han, slips
from sistercities.pages.models import Page
from sistercities.pages.searching import AMONG_NAMES, BEGINS, BESIDE, NAMED, Hit, is_literal

CANDIDATES = 20  # of each kind, before they are held against what was typed letter by letter
SHORTEST = 4  # letters; in shorter words every slip makes another word
MOST_SWAPS = 15
SUGGESTIONS = 8


@dataclass(frozen=True)
class Guess:
    """A page with a name like the one that was typed, and what was probably meant."""

    hit: Hit
    meant: str


def similar_names(text: str, size: int = SUGGESTIONS) -> list[Guess]:
    """Pages with names like these words, the likest first; only Latin letters are so forgiven."""
    typed = folded(text).split()
    long = [word for word in typed if len(word) >= SHORTEST and word.isalpha() and word.isascii()]
    if not long or has_han(text) or is_literal(text):
        return []
    # Two letters swapped spoil most of what the index goes by, so that these spellings are looked for as such.
    guesses = _guesses(typed, long, _sounding) or _guesses(typed, long, _swapped)
    return [guess for *_order, guess in sorted(guesses, key=lambda each: each[:3])[:size]]


def _guesses(
    typed: list[str], long: list[str], like: Callable[[str], Q]
) -> list[tuple[int, int, float, Guess]]:
    parts = [_alike(model, long, like) for model in page_models()]
    first, *rest = parts
    return [
        (slipped, longer, -weight, Guess(Hit(kind, pk, weight), " ".join(meant)))
        for kind, pk, names, weight in first.union(*rest, all=True)
        for slipped, longer, meant in _meant(typed, names.splitlines())
    ]


def _sounding(word: str) -> Q:
    return Q(names_folded__trigram_word_similar=word)


def _swapped(word: str) -> Q:
    forms = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(min(len(word) - 1, MOST_SWAPS))
    )
    return Q(names_folded__regex=rf"\m(?:{'|'.join(forms)})\M")


def _alike(model: type[Page], words: list[str], like: Callable[[str], Q]) -> QuerySet[Any, Any]:
    # The longest word is the rarest; the others are looked at in what it finds.
    pages = model.objects.listed().order_by().filter(like(max(words, key=len)))
    likeness = TrigramWordSimilarity(" ".join(words), "names_folded")
    return (
        pages.annotate(page_model=_kind(model), weight=likeness * Value(1.0 if model.is_news else BESIDE))
        .order_by("-weight", "pk")
        .values_list("page_model", "pk", "names_folded", "weight")[:CANDIDATES]
    )


def _meant(typed: list[str], names: Iterable[str]) -> list[tuple[int, int, list[str]]]:
    """Of one page the name that is nearest: how many slips, how many words more, and its words for those typed."""
    near = []
    for name in names:
        others = name.split()
        meant = [other for word in typed if (other := _nearest(word, others))]
        if len(meant) == len(typed):
            slipped = sum(slips(one, other) for one, other in zip(typed, meant, strict=True))
            near.append((slipped, len(others) - len(typed), meant))
    return [min(near)] if near else []


def _nearest(word: str, others: list[str]) -> str:
    near = [
        other
        for other in others
        if abs(len(other) - len(word)) <= 2 and slips(word, other) <= _forgiven(word)
    ]
    return min(near, key=lambda other: slips(word, other), default="")


def _forgiven(word: str) -> int:
    """How many slips a word of this length may have."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < 8 else 2


def suggestions(text: str) -> list[Hit]:
    """The pages whose names begin like what is being typed, or have a word that does."""
    name = folded(text)
    if (len(name) < 2 and not has_han(name)) or is_literal(text):
        return []
    parts = [_begun(model, name) for model in page_models()]
    first, *rest = parts
    rows = sorted(first.union(*rest, all=True), key=lambda row: (-row[2], row[3]))
    begun = [Hit(kind, pk, points) for kind, pk, points, _length in rows[:SUGGESTIONS]]
    return begun or [guess.hit for guess in similar_names(text)]


def _begun(model: type[Page], name: str) -> QuerySet[Any, Any]:
    weight = 1.0 if model.is_news else BESIDE
    begins = Q(names_folded__contains=f"\n{name}")
    within = Q(names_folded__contains=name) if has_han(name) else Q(names_folded__contains=f" {name}")
    points = Case(
        When(names_folded__contains=f"\n{name}\n", then=Value(NAMED * weight)),
        When(begins, then=Value(BEGINS * weight)),
        default=Value(AMONG_NAMES * weight),
    )
    return (
        model.objects.listed()
        .filter(begins | within if len(name) > 2 else begins)
        .annotate(page_model=_kind(model), points=points, length=Length(F("names_folded")))
        .order_by("-points", "length", "pk")
        .values_list("page_model", "pk", "points", "length")[:SUGGESTIONS]
    )


def _kind(model: type[Page]) -> Value:
    return Value(str(model._meta.model_name), output_field=CharField())
