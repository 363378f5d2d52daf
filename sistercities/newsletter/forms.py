"""The forms of the newsletter for readers."""

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sistercities.pages.bilingual import html_language
from sistercities.pages.forms_for_strangers import AddressField, StrangerForm


def named_by_themselves() -> list[tuple[str, SafeString]]:
    """The languages to choose from, each as it calls itself and marked as what it is."""
    return [
        (code, format_html('<span lang="{}">{}</span>', html_language(code), name))
        for code, name in settings.LANGUAGES
    ]


class SubscribeForm(StrangerForm):
    """An address and a language; that is all we ask."""

    email = AddressField(label=_("Your e-mail"))
    language = forms.ChoiceField(
        label=_("In which language?"), choices=named_by_themselves, widget=forms.RadioSelect
    )


class LanguageForm(forms.Form):
    """In which language the newsletter comes from now on."""

    language = forms.ChoiceField(
        label=_("In which language?"), choices=named_by_themselves, widget=forms.RadioSelect
    )
