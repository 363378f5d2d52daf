"""The forms of the newsletter for readers."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sistercities.pages.forms_for_strangers import AddressField, StrangerForm


class SubscribeForm(StrangerForm):
    """An address and a language; that is all we ask."""

    email = AddressField(label=_("Your e-mail"))
    language = forms.ChoiceField(
        label=_("In which language?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class LanguageForm(forms.Form):
    """In which language the newsletter comes from now on."""

    language = forms.ChoiceField(
        label=_("In which language?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
