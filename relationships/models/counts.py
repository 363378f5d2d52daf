"""How many partner cities of a kind a city counts, as somebody published it on some day."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relationships.models.bonds import Relationship
from relationships.models.places import City
from sistercities.pages.bilingual import Bilingual, nothing_in
from sistercities.pages.fields import HistoricalDateField, bound, single_line
from sistercities.pages.models import Cited


class TallyQuerySet(models.QuerySet[Any]):
    def shown(self) -> Self:
        """Those of no city, and those of cities that everybody may read about."""
        return self.filter(Q(city=None) | Q(city__in=City.objects.published()))


class Tally(Cited):
    """A published count of bonds, always of one kind, as of a date, with its source; kinds are never added up."""

    city = models.ForeignKey(
        City,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="tallies",
        verbose_name=_("city"),
        help_text=_("Empty for a count of a whole country, or between two."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Relationship.Kind)
    number = models.PositiveIntegerField(_("how many"))
    as_of = HistoricalDateField(_("as of"), bounds=("as_of_first", "as_of_last"))
    as_of_first = bound()
    as_of_last = bound()
    what_en = models.CharField(
        _("what is counted (English)"),
        max_length=200,
        blank=True,
        validators=[single_line],
        help_text=_("Where it is more than the partner cities of one city."),
    )
    what_zh_hans = models.CharField(
        _("what is counted (Chinese)"), max_length=200, blank=True, validators=[single_line]
    )

    what = Bilingual("what")

    objects = TallyQuerySet.as_manager()

    shown_through: ClassVar[tuple[str, ...]] = ("city",)

    class Meta:
        verbose_name = _("published count")
        verbose_name_plural = _("published counts")
        ordering = ["-as_of_first", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "kind", "as_of_first", "as_of_last"],
                name="tally_once_per_date",
                condition=Q(city__isnull=False),
                violation_error_message=_("There is a count of this kind as of that date already."),
            ),
            models.CheckConstraint(
                name="tally_says_what",
                condition=Q(city__isnull=False) | ~nothing_in("what"),
                violation_error_message=_("Name the city, or say what is counted."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(of)s: %(number)d (%(kind)s)") % {
            "of": self.city or self.what,
            "number": self.number,
            "kind": self.get_kind_display(),
        }
