"""The texts of agreements, published counts, and what kinds of bonds there are, for templates."""

from typing import Any

from django import template
from django.conf.locale import LANG_INFO
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from relationships.counting import tallies_of as _tallies_of
from relationships.models import City, Tally, Wording
from sistercities.pages.bilingual import current_language, html_language
from sistercities.pages.citing import Footnotes
from sistercities.pages.templatetags.bilingual import unbroken
from sistercities.pages.text import render

register = template.Library()
# Languages of our cities of which Django has no name.
NAMES = {
    "mi": gettext_lazy("Māori"),
    "yue": gettext_lazy("Cantonese"),
    "zh": gettext_lazy("Chinese"),
}


@register.filter
def tongue(tag: str) -> str:
    """``{{ wording.language|tongue }}``: what the reader calls a language; the tag itself where we have no name."""
    code = tag.lower()
    if code in NAMES:
        return str(NAMES[code])
    return gettext(LANG_INFO[code]["name"]) if code in LANG_INFO else tag


@register.simple_tag
def wording(text: Wording, footnotes: Footnotes) -> SafeString:
    """``{% wording text footnotes %}``: the typed text of an agreement, marked with its language."""
    html = unbroken(render(text.text, footnotes.numbers))
    if text.language.lower() == current_language():
        return html
    return format_html('<div lang="{}">{}</div>', html_language(text.language.lower()), html)


@register.simple_tag
def tallies_of(city: City, footnotes: Footnotes) -> list[Tally]:
    """``{% tallies_of city footnotes as tallies %}``: the published counts of a city, their sources taken in."""
    tallies = _tallies_of(city)
    footnotes.add(*tallies)
    return tallies


@register.filter
def kind_of_file(media_type: str) -> Any:
    """``{{ document.media_type|kind_of_file }}``: what a file is, in words."""
    kinds = {
        "application/pdf": "PDF",
        "image/jpeg": gettext("JPEG picture"),
        "image/png": gettext("PNG picture"),
    }
    return kinds.get(media_type, gettext("plain text"))
