"""What was said at events: one speech, paragraph by paragraph in both languages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events import front
from events.models import Remark
from events.occasion import Occasion
from events.speech import Speech
from sistercities.pages.bilingual import current_language
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes


@require_safe
@public_page
def remark_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One speech, both languages side by side."""
    remarks = Remark.objects.visible_to(request.user).with_speaker()
    remark = get_object_or_404(
        remarks.select_related("event__venue__city", "read_by").prefetch_related(
            "segments", "event__relationships__parties__city"
        ),
        slug=slug,
    )
    footnotes = Footnotes().add(remark)
    siblings = list(Remark.objects.published().filter(event=remark.event).with_speaker())
    before, after = front.neighbours(siblings, remark)
    context = {
        "remark": remark,
        "occasion": Occasion(remark.event),
        "speech": Speech.of(remark, footnotes, current_language()),
        "footnotes": footnotes,
        "before": before,
        "after": after,
    }
    return render(request, "events/remark_detail.html", context)
