"""Files for machines: too long to be kept like pages, and yet sent anew only when something public has changed."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, cast

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from sistercities.pages.everything import page_models
from sistercities.pages.models import ContentVersion, Page, Revision

SECONDS = 300
BEGINNING = datetime(2021, 1, 1, tzinfo=UTC)

View = Callable[..., HttpResponseBase]


def own_turns(model: type[Page]) -> tuple[str, ...]:
    """The moments at which a page itself changes for the public, in columns of its own."""
    return tuple(name for name in model.turns_at if "__" not in name)


def last_turn(now: datetime) -> datetime:
    """The last moment at which something public changed by itself: a page appeared, an embargo ended."""
    parts = [
        model.objects.filter(**{f"{name}__lte": now}).order_by().values_list(Max(name))
        for model in page_models()
        for name in model.turns_at
    ]
    first, *rest = parts
    return max((moment for (moment,) in first.union(*rest, all=True) if moment), default=BEGINNING)


def last_change() -> datetime:
    """When anybody last changed anything."""
    parts = [model.objects.order_by().values_list(Max("updated_at")) for model in page_models()]
    revisions = Revision.objects.order_by().values_list(Max("made_at"))
    return max((moment for (moment,) in revisions.union(*parts, all=True) if moment), default=BEGINNING)


def stamped(view: View) -> View:
    """For long files without anything personal: 304 where the reader has the present one, else the file, streamed.

    The tag is weak, for the file may be compressed on its way. It knows the content's stamp and the clock, so that it
    costs three small queries and no look at the file.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        turn = last_turn(timezone.now())
        stamp = ContentVersion.objects.values_list("number", flat=True).first()
        tag = hashlib.sha256(f"{request.get_full_path()} {stamp} {turn}".encode()).hexdigest()[:32]
        changed = int(max(turn, last_change()).timestamp())
        # The body of a long file is not begun before somebody reads it: to ask for it costs nothing.
        response = view(request, *args, **kwargs)
        response.headers["ETag"] = f'W/"{tag}"'
        response.headers["Last-Modified"] = http_date(changed)
        patch_cache_control(cast(HttpResponse, response), public=True, max_age=SECONDS)
        known = get_conditional_response(request, f'W/"{tag}"', changed, cast(HttpResponse, response))
        if request.method == "HEAD" and known is response:
            return HttpResponse(headers=response.headers)
        return cast(HttpResponseBase, known)

    return answer
