"""What the desk tells of pages: what readers ask to put right, what wants words or a source, what is scheduled."""

from collections.abc import Callable, Iterator

from django.contrib import admin
from django.core.cache import caches
from django.db.models import Count, Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sistercities import desk
from sistercities.desk import Ahead, Need, Urgency, far_away
from sistercities.pages.admin_filters import untranslated
from sistercities.pages.dates import from_date
from sistercities.pages.everything import found, page_models, together
from sistercities.pages.models import ContentVersion, Correction, Page, Picture, Status
from sistercities.pages.models.picture import described
from sistercities.pages.unsourced import how_many

SCHEDULED, KEPT_SECONDS = 8, 300

desk.begins(_("A source"), "admin:pages_source_add", "pages.add_source")
desk.begins(_("Pictures"), "admin:pages_picture_add", "pages.add_picture")


@desk.needs("pages.change_correction")
def corrections(request: HttpRequest) -> Iterator[Need]:
    open_ones = Correction.objects.filter(state__in=Correction.OPEN).order_by()
    row = open_ones.aggregate(count=Count("pk"), first=Min("received_at"))
    if count := row["count"]:
        words = ngettext(
            "%(count)s reader asks to put a page right", "%(count)s readers ask to put a page right", count
        )
        since = far_away(timezone.localdate(row["first"]), timezone.localdate())
        url = f"{reverse('admin:pages_correction_changelist')}?state__exact={Correction.State.NEW.value}"
        detail = str(_("the first came %(when)s") % {"when": since})
        yield Need(words % {"count": count}, url, Urgency.NOW, detail=detail)


@desk.needs("pages.translate", "pages.change_source")
def translations(request: HttpRequest) -> Iterator[Need]:
    """As many as the list holds to which it leads."""
    if count := wanting_words(editable(request)):
        words = ngettext("%(count)s page wants a translator", "%(count)s pages want a translator", count)
        detail = str(_("a text is missing, or older than the other"))
        yield Need(
            words % {"count": count}, reverse("admin:desk_translations"), Urgency.SOME_TIME, detail=detail
        )


@desk.needs("pages.change_source")
def claims(request: HttpRequest) -> Iterator[Need]:
    if count := kept("unsourced", how_many):
        words = ngettext(
            "%(count)s published statement has no source",
            "%(count)s published statements have no source",
            count,
        )
        yield Need(words % {"count": count}, reverse("admin:desk_without_source"), Urgency.SOME_TIME)


@desk.needs("pages.change_picture")
def pictures(request: HttpRequest) -> Iterator[Need]:
    if count := Picture.objects.exclude(described()).count():
        words = ngettext(
            "%(count)s picture wants a description", "%(count)s pictures want a description", count
        )
        url = f"{reverse('admin:pages_picture_changelist')}?described=no"
        detail = str(_("until then readers do not see it"))
        yield Need(words % {"count": count}, url, Urgency.SOME_TIME, detail=detail)


@desk.ahead("pages.view_drafts")
def scheduled(request: HttpRequest) -> Iterator[Ahead]:
    """Pages of all kinds that go live by themselves, the next ones first."""
    now = timezone.now()
    waiting = [model.objects.filter(status=Status.PUBLISHED, publish_at__gt=now) for model in page_models()]
    for row in together(waiting).order_by("publish_at", "pk")[:SCHEDULED]:
        page = found(row)
        name = page.model._meta
        yield Ahead(
            from_date(timezone.localdate(page.publish_at)),
            str(page.title),
            reverse(f"admin:{name.app_label}_{name.model_name}_change", args=[row["pk"]]),
            detail=str(_("goes live (%(kind)s)") % {"kind": page.kind_label}),
            at=page.publish_at,
        )


def editable(request: HttpRequest) -> list[type[Page]]:
    """The kinds of pages that the reader may change."""
    known = {
        model: admin.site.get_model_admin(model) for model in page_models() if admin.site.is_registered(model)
    }
    return [model for model, curated in known.items() if curated.has_change_permission(request)]


def wanting_words(kinds: list[type[Page]]) -> int:
    labels = ",".join(model._meta.label_lower for model in kinds)
    rows = [model.objects.filter(untranslated()) for model in kinds]
    return kept(f"untranslated:{labels}", together(rows).count) if rows else 0


def kept(name: str, count: Callable[[], int]) -> int:
    """A number that follows from pages alone: counted anew once any of them has changed, or after five minutes."""
    stamp = ContentVersion.objects.values_list("number", flat=True).first()
    if stamp is None:
        return count()
    return int(caches["pages"].get_or_set(f"desk:{name}:{stamp}", count, KEPT_SECONDS) or 0)
