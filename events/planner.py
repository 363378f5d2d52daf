"""The anniversary planner: from a bond's next anniversary and what was done last time, the draft of an event.

It writes a draft and nothing else: nobody is told, nothing is published.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from events.models import Event, ProgrammeItem, RsvpPolicy
from events.numbers import ordinal
from events.occasion import Occasion
from events.planned_words import GATHERINGS, REMARKS, announced, columns_of
from people.models import Member, Person
from relationships.almanac import ahead as nearest
from relationships.almanac import lasts_on
from relationships.anniversaries import ROUND, Anniversary, day_in, next_anniversary
from relationships.models import City, Organisation, Relationship
from sistercities.pages.addresses import free_address
from sistercities.pages.bilingual import column, languages, texts
from sistercities.pages.dates import HistoricalDate
from sistercities.pages.fields import LAST_YEAR
from sistercities.pages.publishing import refresh

OFFERED = 100  # bonds, those with the nearest anniversaries
EVENING, DURATION = time(18, 30), timedelta(hours=2, minutes=30)
# What an event takes over from the last one as it stands; texts in all languages.
KEPT = ("visibility", "venue_id", "series_id")
KEPT_TEXTS = ("place", "dress_code", "spoken")
KEPT_RULES = (
    "mode",
    "seat_limit",
    "largest_party",
    "waiting_list",
    "promotion",
    "offer_hours",
    "members_first",
    "verify_email",
    "reminder_days",
    "sends_thanks",
    "reply_to_name",
    "reply_to_email",
)


@dataclass(frozen=True)
class Prospect:
    """An anniversary that could be celebrated, and the event planned for it, if there is one."""

    bond: Relationship
    anniversary: Anniversary
    event: Event | None

    @property
    def when(self) -> HistoricalDate:
        """The day; of a bond whose day is not known the month or the year."""
        began = self.bond.established
        if self.anniversary.day or not began:
            return self.anniversary.when
        return HistoricalDate(self.anniversary.year, began.month)


def prospects(today: date | None = None) -> list[Prospect]:
    """The next anniversary of each live bond and its next round one, the nearest first."""
    today = today or localdate()
    bonds = list(nearest(today).prefetch_related("suspensions")[:OFFERED])
    planned: dict[tuple[int, int], Event] = {}
    for event in Event.objects.filter(marks__in=bonds).exclude(state=Event.State.CANCELLED).order_by("pk"):
        planned.setdefault((event.marks_id, event.marks_years), event)
    found = [
        Prospect(bond, each, planned.get((bond.pk, each.years)))
        for bond in bonds
        for each in ahead(bond, today)
        if lasts_on(bond, each.day or today)
    ]
    return sorted(found, key=lambda each: (each.when.first_day, -each.anniversary.years))


def ahead(bond: Relationship, today: date) -> list[Anniversary]:
    """The anniversary that comes next and, where that is another, the next round one."""
    began = bond.established
    nearest = next_anniversary(began, today) if began else None
    if not began or nearest is None:
        return []
    years = nearest.years + -nearest.years % ROUND
    year = began.year + years
    if years == nearest.years or year > LAST_YEAR:
        return [nearest]
    day = day_in(began, year)
    return [nearest, Anniversary(years, year, day, (day - today).days if day else None)]


@transaction.atomic
def plan(
    bond: Relationship, years: int, day: date | None = None, *, by: Member | None = None
) -> tuple[Event, bool]:
    """The draft of an event for an anniversary, and whether it was made now; a second call finds the first one's.

    ``day`` is needed only where the bond's own is not known. Raises ValidationError where it does not fit.
    """
    # One at a time, so that pressing twice makes one draft.
    bond = Relationship.objects.select_for_update(of=("self",)).with_cities().get(pk=bond.pk)
    there = Event.objects.filter(marks=bond, marks_years=years).exclude(state=Event.State.CANCELLED)
    if event := there.order_by("pk").first():
        return event, False
    before = last_time(bond)
    event = drafted(bond, years, day_of(bond, years, day), before)
    event.full_clean()
    event.save()
    event.relationships.add(bond)
    event.hosts.set((before.hosts.all() if before else None) or own_association())
    if before:
        copy_programme(before, event)
        copy_rules(before, event)
    refresh(event, by=by)
    return event, True


def day_of(bond: Relationship, years: int, wanted: date | None) -> date:
    """The day of an anniversary: the bond's own, or the one that staff chose in the year, or month, that is known."""
    began = bond.established
    if not began:
        raise ValidationError(_("Nobody knows when this bond was made: it has no anniversaries."))
    if known := day_in(began, began.year + years):
        return known
    if wanted is None:
        raise ValidationError(_("Only the year of this bond is known: choose a day."))
    if wanted.year != began.year + years or began.month not in (None, wanted.month):
        raise ValidationError(_("Choose a day in the time when the bond turns this old."))
    return wanted


def last_time(bond: Relationship) -> Event | None:
    """What an anniversary of the bond was last marked with; failing that, its last reception."""
    held = Event.objects.published().past().filter(state=Event.State.ON, is_illustration=False)
    known = held.select_related("venue__city").prefetch_related("programme__person", "hosts")
    marked = known.filter(marks=bond).first()
    return marked or known.filter(relationships=bond, kind=Event.Kind.RECEPTION).first()


