"""A visitor writes to the association: the form, and what becomes of it."""

from email.utils import parseaddr
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sistercities.mail import outbox
from sistercities.news.models import Enquiry
from sistercities.pages.fields import single_line
from sistercities.pages.forms_for_strangers import (
    TOO_LONG,
    AddressField,
    NameField,
    RunningText,
    StrangerForm,
)

LONGEST_LINE, LONGEST_TEXT = 150, 4000


class ContactForm(StrangerForm):
    """Who writes, about what, and where the answer goes."""

    name = NameField(label=_("Your name"))
    email = AddressField(
        label=_("Your e-mail"),
        help_text=_("Our answer goes there. Until then nothing does: please check it."),
    )
    subject = forms.CharField(
        label=_("What is it about?"),
        max_length=LONGEST_LINE,
        validators=[single_line],
        error_messages={"required": _("Please say in a few words what it is about."), "max_length": TOO_LONG},
    )
    text = RunningText(
        label=_("Your message"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write your message."), "max_length": TOO_LONG},
    )


@transaction.atomic
def receive(said: dict[str, Any], language: str) -> Enquiry:
    """Keep what a visitor wrote, and tell the association; the same form sent twice is kept once.

    To the address that was typed goes nothing: it may be somebody else's.
    """
    words = {key: said[key] for key in ("name", "email", "subject", "text")}
    enquiry, is_new = Enquiry.objects.get_or_create(
        nonce=said["nonce"], defaults={**words, "language": language}
    )
    if is_new:
        outbox.queue(
            key=f"enquiry-{enquiry.pk}-received",
            kind="enquiry_received",
            to_email=parseaddr(settings.MAIL_REPLY_TO)[1],
            language=settings.LANGUAGE_CODE,
            snapshot={"enquiry": enquiry.pk},
        )
    return enquiry
