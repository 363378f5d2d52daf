"""When a bond was made and how long it has lasted, in words that claim no more than its dates prove."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext, pgettext

from relationships.lasting import Lasting, lasting
from relationships.models import Relationship
from sistercities.pages.bilingual import current_language
from sistercities.pages.dates import HistoricalDate, Sense, spell, spell_span
from sistercities.pages.templatetags.bilingual import hdate, unbroken

register = template.Library()


@register.simple_tag
def years_of(bond: Relationship) -> SafeString:
    """``{% years_of bond %}``: 1981, 1972–1999; date not known, 年份不详; until 1999, where only its end is known."""
    if bond.established:
        return hdate(bond.established, bond.ended)
    if bond.ended:
        day = spell(bond.ended, current_language())
        return unbroken(pgettext("a date", "until %(day)s") % {"day": day})
    return format_html('<span class="quiet">{}</span>', gettext("date not known"))


@register.simple_tag
def year_of(bond: Relationship) -> str:
    """``{% year_of bond %}``: the same in plain words and no finer than the year, for long lists."""
    began, ended = (
        when and HistoricalDate(when.year, sense=when.sense) for when in (bond.established, bond.ended)
    )
    if ended and not began:
        return pgettext("a date", "until %(day)s") % {"day": spell(ended, current_language())}
    return spell_span(began, ended, current_language()) or gettext("date not known")


@register.filter
def lasted(bond: Relationship) -> str:
    """``{{ bond|lasted }}``: 45 years, about 54 years, lasted about 27 years; 至今45年, 至今约54年, 历时约27年.

    Empty where nobody knows since when.
    """
    if not bond.established:
        return ""
    found = lasting(bond.established, localdate(), bond.ended)
    return had_lasted(found) if bond.ended else has_lasted(found)


def has_lasted(found: Lasting) -> str:
    years = found.years
    if found.sense is Sense.ABOUT:
        words = ngettext("about %(years)s year", "about %(years)s years", years)
    elif found.sense is Sense.AFTER:
        words = ngettext("over %(years)s year", "over %(years)s years", years)
    elif found.sense is Sense.BEFORE:
        words = ngettext("under %(years)s year", "under %(years)s years", years)
    else:
        words = ngettext("%(years)s year", "%(years)s years", years)
    return words % {"years": years}


def had_lasted(found: Lasting) -> str:
    years = found.years
    if found.sense is Sense.ABOUT:
        words = ngettext("lasted about %(years)s year", "lasted about %(years)s years", years)
    elif found.sense is Sense.AFTER:
        words = ngettext("lasted over %(years)s year", "lasted over %(years)s years", years)
    elif found.sense is Sense.BEFORE:
        words = ngettext("lasted under %(years)s year", "lasted under %(years)s years", years)
    else:
        words = ngettext("lasted %(years)s year", "lasted %(years)s years", years)
    return words % {"years": years}
