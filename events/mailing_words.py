"""What staff may write in a free letter: the placeholders that it knows, and what is wrong with its words."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.letter_kinds import ALWAYS, LINKS, SEATS, Words
from events.letter_kinds import PLACEHOLDERS as KNOWN
from events.placeholders import placeholders, unknown

PLACEHOLDERS: dict[str, Words] = {
    **{name: KNOWN[name] for name in (*ALWAYS, "link")},
    "seats": SEATS["seats"],
}


def faults(subject: str, body: str) -> Iterator[tuple[str, str | Promise]]:
    """What is wrong with the words in one language: in which part, and why."""
    if body and not subject:
        yield "subject", _("The words need a subject in the same language.")
    if subject and not body:
        yield "body", _("The subject needs words in the same language.")
    for part, text in (("subject", subject), ("body", body)):
        if strange := unknown(text, PLACEHOLDERS):
            words = ngettext(
                "%(strange)s is no placeholder that we know. Please take one of the list.",
                "%(strange)s are no placeholders that we know. Please take those of the list.",
                len(strange),
            )
            yield part, words % {"strange": ", ".join(strange)}
    if LINKS & set(placeholders(subject)):
        yield "subject", _("A subject holds no link. Please put it into the words.")
