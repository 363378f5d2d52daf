"""What stands on the cards of events, series and speeches: the day as on an invitation; who speaks."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from events.models import Event, Remark, Series, rows_of
from events.occasion import Occasion, Phase
from events.record import with_parts
from events.when import is_chinese, spell_weekday
from people.cards import likeness
from relationships.cards import names, threads
from sistercities.cards.card import NOTHING, Card
from sistercities.cards.emblems import Day, Emblem, Thread
from sistercities.cards.glyphs import Words
from sistercities.pages.bilingual import current_language
from sistercities.pages.dates import MONTHS, HistoricalDate, Sense, spell
from sistercities.pages.models import Picture
from sistercities.pages.sharing import draws, joined, local, photograph, stands_for, titled, words

stands_for(
    "events",
    _("Events"),
    "events:event_list",
    "events:calendar_month",
    "events:calendar_year",
    "events:calendar",
)
stands_for("remarks", _("Remarks"), "remark_list")


@draws(Event, load=with_parts)
def event(page: Any, shown: Mapping[str, Any]) -> Card:
    """Before the day the date, large; afterwards the first picture of the record. Called off or made up it says so."""
    occasion = shown.get("occasion") or Occasion(page)
    is_off = occasion.phase in (Phase.CANCELLED, Phase.POSTPONED)
    picture = photograph(*rows_of(Picture, page.found_pictures)) if occasion.is_on_record else None
    return titled(
        page,
        kicker=joined([_("Example") if page.is_illustration else "", capfirst(str(page.get_kind_display()))]),
        lines=(words(when(occasion, has_picture=picture is not None)), words(occasion.place)),
        notice=words(capfirst(str(page.get_state_display()))) if is_off else NOTHING,
        emblem=picture or day_of(page, is_off=is_off),
        thread=threads(occasion.cities),
        phrases=names(occasion.cities),
    )


def when(occasion: Occasion, *, has_picture: bool) -> str:
    """The date in words, where the large one beside it does not say all."""
    event = occasion.event
    if event.awaits_date:
        return occasion.planned
    return occasion.when if event.starts_at or event.held_until or has_picture else ""


def day_of(page: Event, *, is_off: bool) -> Emblem:
    """The date as exactly as it is known: the day with month and year; the year alone; the thread without any."""
    held, language = page.held, current_language()
    if held is None:
        return Thread()
    said = spell(held, language)
    if held.day is None:
        month = f"{held.month}月" if is_chinese(language) else MONTHS[(held.month or 1) - 1]
        is_plain = held.sense is Sense.EXACT and held.year > 0
        return Day(
            str(abs(held.year)),
            NOTHING,
            words((month if held.month else "") if is_plain else said),
            said,
            is_off,
        )
    weekday = words(spell_weekday(page.local_start.date(), language) if page.starts_at else "")
    month_and_year = words(spell(HistoricalDate(held.year, held.month, sense=held.sense), language))
    # From the large to the small in Chinese, the other way round in English.
    above, below = (month_and_year, weekday) if is_chinese(language) else (weekday, month_and_year)
    return Day(str(held.day), above, below, said, is_off)


@draws(Series, load=lambda rows: rows.select_related("relationship"))
def series(page: Series, _shown: Mapping[str, Any]) -> Card:
    bond = page.relationship
    return titled(
        page,
        kicker=words(capfirst(str(Series._meta.verbose_name))),
        lines=(local(page, "summary"), words(bond.title) if bond and bond.is_public else NOTHING),
    )


@draws(
    Remark,
    og_type="article",
    load=lambda rows: rows.with_speaker().prefetch_related("event__relationships__parties__city"),
)
def remark(page: Remark, shown: Mapping[str, Any]) -> Card:
    """Who said it, where and when, with the speaker's likeness."""
    occasion = shown.get("occasion") or Occasion(page.event)
    speaker = page.speaker.display_name
    is_named = speaker in local(page, "title").text
    return titled(
        page,
        kicker=joined([capfirst(str(Remark._meta.verbose_name)), occasion.date]),
        lines=(NOTHING if is_named else Words(str(speaker), speaker.language), local(page.event, "title")),
        emblem=likeness(page.speaker, speaks=True),
        thread=threads(occasion.cities),
        phrases=names(occasion.cities),
    )
