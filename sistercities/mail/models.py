"""The outbox: mail to send, asked for in the same transaction as what it tells about."""

import hashlib
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MessageQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        return self.filter(sent_at=None, failed_at=None)

    def due(self) -> Self:
        """What should go out now and is in nobody's hands, in the order in which it goes: no bulk before the rest."""
        found = self.waiting().filter(handed_over_at=None, send_after__lte=timezone.now())
        return found.order_by("priority", "send_after", "pk")

    def on_their_way(self) -> Self:
        """A worker gave them to the mail server and has not told of the answer."""
        return self.waiting().exclude(handed_over_at=None)

    def in_trouble(self) -> Self:
        """What staff should look at: given up, or not gone out at the last attempt.

        Mail in bulk is looked at where it was written: of thousands of addresses some are always dead.
        """
        return self.filter(sent_at=None, priority=Message.Priority.PERSONAL).exclude(error="")


class Message(models.Model):
    """A request for one mail: its kind and a snapshot of what it tells. The worker renders it when it sends.

    Nothing rendered is kept, since mails hold personal links, which are never stored.
    """

    class Delivery(models.TextChoices):
        AT_LEAST_ONCE = "at-least-once", _("at least once")
        AT_MOST_ONCE = "at-most-once", _("at most once")

    class Priority(models.IntegerChoices):
        PERSONAL = 0, _("at once")
        BULK = 1, _("after all others")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ON_ITS_WAY = "on-its-way", _("on its way")
        RETRYING = "retrying", _("waiting for another attempt")
        SENT = "sent", _("sent")
        GIVEN_UP = "given-up", _("given up")
        OVERTAKEN = "overtaken", _("overtaken by a later one")
        UNCERTAIN = "uncertain", _("uncertain")
        RETURNED = "returned", _("came back")

    key = models.CharField(
        _("key"), max_length=200, unique=True, help_text=_("A mail is queued once per key.")
    )
    kind = models.CharField(_("kind"), max_length=40)
    to_email = models.EmailField(pgettext_lazy("mail", "to"))
    to_name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    snapshot = models.JSONField(_("snapshot"), default=dict)
    delivery = models.CharField(
        _("delivery"), max_length=14, choices=Delivery, default=Delivery.AT_LEAST_ONCE
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority, default=Priority.PERSONAL, editable=False
    )
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    send_after = models.DateTimeField(_("send after"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    handed_over_at = models.DateTimeField(_("handed over"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    failed_at = models.DateTimeField(_("given up"), null=True, editable=False)
    returned_at = models.DateTimeField(_("came back"), null=True, editable=False)
    error = models.TextField(_("error"), blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["priority", "send_after", "id"],
                name="message_due",
                condition=Q(sent_at=None, failed_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_sent_or_failed", condition=Q(sent_at=None) | Q(failed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.to_email}"

    @property
    def state(self) -> State:
        """Where the mail stands. Uncertain: it was given up while the mail server had it, and may have arrived."""
        if self.returned_at:
            return self.State.RETURNED
        if self.sent_at:
            return self.State.SENT
        if self.failed_at and not self.error:
            return self.State.OVERTAKEN
        if self.failed_at:
            return self.State.UNCERTAIN if self.handed_over_at else self.State.GIVEN_UP
        if self.handed_over_at:
            return self.State.ON_ITS_WAY
        return self.State.RETRYING if self.error else self.State.WAITING

    @property
    def message_id(self) -> str:
        """The Message-ID header: the same for every attempt, so that a mail sent twice is shown once."""
        digest = hashlib.sha256(f"{settings.SECRET_KEY}:{self.key}".encode()).hexdigest()[:32]
        return f"<{digest}@{settings.SITE_HOST}>"
