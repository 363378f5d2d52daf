"""What the desk tells of visitors who wrote to the association."""

from collections.abc import Iterator

from django.db.models import Count, Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sistercities import desk
from sistercities.desk import Need, Urgency, far_away
from sistercities.news.models import Enquiry

desk.begins(_("A story"), "admin:news_story_add", "news.add_story")


@desk.needs("news.change_enquiry")
def enquiries(request: HttpRequest) -> Iterator[Need]:
    """What nobody has answered yet, and since when the first of them waits."""
    open_ones = Enquiry.objects.filter(state__in=Enquiry.OPEN).order_by()
    found = open_ones.aggregate(count=Count("pk"), first=Min("received_at"))
    if count := found["count"]:
        words = ngettext("%(count)s enquiry to answer", "%(count)s enquiries to answer", count)
        since = far_away(timezone.localdate(found["first"]), timezone.localdate())
        url = f"{reverse('admin:news_enquiry_changelist')}?state__exact={Enquiry.State.NEW.value}"
        yield Need(
            words % {"count": count}, url, Urgency.NOW, detail=_("the first came %(when)s") % {"when": since}
        )
