"""Events: one address for life, an invitation before the day and a record after it."""

import uuid
import zoneinfo
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Prefetch, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import known_zone
from relationships.models import Agreement, City, Organisation, Party, Relationship, Sector
from sistercities.pages.bilingual import Bilingual
from sistercities.pages.dates import HistoricalDate, from_date
from sistercities.pages.fields import (
    FIRST_YEAR,
    LAST_YEAR,
    OUT_OF_REACH,
    HistoricalDateField,
    bound,
    within_reach,
)
from sistercities.pages.models import Page, PageQuerySet

EARLIEST, LATEST = (datetime(year, 1, 1, tzinfo=UTC) for year in (FIRST_YEAR, LAST_YEAR + 1))


def new_uid() -> str:
    """A calendar identifier that stays with the event whatever becomes of its address or date."""
    return f"{uuid.uuid4()}@sistercities"


class Venue(models.Model):
    """Where people meet."""

    name_en = models.CharField(_("name (English)"), max_length=160)
    name_zh_hans = models.CharField(_("name (Chinese)"), max_length=160, blank=True)
    address_en = models.CharField(_("address (English)"), max_length=240, blank=True)
    address_zh_hans = models.CharField(_("address (Chinese)"), max_length=240, blank=True)
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="venues", verbose_name=_("city"))
    access_en = models.TextField(
        _("access (English)"), blank=True, help_text=_("Step-free ways, lifts, parking, transport.")
    )
    access_zh_hans = models.TextField(_("access (Chinese)"), blank=True)

    name = Bilingual("name")
    address = Bilingual("address")
    access = Bilingual("access")

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name


class Series(Page):
    """Events that follow each other under one name, such as the summits of an alliance in turn in its cities."""

    relationship = models.ForeignKey(
        Relationship,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="series",
        verbose_name=_("relationship"),
    )

    url_name = "events:series_detail"

    class Meta(Page.Meta):
        verbose_name = _("series")
        verbose_name_plural = _("series of events")
        ordering = ["title_en"]


class EventQuerySet(PageQuerySet):
    def listed(self) -> Self:
        """What lists, calendars and search may name; an unlisted event is open to whoever has its address."""
        return self.published().exclude(visibility=Event.Visibility.UNLISTED)

    def upcoming(self, now: datetime | None = None) -> Self:
        """Not over yet, the nearest first."""
        return self.filter(ends_at__gt=now or timezone.now()).order_by("starts_at")

    def past(self, now: datetime | None = None) -> Self:
        """Over, the latest first; an event of long ago may have only a historical date."""
        return self.filter(Q(ends_at=None) | Q(ends_at__lte=now or timezone.now())).order_by(
            "-held_first", "-starts_at"
        )

    def in_calendar_order(self, now: datetime | None = None) -> Self:
        """What is to come first, the nearest leading; then what is over, the latest leading."""
        to_come = Q(ends_at__gt=now or timezone.now())
        return self.annotate(
            is_to_come=Case(When(to_come, then=True), default=False),
            nearest=Case(When(to_come, then="starts_at")),
        ).order_by("-is_to_come", "nearest", "-held_first", "-starts_at", "slug")

    def for_lists(self) -> Self:
        parties = Prefetch("relationships__parties", Party.objects.select_related("city"))
        return self.select_related("venue__city").prefetch_related("relationships", parties)


