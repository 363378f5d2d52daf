"""Which events a list names, and in which order: what is to come, what waits for a new date, what is over."""

from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.db.models import Case, DateTimeField, ExpressionWrapper, F, Prefetch, Q, Value, When
from django.utils import timezone
from django.utils.timezone import localdate

from relationships.models import Party
from sistercities.pages.dates import from_date
from sistercities.pages.models import PageQuerySet

EPOCH, ONE_DAY = datetime(1970, 1, 1, tzinfo=UTC), timedelta(days=1)
# Postponed, and still on the day it was planned for: there is no other yet.
AWAITS_DATE = Q(state="postponed") & (Q(planned_for=None) | Q(planned_for=F("held")))


def today_number() -> int:
    """Today on the association's calendar, as the bounds of historical dates count."""
    return from_date(localdate()).first_day


def not_over(now: datetime | None = None) -> Q:
    """Whose end is still ahead; where we know no hours, whose last day has not passed."""
    today = today_number()
    last_day = Q(held_until_last__gte=today) | Q(held_until=None, held_last__gte=today)
    return Q(ends_at__gt=now or timezone.now()) | Q(ends_at=None) & last_day


class EventQuerySet(PageQuerySet):
    def visible_to(self, viewer: Any) -> Self:
        """Whoever looks after an event opens its draft too."""
        open_to_all = super().visible_to(viewer)
        if (
            not viewer.is_staff
            or viewer.has_perm("pages.view_drafts")
            or not viewer.has_perm("events.view_event")
        ):
            return open_to_all
        own = self.model._default_manager.filter(team__member=viewer)
        return self.filter(Q(pk__in=own.values("pk")) | Q(pk__in=open_to_all.values("pk")))

    def listed(self) -> Self:
        """What lists, calendars and search may name; an unlisted event is open to whoever has its address."""
        return self.published().exclude(visibility="unlisted")

    def awaiting_date(self) -> Self:
        """Postponed without a new date: neither to come nor over; what was planned for last leads."""
        return self.filter(AWAITS_DATE).order_by("-held_first", "slug")

    def upcoming(self, now: datetime | None = None) -> Self:
        """Not over yet, the nearest first."""
        return self.filter(not_over(now)).exclude(AWAITS_DATE).order_by(nearest(), "slug")

    def past(self, now: datetime | None = None) -> Self:
        """Over, the latest first; an event of long ago may have only a historical date."""
        over = self.exclude(not_over(now)).exclude(AWAITS_DATE)
        return over.order_by("-held_first", "-starts_at")

    def in_calendar_order(self, now: datetime | None = None) -> Self:
        """What is to come, the nearest leading; what waits for a new date; what is over, the latest leading."""
        rank = Case(When(AWAITS_DATE, then=1), When(not_over(now), then=0), default=2)
        coming = Case(When(not_over(now) & ~AWAITS_DATE, then=nearest()))
        return self.annotate(rank=rank, nearest=coming).order_by(
            "rank", "nearest", "-held_first", "-starts_at", "slug"
        )

    def in_order_of_time(self) -> Self:
        """As they follow each other, the first leading."""
        return self.order_by(
            F("held_first").asc(nulls_last=True), F("starts_at").asc(nulls_last=True), "slug"
        )

    def for_lists(self) -> Self:
        parties = Prefetch("relationships__parties", Party.objects.select_related("city"))
        return self.select_related("venue__city").prefetch_related("relationships", parties)


def nearest() -> Case:
    """The moment an event begins; of one without hours, its first day. Only for what is to come: no clock is older."""
    first_day = ExpressionWrapper(
        Value(EPOCH) + F("held_first") * Value(ONE_DAY), output_field=DateTimeField()
    )
    # Far in the past, where no clock reaches, the day of today stands in: such rows are never sorted by it.
    return Case(
        When(starts_at__isnull=False, then="starts_at"),
        When(held_first__gte=0, then=first_day),
        output_field=DateTimeField(),
    )
