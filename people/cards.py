"""What stands on the card of a person: the name in both scripts, the years, what for; a portrait, or else the seal."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people.models import Person
from sistercities.cards.card import NOTHING, Card
from sistercities.cards.emblems import Emblem, Seal
from sistercities.cards.glyphs import Words
from sistercities.pages.bilingual import current_language
from sistercities.pages.dates import HistoricalDate, spell_span
from sistercities.pages.sharing import association, draws, local, photograph, stands_for, words

stands_for("people", _("People"), "people:person_list")


@draws(Person, og_type="profile", load=lambda rows: rows.select_related("portrait").prefetch_related("names"))
def person(page: Person, _shown: Mapping[str, Any]) -> Card:
    name, other = page.display_name, page.other_name
    return Card(
        words(name),
        association(),
        Words(str(other), other.language) if other else NOTHING,
        kicker=words(life(page) or capfirst(str(Person._meta.verbose_name))),
        lines=(local(page, "known_for"),),
        emblem=likeness(page),
    )


def life(page: Person) -> str:
    """The years of a life that is over; nothing of the living."""
    if not page.born or not page.died:
        return ""
    born, died = (HistoricalDate(when.year, sense=when.sense) for when in (page.born, page.died))
    return spell_span(born, died, current_language())


def likeness(page: Person, *, speaks: bool = False) -> Emblem:
    """The portrait of somebody whom everybody may read about, or else the seal."""
    portrait = photograph(page.portrait) if page.is_public else None
    return portrait or Seal(*page.seal, speaks=speaks)
