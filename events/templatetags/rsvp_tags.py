"""What the pages of an RSVP say: how long something can be done, and what a button will do."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events import foretelling
from events.models import Event
from events.numbers import place_in_order
from events.occasion import Occasion
from events.outlook import Undo
from events.prospects import Prospect, Prospects
from events.when import Clock, clock_of, is_chinese, spell_deadline
from sistercities.pages.bilingual import current_language
from sistercities.pages.templatetags.bilingual import sentences

register = template.Library()


@register.simple_tag
def last_moment(
    moment: datetime | None, event: Event, zone: str = "", *, everywhere: bool = False
) -> SafeString | str:
    """``{% last_moment offer.expires_at event zone %}``: to the second, on the event's clocks and the reader's.

    Those of a member are known; a script adds those of any other reader, where they differ. ``everywhere``: on the
    clocks of the event's cities, too, as in the letters.
    """
    if moment is None:
        return ""
    language = current_language()
    cities = Occasion(event).clocks if everywhere else []
    others = [*([_clock_of_reader(zone, language)] if zone else []), *cities]
    return format_html(
        '<span><time datetime="{}" data-zone="{}" data-known="{}">{}</time>'
        '<span data-reader-time data-words="{}" hidden></span></span>',
        moment.isoformat(),
        event.timezone,
        " ".join([zone, *[str(clock.zone) for clock in cities]]).strip(),
        spell_deadline(moment, Occasion(event).home, others, language),
        _(" (for you: [time], [place])"),
    )


def _clock_of_reader(zone: str, language: str) -> Clock:
    return Clock("您当地", ZoneInfo(zone)) if is_chinese(language) else clock_of(ZoneInfo(zone), language)


@register.filter
def nth(place: int | None) -> str:
    """``{{ place|nth }}``: a place in line, 3rd or 第三."""
    return place_in_order(place, current_language()) if place else ""


@register.simple_tag
def foretell(prospect: Prospect) -> SafeString:
    """``{% foretell prospect %}``: what an answer of this size leads to."""
    return sentences(*foretelling.foretell(prospect))


@register.simple_tag
def at_a_glance(known: Prospects) -> list[str]:
    """``{% at_a_glance prospects as lines %}``: the same for all sizes."""
    return foretelling.at_a_glance(known.asked)


@register.simple_tag
def foretell_taking(taken: int, offered: int, prospect: Prospect) -> SafeString:
    return sentences(*foretelling.foretell_taking(taken, offered, prospect))


@register.filter
def foretell_waiting_on(place: int) -> str:
    return foretelling.foretell_waiting_on(place)


@register.filter
def foretell_undo(prospect: Undo) -> str:
    return foretelling.foretell_undo(prospect)


@register.filter
def if_differing(known: Prospects) -> list[Any]:
    """``{% for prospect in prospects|if_differing %}``: for those who take any seat, where that leads elsewhere."""
    return [any_seat for asked, any_seat in zip(known.asked, known.if_any, strict=True) if asked != any_seat]
