"""What has to happen when a page and its parts have been saved."""

from django.db import transaction

from sistercities.pages import staleness
from sistercities.pages.models import Page, Status
from sistercities.pages.search import further_languages


def refresh(page: Page) -> None:
    """Fill what follows from the page's parts: derived titles, and the further words under which it is found.

    Called once the parts (names, paragraphs, parties) are saved; staff, forms and the demonstration all come by here.
    """
    with transaction.atomic():
        # Held while it is written as a whole, so that nothing saved meanwhile is lost.
        fresh = type(page).objects.select_for_update(no_key=True).get(pk=page.pk)
        fresh.derive()
        words = (word.strip() for word in [*fresh.further_words(), *further_languages(fresh)])
        fresh.search_text = "\n".join(dict.fromkeys(word for word in words if word))
        staleness.review(fresh)
        fresh.save()


def publish(page: Page) -> None:
    """Show a page to everybody, at once or from its moment on. Raises ValidationError: what is still wanting."""
    page.status = Status.PUBLISHED
    page.full_clean()
    page.save(update_fields=["status", "updated_at"])


def withdraw(page: Page) -> None:
    """Make a page a draft again, which only staff can read."""
    page.status = Status.DRAFT
    page.save(update_fields=["status", "updated_at"])
