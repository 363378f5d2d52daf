"""The bonds between cities: pairs and alliances, and who belongs to them."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relationships.models.places import City, Sector
from sistercities.pages.bilingual import Bilingual, columns, texts
from sistercities.pages.fields import HistoricalDateField, bound
from sistercities.pages.models import Cited, Dated, Page, PageQuerySet


class RelationshipQuerySet(PageQuerySet):
    def live(self) -> Self:
        """Bonds that have not ended."""
        return self.filter(ended=None)

    def ours(self) -> Self:
        """The association's own bonds, and none of those that came with a directory."""
        return self.filter(is_ours=True)

    def news(self) -> Self:
        """What came with a directory, thousands at once, is none."""
        return super().news().ours()

    def with_cities(self) -> Self:
        return self.prefetch_related(Prefetch("parties", Party.objects.select_related("city")))


class Relationship(Page):
    """A bond between two cities, or an alliance of three or more."""

    class Kind(models.TextChoices):
        SISTER_CITIES = "sister-cities", _("sister cities")
        COOPERATION_CITIES = "cooperation-cities", _("friendship cooperation cities")
        ALLIANCE = "alliance", _("alliance")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    established = HistoricalDateField(
        _("established"),
        null=True,
        blank=True,
        bounds=("established_first", "established_last"),
        help_text=_("Empty where no source tells: the page says so."),
    )
    established_first = bound()
    established_last = bound()
    ended = HistoricalDateField(_("ended"), null=True, blank=True, bounds=("ended_first", "ended_last"))
    ended_first = bound()
    ended_last = bound()
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
        help_text=_("The bond that took its place when it ended."),
    )
    sectors = models.ManyToManyField(
        Sector,
        through="RelationshipSector",
        blank=True,
        related_name="relationships",
        verbose_name=_("sectors"),
    )
    is_ours = models.BooleanField(
        _("a bond of the association"),
        default=True,
        help_text=_(
            "The association's own bonds come first, are drawn on the front page, and their anniversaries are told. "
            "Bonds that come with a directory are not among them until somebody says so."
        ),
    )
    builds_on = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="carries", verbose_name=_("builds on")
    )
    # The ids of its cities in order: what makes "one live bond of a kind between the same cities" a unique index.
    pair_key = models.CharField(max_length=120, blank=True, editable=False)

    objects: ClassVar[models.Manager[Any]] = RelationshipQuerySet.as_manager()

    # How it stands today, where a view has asked (see ``relationships.standing``); no column.
    standing: Any = None

    url_name = "relationships:relationship_detail"
    parts = ("parties", "fields", "suspensions", "citations")
    worded_by = ("parties__city", "sectors", "milestones")
    claims = {
        "established": ("established",),
        "ended": ("ended",),
        "summary": columns("summary"),
    }

    class Meta(Page.Meta):
        verbose_name = _("relationship")
        verbose_name_plural = _("relationships")
        ordering = [F("established_first").asc(nulls_last=True), "slug"]
        constraints = [
            *Page.Meta.constraints,
            models.CheckConstraint(
                name="relationship_ends_after_start",
                condition=Q(ended_last=None)
                | Q(established_first=None)
                | Q(ended_last__gte=F("established_first")),
                violation_error_message=_("A relationship cannot end before it was established."),
            ),
            models.CheckConstraint(
                name="relationship_superseded_once_ended",
                condition=Q(superseded_by=None) | Q(ended__isnull=False),
                violation_error_message=_("A bond that another superseded has ended: give the date."),
            ),
            models.CheckConstraint(
                name="relationship_not_superseded_by_itself",
                condition=~Q(superseded_by=F("pk")),
                violation_error_message=_("A bond cannot supersede itself."),
            ),
            models.UniqueConstraint(
                fields=["kind", "pair_key"],
                condition=Q(ended=None) & ~Q(pair_key=""),
                name="relationship_one_live_per_cities",
                violation_error_message=_("These cities have a live relationship of this kind already."),
            ),
        ]

    @property
    def cities(self) -> list[City]:
        """The cities that belong to it now, in their order, as far as everybody may read about them."""
        return [city for city in self.all_cities if city.is_public]

    @property
    def all_cities(self) -> list[City]:
        """The cities that belong to it now, those too that have no public page yet."""
        return [party.city for party in self.parties.all() if not party.left]

    @staticmethod
    def key_of(city_ids: Iterable[int]) -> str:
        return "-".join(str(pk) for pk in sorted(city_ids))

    def derive(self) -> None:
        self.pair_key = self.key_of(city.pk for city in self.all_cities)

    def further_words(self) -> list[str]:
        cities = [word for city in self.cities for word in texts(city, "title").values()]
        fields = [word for sector in self.sectors.all() for word in texts(sector, "name").values()]
        return [*cities, *fields, *(word for each in self.milestones.all() for word in each.words())]


