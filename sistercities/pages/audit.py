"""What must be true of every published page."""

from collections.abc import Iterator

from django.apps import apps

from sistercities.audit import checks
from sistercities.pages.bilingual import nothing_in
from sistercities.pages.models import Page


@checks("a published page has a title in every language, or is shown as being only in one")
def published_without_title() -> Iterator[str]:
    for model in apps.get_models():
        if issubclass(model, Page):
            for page in model.objects.published().filter(nothing_in("title")):
                yield f"{model.__name__} {page.slug}"
