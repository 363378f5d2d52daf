"""The pictures of one page in its form; a page is published with described pictures only."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from sistercities.pages.curating import PartFormSet, Rows
from sistercities.pages.models import Page, Picture, Status
from sistercities.pages.shown import wanting_words


def becomes_public(page: Page) -> bool:
    """Whether a form is about to publish what was not published before."""
    before = type(page)._base_manager.filter(pk=page.pk).values_list("status", flat=True).first()
    return page.status == Status.PUBLISHED and before != Status.PUBLISHED


class GalleryFormSet(PartFormSet):
    def clean(self) -> None:
        super().clean()
        rows = [form.cleaned_data for form in self.forms if form.is_valid()]
        chosen = [row["picture"] for row in rows if row.get("picture") and not row.get("DELETE")]
        wanting: list[Picture] = [picture for picture in chosen if not picture.is_described]
        if wanting and becomes_public(self.instance):
            raise ValidationError(wanting_words(wanting), code="not_described")


class GalleryRows(Rows):
    """The base of the inlines for galleries: a part with a ``picture`` and a ``position``."""

    formset = GalleryFormSet
    fields = ["position", "picture"]
    autocomplete_fields = ["picture"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("picture")
