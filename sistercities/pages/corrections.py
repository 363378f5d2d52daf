"""A reader says what is wrong on a page: the form, and what becomes of it."""

import hashlib
import re
import secrets
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext_lazy as _

from sistercities.mail import outbox
from sistercities.pages.everything import page_models
from sistercities.pages.fields import UNPRINTABLE, personal_name, single_line
from sistercities.pages.models import Correction, Page

LONGEST_TEXT, LONGEST_EVIDENCE, LONGEST_NAME, LONGEST_PATH = 4000, 500, 150, 400
NONCE = re.compile(r"[A-Za-z0-9_-]{16,40}")
# An office, a school or a mobile carrier shares one address on the net: its first readers of an hour are all heard.
PER_HOUR = 20
THANKS_A_DAY = 3  # to one address, which somebody else may have given
KEPT_FOR = timedelta(days=365)
_LINES = "\n\t"


def running_text(text: str) -> None:
    """Refuse hidden control characters; a text of several lines may have breaks."""
    if UNPRINTABLE.search("".join(letter for letter in text if letter not in _LINES)):
        raise ValidationError(_("Please leave out invisible control characters."), code="control_characters")


class RunningText(forms.CharField):
    """A text of several lines; a browser's line breaks count as one character, as the reader counts them."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class CorrectionForm(forms.Form):
    """What is wrong on a page, and how one knows; nobody has to say who they are."""

    TOO_LONG = _("Please be brief: at most %(limit_value)d characters; these are %(show_value)d.")

    nonce = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    text = RunningText(
        label=_("What is wrong, and how should it read?"),
        max_length=LONGEST_TEXT,
        validators=[running_text],
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
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=LONGEST_NAME,
        validators=[single_line, personal_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": TOO_LONG},
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        max_length=254,
        help_text=_("If you would like an answer."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("Please check the address: it should look like name@example.org."),
            "max_length": _("This address is too long. Please check it."),
        },
    )
    concerns_me = forms.BooleanField(label=_("This page is about me, or my family"), required=False)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    def clean_nonce(self) -> str:
        nonce = self.cleaned_data["nonce"]
        return nonce if NONCE.fullmatch(nonce) else new_nonce()

    @property
    def is_from_a_robot(self) -> bool:
        """Whether the field was filled in that no reader sees."""
        return bool(self.cleaned_data["website"])


def new_nonce() -> str:
    """What makes two sendings of one form the same request."""
    return secrets.token_urlsafe(24)


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


def may_write(address: str) -> bool:
    """Count a request from this address on the net; False where it has sent more than an hour bears.

    The address is kept as a hash only, with a key of our own, and for an hour.
    """
    digest = hashlib.blake2b(address.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16)
    key = f"corrections:{digest.hexdigest()}"
    cache.add(key, 0, timeout=3600)
    try:
        return cache.incr(key) <= PER_HOUR
    except ValueError:  # its hour has just ended
        return True


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
    lately = Correction.objects.filter(
        email__iexact=correction.email, received_at__gt=timezone.now() - timedelta(days=1)
    )
    if correction.email and lately.count() <= THANKS_A_DAY:
        outbox.queue(
            key=f"correction-{correction.pk}-thanks",
            kind="correction_thanks",
            to_email=correction.email,
            language=correction.language,
            snapshot=told,
        )


def forget_handled() -> int:
    """Delete requests a year after they were handled; returns how many those were."""
    settled = Correction.objects.exclude(state__in=Correction.OPEN)
    return settled.filter(handled_at__lt=timezone.now() - KEPT_FOR).delete()[0]
