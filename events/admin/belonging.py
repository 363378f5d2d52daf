"""What is listed on the form of an event, a series and a person, since one looks for it there."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from events.admin.events import EventAdmin, SeriesAdmin
from events.models import Event, Remark
from people.admin import PersonAdmin
from sistercities.pages.admin_belonging import Belonging


def next_remark(event: Event) -> dict[str, Any]:
    """One more speaks after those who have spoken."""
    return {"event": event.pk, "position": event.remarks.count() + 1}


EventAdmin.belonging = [Belonging(_("Remarks"), Remark, "event", next_remark, ordering=("position", "pk"))]
SeriesAdmin.belonging = [
    Belonging(
        _("Events of the series"),
        Event,
        "series",
        lambda series: {"series": series.pk},
        ordering=("held_first", "pk"),
    )
]
PersonAdmin.belonging = [
    *PersonAdmin.belonging,
    Belonging(_("Remarks that they made"), Remark, "speaker", lambda person: {"speaker": person.pk}),
]
