"""A line of the event room: what there is, or what somebody has to do, and where that is done."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event


class State(StrEnum):
    """How a line is marked: in words and by the frame of a pill."""

    THERE = "complete"
    LACKING = "incomplete"
    NOW = "requested"
    SOON = "wait"
    TODO = "queued"
    GRAVE = "bad"
    OPEN = "draft"

    @property
    def label(self) -> Promise:
        return LABELS[self]


LABELS = {
    State.THERE: pgettext_lazy("of the record", "there"),
    State.LACKING: pgettext_lazy("of the record", "wanting"),
    State.NOW: _("now"),
    State.SOON: _("soon"),
    State.TODO: _("to do"),
    State.GRAVE: _("please look"),
    State.OPEN: _("if there is any"),
}


@dataclass(frozen=True)
class Line:
    """``words`` say what it is; ``url`` leads where it is done, empty for whoever may not."""

    state: State
    words: str
    url: str = ""


def place(name: str, *args: Any, **query: Any) -> str:
    return reverse(
        f"admin:events_{name}", args=args, query={key: value for key, value in query.items() if value}
    )


def on_form(event: Event, part: str = "") -> str:
    """Where the form of an event has a part, such as its pictures."""
    return place("event_change", event.pk) + (f"#{part}" if part else "")
