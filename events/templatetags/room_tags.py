"""The tabs of an event in the admin: each leads to a part of the room, as far as the reader may see it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event, TeamMember
from events.when import spell_instant
from people.roles import Scope, duties, scope
from sistercities.pages.bilingual import current_language
from sistercities.pages.curating import date_in_words

register = template.Library()


@dataclass(frozen=True)
class Tab:
    """One tab: the word by which a page says that it is there, its place, who sees it, and the tabs within it."""

    name: str
    label: Promise
    url_name: str
    permission: str
    with_rules: bool = True
    fragment: str = ""
    inner: tuple["Tab", ...] = ()


TABS = (
    Tab("room", _("Overview"), "events_event_room", "events.view_event", with_rules=False),
    Tab("guests", _("Guests"), "events_event_guests", "events.view_rsvp"),
    Tab("invitations", _("Invitations"), "events_invitation_overview", "events.view_invitation"),
    Tab("seats", _("Waiting list"), "events_event_seats", "events.view_rsvp"),
    Tab("holds", _("Delegations"), "events_event_holds", "events.view_rsvp"),
    Tab(
        "programme",
        _("Programme and remarks"),
        "events_event_programme",
        "events.view_event",
        with_rules=False,
    ),
    Tab(
        "letters",
        _("Letters and questions"),
        "events_event_letters",
        "events.view_rsvp",
        inner=(
            Tab(
                "letters", _("Letters that go out by themselves"), "events_event_letters", "events.view_rsvp"
            ),
            Tab("mailings", _("Write to guests"), "events_event_mailings", "events.view_mailing"),
            Tab("questions", _("Questions"), "events_event_questions", "events.view_question"),
            Tab("replies", _("Answers to questions"), "events_event_replies", "events.view_rsvp"),
        ),
    ),
    Tab(
        "record",
        pgettext_lazy("of an event", "Record"),
        "events_event_record",
        "events.view_event",
        with_rules=False,
    ),
    Tab("rules", _("Event and rules"), "events_event_change", "events.view_event", with_rules=False),
)

# Where the handbook tells of a tab; of all others under "room".
HELP = {
    "guests": "guests",
    "invitations": "invitations",
    "seats": "waiting-list",
    "holds": "delegations",
    "letters": "letter-texts",
    "mailings": "writing",
    "questions": "questions",
    "replies": "questions",
}


class Sight:
    """What one reader sees of one event; whoever has own events only, is asked about this one once."""

    def __init__(self, user: Any, event: Event) -> None:
        self.user, self.event = user, event

    @cached_property
    def has_rules(self) -> bool:
        return hasattr(self.event, "rsvp_policy")

    @cached_property
    def duties_here(self) -> set[str]:
        team = TeamMember.objects.filter(member=self.user, event=self.event)
        return set(team.values_list("duty", flat=True))

    def may(self, permission: str) -> bool:
        where = scope(self.user, permission)
        if where is Scope.OWN:
            return not self.duties_here.isdisjoint(duties(self.user, permission))
        return where is Scope.ALL

    def shows(self, tab: Tab) -> bool:
        return (self.has_rules or not tab.with_rules) and self.may(tab.permission)


def _shown(tab: Tab, sight: Sight, current: str) -> dict[str, Any]:
    return {
        "label": tab.label,
        "url": reverse(f"admin:{tab.url_name}", args=[sight.event.pk]) + tab.fragment,
        "is_current": current == tab.name or current in {each.name for each in tab.inner},
        "is_page": current == tab.name,
        "inner": [_shown(each, sight, current) for each in tab.inner if sight.shows(each)],
    }


@register.inclusion_tag("admin/events/event/_room_tabs.html", takes_context=True)
def room_tabs(context: Any, event: Event, current: str = "") -> dict[str, Any]:
    """``{% room_tabs event "guests" %}``: the tabs, and below them those within the one that is open."""
    user = getattr(context.get("request"), "user", None) or context["user"]
    sight = Sight(user, event)
    shown = [_shown(tab, sight, current) for tab in TABS if sight.shows(tab)]
    inner: list[Any] = next((tab["inner"] for tab in shown if tab["is_current"]), [])
    return {"tabs": shown, "inner": inner, "event": event}


@register.simple_tag
def room_when(event: Event) -> str:
    """When it is: the start on the clocks of the place, or the date as far as it is known."""
    if event.starts_at:
        return spell_instant(event.starts_at, event.zone, current_language())
    return date_in_words(event.held)


@register.simple_tag
def room_anchor(tab: str = "") -> str:
    """The place of the handbook that tells of a tab."""
    return HELP.get(tab, "room")
