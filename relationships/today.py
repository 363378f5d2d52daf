"""What the desk tells of the record of the bonds: agreements that run out, directories that wait for somebody."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relationships.models import Agreement, Directory
from sistercities import desk
from sistercities.desk import Act, Ahead, Need, Urgency, far_away
from sistercities.pages.dates import from_date

WITHIN, SHOWN = 183, 6  # half a year; lines

desk.begins(_("An agreement"), "admin:relationships_agreement_add", "relationships.add_agreement")


@desk.ahead("relationships.change_agreement")
def expiring(request: HttpRequest) -> Iterator[Ahead]:
    """Published agreements whose term ends within half a year, and that no other renews."""
    today = from_date(timezone.localdate()).last_day
    renewal = Agreement.objects.filter(renews=OuterRef("pk"))
    found = Agreement.objects.published().filter(expires_last__range=(today, today + WITHIN))
    for each in found.filter(~Exists(renewal)).order_by("expires_last", "pk")[:SHOWN]:
        if each.expires:
            yield Ahead(
                each.expires,
                str(each.title),
                reverse("admin:relationships_agreement_change", args=[each.pk]),
                detail=str(_("expires, and nothing renews it yet")),
                act=Act(str(_("Enter its renewal")), renewal_of(each)),
            )


def renewal_of(agreement: Agreement) -> str:
    """The form for the agreement that renews this one, with what is known of it filled in."""
    known = {
        "renews": agreement.pk,
        "relationship": agreement.relationship_id,
        "kind": Agreement.Kind.RENEWAL.value,
    }
    return f"{reverse('admin:relationships_agreement_add')}?{urlencode(known)}"


@desk.needs("relationships.change_directory")
def directories(request: HttpRequest) -> Iterator[Need]:
    """Lists of bonds that were checked, or that stopped, and go on only when somebody says so."""
    today, State = timezone.localdate(), Directory.State
    words = {
        State.CHECKED: _("A list of bonds is checked, and can be taken in"),
        State.STOPPED: _("Taking in a list of bonds has stopped"),
    }
    waiting = Directory.objects.filter(state__in=words).only("filename", "state", "handed_in_at")
    for each in waiting.order_by("-handed_in_at")[:SHOWN]:
        yield Need(
            str(words[State(each.state)]),
            reverse("admin:relationships_directory_change", args=[each.pk]),
            Urgency.SOON if each.state == State.STOPPED else Urgency.SOME_TIME,
            about=each.filename,
            detail=far_away(timezone.localdate(each.handed_in_at), today),
        )
