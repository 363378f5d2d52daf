"""Events and remarks where the pages of lower floors show them, and their times in words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from events.models import Event, Participant, Remark
from events.occasion import Occasion, occasions
from events.remark_filters import RemarkFilters
from events.when import spell_day, spell_instant, spell_month, spell_time, spell_weekday
from people.models import Person
from relationships import drawing
from relationships.cover import Globe
from relationships.models import City
from sistercities.pages.bilingual import current_language
from sistercities.pages.documents import TEXT
from sistercities.pages.models import Document, Page
from sistercities.pages.templatetags.bilingual import unbroken

register = template.Library()
# A page names so many events and leads to the calendar for the rest.
SHOWN = 24
FILE_KINDS = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    TEXT[1]: _("Plain text"),
}


@register.inclusion_tag("events/_events.html")
def events_of_person(person: Person) -> dict[str, Any]:
    """``{% events_of_person person %}``: where somebody spoke, stood on the programme, or was there."""
    spoke = Remark.objects.published().filter(speaker=person).values("event")
    took_part = Event.objects.filter(programme__person=person).values("pk")
    was_there = Participant.objects.filter(person=person).values("event")
    there = Q(pk__in=spoke) | Q(pk__in=took_part) | Q(pk__in=was_there)
    found = Event.objects.listed().filter(there).in_calendar_order().for_lists()
    return {"occasions": occasions(found[:SHOWN])}


@register.inclusion_tag("events/_remarks.html")
def remarks_of(person: Person) -> dict[str, Any]:
    """``{% remarks_of person %}``: what somebody said, the latest first."""
    found = Remark.objects.listed().filter(speaker=person).select_related("event")
    remarks = list(found.order_by("-event__held_first", "position")[: SHOWN + 1])
    return {
        "remarks": remarks[:SHOWN],
        "more": RemarkFilters(person.slug).url if len(remarks) > SHOWN else "",
    }


@register.inclusion_tag("components/_event_row.html")
def event_row(occasion: Occasion) -> dict[str, Any]:
    """``{% event_row occasion %}``: one line of a list."""
    return occasion.row()


@register.inclusion_tag("components/_event_row.html")
def session_row(occasion: Occasion) -> dict[str, Any]:
    """``{% session_row occasion %}``: one line among those of its umbrella event, always with its hours."""
    return occasion.row(when=occasion.planned or occasion.beginning, with_cities=False)


@register.filter
def whole_address(page: Page) -> str:
    """``{{ event|whole_address }}``: its address as one would write it down."""
    return settings.SITE_URL + page.get_absolute_url()


@register.filter
def file_kind(document: Document) -> str:
    """``{{ document|file_kind }}``: what readers call a kind of file: PDF, JPEG."""
    return str(FILE_KINDS.get(document.media_type, document.media_type))


@register.simple_tag
def cover_of(occasion: Occasion) -> Globe | None:
    """``{% cover_of occasion as cover %}``: the globe over the widest of its bonds, for want of a photograph."""
    widest = max(occasion.bonds, key=lambda bond: len(bond.cities), default=None)
    return drawing.cover_of(widest) if widest else None


@register.simple_tag
def event_when(event: Event) -> SafeString:
    """``{% event_when event %}``: date and hours on the clocks of the place, as exactly as we know."""
    words = Occasion(event).when
    if event.starts_at:
        return format_html(
            '<time datetime="{}">{}</time>', event.local_start.isoformat(timespec="minutes"), unbroken(words)
        )
    return unbroken(words)


@register.simple_tag
def ends_of(cities: Iterable[City]) -> list[dict[str, str]]:
    """``{% ends_of cities as ends %}``: the ends of a thread between cities."""
    return drawing.ends_of(cities)


@register.simple_tag
def bond_colours(cities: Sequence[City]) -> list[str]:
    """``{% bond_colours cities as colours %}``: the classes of the three nested elements that colour a bond."""
    classes = [city.colour_class for city in cities[:3]] or [""]
    return [*classes, *[classes[-1]] * (3 - len(classes))]


@register.filter
def clock(moment: time) -> str:
    """``{{ item.at|clock }}``: a time of day in words."""
    return spell_time(moment, current_language())


@register.filter
def day_in_words(day: date) -> str:
    """``{{ anniversary.day|day_in_words }}``: a date with its day of the week."""
    return spell_day(day, current_language())


@register.filter
def weekday_in(instant: datetime, zone: str) -> str:
    """``{{ starts|weekday_in:zone }}``: the day of the week on the clocks of a zone."""
    return spell_weekday(instant.astimezone(ZoneInfo(zone)), current_language())


@register.filter
def month_in(instant: datetime, zone: str) -> str:
    return spell_month(instant.astimezone(ZoneInfo(zone)), current_language())


@register.filter
def day_number_in(instant: datetime, zone: str) -> int:
    return instant.astimezone(ZoneInfo(zone)).day


@register.filter
def hour_in(instant: datetime, zone: str) -> str:
    return spell_time(instant.astimezone(ZoneInfo(zone)), current_language())


@register.filter
def language_name(tag: str) -> str:
    """``{{ remark.original_language|language_name }}``: the name of a language, as the reader calls it."""
    try:
        return translation.gettext(translation.get_language_info(tag.lower())["name"])
    except KeyError:
        return tag


@register.simple_tag
def event_elsewhere(event: Event) -> SafeString | str:
    """``{% event_elsewhere event %}``: its start on the clocks of the partner cities, empty where they agree."""
    return Occasion(event).elsewhere


@register.filter
def on_clocks_of(instant: datetime | None, event: Event) -> str:
    """``{{ outlook.last_moment|on_clocks_of:event }}``: a moment in words, where the event takes place."""
    return spell_instant(instant, event.zone, current_language()) if instant else ""
