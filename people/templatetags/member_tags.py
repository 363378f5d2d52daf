"""What pages for members say of their membership."""

from datetime import date

from django import template

from sistercities.pages.bilingual import current_language
from sistercities.pages.dates import from_date, spell

register = template.Library()


@register.filter
def date_in_words(day: date) -> str:
    """``{{ member.member_until|date_in_words }}``: 31 December 2026, 2026年12月31日."""
    return spell(from_date(day), current_language())


@register.filter
def zone_in_words(zone: str) -> str:
    """``{{ member.timezone|zone_in_words }}``: the city after which a time zone is called, Los Angeles."""
    return zone.rpartition("/")[2].replace("_", " ")
