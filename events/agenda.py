"""What stands in the calendar on which day: events, the days they were planned for, and the anniversaries of bonds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, F, Max, Min, Q, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.filters import Filters
from events.models import Event
from events.models.listing import EventQuerySet
from events.month import Item, Month, OnDay, by_day, lies_open, months_of, some_time_in
from events.occasion import Occasion
from events.when import spell_day_of_month, spell_hours, spell_time
from relationships.almanac import between, remembered
from relationships.anniversaries import Anniversary, Coming
from relationships.models import Relationship
from sistercities.pages.bilingual import LocalText, current_language
from sistercities.pages.dates import NEWEST, OLDEST, HistoricalDate, days_of, from_date
from sistercities.pages.templatetags.bilingual import plain

MOST_IN_A_CELL = 4
LONGEST_MONTH = 31  # what spans more days than this is known by no month
BEGINNING, END = days_of(OLDEST, 1, 1), days_of(NEWEST, 12, 31)


@dataclass(frozen=True)
class Entry:
    """One line of the calendar; ``page`` is an event, or a bond that turns so many years."""

    page: Event | Relationship
    anniversary: Anniversary | None = None
    # It was to be on this day, and has another by now.
    was_planned: bool = False

    @cached_property
    def occasion(self) -> Occasion | None:
        return Occasion(self.page) if isinstance(self.page, Event) else None

    @property
    def url(self) -> str:
        return self.page.get_absolute_url()

    @property
    def title(self) -> LocalText:
        return self.page.title

    @property
    def hour(self) -> str:
        """When it begins, on the clocks of the place."""
        if not isinstance(self.page, Event) or not self.page.starts_at or self.was_planned:
            return ""
        return spell_time(self.page.local_start, current_language())

    @property
    def hours(self) -> str:
        """From when to when, within a day or a night; of several days their dates say more."""
        event = self.page
        if not isinstance(event, Event) or not event.starts_at or not event.ends_at or event.held_until:
            return ""
        return spell_hours(event.starts_at, event.ends_at, event.zone, current_language())

    @property
    def is_struck(self) -> bool:
        """Whether it does not take place on this day after all."""
        return isinstance(self.page, Event) and (
            self.was_planned or self.page.is_cancelled or self.page.awaits_date
        )

    @property
    def state(self) -> str:
        """The word that says so; never the line through it alone."""
        if self.was_planned:
            return _("Postponed")
        return self.occasion.state if self.occasion else ""

    @property
    def kind(self) -> str:
        if isinstance(self.page, Event):
            return capfirst(str(self.page.get_kind_display()))
        return _("Anniversary")

    @property
    def place(self) -> Any:
        return plain(self.occasion.place) if self.occasion else ""

    @property
    def order(self) -> tuple[bool, str]:
        """Within a day: anniversaries, what has no hour, then by the clock."""
        starts_at = self.page.local_start.isoformat() if isinstance(self.page, Event) and self.hour else ""
        return isinstance(self.page, Event), starts_at


@dataclass(frozen=True)
class Day:
    """A day of the month with what stands on it."""

    date: date
    entries: list[OnDay[Entry]]

    @property
    def when(self) -> HistoricalDate:
        return from_date(self.date)

    @property
    def name(self) -> str:
        return spell_day_of_month(self.date, current_language())

    @property
    def in_cell(self) -> list[OnDay[Entry]]:
        return self.entries[:MOST_IN_A_CELL]

    @property
    def more(self) -> int:
        return max(0, len(self.entries) - MOST_IN_A_CELL)

    @property
    def begun(self) -> list[Entry]:
        """What begins on this day, and on the first what goes on from the month before."""
        return [each.of for each in self.entries if not each.goes_on or self.date.day == 1]


@dataclass(frozen=True)
class Agenda:
    """A month with all that the calendar knows of it."""

    month: Month
    days: dict[int, Day]
    undated: list[Entry]

    def __bool__(self) -> bool:
        return bool(self.days or self.undated)

    @property
    def lines(self) -> list[tuple[Day | None, Entry]]:
        """The month as a list: what has no day, then day by day what begins on it."""
        dated = [(day, entry) for day in self.days.values() for entry in day.begun]
        return [*((None, entry) for entry in self.undated), *dated]


def agenda(month: Month, filters: Filters) -> Agenda:
    """What stands in a month, in the order of its days."""
    first, last = month.first_day, month.last_day
    found = touching(filters.narrow(Event.objects.listed()), first, last).for_lists()
    items = [item for event in found for item in _items(event)] + [
        Item(Entry(each.of, each.anniversary), each.anniversary.when, each.anniversary.when)
        for each in anniversaries(filters, month.day(1), month.day(month.length))
    ]
    items.sort(key=lambda item: item.of.order)
    days = {number: Day(month.day(number), entries) for number, entries in by_day(items, month).items()}
    return Agenda(month, days, some_time_in(items, month))


def anniversaries(filters: Filters, first: date, last: date) -> list[Coming[Relationship]]:
    return between(filters.bonds(remembered()), first, last)


def _items(event: Event) -> Iterable[Item[Entry]]:
    if event.held:
        yield Item(Entry(event), event.held, event.held_until or event.held)
    if event.planned_for and event.planned_for != event.held:
        yield Item(Entry(event, was_planned=True), event.planned_for, event.planned_for)


def touching(events: EventQuerySet, first: int, last: int) -> EventQuerySet:
    """Events with something in a span of days, in order. "Before 1900" is in no month; a bare year is in all of its."""
    held = Q(held_first__lte=last, end__gte=first, held_first__gt=BEGINNING, end__lt=END)
    planned = Q(planned_for_first__lte=last, planned_for_last__gte=first)
    return (
        events.annotate(end=Coalesce("held_until_last", "held_last"))
        .filter(held | planned)
        .order_by("held_first", F("starts_at").asc(nulls_first=True), "slug")
    )


def of_year(events: EventQuerySet, year: int) -> EventQuerySet:
    """The events of a year: first what is known by the year alone, then month by month, the vaguer before the finer."""
    first, last = days_of(year, 1, 1), days_of(year, 12, 31)
    width = F("held_last") - F("held_first")
    held = events.annotate(end=Coalesce("held_until_last", "held_last"), width=width)
    found = held.filter(held_first__lte=last, end__gte=first, held_first__gt=BEGINNING, end__lt=END)
    by_year = Case(When(width__gte=LONGEST_MONTH, then=Value(0)), default=Value(1))
    hour = F("starts_at").asc(nulls_first=True)
    return found.order_by(by_year, Greatest("held_first", first), "-width", hour, "slug")


@dataclass(frozen=True)
class Reach:
    """From which day to which there are events, and the nearest ones around a span of days."""

    first: int | None
    last: int | None
    before: int | None
    after: int | None


def reach(filters: Filters, first: int, last: int) -> Reach:
    """Running numbers of days; what lies open towards the past or the future does not count."""
    events = filters.narrow(Event.objects.listed()).annotate(end=Coalesce("held_until_last", "held_last"))
    dated = events.filter(held_first__gte=days_of(1, 1, 1), end__lt=END).order_by()
    return Reach(
        **dated.aggregate(
            first=Min("held_first"),
            last=Max("end"),
            before=Max("end", filter=Q(end__lt=first)),
            after=Min("held_first", filter=Q(held_first__gt=last)),
        )
    )


def marks_of_year(
    filters: Filters, year: int, turning: Iterable[Coming[Relationship]]
) -> dict[Month, dict[int, int]]:
    """How many entries each day of a year has, anniversaries among them, for its twelve small sheets."""
    first, last = days_of(year, 1, 1), days_of(year, 12, 31)
    rows = touching(filters.narrow(Event.objects.listed()), first, last).values_list(
        "held", "held_until", "planned_for"
    )
    items = [Item(1, held, until or held) for held, until, _planned in rows]
    items += [Item(1, planned, planned) for held, _until, planned in rows if planned and planned != held]
    items += [Item(1, each.anniversary.when, each.anniversary.when) for each in turning]
    return {
        month: {day: len(held) for day, held in by_day(items, month).items()} for month in months_of(year)
    }


def chapter(event: Event, year: int) -> Month | None:
    """Under which month of a year an event stands; None for what is known by the year alone."""
    when = event.held
    if when is None or when.month is None or lies_open(when):
        return None
    return Month(year, when.month if when.year == year else 1)
