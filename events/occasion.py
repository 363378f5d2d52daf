"""One event as its pages and lists show it: whose shores meet, when and where, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.models import Event
from events.when import Clock, between_readings, clock_of, readings, spell_instant
from events.when import spell_span as spell_hours
from relationships.drawing import ends_of
from relationships.models import City, Relationship
from sistercities.pages.bilingual import LocalText, current_language, texts
from sistercities.pages.dates import HistoricalDate, spell, spell_span
from sistercities.pages.templatetags.bilingual import plain


class Phase(StrEnum):
    """What an event's page is at a moment; its address is the same in all of them."""

    COMING = "coming"
    NOW = "now"
    OVER = "over"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass
class Occasion:
    """An event ready to be shown. Reads only what ``EventQuerySet.for_lists`` has loaded."""

    event: Event

    @cached_property
    def phase(self) -> Phase:
        """Judged once for a page, so that no second passes between its head and its foot."""
        event, now = self.event, timezone.now()
        if event.state != Event.State.ON:
            return Phase(event.state)
        if event.is_over_at(now):
            return Phase.OVER
        return Phase.NOW if event.has_begun_at(now) else Phase.COMING

    @property
    def is_now(self) -> bool:
        return self.phase is Phase.NOW

    @property
    def is_over(self) -> bool:
        """Whether its day has passed, also that of one that was cancelled."""
        return self.phase is Phase.OVER or self.event.is_over

    @property
    def is_on_record(self) -> bool:
        """Whether there is something to tell of who came and what was signed."""
        return self.phase in (Phase.NOW, Phase.OVER)

    @property
    def is_invitation(self) -> bool:
        """Whether the page still invites; afterwards, and once it is called off, it is a record."""
        return self.phase is Phase.COMING and self.event.starts_at is not None

    @cached_property
    def cities(self) -> list[City]:
        """The cities whose bonds the event serves, in the order of the widest bond: the same on every page."""
        widest_first = sorted(self.bonds, key=lambda bond: -len(bond.cities))
        return list({city.pk: city for bond in widest_first for city in bond.cities}.values())

    @property
    def bonds(self) -> list[Relationship]:
        return [bond for bond in self.event.relationships.all() if bond.is_public]

    @cached_property
    def ends(self) -> list[dict[str, str]]:
        return ends_of(self.cities[:3])

    @property
    def home(self) -> Clock:
        """The clocks of the place, under the name of its city where we know one."""
        cities = [self.city] if self.event.venue and self.city else self.cities
        for city in cities:
            if city.timezone and city.timezone == self.event.timezone:
                return Clock(str(city.title), self.event.zone)
        return clock_of(self.event.zone, current_language())

    @property
    def clocks(self) -> list[Clock]:
        """The clocks of its cities, as far as their time zones are known."""
        return [Clock(str(city.title), ZoneInfo(city.timezone)) for city in self.cities if city.timezone]

    @property
    def when(self) -> str:
        """Date and, where there is a time of day, hours: as exactly as we know."""
        event, language = self.event, current_language()
        if event.starts_at and event.ends_at:
            return spell_hours(event.starts_at, event.ends_at, event.zone, language)
        return self.date

    @property
    def date(self) -> str:
        """The date alone, or the dates."""
        return spell_span(self.event.held, self.event.held_until, current_language())

    @property
    def elsewhere(self) -> SafeString | str:
        """The start on the clocks of the other cities, where they show something else; no reading breaks its line."""
        if not self.event.starts_at:
            return ""
        language = current_language()
        words = readings(self.event.starts_at, self.home, self.clocks, language)
        # The mark between two readings stays with the first, wherever the line breaks.
        mark = between_readings(language)
        lines = [f"{each}{mark.rstrip()}" for each in words[:-1]] + words[-1:]
        return format_html_join(
            mark[len(mark.rstrip()) :], '<span class="phrase">{}</span>', ((each,) for each in lines)
        )

    @property
    def line(self) -> str:
        """The date in a list; for what is still to come with its hour."""
        if self.event.awaits_date:
            return self.planned
        return self.date if self.is_over else self.beginning

    @property
    def beginning(self) -> str:
        """The date, with its hour where we know one."""
        if not self.event.starts_at:
            return self.date
        return spell_instant(self.event.starts_at, self.event.zone, current_language())

    @property
    def planned(self) -> str:
        """For when it was planned, where that is not when it takes place."""
        event = self.event
        if event.awaits_date:
            return _("was planned for %(day)s") % {"day": self.date}
        if event.planned_for and event.planned_for != event.held:
            return _("was planned for %(day)s") % {"day": spell(event.planned_for, current_language())}
        return ""

    @property
    def chapter(self) -> str:
        """Under which heading of the calendar it stands: what is to come, or the year it was held in."""
        if self.event.awaits_date:
            return _("Postponed")
        if not self.is_over:
            return _("Upcoming")
        return spell(HistoricalDate(self.event.held.year), current_language()) if self.event.held else ""

    @cached_property
    def city(self) -> City | None:
        """Where it was: the city of its venue, or the one of its bonds' cities that the place names."""
        if self.event.venue:
            return self.event.venue.city if self.event.venue.city.is_public else None
        places = texts(self.event, "place")
        named = [
            city
            for city in self.cities
            if any(name in places.get(code, "") for code, name in texts(city, "title").items())
        ]
        return named[0] if len(named) == 1 else None

    @property
    def place(self) -> LocalText:
        """The venue, or what stands for it."""
        return self.event.venue.name if self.event.venue else self.event.place_text

    @property
    def state(self) -> str:
        """One word where something is out of the ordinary; it stands beside the title in every list."""
        event = self.event
        if self.phase is Phase.POSTPONED and event.planned_for and not event.awaits_date:
            return _("Postponed from %(day)s") % {"day": spell(event.planned_for, current_language())}
        if event.state != Event.State.ON:
            return capfirst(str(event.get_state_display()))
        if self.is_now:
            return _("Now")
        if event.visibility == Event.Visibility.LISTED and not self.is_over:
            return _("By invitation")
        return ""

    @property
    def headline(self) -> str:
        """The title as it stands where nothing stands beside it: in a browser's tab, in a share card."""
        title = str(self.event.title)
        if self.phase is Phase.CANCELLED:
            return _("Cancelled: %(event)s") % {"event": title}
        return _("Postponed: %(event)s") % {"event": title} if self.phase is Phase.POSTPONED else title

    @property
    def kicker(self) -> str:
        """The line over the title: what kind of event, and when."""
        kind = capfirst(str(self.event.get_kind_display()))
        day = self.planned if self.event.awaits_date else self.date
        return " · ".join(part for part in (kind, day) if part)

    @property
    def other_bonds(self) -> list[Relationship]:
        """The bonds it serves beside the one whose anniversary it marks."""
        return [bond for bond in self.bonds if bond != self.event.marks]

    def row(self, *, when: str = "", with_cities: bool = True) -> dict[str, object]:
        """What components/_event_row.html takes; ``when`` in place of the date as lists have it."""
        return {
            "event": self.event,
            "url": self.event.get_absolute_url(),
            "when_text": when or self.line,
            "kind_label": capfirst(str(self.event.get_kind_display())),
            "place": plain(self.place),
            "ends": self.ends if with_cities else [],
            "state": self.state,
            "label": "illustration" if self.event.is_illustration else "",
        }


def occasions(events: Iterable[Event]) -> list[Occasion]:
    return [Occasion(event) for event in events]
