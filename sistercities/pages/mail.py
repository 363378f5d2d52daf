"""The letters about corrections: to the association, and of thanks to whoever wrote."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sistercities.mail.kinds import Letter, Overtaken, named, renders
from sistercities.mail.models import Message
from sistercities.pages.bilingual import html_language
from sistercities.pages.corrections import subject_of
from sistercities.pages.models import Correction

named(
    {
        "correction_received": gettext_lazy("Correction asked for"),
        "correction_thanks": gettext_lazy("Thanks for a correction"),
    }
)


@renders("correction_received")
def received(message: Message) -> Letter:
    """To the association: what a reader says, and where staff deal with it."""
    correction = _correction(message)
    edit = settings.SITE_URL + reverse("admin:pages_correction_change", args=[correction.pk])
    return _letter(message, correction, _("A reader asks for a correction: %(page)s"), edit=edit)


@renders("correction_thanks")
def thanks(message: Message) -> Letter:
    """To whoever left an address. Nothing that was typed comes back: it may be somebody else's address."""
    return _letter(message, _correction(message), _("Thank you for your note on %(page)s"))


def _correction(message: Message) -> Correction:
    found = Correction.objects.filter(pk=message.snapshot["correction"]).first()
    if found is None:
        raise Overtaken("the request was deleted meanwhile")
    return found


def _letter(message: Message, correction: Correction, subject: str, **more: Any) -> Letter:
    page = subject_of(correction)
    title = str(page.title) if page and page.is_public else correction.page_title
    context = {
        "correction": correction,
        "page_title": title,
        "page_url": settings.SITE_URL + page.get_absolute_url() if page and page.is_public else "",
        "site_name": settings.SITE_NAME[message.language],
        "site_names": settings.SITE_NAME,
        "language": message.language,
        "html_lang": html_language(message.language),
        **more,
    }
    return Letter(
        subject % {"page": title},
        render_to_string(f"mail/{message.kind}.txt", context).strip() + "\n",
        render_to_string(f"mail/{message.kind}.html", context),
    )
