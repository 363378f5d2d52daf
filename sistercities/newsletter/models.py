"""The newsletter: who gets it, and what was sent."""

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.links import new_handle
from sistercities.mail.addresses import address_key, comparable
from sistercities.pages.bilingual import Bilingual, nothing_in
from sistercities.pages.fields import single_line


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def reading(self) -> Self:
        """Who is to get the next newsletter."""
        return self.filter(state=Subscriber.State.ACTIVE)

    def at(self, email: str) -> Self:
        """Whoever has this address, however its letters are written."""
        return self.alias(key=address_key("email")).filter(key=comparable(email))


class Subscriber(models.Model):
    """Somebody who asked for the newsletter, and confirmed it by the link in a mail."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked, not yet confirmed")
        ACTIVE = "active", _("gets the newsletter")
        LEFT = "left", _("unsubscribed")
        UNREACHABLE = "unreachable", _("mail comes back")

    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ASKED)
    link_handle = models.CharField(max_length=16, unique=True, default=new_handle, editable=False)
    # Raised whenever the links in old mails are to open no more; the one for leaving always does.
    link_version = models.PositiveIntegerField(default=1, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    left_at = models.DateTimeField(_("unsubscribed at"), null=True, blank=True, editable=False)
    bounces = models.PositiveSmallIntegerField(_("mails that came back"), default=0, editable=False)
    bounced_since = models.DateTimeField(_("first one that came back"), null=True, blank=True, editable=False)
    bounced_at = models.DateTimeField(_("last one that came back"), null=True, blank=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                address_key("email"),
                name="subscriber_once_per_address",
                violation_error_message=_("This address is on the list already."),
            ),
            models.CheckConstraint(
                name="subscriber_active_once_confirmed",
                condition=~Q(state="active") | Q(confirmed_at__isnull=False),
                violation_error_message=_("Only who has confirmed may get the newsletter."),
            ),
        ]

    def __str__(self) -> str:
        return self.email


class AskedFor(models.Model):
    """How often mail was asked for to an address that did not confirm; the address is a keyed hash only."""

    digest = models.CharField(max_length=32, unique=True)
    mails = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("count of mails asked for")
        verbose_name_plural = _("counts of mails asked for")

    def __str__(self) -> str:
        return f"{self.digest}: {self.mails}"


class Newsletter(models.Model):
    """One newsletter: words of greeting, and pages that were published since the last one."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")

    subject_en = models.CharField(
        _("subject (English)"), max_length=150, blank=True, validators=[single_line]
    )
    subject_zh_hans = models.CharField(
        _("subject (Chinese)"), max_length=150, blank=True, validators=[single_line]
    )
    greeting_en = models.TextField(_("greeting (English)"), blank=True)
    greeting_zh_hans = models.TextField(_("greeting (Chinese)"), blank=True)
    since = models.DateTimeField(
        _("since"), null=True, blank=True, help_text=_("What was published after this moment is offered.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sending_at = models.DateTimeField(_("sending began"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("sent by"),
    )
    recipients = models.PositiveIntegerField(_("recipients"), default=0, editable=False)
    # The last subscriber for whom a mail was queued: batches go on from here.
    queued_to = models.BigIntegerField(default=0, editable=False)
    # By language: what its readers get, as it was when sending began; nothing changes it from then on.
    frozen = models.JSONField(default=dict, editable=False)
    # What became of its mails, once these are deleted.
    tally = models.JSONField(default=dict, editable=False)

    subject = Bilingual("subject")
    greeting = Bilingual("greeting")

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering = ["-created_at"]
        permissions = [("send_newsletter", _("Can send a newsletter to its readers"))]
        constraints = [
            models.CheckConstraint(
                name="newsletter_sent_is_frozen",
                condition=Q(state="draft") | ~Q(frozen={}),
                violation_error_message=_("What goes out is kept as it went out."),
            ),
            models.CheckConstraint(
                name="newsletter_sent_with_subject",
                condition=Q(state="draft") | ~nothing_in("subject"),
                violation_error_message=_("A newsletter that goes out needs a subject."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject) or str(_("newsletter without a subject"))

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def key_stem(self) -> str:
        """What the keys of its mails begin with."""
        return f"newsletter-{self.pk}-"


class NewsletterItem(models.Model):
    """A page that a newsletter tells of."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="items")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    page = GenericForeignKey("content_type", "object_id")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    included = models.BooleanField(_("goes in"), default=True)

    class Meta:
        verbose_name = _("page in the newsletter")
        verbose_name_plural = _("pages in the newsletter")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["newsletter", "content_type", "object_id"],
                name="newsletteritem_once",
                violation_error_message=_("This page is in the newsletter already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.page)
