"""What staff have done with the record: what the admin noted, and which pages became public or ceased to be."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sistercities.chronicle import Deed, Strand, add
from sistercities.pages.everything import page_models
from sistercities.pages.models import Revision
from sistercities.pages.noted_words import noted_words

ACTS = (Revision.Act.PUBLISHED, Revision.Act.WITHDRAWN)


def noted() -> QuerySet[Any]:
    return LogEntry.objects.all()


def tell_noted(numbers: Sequence[int]) -> dict[int, Deed]:
    entries = LogEntry.objects.filter(pk__in=numbers).select_related("content_type")
    return {
        entry.pk: Deed(
            noted_words(entry) or entry.get_action_flag_display(),
            _("%(kind)s: %(what)s") % {"kind": _kind(entry), "what": entry.object_repr},
            "" if entry.is_deletion() else _address(entry),
        )
        for entry in entries
    }


def _kind(entry: LogEntry) -> str:
    model = entry.content_type.model_class() if entry.content_type else None
    return str(model._meta.verbose_name) if model else "–"


def _address(entry: LogEntry) -> str:
    try:
        return entry.get_admin_url() or ""
    except NoReverseMatch:
        return ""


def published() -> QuerySet[Any]:
    return Revision.objects.filter(act__in=ACTS, made_by__isnull=False)


def tell_published(numbers: Sequence[int]) -> dict[int, Deed]:
    models = {model._meta.label_lower: model for model in page_models()}
    found = Revision.objects.filter(pk__in=numbers).defer("snapshot")
    return {each.pk: Deed(each.get_act_display(), each.title, _page(each, models)) for each in found}


def _page(revision: Revision, models: dict[str, Any]) -> str:
    model = models.get(revision.kind)
    if model is None:
        return ""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    return reverse(name, args=[quote(revision.object_id)])


add(Strand("noted", gettext_lazy("Written in the admin"), noted, tell_noted, "action_time", "user_id"))
add(
    Strand(
        "published",
        gettext_lazy("Pages published or withdrawn"),
        published,
        tell_published,
        "made_at",
        "made_by_id",
    )
)
