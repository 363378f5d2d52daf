"""Revisions: every time a page changes, the whole of it is kept, with who changed it."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, models

from sistercities.pages.models import Page, Revision, Status
from sistercities.pages.snapshots import Snapshot, named, take

Act = Revision.Act
CONTENT = ("columns", "links", "parts")


def kind_of(page: Page) -> str:
    return page._meta.label_lower


def revisions_of(page: Page) -> models.QuerySet[Revision]:
    """All revisions of a page, the newest first."""
    return Revision.objects.filter(kind=kind_of(page), object_id=page.pk).order_by("-number")


def record(
    page: Page, by: Any = None, act: Act | None = None, restores: int | None = None
) -> Revision | None:
    """Keep the page as it is now; nothing is written where nothing has changed. The caller holds the page's row.

    What was done is seen from the status, unless it is told.
    """
    last, snapshot = revisions_of(page).first(), take(page)
    if last and act != Act.DELETED and same(last.snapshot, snapshot):
        return None
    return Revision.objects.create(
        kind=kind_of(page),
        object_id=page.pk,
        number=last.number + 1 if last else 1,
        act=act or _seen(last.snapshot if last else {}, snapshot),
        made_by=by,
        restores=restores,
        title=title_of(page),
        snapshot=named(type(page), snapshot),
    )


def record_first(page: Page) -> None:
    """Before the first change that is kept: keep what was there, as old as it is."""
    if page.pk and not revisions_of(page).exists():
        known = type(page)._default_manager.get(pk=page.pk)
        if first := record(known, act=Act.SAVED):
            Revision.objects.filter(pk=first.pk).update(made_at=known.updated_at)


def same(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots hold the same; the names of others that they mention do not count."""
    return all(one.get(kind) == other.get(kind) for kind in CONTENT)


def _seen(before: Snapshot, now: Snapshot) -> Act:
    was = before.get("columns", {}).get("status", Status.DRAFT)
    status = now["columns"]["status"]
    if status == was:
        return Act.SAVED
    return Act.PUBLISHED if status == Status.PUBLISHED else Act.WITHDRAWN


def title_of(page: Page) -> str:
    """Both titles: whoever looks through the history reads either language."""
    return " · ".join(title for title in (page.title_en, page.title_zh_hans) if title) or page.slug


def broken_rule(refused: IntegrityError, known: Iterable[type[models.Model]]) -> str | None:
    """What the database refused, in the words of the rule that it broke; None where no rule of these models did."""
    name = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None)
    rules = (rule for model in known for rule in model._meta.constraints)
    return next((str(rule.get_violation_error_message()) for rule in rules if rule.name == name), None)
