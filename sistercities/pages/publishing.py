"""What has to happen when a page and its parts have been saved."""

from sistercities.pages.models import Page


def refresh(page: Page) -> None:
    """Fill what follows from the page's parts: derived titles, and the further words under which it is found.

    Called once the parts (names, paragraphs, parties) are saved; staff, forms and the demonstration all come by here.
    """
    fresh = type(page).objects.get(pk=page.pk)
    fresh.derive()
    words = (word.strip() for word in fresh.further_words())
    fresh.search_text = "\n".join(dict.fromkeys(word for word in words if word))
    fresh.save()
