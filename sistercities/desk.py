"""The desk: what needs somebody today, what comes next, and what one may begin; the first page of the admin.

Each app tells of its own in a module ``today``. What it tells is asked for anew with every view of the desk, in as many
queries however much there is, and only of those whose rights let them do something about it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

T = TypeVar("T")
DAYS_IN_WORDS = 60


class Urgency(IntEnum):
    """When it wants to be done."""

    NOW = 0
    SOON = 1
    SOME_TIME = 2
    NOTE = 3

    @property
    def label(self) -> Promise:
        return LABELS[self]


LABELS = {
    Urgency.NOW: _("Today"),
    Urgency.SOON: _("In the next days"),
    Urgency.SOME_TIME: _("When there is time"),
    Urgency.NOTE: _("Good to know"),
}


@dataclass(frozen=True)
class Need:
    """One thing to do, in a sentence, and the page on which it is done; ``about`` says of what, ``detail`` by when."""

    words: str
    url: str
    urgency: Urgency = Urgency.SOON
    about: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Act:
    """What can be done at once: a link or, with fields, a button that sends them."""

    label: str
    url: str
    fields: tuple[tuple[str, str], ...] = ()


class Day(Protocol):
    """A day, or a month or year where no more is known: a historical date, which this module need not know."""

    @property
    def last_day(self) -> int: ...

    @property
    def as_date(self) -> date | None: ...


@dataclass(frozen=True)
class Ahead:
    """Something that comes on a day, or in a month or year where no more is known; ``at`` is its hour, if any."""

    when: Day
    words: str
    url: str
    detail: str = ""
    at: datetime | None = None
    act: Act | None = None

    @property
    def distance(self) -> str:
        """How far away it is, where the day is known: in 16 days."""
        day = self.when.as_date
        return far_away(day, timezone.localdate()) if day else ""


@dataclass(frozen=True)
class Beginning:
    """Something new that staff often make."""

    label: Promise | str
    url_name: str

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Registered(Generic[T]):
    """What an app added, for whoever has any of these permissions; without any, for all staff."""

    permissions: tuple[str, ...]
    what: T

    def is_for(self, request: HttpRequest) -> bool:
        return not self.permissions or any(map(request.user.has_perm, self.permissions))


FindsNeeds = Callable[[HttpRequest], Iterable[Need]]
Foresees = Callable[[HttpRequest], Iterable[Ahead]]
_needs: list[Registered[FindsNeeds]] = []
_ahead: list[Registered[Foresees]] = []
_beginnings: list[Registered[Beginning]] = []


def needs(*permissions: str) -> Callable[[FindsNeeds], FindsNeeds]:
    """``@desk.needs("mail.view_message")``: yields what somebody should do; it narrows to the reader's own events."""

    def add(find: FindsNeeds) -> FindsNeeds:
        _needs.append(Registered(permissions, find))
        return find

    return add


def ahead(*permissions: str) -> Callable[[Foresees], Foresees]:
    """``@desk.ahead("pages.view_drafts")``: yields what comes by itself, on a day."""

    def add(find: Foresees) -> Foresees:
        _ahead.append(Registered(permissions, find))
        return find

    return add


def begins(label: Promise | str, url_name: str, permission: str) -> None:
    """Something new for the row of buttons at the head of the desk."""
    _beginnings.append(Registered((permission,), Beginning(label, url_name)))


@dataclass(frozen=True)
class Desk:
    """What lies on the desk of one reader."""

    needs: list[tuple[Urgency, list[Need]]]
    ahead: list[Ahead]
    beginnings: list[Beginning]

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits for anybody; what is only good to know keeps nobody."""
        return all(urgency is Urgency.NOTE for urgency, _needs in self.needs)


def desk_of(request: HttpRequest) -> Desk:
    """All that the apps have to tell whoever looks."""
    autodiscover_modules("today")
    found = [need for each in _needs if each.is_for(request) for need in each.what(request)]
    found.sort(key=lambda need: need.urgency)
    days = [day for each in _ahead if each.is_for(request) for day in each.what(request)]
    return Desk(
        [(urgency, list(rows)) for urgency, rows in groupby(found, key=lambda need: need.urgency)],
        sorted(days, key=lambda each: (each.when.last_day, each.at is None, each.at)),
        [each.what for each in _beginnings if each.is_for(request)],
    )


def greeting(now: datetime) -> str:
    """As one greets at this hour of the reader's own clock."""
    hour = timezone.localtime(now).hour
    if hour < 5 or hour >= 18:
        return gettext("Good evening")
    return gettext("Good morning") if hour < 12 else gettext("Good afternoon")


def far_away(day: date, today: date) -> str:
    """Today, tomorrow, in 16 days, in 4 months."""
    days = (day - today).days
    if days < 0:
        return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}
    if days < 2:
        return gettext("tomorrow") if days else gettext("today")
    if days < DAYS_IN_WORDS:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    months = round(days / 30.44)
    return ngettext("in %(months)s month", "in %(months)s months", months) % {"months": months}
