"""One event as its pages and lists show it: whose shores meet, when and where, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.models import Event
from events.when import Clock, between_readings, clock_of, readings, spell_instant
from events.when import spell_span as spell_hours
from relationships.drawing import ends_of
from relationships.models import Agreement, City, Relationship, Signature
from sistercities.pages.bilingual import LocalText, current_language
from sistercities.pages.dates import HistoricalDate, spell, spell_span
from sistercities.pages.templatetags.bilingual import plain


@dataclass
class Occasion:
    """An event ready to be shown. Reads only what ``EventQuerySet.for_lists`` has loaded."""

    event: Event

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
        cities = [self.event.venue.city] if self.event.venue else self.cities
        for city in cities:
            if city.timezone == self.event.timezone:
                return Clock(str(city.title), self.event.zone)
        return clock_of(self.event.zone, current_language())

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
        clocks = (Clock(str(city.title), ZoneInfo(city.timezone)) for city in self.cities)
        words = readings(self.event.starts_at, self.home, clocks, language)
        # The mark between two readings stays with the first, wherever the line breaks.
        mark = between_readings(language)
        lines = [f"{each}{mark.rstrip()}" for each in words[:-1]] + words[-1:]
        return format_html_join(
            mark[len(mark.rstrip()) :], '<span class="phrase">{}</span>', ((each,) for each in lines)
        )

    @property
    def line(self) -> str:
        """The date in a list; for what is still to come with its hour."""
        if self.event.is_over or not self.event.starts_at:
            return self.date
        return spell_instant(self.event.starts_at, self.event.zone, current_language())

    @property
    def chapter(self) -> str:
        """Under which heading of the calendar it stands: what is to come, or the year it was held in."""
        if not self.event.is_over:
            return _("Upcoming")
        return spell(HistoricalDate(self.event.held.year), current_language()) if self.event.held else ""

    @property
    def place(self) -> LocalText:
        """The venue, or what stands for it."""
        return self.event.venue.name if self.event.venue else self.event.place_text

    @property
    def state(self) -> str:
        """One word where something is out of the ordinary; it stands beside the title in every list."""
        event = self.event
        if event.state != Event.State.ON:
            return str(event.get_state_display()).capitalize()
        if event.is_now:
            return _("Now")
        if event.visibility == Event.Visibility.LISTED and not event.is_over:
            return _("By invitation")
        return ""

    @property
    def kicker(self) -> str:
        """The line over the title: what kind of event, and when."""
        kind = capfirst(str(self.event.get_kind_display()))
        return " · ".join(part for part in (kind, self.date) if part)

    @property
    def other_bonds(self) -> list[Relationship]:
        """The bonds it serves beside the one whose anniversary it marks."""
        return [bond for bond in self.bonds if bond != self.event.marks]

    @property
    def is_invitation(self) -> bool:
        """Whether the page still invites; afterwards, and once it is called off, it is a record."""
        return self.event.state == Event.State.ON and not self.event.has_begun

    def row(self) -> dict[str, object]:
        """What components/_event_row.html takes."""
        return {
            "event": self.event,
            "url": self.event.get_absolute_url(),
            "when_text": self.line,
            "kind_label": capfirst(str(self.event.get_kind_display())),
            "place": plain(self.place),
            "ends": self.ends,
            "state": self.state,
            "label": "illustration" if self.event.is_illustration else "",
        }


def occasions(events: Iterable[Event]) -> list[Occasion]:
    return [Occasion(event) for event in events]


def signed_at(event: Event) -> list[Agreement]:
    """What was signed for the event's bonds on its days."""
    first, last = event.held_first, event.held_until_last or event.held_last
    if first is None or last is None or last - first > 31 or not event.is_over:
        return []
    bonds = [bond.pk for bond in event.relationships.all()]
    found = Agreement.objects.published().filter(
        relationship__in=bonds, signed_first__gte=first, signed_last__lte=last
    )
    return list(
        found.prefetch_related(Prefetch("signatures", Signature.objects.select_related("person__portrait")))
    )