class Party(Dated):
    """A city's part in a relationship."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="parties")
    city = models.ForeignKey(
        City, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("city")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    joined = HistoricalDateField(_("joined"), null=True, blank=True, bounds=("joined_first", "joined_last"))
    joined_first = bound()
    joined_last = bound()
    left = HistoricalDateField(
        pgettext_lazy("a date", "left"), null=True, blank=True, bounds=("left_first", "left_last")
    )
    left_first = bound()
    left_last = bound()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "city"],
                condition=Q(left=None),
                name="party_city_once",
                violation_error_message=_("This city is a party already."),
            ),
            models.CheckConstraint(
                name="party_leaves_after_joining",
                condition=Q(joined_first=None) | Q(left_last=None) | Q(left_last__gte=F("joined_first")),
                violation_error_message=_("A city cannot leave before it joined."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.city)


class RelationshipSector(Dated):
    """A field in which the cities of a bond work together, and since when."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="fields")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+", verbose_name=_("sector"))
    since = HistoricalDateField(_("since"), null=True, blank=True, bounds=("since_first", "since_last"))
    since_first = bound()
    since_last = bound()
    until = HistoricalDateField(_("until"), null=True, blank=True, bounds=("until_first", "until_last"))
    until_first = bound()
    until_last = bound()

    class Meta:
        verbose_name = _("sector of a relationship")
        verbose_name_plural = _("sectors of a relationship")
        ordering = [F("since_first").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "sector"],
                condition=Q(until=None),
                name="relationshipsector_once",
                violation_error_message=_("This sector is among those of the bond already."),
            ),
            models.CheckConstraint(
                name="relationshipsector_until_after_since",
                condition=Q(since_first=None) | Q(until_last=None) | Q(until_last__gte=F("since_first")),
                violation_error_message=_("Work in a field cannot end before it began."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.sector)


class Suspension(Cited):
    """A time in which a bond rested by decision; it stays the live bond of its cities all the while."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="suspensions")
    began = HistoricalDateField(_("from"), bounds=("began_first", "began_last"))
    began_first = bound()
    began_last = bound()
    ended = HistoricalDateField(_("to"), null=True, blank=True, bounds=("ended_first", "ended_last"))
    ended_first = bound()
    ended_last = bound()
    reason_en = models.CharField(_("reason (English)"), max_length=300, blank=True)
    reason_zh_hans = models.CharField(_("reason (Chinese)"), max_length=300, blank=True)

    reason = Bilingual("reason")

    shown_through = ("relationship",)

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["began_first", "pk"]
        constraints = [
            models.CheckConstraint(
                name="suspension_ends_after_begin",
                condition=Q(ended_last=None) | Q(ended_last__gte=F("began_first")),
                violation_error_message=_("A suspension cannot end before it began."),
            ),
            models.UniqueConstraint(
                fields=["relationship"],
                condition=Q(ended=None),
                name="suspension_one_at_a_time",
                violation_error_message=_("The bond is suspended already; end that suspension first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relationship}: {self.began}"
