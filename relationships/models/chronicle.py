"""What happened, and who held which office when."""

from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Person
from relationships.models.bonds import Relationship
from relationships.models.places import City, Organisation, Sector
from sistercities.pages.bilingual import Bilingual, nothing_in, texts
from sistercities.pages.fields import HistoricalDateField, bound, single_line
from sistercities.pages.indexing import adds_words
from sistercities.pages.models import MARKDOWN_HELP, Cited, Page
from sistercities.pages.snapshots import adds_part


class MilestoneQuerySet(models.QuerySet[Any]):
    def shown(self) -> Self:
        return self.filter(is_shown=True)

    def in_order(self) -> Self:
        """By date; what has none comes last."""
        return self.order_by(F("happened_first").asc(nulls_last=True), "pk")


class Milestone(Cited):
    """Something worth remembering that is neither an agreement nor an event with a page."""

    title_en = models.CharField(_("what (English)"), max_length=200, blank=True, validators=[single_line])
    title_zh_hans = models.CharField(
        _("what (Chinese)"), max_length=200, blank=True, validators=[single_line]
    )
    text_en = models.TextField(_("text (English)"), blank=True, help_text=MARKDOWN_HELP)
    text_zh_hans = models.TextField(_("text (Chinese)"), blank=True)
    happened = HistoricalDateField(
        _("when"), null=True, blank=True, bounds=("happened_first", "happened_last")
    )
    happened_first = bound()
    happened_last = bound()
    place_en = models.CharField(_("where (English)"), max_length=160, blank=True)
    place_zh_hans = models.CharField(_("where (Chinese)"), max_length=160, blank=True)
    relationship = models.ForeignKey(
        Relationship,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("relationship"),
    )
    city = models.ForeignKey(
        City,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("city"),
    )
    people = models.ManyToManyField(Person, blank=True, related_name="milestones", verbose_name=_("people"))
    sectors = models.ManyToManyField(Sector, blank=True, related_name="milestones", verbose_name=_("sectors"))
    is_shown = models.BooleanField(_("shown to the public"), default=True)

    title = Bilingual("title")
    text = Bilingual("text")
    place = Bilingual("place")

    objects = MilestoneQuerySet.as_manager()

    shown_through = ("relationship", "city")

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = [F("happened_first").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="milestone_belongs_somewhere",
                condition=Q(relationship__isnull=False) | Q(city__isnull=False),
                violation_error_message=_("A milestone belongs to a relationship or to a city."),
            ),
            models.CheckConstraint(
                name="milestone_has_title",
                condition=~nothing_in("title"),
                violation_error_message=_("Say in one line what happened."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def shown_on(self) -> Page | None:
        return super().shown_on() if self.is_shown else None

    def words(self) -> list[str]:
        """Under which its bond and its city are found, as long as it is shown there."""
        if not self.is_shown:
            return []
        return [word for name in ("title", "place", "text") for word in texts(self, name).values()]


class Tenure(Cited):
    """That a person held an office at a city or an organisation, from when to when, or at least when it is attested."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="tenures", verbose_name=_("person")
    )
    office_en = models.CharField(_("office (English)"), max_length=160, blank=True)
    office_zh_hans = models.CharField(_("office (Chinese)"), max_length=160, blank=True)
    city = models.ForeignKey(
        City, on_delete=models.PROTECT, null=True, blank=True, related_name="tenures", verbose_name=_("city")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tenures",
        verbose_name=_("organisation"),
    )
    began = HistoricalDateField(_("from"), null=True, blank=True, bounds=("began_first", "began_last"))
    began_first = bound()
    began_last = bound()
    ended = HistoricalDateField(_("to"), null=True, blank=True, bounds=("ended_first", "ended_last"))
    ended_first = bound()
    ended_last = bound()
    attested = models.CharField(
        _("in office in"),
        max_length=60,
        blank=True,
        validators=[
            RegexValidator(r"^\d{4}(, \d{4})*$", _("Years, set apart by a comma and a space: 2014, 2021."))
        ],
        help_text=_(
            "Where the sources give no term: the years in which they name the office, such as 2014, 2021."
        ),
    )
    note_en = models.CharField(_("note (English)"), max_length=300, blank=True)
    note_zh_hans = models.CharField(_("note (Chinese)"), max_length=300, blank=True)

    office = Bilingual("office")
    note = Bilingual("note")

    shown_through = ("person",)

    class Meta:
        verbose_name = _("office held")
        verbose_name_plural = _("offices held")
        ordering = [F("began_first").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="tenure_has_office",
                condition=~nothing_in("office"),
                violation_error_message=_("Name the office, in one language at least."),
            ),
            models.CheckConstraint(
                name="tenure_ends_after_begin",
                condition=Q(began_first=None) | Q(ended_last=None) | Q(ended_last__gte=F("began_first")),
                violation_error_message=_("An office cannot end before it began."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(person)s: %(office)s") % {"person": self.person, "office": self.office}

    @property
    def attested_years(self) -> list[int]:
        return [int(year) for year in self.attested.split(", ")] if self.attested else []


# Offices are entered on a person's page, so they belong to its revisions, although people know nothing of them.
adds_part(Person, "tenures")


@adds_words(Person, "tenures")
def offices_in_words(person: Any) -> list[str]:
    """A mayor is found as one."""
    return [word for tenure in person.tenures.all() for word in texts(tenure, "office").values()]
