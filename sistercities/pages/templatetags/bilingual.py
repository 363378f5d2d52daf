"""Texts in two languages, historical dates and footnotes in templates."""

import re
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sistercities.pages import dates
from sistercities.pages.bilingual import (
    LocalText,
    current_language,
    html_language,
    language_name,
    languages,
    local_text,
)
from sistercities.pages.bilingual import texts as versions
from sistercities.pages.citing import Footnotes
from sistercities.pages.letters import HAN
from sistercities.pages.models import Cited
from sistercities.pages.text import render

register = template.Library()
_MONTH = f"(?:{'|'.join(dates.MONTHS)})"
_DATE = re.compile(
    rf"(\b\d{{1,2}}(?:–\d{{1,2}})? {_MONTH}\b(?: \d{{4}}\b)?|\b{_MONTH} (?:\d{{1,2}}, )?\d{{4}}\b"
    r"|\d{1,4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|（星期[一二三四五六日]）)"
)
_TAG = re.compile(r"(<[^>]*>)")
_LETTERS = re.compile("[A-Za-zÀ-ɏ]")
_HAN = re.compile(f"[{HAN}]")


def unbroken(html: str) -> SafeString:
    """The same words with each date in them kept on one line; anything but safe HTML is escaped."""
    # Every second piece is markup, and inside the others every second one a date; nothing is added but elements.
    pieces = (
        piece if at % 2 else _DATE.sub(r'<span class="date">\1</span>', piece)
        for at, piece in enumerate(_TAG.split(conditional_escape(html)))
    )
    return mark_safe("".join(pieces))  # noqa: S308


def marked(text: LocalText) -> SafeString:
    """The text, with its language on it where the page speaks another."""
    if (language := spoken(text)) == current_language():
        return unbroken(str(text))
    return format_html('<span lang="{}">{}</span>', html_language(language), unbroken(str(text)))


def spoken(text: LocalText) -> str:
    """How a text is to be read aloud: a name that Chinese keeps in Latin letters, as Chinese is not."""
    is_latin = text.language == "zh-hans" and _LETTERS.search(text) and not _HAN.search(text)
    return "en" if is_latin else text.language


def only_in(text: LocalText) -> SafeString:
    if not text.fallback or text.language not in languages():
        return mark_safe("")
    words = _("only in %(language)s") % {"language": language_name(text.language)}
    return format_html(' <span class="only-in">{}</span>', words)


@register.simple_tag
def text(value: Any) -> SafeString:
    """``{% text page.title %}``: a text in the reader's language; a fallback says which language it is in."""
    if not isinstance(value, LocalText) or not hasattr(value, "language"):
        return format_html("{}", value or "")
    return format_html("{}{}", marked(value), only_in(value))


@register.simple_tag
def plain(value: Any) -> SafeString:
    """As ``text``, without the remark: for names and labels that stand in one language by nature."""
    return (
        marked(value)
        if isinstance(value, LocalText) and hasattr(value, "language")
        else format_html("{}", value or "")
    )


@register.simple_tag
def pair(obj: Any, name: str = "title") -> SafeString:
    """``{% pair city "title" %}``: both languages side by side, the reader's leading."""
    lead = local_text(obj, name)
    others = [
        (code, other)
        for code, other in versions(obj, name).items()
        if code != lead.language and other != lead
    ]
    companions = format_html_join(
        "",
        ' <span class="pair-other" lang="{}">{}</span>',
        ((html_language(code), other) for code, other in others),
    )
    return format_html(
        '<span class="pair"><span class="pair-lead">{}</span>{}</span>', marked(lead), companions
    )


@register.simple_tag
def person_pair(person: Any) -> SafeString:
    """A person's name in the reader's script, and beside it in the other."""
    lead, other = person.display_name, person.other_name
    companion = (
        format_html(' <span class="pair-other" lang="{}">{}</span>', html_language(other.language), other)
        if other
        else ""
    )
    return format_html(
        '<span class="pair"><span class="pair-lead">{}</span>{}</span>', marked(lead), companion
    )


@register.filter
def grouped(number: Any) -> str:
    """``{{ number|grouped }}``: 14,381."""
    return f"{number:,}" if isinstance(number, int) else str(number)


@register.simple_tag
def sentences(*parts: Any) -> SafeString:
    """``{% sentences first second %}``: whole sentences one after the other; Chinese sets no space between them."""
    gap = "" if current_language() == "zh-hans" else " "
    return format_html_join(gap, "{}", ((part,) for part in parts if part))


@register.simple_tag
def markdown(obj: Any, name: str = "body", footnotes: Footnotes | None = None) -> SafeString:
    """``{% markdown page "body" footnotes %}``: a curator's text as HTML, its footnote marks numbered for this page."""
    found = local_text(obj, name)
    html = unbroken(render(found, footnotes.numbers if footnotes else None))
    if found.language == current_language():
        return html
    return format_html('<div lang="{}">{}{}</div>', html_language(found.language), only_in(found), html)


@register.simple_tag
def hdate(value: dates.HistoricalDate | None, until: dates.HistoricalDate | None = None) -> SafeString:
    """``{% hdate agreement.signed %}``: a historical date, or a span, in words."""
    if not value and not until:
        return mark_safe("")
    words = dates.spell_span(value, until, current_language())
    if value and not until and value.iso:
        return format_html('<time class="date" datetime="{}">{}</time>', value.iso, words)
    return unbroken(words)


@register.filter(name="unbroken")
def unbroken_words(words: Any) -> SafeString:
    """``{{ occasion.date|unbroken }}``: words with dates in them, none of which breaks at the end of a line."""
    return unbroken(words or "")


@register.simple_tag
def cites(obj: Cited, footnotes: Footnotes, claim: str | None = None) -> SafeString:
    """``{% cites milestone footnotes %}``: the small numbers of an object's sources.

    ``{% cites person footnotes "life" %}``: of those alone that are cited for this claim; a statement about a page must
    not borrow the sources of the rest of it.
    """
    return format_html_join(
        "",
        '<sup class="cite"><a class="cite-link" href="#source-{}" id="{}">{}</a></sup>',
        ((number, footnotes.numbers.mark(number), number) for number in footnotes.numbers_of(obj, claim)),
    )


@register.filter
def number_of(source: Any, footnotes: Footnotes) -> int:
    """The number that a source has among the footnotes of this page."""
    return footnotes.numbers[source.slug]


@register.filter
def in_lang(code: str) -> str:
    """The language tag for HTML: ``zh-hans`` is ``zh-Hans``."""
    return html_language(code)
