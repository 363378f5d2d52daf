"""The last part of a page's address, made from its title; a Chinese title is read aloud."""

import re

import pypinyin
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import resolve, reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from sistercities.pages.models import FormerAddress, Page

LONGEST = 100
# Los Angeles–Guangzhou, 洛杉矶／广州: what stands between two words sets them apart in an address too.
BETWEEN = re.compile("[\u2010-\u2015\u2212/／·]")


def address_from(title_en: str, *others: str) -> str:
    """``2016-reception`` for "2016 Reception", ``qing-zhu-hui`` for 庆祝会; empty where no title gives one."""
    aloud = (" ".join(pypinyin.lazy_pinyin(title)) for title in others)
    return next(
        (slug for title in (title_en, *aloud) if (slug := _cut(slugify(BETWEEN.sub("-", title))))), ""
    )


def free_address(model: type[models.Model], wanted: str, pk: int | None = None) -> str:
    """The address wanted, or with the first number behind it that no other page of this kind has or had."""
    taken = set(
        model._default_manager.filter(slug__startswith=wanted).exclude(pk=pk).values_list("slug", flat=True)
    )
    taken.update(_former(model, pk).filter(slug__startswith=wanted).values_list("slug", flat=True))
    if issubclass(model, Page) and not is_free_for(model, wanted):
        taken.add(wanted)
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


def check_address(model: type[Page], slug: str, pk: int | None = None) -> None:
    """Raise ValidationError where another page of this kind has the address, or had it, or the site itself does."""
    if not is_free_for(model, slug):
        raise ValidationError(_("The site itself uses this address: choose another."))
    if holder := model._default_manager.filter(slug=slug).exclude(pk=pk).first():
        raise ValidationError(_("“%(page)s” has this address: choose another."), params={"page": holder})
    if former := _former(model, pk).filter(slug=slug).first():
        holder = model._default_manager.filter(pk=former.object_id).first()
        words = _("“%(page)s” had this address before, and old links to it lead there: choose another.")
        raise ValidationError(words, params={"page": holder or former.slug})


def is_free_for(model: type[Page], slug: str) -> bool:
    """Whether the address leads to pages of this kind, and not to a list or a calendar of the site."""
    return resolve(reverse(model.url_name, args=[slug])).view_name == model.url_name


def _former(model: type[models.Model], pk: int | None) -> models.QuerySet[FormerAddress]:
    """The former addresses of other pages of a kind; its own a page may take back."""
    return FormerAddress.objects.filter(kind=model._meta.label_lower).exclude(object_id=pk or 0)


def _cut(slug: str) -> str:
    """At most a hundred letters, ending with a whole word."""
    return slug if len(slug) <= LONGEST else slug[:LONGEST].rpartition("-")[0] or slug[:LONGEST]
