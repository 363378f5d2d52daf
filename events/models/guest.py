"""The people of a party."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.rsvp import Rsvp
from sistercities.pages.fields import single_line


class Guest(models.Model):
    """One person of a party; a companion may be without a name until the host needs it."""

    rsvp = models.ForeignKey(Rsvp, on_delete=models.CASCADE, related_name="guests")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=150, blank=True, validators=[single_line])
    title = models.CharField(
        pgettext_lazy("of a person", "title"),
        max_length=80,
        blank=True,
        default="",
        db_default="",
        validators=[single_line],
        help_text=_("Such as Consul General, Prof. or 教授; it stands with the name."),
    )
    organisation = models.CharField(
        _("organisation"), max_length=150, blank=True, default="", db_default="", validators=[single_line]
    )
    is_lead = models.BooleanField(_("leads the party"), default=False)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rsvp"], condition=Q(is_lead=True), name="guest_one_lead"),
            models.UniqueConstraint(
                fields=["rsvp", "position"], name="guest_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(name="guest_lead_has_name", condition=Q(is_lead=False) | ~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name or "…"