def drafted(bond: Relationship, years: int, day: date, before: Event | None) -> Event:
    """The event itself, not saved yet: the words, the day, and what stays as it was last time."""
    home = home_of(bond)
    city = Occasion(before).city if before else home
    kind = before.kind if before and before.kind in GATHERINGS else Event.Kind.RECEPTION
    zone = zone_of(before, city or home)
    starts_at, ends_at = hours_on(day, before, zone)
    event = Event(
        slug=free_address(Event, f"{bond.slug[:90]}-{ordinal(years)}-anniversary"),
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        timezone=zone.key,
        marks=bond,
        marks_years=years,
        **columns_of(announced(bond, years, kind, city), title=200),
    )
    if before:
        for name in (*KEPT, *(column(name, code) for name in KEPT_TEXTS for code in languages())):
            setattr(event, name, getattr(before, name))
    elif home:
        for code, name in texts(home, "title").items():
            setattr(event, column("place", code), name[:160])
    return event


def home_of(bond: Relationship) -> City | None:
    """The city of the bond where the association is at home; failing that, the first."""
    at_home = (city for city in bond.cities if city.timezone == settings.TIME_ZONE)
    return next(at_home, next(iter(bond.cities), None))


def own_association() -> Iterable[Organisation]:
    return Organisation.objects.filter(name_en=settings.SITE_NAME["en"])


def zone_of(before: Event | None, city: City | None) -> ZoneInfo:
    if before and before.timezone:
        return before.zone
    return ZoneInfo((city.timezone if city else "") or settings.TIME_ZONE)


def hours_on(day: date, before: Event | None, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Start and end on a day by the clocks of the place, at the hours of last time; else of an evening."""
    if before and before.starts_at:
        first, last = (each.replace(tzinfo=None) for each in (before.local_start, before.local_end))
        begins, lasts = first.time(), last - first
    else:
        begins, lasts = first_hour(before), DURATION
    wall = datetime.combine(day, begins)
    starts_at, ends_at = instant(wall, zone), instant(wall + lasts, zone)
    # In the night in which clocks are put back or forward, the hours of last time may end before they begin.
    return starts_at, max(ends_at, starts_at + timedelta(minutes=30))


def first_hour(before: Event | None) -> time:
    known = [item.at for item in before.programme.all() if item.at] if before else []
    return known[0] if known else EVENING


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which clocks show this; where they skip it, as much later as they are put forward."""
    return wall.replace(tzinfo=zone).astimezone(UTC)


def copy_programme(before: Event, event: Event) -> None:
    """The lines of last time at their times, without the persons of last time, and with the new number of years."""
    people = known_at(before)
    for item in before.programme.all():
        titles = texts(item, "title")
        if names_somebody(item, titles, people):
            titles = REMARKS
        if before.marks_years and event.marks_years:
            years = partial(recounted, before=before.marks_years, now=event.marks_years)
            titles = {code: years(title) for code, title in titles.items()}
        values = {column("title", code): title for code, title in titles.items()}
        ProgrammeItem.objects.create(event=event, position=item.position, at=item.at, **values)


def known_at(event: Event) -> list[Person]:
    """Whoever is on record at an event."""
    there = Person.objects.filter(attended__event=event) | Person.objects.filter(remarks__event=event)
    return [*there.distinct(), *(item.person for item in event.programme.all() if item.person)]


def names_somebody(item: ProgrammeItem, titles: dict[str, str], people: Iterable[Person]) -> bool:
    """Whether a line of the programme names a person: of whose line it is a part of the name will do."""
    names = {name for person in people for name in texts(person, "title").values()}
    if item.person:
        for code, name in texts(item.person, "title").items():
            parts = name.split() if " " in name or code != "zh-hans" else [name[0]]
            names |= {part for part in parts if len(part) > 2 or code == "zh-hans"}
    return any(name in title for title in titles.values() for name in names if name)


def recounted(title: str, *, before: int, now: int) -> str:
    """40 years in pictures, 40th anniversary: the same with the new number."""
    title = re.sub(rf"(?<!\d){ordinal(before)}\b", ordinal(now), title)
    return re.sub(rf"(?<!\d){before}(?!\d|:|st|nd|rd|th)", str(now), title)


def copy_rules(before: Event, event: Event) -> None:
    """How it took RSVPs, without what came of it; its dates as long before the start as they were."""
    rules = RsvpPolicy.objects.filter(event=before).first()
    if rules is None:
        return
    event.rsvp_policy = RsvpPolicy.objects.create(
        event=event,
        opens_at=moved(rules.opens_at, before, event),
        closes_at=moved(rules.closes_at, before, event),
        names_by=moved(rules.names_by, before, event),
        **{name: getattr(rules, name) for name in KEPT_RULES},
    )


def moved(moment: datetime | None, before: Event, event: Event) -> datetime | None:
    """A moment as many days before the event as it was, at the same hour by the clocks of the place."""
    if moment is None or before.starts_at is None:
        return None
    wall = moment.astimezone(before.zone).replace(tzinfo=None)
    shift = event.local_start.date() - before.local_start.date()
    return instant(wall + shift, event.zone)
