"""The anniversaries of the bonds as a calendar to subscribe to (iCalendar, RFC 5545).

Whole days without a zone: 8 December is 8 December on every telephone. Each anniversary is an entry of its own, for a
rule that repeats by the year would skip 29 February in common years, where we mark the 28th.
"""

from collections.abc import Iterable
from datetime import timedelta

import icalendar
from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relationships.almanac import lasts_on
from relationships.anniversaries import Anniversary, next_days
from relationships.models import Relationship
from sistercities.pages.bilingual import texts
from sistercities.pages.dates import spell
from sistercities.pages.safe_text import one_line, printable

NEXT = 2  # of each bond
ONE_DAY = timedelta(days=1)


def anniversaries_calendar(bonds: Iterable[Relationship], language: str) -> bytes:
    """The next anniversaries of these bonds, in a language; asks to be fetched once a day."""
    with translation.override(language):
        calendar = _calendar(_("Anniversaries · %(site)s") % {"site": settings.SITE_NAME[language]})
    for entry in entries(bonds, language):
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def entries(bonds: Iterable[Relationship], language: str) -> list[icalendar.Event]:
    """The next anniversaries of bonds as entries, the nearest first; ``bonds`` come with their suspensions."""
    today = localdate()
    with translation.override(language):
        found = [
            (anniversary.day, bond.pk, _entry(bond, anniversary, language))
            for bond in bonds
            if bond.established
            for anniversary in next_days(bond.established, today, NEXT)
            if anniversary.day and lasts_on(bond, anniversary.day)
        ]
    return [entry for _day, _number, entry in sorted(found, key=lambda row: row[:2])]


def _calendar(name: str) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.SITE_HOST}//Sister Cities Anniversaries//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ONE_DAY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    return calendar


def _entry(bond: Relationship, anniversary: Anniversary, language: str) -> icalendar.Event:
    day = anniversary.day
    assert day is not None  # noqa: S101 - whoever calls has only those with a day
    address = settings.SITE_URL + bond.get_absolute_url()
    entry = icalendar.Event()
    entry.add("uid", f"anniversary-{bond.pk}-{anniversary.year}@sistercities")
    entry.add("sequence", 0)  # its day never moves: it follows from the year
    entry.add("dtstamp", bond.updated_at)
    entry.add("last-modified", bond.updated_at)
    entry.add("dtstart", day)
    entry.add("dtend", day + ONE_DAY)  # the day after, as calendars count
    entry.add("summary", one_line(_summary(bond, anniversary, language)))
    entry.add("description", printable(_description(bond, language, address)))
    entry.add("url", address)
    entry.add("status", "CONFIRMED")
    # Nobody is busy because of an anniversary.
    entry.add("transp", "TRANSPARENT")
    return entry


def _summary(bond: Relationship, anniversary: Anniversary, language: str) -> str:
    titles = sorted(texts(bond, "title").items(), key=lambda each: each[0] != language)
    names = " · ".join(title for _code, title in titles)
    words = ngettext("%(years)d year: %(bond)s", "%(years)d years: %(bond)s", anniversary.years)
    return words % {"years": anniversary.years, "bond": names}


def _description(bond: Relationship, language: str, address: str) -> str:
    began = spell(bond.established, language) if bond.established else ""
    since = _("Established on %(day)s.") % {"day": began} if began else ""
    return "\n\n".join(text for text in (since, str(bond.summary), address) if text)
