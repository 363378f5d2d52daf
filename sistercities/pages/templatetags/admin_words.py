"""What the stock admin leaves in English: what its pages read aloud, and what it noted of a change."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sistercities.pages import noted_words

register = template.Library()
register.filter("noted_words", noted_words.noted_words)


@register.filter
def ticks_in_words(cell: SafeString) -> SafeString:
    """A cell of a list whose tick says "yes" in the reader's language, and not "True"."""
    words = {"True": _("yes"), "False": _("no"), "None": _("unknown")}
    for value, word in words.items():
        cell = mark_safe(cell.replace(f' alt="{value}">', f' alt="{word}">'))  # noqa: S308 - safe as it came
    return cell
