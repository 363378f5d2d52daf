"""Language tags as curators type them: zh_hans becomes zh-Hans, and the name of a language is refused."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def tidy_tag(typed: str) -> str:
    """The tag with its letters as they are commonly set; empty stays empty."""
    tag = typed.strip().replace("_", "-")
    if not tag:
        return ""
    if not TAG.fullmatch(tag):
        raise ValidationError(_("This is no language tag. Write en, zh-Hans, zh-Hant or mi, for example."))
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(each.title() if len(each) == 4 else each for each in rest)])


class TagForm(forms.ModelForm):
    """A form with a field ``language``."""

    def clean_language(self) -> str:
        return tidy_tag(self.cleaned_data["language"])
