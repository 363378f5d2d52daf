"""The texts of agreements, and what kinds of bonds there are, for templates."""

from typing import Any

from django import template
from django.conf.locale import LANG_INFO
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from relationships.models import Relationship, Wording
from sistercities.pages.bilingual import current_language, html_language, languages
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
NOTES = {
    Relationship.Kind.SISTER_CITIES: gettext_lazy("Two cities, bound by a sister city agreement."),
    Relationship.Kind.COOPERATION_CITIES: gettext_lazy(
        "Two cities that agreed to cooperate without becoming sister cities. In the usage of Guangzhou this is another "
        "kind, less formal, with a count of its own."
    ),
    Relationship.Kind.ALLIANCE: gettext_lazy(
        "Three cities or more. It may build on the bonds of its pairs, and takes the place of none of them."
    ),
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
        return format_html('<div class="prose">{}</div>', html)
    return format_html('<div class="prose" lang="{}">{}</div>', html_language(text.language.lower()), html)


@register.filter
def kind_of_file(media_type: str) -> Any:
    """``{{ document.media_type|kind_of_file }}``: what a file is, in words."""
    kinds = {
        "application/pdf": "PDF",
        "image/jpeg": gettext("JPEG picture"),
        "image/png": gettext("PNG picture"),
    }
    return kinds.get(media_type, gettext("plain text"))


@register.simple_tag
def kinds_explained(kind: str = "") -> list[dict[str, Any]]:
    """``{% kinds_explained as explained %}``: what each kind of bond is called in every language, and what it means."""
    return [
        {"value": each.value, "label": str(each.label), "others": _elsewhere(each), "note": str(note)}
        for each, note in NOTES.items()
        if kind in ("", each.value)
    ]


def _elsewhere(kind: Relationship.Kind) -> list[tuple[str, str]]:
    """What the kind is called in the other languages, with the language on it."""
    found = []
    for code in languages():
        if code != current_language():
            with translation.override(code):
                found.append((html_language(code), str(kind.label)))
    return found
