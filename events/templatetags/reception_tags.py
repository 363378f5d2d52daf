"""The next receptions and anniversaries on the front page of the admin."""

from typing import Any

from django import template
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from events import planner
from events.desk_notes import removed_lately
from events.models import Event, Invitation
from events.when import spell_instant
from sistercities.pages.bilingual import current_language

register = template.Library()
SHOWN = 5


@register.inclusion_tag("admin/events/_next_receptions.html")
def next_receptions(user: Any) -> dict[str, Any]:
    """The events that take RSVPs and are not over yet, with their seats, who waits, and whom letters did not reach."""
    if not user.has_perm("events.view_rsvp"):
        return {"receptions": []}
    waiting = Count("rsvps", filter=Q(rsvps__queue_number__isnull=False))
    ahead = Event.objects.filter(ends_at__gt=timezone.now()).order_by("starts_at")
    events = ahead.filter(rsvp_policy__isnull=False).select_related("rsvp_policy")
    events = events.defer("search", "search_text", "body_en", "body_zh_hans")
    rows = events.annotate(waiting_count=waiting, **_unreached())[:SHOWN]
    language = current_language()
    return {
        "receptions": [(event, spell_instant(event.starts_at, event.zone, language)) for event in rows],
        "may_invite": user.has_perm("events.view_invitation"),
    }


def _unreached() -> dict[str, Any]:
    """How many invitations came back, and how many could not be sent: many letters are no matter of the outbox."""
    Letter = Invitation.Letter
    mine = Invitation.objects.live().filter(event=OuterRef("pk")).order_by().values("event")
    counted = {
        name: mine.filter(letter=letter).annotate(count=Count("pk")).values("count")
        for name, letter in (("returned_count", Letter.RETURNED), ("failed_count", Letter.FAILED))
    }
    return {name: Coalesce(Subquery(rows), 0) for name, rows in counted.items()}


@register.inclusion_tag("admin/events/_next_anniversaries.html")
def next_anniversaries(user: Any) -> dict[str, Any]:
    """The anniversaries that come next, and the way to plan an event for them."""
    may_plan = user.has_perm("events.add_event")
    return {"prospects": planner.prospects()[:3] if may_plan else []}


@register.inclusion_tag("admin/events/_personal_data.html")
def guests_data_removed(user: Any) -> dict[str, Any]:
    """What the worker, or staff, removed lately of what guests told."""
    return {"removed": removed_lately() if user.has_perm("events.view_rsvp") else []}
