"""What the desk tells of events: guests who wait for us, letters that came back, records unfinished.

All of it is asked in two queries: one over the events to come, and one over those that were held of late.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import planner
from events.coming import at
from events.desk_notes import removed_lately
from events.models import Event, EventPicture, Remark
from events.scoping import within
from events.what_waits import NAMES_WITHIN, letters_lost, with_what_waits
from events.when import spell_instant
from sistercities import desk
from sistercities.desk import Act, Ahead, Need, Urgency, far_away
from sistercities.pages.bilingual import current_language
from sistercities.pages.dates import from_date
from sistercities.pages.models import Status

DRAFT_WITHIN, DRAFT_IS_URGENT = timedelta(days=60), timedelta(days=21)
RECORD_WITHIN, ANNIVERSARIES_WITHIN = 60, 731  # days
EVENTS, ANNIVERSARIES = 20, 5

desk.begins(gettext_lazy("An event"), "admin:events_event_add", "events.add_event")
desk.begins(gettext_lazy("An anniversary reception"), "admin:events_event_plan", "events.add_event")


# --- guests of events to come -----------------------------------------------------------------------------


@desk.needs("events.view_rsvp")
def guests(request: HttpRequest) -> Iterator[Need]:
    """Event by event, the next one first."""
    now = timezone.now()
    coming: QuerySet[Event] = Event.objects.filter(ends_at__gt=now, rsvp_policy__isnull=False).exclude(
        state=Event.State.CANCELLED
    )
    coming = within(request.user, "events.view_rsvp", coming).select_related("rsvp_policy")
    for event in with_what_waits(named(coming), now).order_by("starts_at", "pk")[:EVENTS]:
        for tell in TOLD:
            if need := tell(event, now):
                yield need


def requests(event: Any, now: datetime) -> Need | None:
    count = event.requests
    words = ngettext("%(count)s party asks to come", "%(count)s parties ask to come", count)
    since = far_away(timezone.localdate(event.first_request), timezone.localdate()) if count else ""
    url = address("events_event_guests", event, "status=requested")
    detail = _("you decide; the first asked %(when)s") % {"when": since}
    return need(words, count, url, Urgency.NOW, event, detail)


def lapsing(event: Any, now: datetime) -> Need | None:
    count = event.lapsing
    words = ngettext("%(count)s offer of seats lapses soon", "%(count)s offers of seats lapse soon", count)
    by = moment(event, event.first_lapse) if count else ""
    detail = _("the first on %(moment)s, unless the guest answers") % {"moment": by}
    return need(words, count, address("events_event_seats", event), Urgency.SOON, event, detail)


def unnamed(event: Any, now: datetime) -> Need | None:
    """Named late is as bad as too late: in the last week before the day, and after it."""
    by = event.rsvp_policy.names_by
    count = event.unnamed if by and by - NAMES_WITHIN < now else 0
    words = ngettext("%(count)s companion has no name yet", "%(count)s companions have no name yet", count)
    detail = _("names are wanted by %(moment)s") % {"moment": moment(event, by)} if by else ""
    urgency = Urgency.NOW if by and by < now else Urgency.SOON
    return need(words, count, address("events_event_guests", event, "status=unnamed"), urgency, event, detail)


def freezing(event: Any, now: datetime) -> Need | None:
    count = event.freezing
    words = ngettext(
        "%(count)s seat kept for a delegation has no name yet",
        "%(count)s seats kept for delegations have no name yet",
        count,
    )
    detail = (
        _("names are fixed on %(moment)s") % {"moment": moment(event, event.first_freeze)} if count else ""
    )
    return need(words, count, address("events_event_holds", event), Urgency.SOON, event, detail)


def returned(event: Any, now: datetime) -> Need | None:
    words = ngettext("%(count)s invitation came back", "%(count)s invitations came back", event.returned)
    url = address("events_invitation_overview", event, "state=returned")
    return need(words, event.returned, url, Urgency.NOW, event)


def failed(event: Any, now: datetime) -> Need | None:
    words = ngettext(
        "%(count)s invitation could not be sent", "%(count)s invitations could not be sent", event.failed
    )
    url = address("events_invitation_overview", event, "state=failed")
    return need(words, event.failed, url, Urgency.NOW, event)


def unsent(event: Any, now: datetime) -> Need | None:
    words = ngettext(
        "%(count)s invitation is written and not sent",
        "%(count)s invitations are written and not sent",
        event.unsent,
    )
    url = address("events_invitation_overview", event, "state=unsent")
    return need(words, event.unsent, url, Urgency.SOON, event)


TOLD: tuple[Callable[[Any, datetime], Need | None], ...] = (
    requests,
    returned,
    failed,
    lapsing,
    unnamed,
    freezing,
    unsent,
)


def need(words: str, count: int, url: str, urgency: Urgency, event: Event, detail: str = "") -> Need | None:
    return Need(words % {"count": count}, url, urgency, str(event.title), detail) if count else None


@desk.needs("events.view_mailing")
def letters(request: HttpRequest) -> Iterator[Need]:
    """Free letters of the last two weeks that did not reach all to whom they went."""
    for mailing, count in letters_lost(request.user, timezone.now()):
        words = ngettext(
            "%(count)s letter to a guest did not arrive", "%(count)s letters to guests did not arrive", count
        )
        url, event = reverse("admin:events_mailing", args=[mailing.pk]), str(mailing.event.title)
        yield Need(words % {"count": count}, url, Urgency.SOON, event, str(mailing.subject))


# --- events themselves ------------------------------------------------------------------------------------


@desk.needs("events.change_event")
def drafts(request: HttpRequest) -> Iterator[Need]:
    """An event that is near, and that nobody but staff can see."""
    now = timezone.now()
    near = Event.objects.filter(status=Status.DRAFT, starts_at__range=(now, now + DRAFT_WITHIN))
    for event in named(within(request.user, "events.change_event", near)).order_by("starts_at")[:EVENTS]:
        starts_at = event.starts_at or now
        yield Need(
            _("An event is near, and still a draft"),
            address("events_event_change", event),
            Urgency.NOW if starts_at < now + DRAFT_IS_URGENT else Urgency.SOON,
            about=str(event.title),
            detail=far_away(starts_at.astimezone(event.zone).date(), timezone.localdate()),
        )


@desk.needs("events.change_event")
def records(request: HttpRequest) -> Iterator[Need]:
    """What was held of late, and still has no picture, or no remark, on its page."""
    now = timezone.now()
    held = Event.objects.published().filter(
        ends_at__range=(now - timedelta(days=RECORD_WITHIN), now), state=Event.State.ON, is_illustration=False
    )
    pictures = Exists(EventPicture.objects.filter(event=OuterRef("pk")))
    remarks = Exists(Remark.objects.filter(event=OuterRef("pk")))
    rows = named(within(request.user, "events.change_event", held)).annotate(
        pictured=pictures, spoken_at=remarks
    )
    for event in rows.filter(Q(pictured=False) | Q(spoken_at=False)).order_by("-ends_at")[:EVENTS]:
        lacks = [_("pictures")] if not event.pictured else []
        lacks += [_("remarks")] if not event.spoken_at else []
        yield Need(
            _("The record of an event is not complete"),
            address("events_event_record", event),
            Urgency.SOME_TIME,
            about=str(event.title),
            detail=_("there are no %(things)s yet") % {"things": _(", ").join(lacks)},
        )


@desk.ahead("events.add_event")
def anniversaries(request: HttpRequest) -> Iterator[Ahead]:
    """The next round ones of our bonds: planned already, or to be planned by one press."""
    horizon = from_date(timezone.localdate() + timedelta(days=ANNIVERSARIES_WITHIN)).last_day
    near = [
        each
        for each in planner.prospects()
        if each.when.first_day <= horizon and (each.anniversary.is_round or each.event)
    ]
    mine = at(request.user, "events.view_event", [each.event for each in near if each.event])
    open_ones = [each for each in near if not each.event or each.event.pk in mine]
    for each in open_ones[:ANNIVERSARIES]:
        years = each.anniversary.years
        words = _("%(bond)s: %(years)s years") % {"bond": each.bond.title, "years": years}
        if each.event:
            url = address("events_event_room", each.event)
            yield Ahead(each.when, words, url, _("planned: %(event)s") % {"event": each.event.title})
        else:
            plan = reverse("admin:events_event_plan")
            # Where the day is not known, the page on which it is chosen comes first.
            known = (("bond", str(each.bond.pk)), ("years", str(years))) if each.anniversary.day else ()
            yield Ahead(each.when, words, plan, _("no event is planned"), act=Act(_("Plan it"), plan, known))


@desk.needs("events.view_rsvp")
def removed(request: HttpRequest) -> Iterator[Need]:
    """What the worker, or staff, removed lately of what guests told."""
    for told in removed_lately():
        event = str(told.note.event.title)
        yield Need(told.sentence, reverse("admin:desk_personal_data"), Urgency.NOTE, event, str(told.when))


# --- small things -----------------------------------------------------------------------------------------


def named(events: QuerySet[Event]) -> QuerySet[Any]:
    """Without the long texts."""
    return events.defer("search", "search_text", "names_folded", "language_marks", "body_en", "body_zh_hans")


def address(name: str, event: Event, query: str = "") -> str:
    return reverse(f"admin:{name}", args=[event.pk]) + (f"?{query}" if query else "")


def moment(event: Event, when: datetime) -> str:
    """On the clocks of the place, as all times of an event."""
    return spell_instant(when, event.zone, current_language())
