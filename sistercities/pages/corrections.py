"""A reader says what is wrong on a page: the form, and what becomes of it."""

from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext_lazy as _

from sistercities.mail import outbox
from sistercities.mail.addresses import address_key, comparable
from sistercities.pages.everything import page_models
from sistercities.pages.fields import single_line
from sistercities.pages.forms_for_strangers import (
    TOO_LONG,
    AddressField,
    NameField,
    RunningText,
    StrangerForm,
)
from sistercities.pages.models import Correction, Page

LONGEST_TEXT, LONGEST_EVIDENCE, LONGEST_PATH = 4000, 500, 400
THANKS_A_DAY = 3  # to one address, which somebody else may have given


class CorrectionForm(StrangerForm):
    """What is wrong on a page, and how one knows; nobody has to say who they are."""

    text = RunningText(
        label=_("What is wrong, and how should it read?"),
        max_length=LONGEST_TEXT,
        # Without a length in the browser, which would cut off what is pasted without a word.
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Please tell us what is wrong."), "max_length": TOO_LONG},
    )
    evidence = forms.CharField(
        label=_("How do you know?"),
        required=False,
        max_length=LONGEST_EVIDENCE,
        validators=[single_line],
        help_text=_("A book, a newspaper, an address on the web; or that you were there."),
        error_messages={"max_length": TOO_LONG},
    )
    name = NameField(label=_("Your name"), required=False)
    email = AddressField(label=_("Your e-mail"), required=False, help_text=_("If you would like an answer."))
    concerns_me = forms.BooleanField(label=_("This page is about me, or my family"), required=False)


def page_at(path: str) -> Page | None:
    """The page at an address of this site, in any language; None where there is none that everybody may read."""
    plain = path[:LONGEST_PATH].partition("?")[0].partition("#")[0]
    try:
        with translation.override(get_language_from_path(plain) or settings.LANGUAGE_CODE):
            found = resolve(plain)
    except Resolver404:
        return None
    model = next((model for model in page_models() if model.url_name == found.view_name), None)
    slug = found.kwargs.get("slug", "")
    return model.objects.published().filter(slug=slug).first() if model and "\x00" not in slug else None


def subject_of(correction: Correction) -> Page | None:
    """The page that a request is about, draft or not; None once it is gone."""
    try:
        model = apps.get_model(correction.kind)
    except LookupError:
        return None
    return model._default_manager.filter(pk=correction.object_id).first()


@transaction.atomic
def receive(page: Page, said: dict[str, Any], language: str) -> Correction:
    """Keep what a reader says of a page, and tell the association; the same form sent twice is kept once."""
    words = {key: said[key] for key in ("text", "evidence", "name", "email", "concerns_me")}
    about = {"kind": page._meta.label_lower, "object_id": page.pk, "page_title": str(page)[:200]}
    correction, is_new = Correction.objects.get_or_create(
        nonce=said["nonce"], defaults={**words, **about, "language": language}
    )
    if is_new:
        tell(correction)
    return correction


def tell(correction: Correction) -> None:
    """Ask for the mails: one to the association, and one of thanks to whoever left an address."""
    told = {"correction": correction.pk}
    outbox.queue(
        key=f"correction-{correction.pk}-received",
        kind="correction_received",
        to_email=parseaddr(settings.MAIL_REPLY_TO)[1],
        language=settings.LANGUAGE_CODE,
        snapshot=told,
    )
    lately = Correction.objects.alias(key=address_key("email")).filter(
        key=comparable(correction.email), received_at__gt=timezone.now() - timedelta(days=1)
    )
    if correction.email and lately.count() <= THANKS_A_DAY:
        outbox.queue(
            key=f"correction-{correction.pk}-thanks",
            kind="correction_thanks",
            to_email=correction.email,
            language=correction.language,
            snapshot=told,
        )