class Event(Page):
    """A gathering. One that takes RSVPs has aware instants and a time zone; one of long ago may have only a date.

    ``held`` and ``held_until`` are the local dates, derived from the instants where there are any.
    """

    class Kind(models.TextChoices):
        RECEPTION = "reception", _("reception")
        SIGNING = "signing", _("signing")
        SUMMIT = "summit", _("summit")
        MEETING = "meeting", _("meeting")
        VISIT = "visit", _("visit")
        CULTURE = "culture", _("cultural event")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("public")
        LISTED = "listed", _("listed, by invitation")
        UNLISTED = "unlisted", _("unlisted")

    class State(models.TextChoices):
        ON = "on", _("takes place")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.RECEPTION)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True, validators=[within_reach])
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True, validators=[within_reach])
    timezone = models.CharField(
        _("time zone"),
        max_length=60,
        blank=True,
        validators=[known_zone],
        help_text=_("IANA name, such as America/Los_Angeles."),
    )
    held = HistoricalDateField(_("held on"), null=True, blank=True, bounds=("held_first", "held_last"))
    held_first = bound()
    held_last = bound()
    held_until = HistoricalDateField(
        _("until"), null=True, blank=True, bounds=("held_until_first", "held_until_last")
    )
    held_until_first = bound()
    held_until_last = bound()
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("venue")
    )
    place_en = models.CharField(
        _("place (English)"), max_length=160, blank=True, help_text=_("Where there is no venue on record.")
    )
    place_zh_hans = models.CharField(_("place (Chinese)"), max_length=160, blank=True)
    hosts = models.ManyToManyField(Organisation, blank=True, related_name="events", verbose_name=_("hosts"))
    relationships = models.ManyToManyField(
        Relationship, blank=True, related_name="events", verbose_name=_("relationships")
    )
    sectors = models.ManyToManyField(Sector, blank=True, related_name="events", verbose_name=_("sectors"))
    series = models.ForeignKey(
        Series,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("series"),
        help_text=_("Events that follow each other under one name, year after year."),
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("part of"),
        help_text=_("The larger event within which it takes place, such as a summit or a week."),
    )
    signed = models.ManyToManyField(
        Agreement, blank=True, related_name="signed_at_events", verbose_name=_("what was signed there")
    )
    attendance_en = models.CharField(
        _("attendance (English)"),
        max_length=200,
        blank=True,
        help_text=_("How many came, in the words of the source: more than 700."),
    )
    attendance_zh_hans = models.CharField(_("attendance (Chinese)"), max_length=200, blank=True)
    marks = models.ForeignKey(
        Relationship,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="celebrations",
        verbose_name=_("marks the anniversary of"),
    )
    marks_years = models.PositiveSmallIntegerField(_("years marked"), null=True, blank=True)
    dress_code_en = models.CharField(_("dress (English)"), max_length=120, blank=True)
    dress_code_zh_hans = models.CharField(_("dress (Chinese)"), max_length=120, blank=True)
    spoken_en = models.CharField(_("languages and interpretation (English)"), max_length=200, blank=True)
    spoken_zh_hans = models.CharField(_("languages and interpretation (Chinese)"), max_length=200, blank=True)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ON)
    planned_for = HistoricalDateField(
        _("was planned for"),
        null=True,
        blank=True,
        bounds=("planned_for_first", "planned_for_last"),
        help_text=_("The day it was to take place before it was postponed."),
    )
    planned_for_first = bound()
    planned_for_last = bound()
    notice_en = models.CharField(
        _("notice (English)"),
        max_length=300,
        blank=True,
        help_text=_("Why it is postponed or cancelled, and what now."),
    )
    notice_zh_hans = models.CharField(_("notice (Chinese)"), max_length=300, blank=True)
    is_illustration = models.BooleanField(
        _("an illustration"),
        default=False,
        help_text=_("Made up to show how the site works; the page says so."),
    )
    ics_uid = models.CharField(max_length=80, unique=True, default=new_uid, editable=False)
    ics_sequence = models.PositiveIntegerField(default=0, editable=False)

    place_text = Bilingual("place")
    dress_code = Bilingual("dress_code")
    spoken = Bilingual("spoken")
    notice = Bilingual("notice")
    attendance = Bilingual("attendance")

    objects: ClassVar[models.Manager[Any]] = EventQuerySet.as_manager()

    url_name = "events:event_detail"
    parts = ("programme", "participants", "gallery", "documents", "citations")
    claims = {
        "held": ("held",),
        "place": ("venue", "place_en", "place_zh_hans"),
        "attendance": ("attendance_en", "attendance_zh_hans"),
    }
    turns_at = ("publish_at", "starts_at", "ends_at")

    class Meta(Page.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = [F("held_first").desc(nulls_last=True), "slug"]
        constraints = [
            *Page.Meta.constraints,
            models.CheckConstraint(
                name="event_ends_after_start",
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("An event has both a start and a later end, or neither."),
            ),
            models.CheckConstraint(
                name="event_within_reach",
                condition=Q(starts_at=None) | Q(starts_at__gte=EARLIEST, ends_at__lt=LATEST),
                violation_error_message=OUT_OF_REACH,
            ),
            models.CheckConstraint(
                name="event_not_part_of_itself",
                condition=~Q(part_of=F("pk")),
                violation_error_message=_("An event cannot be part of itself."),
            ),
            models.CheckConstraint(
                name="event_instant_has_zone",
                condition=Q(starts_at=None) | ~Q(timezone=""),
                violation_error_message=_("An event with a time of day needs its time zone."),
            ),
            models.CheckConstraint(
                name="event_has_date",
                condition=Q(starts_at__isnull=False) | Q(held__isnull=False),
                violation_error_message=_("Give a start, or for an event of the past at least its date."),
            ),
            models.CheckConstraint(
                name="event_marks_with_years",
                condition=Q(marks=None, marks_years=None) | Q(marks__isnull=False, marks_years__gt=0),
                violation_error_message=_("An anniversary needs the relationship and the number of years."),
            ),
        ]

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_dates()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        if self.state != self.State.ON and not (self.notice_en or self.notice_zh_hans):
            raise ValidationError({"notice_en": _("Say in a notice what became of the event.")})
        # Of long ago every year can be told; of days to come calendars must find the next.
        if late := [
            name for name in ("held", "held_until") if (day := getattr(self, name)) and day.year > LAST_YEAR
        ]:
            raise ValidationError(dict.fromkeys(late, OUT_OF_REACH))

    def set_dates(self) -> None:
        """The local dates follow from the instants."""
        if self.starts_at and self.ends_at and self.timezone:
            first, last = self.local_start.date(), self.local_end.date()
            self.held = from_date(first)
            # What ends after midnight still belongs to the evening it began.
            whole_night = last != first and (self.ends_at - self.starts_at).total_seconds() < 12 * 3600
            self.held_until = None if whole_night or last == first else from_date(last)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone or "UTC")

    @property
    def local_start(self) -> datetime:
        """The start on the clocks of the place. Raises ValueError where the event has only a historical date."""
        return self._on_clocks(self.starts_at)

    @property
    def local_end(self) -> datetime:
        """The end on the clocks of the place. Raises ValueError where the event has only a historical date."""
        return self._on_clocks(self.ends_at)

    def _on_clocks(self, instant: datetime | None) -> datetime:
        if instant is None:
            raise ValueError(f"{self.slug} has no time of day")
        return instant.astimezone(self.zone)

    @property
    def has_begun(self) -> bool:
        return self.starts_at is None or self.starts_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at is None or self.ends_at <= timezone.now()

    @property
    def is_now(self) -> bool:
        return self.has_begun and not self.is_over

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def when(self) -> HistoricalDate | None:
        return self.held

    def further_words(self) -> list[str]:
        words = [self.place_en, self.place_zh_hans]
        if self.venue:
            words += [self.venue.name_en, self.venue.name_zh_hans]
        for relationship in self.relationships.all():
            words += [relationship.title_en, relationship.title_zh_hans]
        return words
