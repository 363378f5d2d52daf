"""Cities, and the bodies that act in them."""

from typing import Any, ClassVar, Self
from zlib import crc32

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Person, known_zone
from sistercities.pages.bilingual import Bilingual, columns, nothing_in, texts
from sistercities.pages.fields import HistoricalDateField, bound, single_line
from sistercities.pages.models import Cited, Page, PageQuerySet, Picture
from sistercities.pages.search import unspaced_keys


class CityQuerySet(PageQuerySet):
    def news(self) -> Self:
        """All but those that have no bonds other than such as came with a directory."""
        own = Q(memberships=None) | Q(memberships__relationship__is_ours=True)
        return super().news().filter(pk__in=self.model._base_manager.filter(own).values("pk"))


class City(Page):
    """A city; its title is its name."""

    class Colour(models.TextChoices):
        KAPOK = "kapok", _("kapok red")
        STRELITZIA = "strelitzia", _("bird-of-paradise orange")
        POHUTUKAWA = "pohutukawa", _("pōhutukawa crimson")
        DERIVED = "", _("derived from its place on the globe")

    country_code = models.CharField(
        _("country code"),
        max_length=2,
        validators=[RegexValidator("^[A-Z]{2}$")],
        help_text=_("ISO 3166, two letters, such as CN."),
    )
    country_en = models.CharField(_("country (English)"), max_length=80)
    country_zh_hans = models.CharField(_("country (Chinese)"), max_length=80)
    region_en = models.CharField(_("region (English)"), max_length=80, blank=True)
    region_zh_hans = models.CharField(_("region (Chinese)"), max_length=80, blank=True)
    romanisation = models.CharField(_("reading of the Chinese name"), max_length=80, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("year of the population"), null=True, blank=True, help_text=_("The year that the number is for.")
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=60,
        blank=True,
        validators=[known_zone],
        help_text=_("IANA name, such as Asia/Shanghai."),
    )
    timezone_is_derived = models.BooleanField(
        _("time zone worked out from the place"),
        default=False,
        help_text=_("By an import, not by a source. Untick it once you have made sure."),
    )
    wikidata_id = models.CharField(
        _("Wikidata number"), max_length=16, blank=True, validators=[RegexValidator("^Q[0-9]+$")]
    )
    flower_en = models.CharField(_("flower (English)"), max_length=60, blank=True)
    flower_zh_hans = models.CharField(_("flower (Chinese)"), max_length=60, blank=True)
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cities",
        verbose_name=_("picture"),
    )
    colour = models.CharField(_("colour"), max_length=12, choices=Colour, default=Colour.DERIVED, blank=True)

    country = Bilingual("country")
    region = Bilingual("region")
    flower = Bilingual("flower")

    objects: ClassVar[models.Manager[Any]] = CityQuerySet.as_manager()

    url_name = "city_detail"
    parts = ("other_names", "citations")
    worded_by = ("other_names", "organisations", "milestones")
    claims = {"flower": columns("flower"), "summary": columns("summary")}

    class Meta(Page.Meta):
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["title_en"]
        constraints = [
            *Page.Meta.constraints,
            models.CheckConstraint(
                name="city_on_the_globe",
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
                | Q(latitude=None, longitude=None),
                violation_error_message=_(
                    "Latitude goes from −90 to 90, longitude from −180 to 180; give both or neither."
                ),
            ),
            models.UniqueConstraint(
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
                name="city_once_per_wikidata_number",
                violation_error_message=_("Another city has this Wikidata number."),
            ),
        ]

    @property
    def colour_class(self) -> str:
        """The CSS class of its colour: its flower's, or one of 24 hues, by its place or else by its address."""
        if self.colour:
            return f"city-{self.colour}"
        if self.latitude is None or self.longitude is None:
            return f"hue-{crc32(self.slug.encode()) % 24}"
        return f"hue-{int((self.longitude + 180) / 15 + (self.latitude + 90) / 7.5) % 24}"

    def further_words(self) -> list[str]:
        names = [other.name for other in self.other_names.all()]
        places = [*texts(self, "country").values(), *texts(self, "region").values(), self.romanisation]
        bodies = [
            word
            for body in self.organisations.all()
            if body.is_shown
            for word in texts(body, "name").values()
        ]
        return [*names, *places, *bodies, *(word for each in self.milestones.all() for word in each.words())]

    def known_as(self) -> list[str]:
        others = [other.name for other in self.other_names.all()]
        keys = [key for name in others for key in unspaced_keys(name)]
        return [*super().known_as(), self.romanisation, *others, *keys]


class CityName(models.Model):
    """A name that a city bears beside its title, or bore: Canton, Kwangchow, 穗."""

    class Kind(models.TextChoices):
        FORMER = "former", _("former name")
        ROMANISATION = "romanisation", _("older spelling")
        SHORT = "short", _("short or byname")
        OTHER = "other", _("other name")

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=120, validators=[single_line])
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("A language tag, such as en or zh-Hans.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("other name of the city")
        verbose_name_plural = _("other names of the city")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "name"],
                name="cityname_once",
                violation_error_message=_("This name is among those of the city already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(Cited):
    """A body that hosts, signs or employs: an association, a consulate, a council, a university."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("association")
        CONSULATE = "consulate", _("consulate or embassy")
        COUNCIL = "council", _("city government or council")
        UNIVERSITY = "university", _("university")
        OTHER = "other", _("other")

    slug = models.SlugField(_("key"), unique=True, max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ASSOCIATION)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    name_zh_hans = models.CharField(_("name (Chinese)"), max_length=160, blank=True)
    city = models.ForeignKey(
        City,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("city"),
    )

    founded = HistoricalDateField(
        _("founded"), null=True, blank=True, bounds=("founded_first", "founded_last")
    )
    founded_first = bound()
    founded_last = bound()
    founders = models.ManyToManyField(Person, blank=True, related_name="founded", verbose_name=_("founders"))
    is_shown = models.BooleanField(
        _("shown to the public"), default=True, help_text=_("Among what a founder founded, and as a host.")
    )

    name = Bilingual("name")

    shown_through = ("city",)
    claims = {"founded": ("founded",)}

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_en"]
        constraints = [
            models.CheckConstraint(
                name="organisation_has_name",
                condition=~nothing_in("name"),
                violation_error_message=_("Give the name, in one language at least."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Sector(models.Model):
    """A field in which cities work together."""

    slug = models.SlugField(_("key"), unique=True)
    name_en = models.CharField(_("name (English)"), max_length=80)
    name_zh_hans = models.CharField(_("name (Chinese)"), max_length=80)

    name = Bilingual("name")

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name
