"""The last part of a page's address, made from its title; a Chinese title is read aloud."""

import pypinyin
from django.db import models
from django.utils.text import slugify

LONGEST = 100


def address_from(title_en: str, *others: str) -> str:
    """``2016-reception`` for "2016 Reception", ``qing-zhu-hui`` for 庆祝会; empty where no title gives one."""
    aloud = (" ".join(pypinyin.lazy_pinyin(title)) for title in others)
    return next((slug for title in (title_en, *aloud) if (slug := _cut(slugify(title)))), "")


def free_address(model: type[models.Model], wanted: str, pk: int | None = None) -> str:
    """The address wanted, or with the first number behind it that no other page of this kind has."""
    taken = set(
        model._default_manager.filter(slug__startswith=wanted).exclude(pk=pk).values_list("slug", flat=True)
    )
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


def _cut(slug: str) -> str:
    """At most a hundred letters, ending with a whole word."""
    return slug if len(slug) <= LONGEST else slug[:LONGEST].rpartition("-")[0] or slug[:LONGEST]
