"""Where people meet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from relationships.models import City
from sistercities.pages.bilingual import Bilingual, nothing_in


class Venue(models.Model):
    """Where people meet."""

    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    name_zh_hans = models.CharField(_("name (Chinese)"), max_length=160, blank=True)
    address_en = models.CharField(_("address (English)"), max_length=240, blank=True)
    address_zh_hans = models.CharField(_("address (Chinese)"), max_length=240, blank=True)
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="venues", verbose_name=_("city"))
    access_en = models.TextField(
        _("access (English)"), blank=True, help_text=_("Step-free ways, lifts, parking, transport.")
    )
    access_zh_hans = models.TextField(_("access (Chinese)"), blank=True)

    name = Bilingual("name")
    address = Bilingual("address")
    access = Bilingual("access")

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name_en"]
        constraints = [
            models.CheckConstraint(
                name="venue_has_name",
                condition=~nothing_in("name"),
                violation_error_message=_("Give the name, in one language at least."),
            )
        ]

    def __str__(self) -> str:
        return self.name
