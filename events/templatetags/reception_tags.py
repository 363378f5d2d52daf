"""The next events on the desk, and the hour at the other end of our bonds."""

from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone

from events import coming
from events.when import spell_day, spell_time
from relationships.models import City, Relationship
from sistercities.pages.bilingual import LocalText, current_language

register = template.Library()
CLOCKS = 4


@register.inclusion_tag("admin/events/_next_events.html", takes_context=True)
def next_events(context: Any) -> dict[str, Any]:
    """With their seats as a bar, and the ways to their guests, invitations and letters as far as the reader may go."""
    user = context["request"].user
    return {
        "coming": coming.next_events(user),
        "may_see_guests": user.has_perm("events.view_rsvp"),
        "may_invite": user.has_perm("events.view_invitation"),
        "may_write": user.has_perm("events.view_mailing"),
        "may_plan": user.has_perm("events.add_event"),
        "is_asked": user.has_perm("events.view_event"),
    }


@register.inclusion_tag("admin/_clocks.html")
def clocks() -> dict[str, Any]:
    """Today, and the hour in the cities of our living bonds: whom one may call now, and who is asleep."""
    now, language, own = timezone.now(), current_language(), timezone.get_current_timezone_name()
    ours = Relationship.objects.published().ours().live()
    cities = City.objects.published().filter(memberships__relationship__in=ours, memberships__left=None)
    found: dict[str, LocalText] = {}
    for city in (
        cities.exclude(timezone="").distinct().order_by("pk").only("timezone", "title_en", "title_zh_hans")
    ):
        found.setdefault(city.timezone, city.title)
    shown = sorted(found, key=lambda zone: zone != own)[:CLOCKS]
    hours = [(found[zone], spell_time(now.astimezone(ZoneInfo(zone)), language)) for zone in shown]
    return {"today": spell_day(timezone.localdate(now), language), "clocks": hours}
