"""Where pictures and documents are shown, whichever app shows them: found from the relations that lead to them.

A relation from a page counts, and one from a part that belongs to a page, as a gallery's rows do to an event. Whatever
else refers to a file makes nothing public.
"""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CASCADE, Exists, Max, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sistercities.pages.models import Page, Picture
from sistercities.pages.models.picture import described


def relations_to(model: type[models.Model]) -> Iterator[tuple[Any, str, str, type[Page]]]:
    """For each relation: the model with it, its name there, the way from there to the page, and the kind of page.

    The way is empty where the page itself refers to the file.
    """
    for relation in model._meta.related_objects:
        if relation.many_to_many or relation.related_model is None:
            continue
        holder: type[models.Model] = relation.related_model
        name = relation.field.name
        if issubclass(holder, Page):
            yield holder, name, "", holder
        for home in holder._meta.fields if not issubclass(holder, Page) else ():
            if belongs_to_a_page(home):
                yield holder, name, home.name, cast(type[Page], home.related_model)


def belongs_to_a_page(field: models.Field) -> bool:
    """Whether a row is nothing without the page to which this column leads."""
    if not isinstance(field, models.ForeignKey) or not issubclass(field.related_model, Page):
        return False
    remote: Any = field.remote_field
    return remote.on_delete is CASCADE


def on_a_public_page(model: type[models.Model]) -> Q:
    """The rows of a model of files that a page shows which everybody may read; of pictures, those described."""
    found = [
        Exists(holder._base_manager.filter(**{name: OuterRef("pk")}, **{f"{way}__in": public(page)}))
        if way
        else Exists(public(page).filter(**{name: OuterRef("pk")}))
        for holder, name, way, page in relations_to(model)
    ]
    shown = reduce(or_, map(Q, found), Q(pk__in=[]))
    return shown & described() if model is Picture else shown


def public(page: type[Page]) -> Any:
    return page.objects.published().order_by()


def pages_with(thing: models.Model) -> list[Page]:
    """The pages that show a picture or offer a document, drafts too; each once."""
    found: dict[tuple[str, int], Page] = {}
    for holder, name, way, _page in relations_to(type(thing)):
        rows = holder._base_manager.filter(**{name: thing})
        for row in rows.select_related(way) if way else rows:
            page = getattr(row, way) if way else row
            found[page._meta.label_lower, page.pk] = page
    return list(found.values())


def pictures_of(page: Page) -> list[Picture]:
    """The pictures that a page shows, each once."""
    found: dict[int, Picture] = {}
    for holder, name, way, kind in relations_to(Picture):
        if isinstance(page, kind):
            rows = holder._base_manager.filter(**{way or "pk": page.pk, f"{name}__isnull": False})
            found |= {row.pk: row for row in (getattr(each, name) for each in rows.select_related(name))}
    return list(found.values())


def undescribed(page: Page) -> list[Picture]:
    """Its pictures that readers do not see, since a description is wanting."""
    return [picture for picture in pictures_of(page) if not picture.is_described]


def wanting_words(pictures: list[Picture]) -> str:
    """That these pictures have to be described first, by their names."""
    named = pgettext("between titles", "; ").join(f"“{picture}”" for picture in pictures)
    words = _(
        "Readers see no picture without a description in both languages. Describe first, or take off: %(names)s."
    )
    return words % {"names": named}


def check_described(page: Page) -> None:
    """Raises ValidationError, with their names, where a page to be published shows pictures that nobody described."""
    if wanting := undescribed(page):
        raise ValidationError(wanting_words(wanting), code="not_described")


def is_shown_to_all(picture: Picture) -> bool:
    return Picture.objects.filter(on_a_public_page(Picture), pk=picture.pk).exists()


def add_to_gallery(page: Page, picture: Picture) -> None:
    """Put a picture behind those that a page has. Raises ValidationError where pages of its kind have no gallery."""
    for holder, name, way, kind in relations_to(Picture):
        if way and isinstance(page, kind):
            rows: Any = holder._default_manager
            last = rows.filter(**{way: page}).aggregate(last=Max("position"))["last"]
            rows.create(**{way: page, name: picture}, position=0 if last is None else last + 1)
            return
    raise ValidationError(_("Pages of this kind have no gallery."))
