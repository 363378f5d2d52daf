"""Events: one address for life, an invitation before the day and a record after it."""

import uuid
import zoneinfo
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from events.models.listing import EventQuerySet, today_number
from events.models.series import Series
from events.models.venue import Venue
from people.models import known_zone
from relationships.models import Agreement, Organisation, Relationship, Sector
from sistercities.pages.bilingual import Bilingual, columns, texts
from sistercities.pages.dates import HistoricalDate, from_date
from sistercities.pages.fields import (
    FIRST_YEAR,
    LAST_YEAR,
    OUT_OF_REACH,
    HistoricalDateField,
    bound,
    within_reach,
)
from sistercities.pages.models import Page

EARLIEST, LATEST = (datetime(year, 1, 1, tzinfo=UTC) for year in (FIRST_YEAR, LAST_YEAR + 1))


def new_uid() -> str:
    """A calendar identifier that stays with the event whatever becomes of its address or date."""
    return f"{uuid.uuid4()}@sistercities"


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
        help_text=_(
            "The day it was to take place before it was postponed. Left empty it is filled with the present date when "
            "you postpone it."
        ),
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
        "place": ("venue", *columns("place")),
        "attendance": columns("attendance"),
    }
    turns_at = ("publish_at", "starts_at", "ends_at")
    # Guests are told of these when staff change them in the form.
    not_restored = (*Page.not_restored, "visibility", "state", "planned_for", "notice_en", "notice_zh_hans")

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
        if self.state == self.State.POSTPONED and self.planned_for is None:
            self.planned_for = self.held
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        if self.state != self.State.ON and not texts(self, "notice"):
            raise ValidationError({"notice_en": _("Say in a notice what became of the event.")})
        # Of long ago every year can be told; of days to come calendars must find the next.
        if late := [
            name for name in ("held", "held_until") if (day := getattr(self, name)) and day.year > LAST_YEAR
        ]:
            raise ValidationError(dict.fromkeys(late, OUT_OF_REACH))

        self.check_umbrella()

    def check_umbrella(self) -> None:
        """Refuse what would make it a part of itself; the database refuses the same by a trigger."""
        above, seen = self.part_of, {self.pk}
        while above is not None:
            if above.pk in seen:
                words = _("“%(event)s” is itself part of this event: neither can contain the other.")
                raise ValidationError({"part_of": words % {"event": self.part_of}})
            seen.add(above.pk)
            above = above.part_of

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
    def awaits_date(self) -> bool:
        """Postponed, and there is no other day yet than the one it was planned for."""
        return self.state == self.State.POSTPONED and self.planned_for in (None, self.held)

    @property
    def has_begun(self) -> bool:
        return self.has_begun_at(timezone.now())

    @property
    def is_over(self) -> bool:
        return self.is_over_at(timezone.now())

    def has_begun_at(self, now: datetime) -> bool:
        if self.awaits_date:
            return False
        if self.starts_at:
            return self.starts_at <= now
        return self.held is None or self.held.first_day <= today_number()

    def is_over_at(self, now: datetime) -> bool:
        """Whether its end has passed; where we know no hours, whether its last day has."""
        if self.awaits_date:
            return False
        if self.ends_at:
            return self.ends_at <= now
        last = self.held_until or self.held
        return last is None or last.last_day < today_number()

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def when(self) -> HistoricalDate | None:
        return self.held

    def further_words(self) -> list[str]:
        words = [*texts(self, "place").values()]
        if self.venue:
            words += texts(self.venue, "name").values()
        for relationship in self.relationships.published():
            words += texts(relationship, "title").values()
        if self.series and self.series.is_public:
            words += texts(self.series, "title").values()
        for item in self.programme.all():
            words += texts(item, "title").values()
        for attendance in self.participants.select_related("person"):
            if attendance.person.is_public:
                words += [
                    *texts(attendance.person, "title").values(),
                    *texts(attendance, "capacity").values(),
                ]
        for host in self.hosts.all():
            words += texts(host, "name").values() if host.is_shown else []
        return words + self._state_in_words()

    def _state_in_words(self) -> list[str]:
        """That it was called off, in all languages, so that whoever searches for it is told."""
        if self.state == self.State.ON:
            return []
        words = []
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                words.append(str(self.get_state_display()))
        return [*words, *texts(self, "notice").values()]
