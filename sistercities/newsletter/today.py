"""What the desk tells of newsletters that were begun and not sent."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities import desk
from sistercities.desk import Need, Urgency, far_away
from sistercities.newsletter.models import Newsletter

SHOWN = 2

desk.begins(_("A newsletter"), "admin:newsletter_newsletter_add", "newsletter.add_newsletter")


@desk.needs("newsletter.change_newsletter")
def begun(request: HttpRequest) -> Iterator[Need]:
    today = timezone.localdate()
    for each in Newsletter.objects.filter(state=Newsletter.State.DRAFT).order_by("-created_at")[:SHOWN]:
        yield Need(
            str(_("A newsletter is begun and not sent")),
            reverse("admin:newsletter_newsletter_change", args=[each.pk]),
            Urgency.SOME_TIME,
            about=str(each.subject),
            detail=far_away(timezone.localdate(each.created_at), today),
        )
