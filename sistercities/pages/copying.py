"""A page made after another one: a draft with all that it holds, at an address of its own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sistercities.pages import publishing, revisions, snapshots
from sistercities.pages.addresses import free_address
from sistercities.pages.bilingual import column, languages
from sistercities.pages.models import Page, Status


def duplicate(page: Page, *, by: Any = None) -> Page:
    """The copy, with its parts, sources and links. Raises ValidationError where two like it may not be."""
    content, model = snapshots.take(page), type(page)
    own = {"slug": free_address(model, page.slug), "status": Status.DRAFT, "verified_on": None}
    moment = timezone.now().replace(microsecond=0).isoformat()
    columns = {**content["columns"], **own, **_titles(page), "publish_at": moment}
    copy = model()
    try:
        with transaction.atomic():
            snapshots.put_back(copy, {**content, "columns": columns})
            publishing.refresh(copy, by=by)
            # Some rules wait for the end of the transaction; what they refuse is to be said here.
            connection.check_constraints()
    except IntegrityError as refused:
        known = [model, *(snapshots.part(model, name)[0] for name in snapshots.parts_of(model))]
        words = revisions.broken_rule(refused, known) or _("There cannot be two of this kind.")
        raise ValidationError(words) from refused
    return model.objects.get(pk=copy.pk)


def _titles(page: Page) -> dict[str, str]:
    """So that the two are told apart in lists, each language says in its own words that it is a copy."""
    titled = {}
    for code in languages():
        if title := getattr(page, column("title", code)):
            with translation.override(code):
                said = _("%(title)s (copy)") % {"title": title}
            titled[column("title", code)] = said if len(said) <= 200 else title
    return titled
