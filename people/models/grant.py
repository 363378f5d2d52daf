"""Which part somebody has in the association's work: roles given, until when, and by whom."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RoleName(models.TextChoices):
    """The roles there are; what each may do stands in ``people.roles``."""

    ADMINISTRATOR = "administrator", _("administrator")
    PUBLISHER = "publisher", _("publisher")
    CURATOR = "curator", _("curator")
    TRANSLATOR = "translator", _("translator")
    SECRETARY = "secretary", _("membership secretary")
    HOST = "host", _("event host")
    DOOR = "door", _("door")
    READER = "reader", _("read only")


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def live(self) -> Self:
        """Those that hold at this moment: neither taken back nor over."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()), ended_at=None)

    def due(self) -> Self:
        """Those whose last day is over, and that nobody has closed yet."""
        return self.filter(ends_on__lt=timezone.localdate(), ended_at=None)


class RoleGrant(models.Model):
    """One role of one member, from when it was given until it ends. Rows stay as the record of who might do what."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants", verbose_name=_("member")
    )
    role = models.CharField(_("role"), max_length=20, choices=RoleName.choices)
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: until somebody takes it back.")
    )
    granted_at = models.DateTimeField(_("given"), default=timezone.now, editable=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("given by"),
    )
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("taken back by"),
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of a member")
        verbose_name_plural = _("roles of members")
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "role"],
                condition=Q(ended_at=None),
                name="role_given_once",
                violation_error_message=_("This member has this role already."),
            ),
            models.CheckConstraint(
                name="role_known",
                condition=Q(role__in=RoleName.values),
                violation_error_message=_("There is no such role."),
            ),
        ]

    def __str__(self) -> str:
        return str(RoleName(self.role).label)

    @property
    def is_live(self) -> bool:
        return self.ended_at is None and (self.ends_on is None or self.ends_on >= timezone.localdate())
