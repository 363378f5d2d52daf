"""What a page was before: its revisions, the addresses it had, and the secret links to it while it is a draft."""

import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def new_secret() -> str:
    """192 unguessable bits, as they stand in an address."""
    return secrets.token_urlsafe(24)


class OfAPage(models.Model):
    """Something about a page of any kind; it outlives the page, so it knows it by kind and number alone."""

    kind = models.CharField(_("kind of page"), max_length=60)
    object_id = models.PositiveBigIntegerField()

    class Meta:
        abstract = True


class Revision(OfAPage):
    """A page with its parts as somebody left it: one snapshot, to be compared with others and restored as a whole."""

    class Act(models.TextChoices):
        SAVED = "saved", _("saved")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a page", "withdrawn")
        RESTORED = "restored", _("restored")
        DELETED = "deleted", _("deleted")

    number = models.PositiveIntegerField(_("revision"))
    act = models.CharField(_("what was done"), max_length=10, choices=Act, default=Act.SAVED)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by whom"),
    )
    # Of whom the page was restored: the number of that revision.
    restores = models.PositiveIntegerField(null=True)
    title = models.CharField(_("title"), max_length=420)
    snapshot = models.JSONField()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "number"], name="revision_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"


class FormerAddress(OfAPage):
    """An address that a public page had before; whoever follows an old link is led to the new one.

    Database triggers keep these rows (``sistercities.pages.stamp``), whoever renames the page.
    """

    slug = models.CharField(_("former address"), max_length=120)
    since = models.DateTimeField(default=timezone.now, db_default=models.functions.Now())

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="formeraddress_leads_to_one_page"),
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="formeraddress_page")]

    def __str__(self) -> str:
        return self.slug


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self) -> Self:
        """Those that still lead somewhere."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class PreviewLink(OfAPage):
    """A secret address under which somebody without an account may read a page before it is published."""

    secret = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)
    note = models.CharField(
        _("for whom"),
        max_length=120,
        blank=True,
        help_text=_("So that you know later whom you gave it to."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by whom"),
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects: ClassVar[models.Manager["PreviewLink"]] = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["kind", "object_id"], name="previewlink_page")]
        constraints = [
            models.CheckConstraint(
                name="previewlink_expires_after_making",
                condition=Q(expires_at__gt=models.F("made_at")),
                violation_error_message=_("A link ends after it was made."),
            )
        ]

    def __str__(self) -> str:
        return self.note or str(self.made_at)
