"""What has to happen when a page and its parts have been saved, published, withdrawn, restored or deleted.

Each of these keeps a revision, if anything changed; ``by`` is who did it, nobody where a program did.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from sistercities.pages import indexing, mentions, revisions, snapshots, staleness
from sistercities.pages.models import Page, Revision, Status
from sistercities.pages.shown import check_described

Act = Revision.Act


def refresh(page: Page, *, by: Any = None, act: Act | None = None, restores: int | None = None) -> None:
    """Fill what follows from the page's parts: derived titles, and the further words under which it is found.

    Called once the parts (names, paragraphs, parties) are saved; staff, forms and the demonstration all come by here.
    """
    with transaction.atomic():
        # Held while it is written as a whole, so that nothing saved meanwhile is lost.
        fresh = hold(page)
        fresh.derive()
        indexing.fill(fresh)
        staleness.review(fresh)
        fresh.save()
        before = revisions.revisions_of(fresh).first()
        revisions.record(fresh, by, act, restores)
        if before and mentions.is_called_otherwise(fresh, before.snapshot):
            mentions.tell(fresh)


def hold(page: Page) -> Page:
    """The page as it is now, with its row locked: who changes it next, or numbers its revisions, waits."""
    return type(page).objects.select_for_update(no_key=True).get(pk=page.pk)


def publish(page: Page, *, by: Any = None) -> None:
    """Show a page to everybody, at once or from its moment on. Raises ValidationError: what is still wanting."""
    check(page)
    _set_status(page, by)


def check(page: Page) -> None:
    """See whether a page, marked as published and not saved, may be. Raises ValidationError: what is still wanting."""
    page.status = Status.PUBLISHED
    page.full_clean()
    check_described(page)


def withdraw(page: Page, *, by: Any = None) -> None:
    """Make a page a draft again, which only staff can read."""
    page.status = Status.DRAFT
    _set_status(page, by)


def _set_status(page: Page, by: Any) -> None:
    with transaction.atomic():
        hold(page)
        revisions.record_first(page)
        page.save(update_fields=["status", "updated_at"])
        revisions.record(hold(page), by)
        mentions.tell(page)


def restore(
    page: Page,
    revision: Revision,
    *,
    by: Any = None,
    leave: Collection[str] = (),
    check: Callable[[Page], None] | None = None,
) -> None:
    """Bring a page and its parts back to a revision, but for its address, whether it is public, and ``leave``.

    Raises ValidationError, and changes nothing, where something that belonged to it is no more, would break a rule, or
    does not pass ``check``.
    """
    content, model = revision.snapshot, type(page)
    if lost := snapshots.gone(model, content):
        raise ValidationError(_("What belonged to it then is no more: %s.") % "; ".join(map(str, lost)))
    with transaction.atomic():
        fresh = hold(page)
        revisions.record_first(fresh)
        try:
            snapshots.put_back(fresh, content, {*model.not_restored, *leave})
            refresh(fresh, by=by, act=Act.RESTORED, restores=revision.number)
            if check:
                check(hold(page))
            # Some rules wait for the end of the transaction; what they refuse is to be said here.
            connection.check_constraints()
        except models.ProtectedError as held:
            rows = "; ".join(sorted({str(row) for row in held.protected_objects}))
            raise ValidationError(_("Something rests on what would have to go: %s.") % rows) from held
        except IntegrityError as refused:
            known = [model, *(snapshots.part(model, name)[0] for name in snapshots.parts_of(model))]
            words = revisions.broken_rule(refused, known) or _("It does not fit what is there now.")
            raise ValidationError(words) from refused


def delete(page: Page, *, by: Any = None) -> None:
    """Take a page away for good; what it was last stays readable among the revisions."""
    with transaction.atomic():
        revisions.record(hold(page), by, Act.DELETED)
        others = mentions.mentioning(type(page), [page.pk])
        page.delete()
        mentions.tell_all(others)
