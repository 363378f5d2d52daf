"""All that the page of one event holds, asked for in few questions however much it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import (
    Event,
    EventDocument,
    EventPicture,
    Participant,
    ProgrammeItem,
    Remark,
)
from events.occasion import Occasion
from events.series import Neighbours, neighbours, thread
from people.models import Person
from relationships.models import Agreement, Organisation, Signature
from sistercities.news.related import told_in
from sistercities.pages.at_once import columns_of, rows_of
from sistercities.pages.citing import Footnotes
from sistercities.pages.dates import HistoricalDate
from sistercities.pages.models import Document, Picture, Source
from sistercities.pages.models.picture import described

ROLES = {
    Participant.Role.HOST: _("Hosts"),
    Participant.Role.GUEST_OF_HONOUR: _("Guests of honour"),
    Participant.Role.DELEGATION: _("Delegations"),
    Participant.Role.PRESENT: _("Present"),
}
# Of more people the page shows the names alone: a seal for each would weigh more than all that is said of them.
MANY = 16
HALF_A_DAY = timedelta(hours=12)
# Days before an event from which on the press may announce it.
ADVANCE = 92


def with_parts(events: Any) -> Any:
    """Each event with what belongs to it alone, and what its lists show."""
    hosts = Event.hosts.through.objects.filter(event=OuterRef("pk"), organisation__is_shown=True)

    def ours(model: Any) -> QuerySet[Any]:
        return model.objects.filter(event=OuterRef("pk")).order_by("position", "pk")

    return (
        events.for_lists()
        .select_related("marks", "series", "part_of")
        .annotate(
            found_hosts=columns_of(hosts.order_by("organisation__name_en"), Organisation, "organisation__"),
            found_programme=columns_of(ours(ProgrammeItem), ProgrammeItem),
            found_participants=columns_of(ours(Participant), Participant),
            found_pictures=columns_of(
                ours(EventPicture).filter(described("picture__")), Picture, "picture__"
            ),
            found_documents=columns_of(ours(EventDocument), Document, "document__"),
            stories=told_in(Event),
        )
    )


@dataclass
class Record:
    """One event from ``with_parts``, with the pages of others that belong to it, as far as they are public."""

    event: Any

    def __post_init__(self) -> None:
        self.occasion = Occasion(self.event)
        self.hosts = rows_of(Organisation, self.event.found_hosts)
        self.programme = rows_of(ProgrammeItem, self.event.found_programme)
        self.participants = rows_of(Participant, self.event.found_participants)
        self.pictures = rows_of(Picture, self.event.found_pictures)
        self.documents = rows_of(Document, self.event.found_documents)
        remarks = Remark.objects.published().filter(event=self.event)
        self.remarks = list(remarks.select_related("speaker__portrait").order_by("position", "pk"))
        for remark in self.remarks:
            remark.event = self.event  # at hand: whether a remark is public depends on it
        self.agreements = signed_at(self.event) if self.occasion.is_on_record else []
        if not self.occasion.is_on_record:
            self.participants = []
        self.introduce()

    def introduce(self) -> None:
        """Give each part its person, if everybody may read of that person, and all of them their names."""
        parts: list[Any] = [*self.programme, *self.participants]
        wanted = {part.person_id for part in parts if part.person_id}
        people = Person.objects.published().select_related("portrait")
        known: dict[int, Person] = people.in_bulk(wanted) if wanted else {}
        for part in parts:
            part.shown_person = known.get(part.person_id)
        self.participants = [part for part in self.participants if part.person_id in known]
        signers = [sign.person for agreement in self.agreements for sign in agreement.signatures.all()]
        speakers = [remark.speaker for remark in self.remarks]
        if everybody := [*known.values(), *signers, *speakers]:
            prefetch_related_objects(everybody, "names")

    @cached_property
    def footnotes(self) -> Footnotes:
        return Footnotes().add(self.event, *self.agreements)

    @property
    def press(self) -> list[Source]:
        """What the press wrote of it: the sources of that kind that its page cites, but for those of long before."""
        rows = self.footnotes.rows[self.event._meta.label_lower, self.event.pk]
        cited = dict.fromkeys(row.source for row in rows)
        return [
            source
            for source in cited
            if source.kind == Source.Kind.PRESS and self.is_near(source.published_on)
        ]

    def is_near(self, published: HistoricalDate | None) -> bool:
        """Whether what was published then may tell of this event; an obituary of the winter before does not."""
        days = [day for day in (self.event.held_first, self.event.planned_for_first) if day is not None]
        return published is None or not days or published.last_day >= min(days) - ADVANCE

    @property
    def has_seals(self) -> bool:
        """Whether those who were there and those who signed are few enough for a seal each."""
        signatures = sum(len(agreement.signatures.all()) for agreement in self.agreements)
        return len(self.participants) + signatures <= MANY

    @property
    def groups(self) -> list[tuple[Any, list[Participant]]]:
        """Who was there, by role, in the order of the record."""
        by_role = [(ROLES[role], [each for each in self.participants if each.role == role]) for role in ROLES]
        return [(label, rows) for label, rows in by_role if rows]

    @property
    def lead_picture(self) -> Picture | None:
        """The first picture stands at the head of the record; at the head of an invitation stands its card."""
        return None if self.occasion.is_invitation else next(iter(self.pictures), None)

    @property
    def gallery(self) -> list[Picture]:
        return self.pictures[1:] if self.lead_picture else self.pictures

    @property
    def skipped(self) -> int:
        """How many pictures stand elsewhere: those of the gallery are counted on from there."""
        return len(self.pictures) - len(self.gallery)

    @cached_property
    def family(self) -> list[Event]:
        """The sessions of an umbrella event and the events of the same series, with one query for both."""
        ours = Q(part_of=self.event)
        if self.event.series_id:
            ours |= Q(series=self.event.series_id)
        found = Event.objects.listed().filter(ours)
        return list(found.select_related("venue__city").in_order_of_time())

    @property
    def sessions(self) -> list[Occasion]:
        return [Occasion(each) for each in self.family if each.part_of_id == self.event.pk]

    @property
    def umbrella(self) -> Event | None:
        """The event that it is part of, where its address is no secret."""
        above = self.event.part_of
        hidden = above is None or not above.is_public or above.visibility == Event.Visibility.UNLISTED
        return None if hidden else above

    @property
    def in_series(self) -> Neighbours | None:
        series = self.event.series
        if series is None or not series.is_public:
            return None
        return neighbours(thread(each for each in self.family if each.series_id == series.pk), self.event)

    @property
    def on_now(self) -> "OnNow | None":
        is_timed = self.occasion.is_now and self.event.starts_at
        return on_now(self.event, self.programme, timezone.now()) if is_timed else None


def signed_at(event: Event) -> list[Agreement]:
    """What was signed at an event, and by whom."""
    shown = Signature.objects.filter(person__in=Person.objects.published())
    signatures = Prefetch("signatures", shown.select_related("person__portrait"))
    found = Agreement.objects.published().filter(signed_at_events=event)
    return list(found.prefetch_related(signatures).order_by("signed_first", "slug"))


def likely_signed_at(event: Event) -> list[Agreement]:
    """What was signed for its relationships on its days and does not stand on its record: for staff to judge."""
    first, last = event.held_first, event.held_until_last or event.held_last
    if first is None or last is None or last - first > 31:
        return []
    found = Agreement.objects.filter(
        relationship__in=event.relationships.all(), signed_first__gte=first, signed_last__lte=last
    )
    return list(found.exclude(signed_at_events=event))


@dataclass(frozen=True)
class OnNow:
    """What the programme says of this moment."""

    item: ProgrammeItem | None
    following: ProgrammeItem | None


def on_now(event: Event, programme: Sequence[ProgrammeItem], now: datetime) -> OnNow:
    """The line of the programme that goes on, and the one after it."""
    timed = list(moments(event, programme))
    begun = [item for moment, item in timed if moment <= now]
    ahead = [item for moment, item in timed if moment > now]
    return OnNow(begun[-1] if begun else None, ahead[0] if ahead else None)


def moments(event: Event, programme: Iterable[ProgrammeItem]) -> Iterable[tuple[datetime, ProgrammeItem]]:
    """When each line of the programme begins. A time earlier than the one before it is on the next day."""
    day: date = event.local_start.date()
    before = event.local_start.replace(tzinfo=None) - HALF_A_DAY
    for item in programme:
        if item.at is None:
            continue
        while (wall := datetime.combine(day, item.at)) < before:
            day += timedelta(days=1)
        before = wall
        yield wall.replace(tzinfo=event.zone).astimezone(UTC), item
