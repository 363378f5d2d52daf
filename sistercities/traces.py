"""What the admin noted about rows that hold somebody's name: who did what and when stays, the name goes."""

from collections.abc import Iterable

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

NOBODY = "—"


def unlog(model: type[Model], pks: Iterable[int]) -> None:
    """Take the names out of what was noted about these rows."""
    kind = ContentType.objects.get_for_model(model)
    _blank(LogEntry.objects.filter(content_type=kind, object_id__in=[str(pk) for pk in pks]))


def entries_naming(words: Iterable[str]) -> QuerySet[LogEntry]:
    """What was noted in these words, such as an address, about whatever."""
    named = Q(pk__in=[])
    for word in words:
        named |= Q(object_repr__icontains=word) | Q(change_message__icontains=word)
    return LogEntry.objects.filter(named)


def unname(words: Iterable[str]) -> int:
    return _blank(entries_naming(words))


def _blank(entries: QuerySet[LogEntry]) -> int:
    return entries.exclude(object_repr=NOBODY, change_message="").update(
        object_repr=NOBODY, change_message=""
    )
