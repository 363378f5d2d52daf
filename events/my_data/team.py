"""The events that somebody of staff looks after."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import TeamMember
from events.my_data.answers import event_of
from sistercities.my_data import Kept, Whose, lists, tells


def duties_of(whose: Whose) -> QuerySet[TeamMember]:
    if whose.account is None:
        return TeamMember.objects.none()
    return TeamMember.objects.filter(member=whose.account).select_related("event").order_by("pk")


@tells("events_looked_after", gettext_lazy("Events looked after"), place=55)
def tell(whose: Whose) -> list[dict[str, Any]]:
    return [{"event": event_of(each.event), "duty": each.duty} for each in duties_of(whose)]


@lists("events_looked_after")
def in_words(whose: Whose) -> Iterator[Kept]:
    """They go with the account, which is erased last."""
    for each in duties_of(whose):
        words = _("That you look after “%(event)s”: %(duty)s")
        yield Kept(words % {"event": each.event.title, "duty": each.get_duty_display()})
