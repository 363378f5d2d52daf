"""How a page looks when its link is passed on: the registry of cards, and where each of them is found.

Each floor says in a module ``cards`` what stands on the cards of its models, with ``@draws``, and which of its lists
have one, with ``stands_for``. What stands on a card decides its address: it may be kept for good.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import autodiscover_modules

from sistercities.cards.card import NOTHING, Card
from sistercities.cards.emblems import PHOTOGRAPH, Photograph
from sistercities.cards.glyphs import Words
from sistercities.pages.bilingual import current_language, languages, local_text, texts
from sistercities.pages.models import Page, Picture

LISTS = "list"
MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg"}

Describe = Callable[[Any, Mapping[str, Any]], Card]
# A query of pages as their model has it, and the same with what the card asks for.
Load = Callable[[Any], Any]


@dataclass(frozen=True)
class Kind:
    """What is to be known of one kind of page to share it: the Open Graph calls it ``og_type``."""

    describe: Describe
    load: Load
    og_type: str
    is_dated: bool


@dataclass(frozen=True)
class Listing:
    """A page that lists others."""

    key: str
    title: Any

    def card(self) -> Card:
        """Its title in both languages; that of the front page is the name of the site."""
        names = {code: in_language(code, self.title) for code in languages()}
        lead, other = lead_and_other(names, current_language())
        return Card(lead, association() if self.key != "home" else NOTHING, other)


_kinds: dict[type[Page], Kind] = {}
_listings: dict[str, Listing] = {}


def draws(
    model: type[Page],
    *,
    og_type: str = "website",
    load: Load = lambda rows: rows,
    is_dated: bool = False,
) -> Callable[[Describe], Describe]:
    """Register what stands on the cards of a model.

    The function gets the page, and what its template shows so that nothing is asked twice; by itself the page comes as
    ``load`` has it. ``is_dated`` where readers are told when it was published.
    """

    def register(describe: Describe) -> Describe:
        _kinds[model] = Kind(describe, load, og_type, is_dated)
        return describe

    return register


def stands_for(key: str, title: Any, *view_names: str) -> None:
    """Register the card of a list, for the views that show it."""
    for name in view_names:
        _listings[name] = Listing(key, title)


@cache
def gather() -> None:
    """Ask each app for its cards, once they are wanted."""
    autodiscover_modules("cards")


def kind_of(model: type[Page]) -> Kind | None:
    gather()
    return _kinds.get(model)


def models_with_cards() -> dict[str, type[Page]]:
    """All kinds of pages that have cards, under their names in addresses: ``events.event``."""
    gather()
    return {model._meta.label_lower: model for model in _kinds}


def listing_of(view_name: str) -> Listing | None:
    gather()
    return _listings.get(view_name)


def listings() -> dict[str, Listing]:
    """All lists that have a card, under their names in addresses."""
    gather()
    return {listing.key: listing for listing in _listings.values()}


def card_of(page: Page, shown: Mapping[str, Any] | None = None) -> Card | None:
    """The card of a page in the language being spoken; None for a kind that has none."""
    kind = kind_of(type(page))
    return kind.describe(page, shown or {}) if kind else None


def address(card: Card, kind: str, slug: str) -> str:
    """Where a card is found: its kind, its page and what stands on it, in one language."""
    return reverse("card", args=[current_language(), kind, f"{slug}-{card.digest}.{card.extension}"])


def address_of(page: Page) -> str:
    """Where the card of a page is found in the language being spoken; empty for a kind that has none."""
    card = card_of(page)
    return address(card, page._meta.label_lower, page.slug) if card else ""


def titled(page: Page, **further: Any) -> Card:
    """A card with the title of a page in both languages, and whatever else."""
    lead, other = lead_and_other(texts(page, "title"), current_language())
    return Card(lead, association(), other, **further)


def lead_and_other(names: Mapping[str, str], language: str) -> tuple[Words, Words]:
    """A text in the reader's language, or the first there is, and in another where that reads otherwise."""
    known = {code: text for code, text in names.items() if text}
    lead = language if language in known else next(iter(known), language)
    others = (Words(text, code) for code, text in known.items() if code != lead and text != known[lead])
    return Words(known.get(lead, ""), lead), next(others, NOTHING)


def association() -> Words:
    language = current_language()
    return Words(settings.SITE_NAME[language], language)


def in_language(code: str, words: Any) -> str:
    with translation.override(code):
        return str(words)


def words(text: Any) -> Words:
    """A text with the language it is in; one that does not tell is in the language being spoken."""
    return Words(str(text or ""), getattr(text, "language", "") or current_language())


def local(obj: Any, name: str) -> Words:
    """A bilingual text of a page, of whatever length, in the reader's language."""
    return words(local_text(obj, name))


def joined(parts: Iterable[Any]) -> Words:
    """Several short texts on one line, those that are there."""
    return words(" · ".join(text for part in parts if (text := str(part or ""))))


def photograph(*pictures: Picture | None) -> Photograph | None:
    """The first of the pictures that readers are shown, in a copy as large as a card needs it; None without any."""
    picture = next((each for each in pictures if each and each.is_described), None)
    if picture is None:
        return None
    main, *smaller = picture.file_names
    sizes = zip([*picture.widths, picture.width], [*smaller, main], strict=True)
    enough = (name for width, name in sizes if is_enough(width, width * picture.height / picture.width))
    return Photograph(next(enough, main), picture.focus)


def is_enough(width: float, height: float) -> bool:
    return width >= PHOTOGRAPH[0] and height >= PHOTOGRAPH[1]
