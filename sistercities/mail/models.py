"""The outbox: mail to send, asked for in the same transaction as what it tells about."""

import hashlib
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sistercities.mail.addresses import address_key
from sistercities.mail.names import name_of, urgent_kinds


class MessageQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        return self.filter(sent_at=None, failed_at=None)

    def due(self) -> Self:
        """What should go out now and is in nobody's hands, in the order in which it goes: no bulk before the rest.

        What one address gets keeps its order: a later mail waits for the earlier ones, unless it is urgent.
        """
        now = timezone.now()
        found = self.waiting().exclude(fault=Message.Fault.WRITING)
        found = found.filter(~Exists(ahead(now)), handed_over_at=None, send_after__lte=now)
        return found.order_by("priority", "send_after", "pk")

    def in_hand(self) -> Self:
        """A worker is writing them, or gave them to the mail server and has not told of the answer."""
        return self.waiting().filter(Q(handed_over_at__isnull=False) | Q(fault=Message.Fault.WRITING))

    def unsent(self) -> Self:
        """What should have gone out by now, whatever keeps it, with the moment since when as ``since``."""
        found = self.waiting().annotate(since=Coalesce("due_since", "send_after"))
        return found.filter(since__lte=timezone.now())

    def in_trouble(self) -> Self:
        """What staff should look at, until they say it is done: given up, not gone out at the last attempt, come back.

        Mail in bulk is looked at where it was written: of thousands of addresses some are always dead.
        """
        found = self.filter(priority=Message.Priority.PERSONAL, looked_after_at=None).exclude(error="")
        return found.filter(Q(sent_at=None) | Q(returned_at__isnull=False))

    def may_go_again(self) -> Self:
        """What staff may have sent once more: given up, uncertain or come back, and still known what it was to tell.

        Nothing that a later mail has overtaken: its reader knows better by now.
        """
        ended = Q(failed_at__isnull=False) | Q(returned_at__isnull=False)
        return self.filter(ended, is_wiped=False).exclude(error="")


def ahead(now: datetime) -> MessageQuerySet:
    """Mails that go to the same address first: asked for earlier, and due or tried already.

    One that cannot be written is no reason to wait, nor is mail in bulk; what is urgent waits for none.
    """
    same = Message.objects.waiting().filter(to_key=OuterRef("to_key"), pk__lt=OuterRef("pk"))
    same = same.filter(Q(send_after__lte=now) | Q(attempts__gt=0), priority=Message.Priority.PERSONAL)
    later = ExpressionWrapper(OuterRef("kind"), models.CharField())
    same = same.alias(later=later).exclude(later__in=urgent_kinds())
    return same.exclude(fault=Message.Fault.UNWRITABLE)


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

    class Fault(models.TextChoices):
        """What kept the mail at its last attempt. What stays "being written" is left behind by a dead worker."""

        WRITING = "writing", _("being written")
        UNWRITABLE = "unwritable", _("could not be written")
        NO_SERVER = "no-server", _("mail server out of reach")
        PUT_OFF = "put-off", _("put off by a mail server")
        REFUSED = "refused", _("refused for good")
        BROKEN_OFF = "broken-off", _("broke off on its way")

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
    to_key = models.GeneratedField(
        expression=address_key("to_email"), output_field=models.CharField(max_length=254), db_persist=True
    )
    to_name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    snapshot = models.JSONField(_("snapshot"), default=dict)
    is_wiped = models.BooleanField(
        _("wiped"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("What it told is deleted, so it cannot be written again."),
    )
    delivery = models.CharField(
        _("delivery"), max_length=14, choices=Delivery, default=Delivery.AT_LEAST_ONCE
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority, default=Priority.PERSONAL, editable=False
    )
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    send_after = models.DateTimeField(_("send after"), default=timezone.now)
    due_since = models.DateTimeField(
        _("due since"), null=True, editable=False, help_text=_("Noted at the first attempt.")
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    handed_over_at = models.DateTimeField(_("handed over"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    failed_at = models.DateTimeField(_("given up"), null=True, editable=False)
    returned_at = models.DateTimeField(_("came back"), null=True, editable=False)
    fault = models.CharField(
        _("obstacle"), max_length=10, choices=Fault, blank=True, default="", db_default="", editable=False
    )
    error = models.TextField(_("error"), blank=True, editable=False)
    looked_after_at = models.DateTimeField(_("looked after"), null=True, editable=False)

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
            models.Index(
                fields=["to_key", "id"],
                name="message_by_address",
                condition=Q(sent_at=None, failed_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_sent_or_failed", condition=Q(sent_at=None) | Q(failed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{name_of(self.kind)} → {self.to_email}"

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
        if self.handed_over_at or self.fault == self.Fault.WRITING:
            return self.State.ON_ITS_WAY
        return self.State.RETRYING if self.error else self.State.WAITING

    @property
    def message_id(self) -> str:
        """The Message-ID header: the same for every attempt, so that a mail sent twice is shown once."""
        digest = hashlib.sha256(f"{settings.SECRET_KEY}:{self.key}".encode()).hexdigest()[:32]
        return f"<{digest}@{settings.SITE_HOST}>"
