"""Cities, the bonds between them, what was signed, what happened, and who held which office."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from people.models import Person, known_zone
from sistercities.pages.bilingual import Bilingual
from sistercities.pages.fields import HistoricalDateField, bound, single_line
from sistercities.pages.models import MARKDOWN_HELP, Cited, Page, PageQuerySet
from sistercities.pages.search import pinyin_keys


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
    latitude = models.FloatField(_("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(
        _("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=60,
        validators=[known_zone],
        help_text=_("IANA name, such as Asia/Shanghai."),
    )
    wikidata_id = models.CharField(
        _("Wikidata number"), max_length=16, blank=True, validators=[RegexValidator("^Q[0-9]+$")]
    )
    flower_en = models.CharField(_("flower (English)"), max_length=60, blank=True)
    flower_zh_hans = models.CharField(_("flower (Chinese)"), max_length=60, blank=True)
    colour = models.CharField(_("colour"), max_length=12, choices=Colour, default=Colour.DERIVED, blank=True)

    country = Bilingual("country")
    region = Bilingual("region")
    flower = Bilingual("flower")

    url_name = "city_detail"

    class Meta(Page.Meta):
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["title_en"]
        constraints = [
            *Page.Meta.constraints,
            models.CheckConstraint(
                name="city_on_the_globe",
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message=_("Latitude goes from −90 to 90, longitude from −180 to 180."),
            ),
        ]

    @property
    def colour_class(self) -> str:
        """The CSS class of its colour: its flower's, or one of 24 hues taken from its longitude and latitude."""
        if self.colour:
            return f"city-{self.colour}"
        return f"hue-{int((self.longitude + 180) / 15 + (self.latitude + 90) / 7.5) % 24}"

    def further_words(self) -> list[str]:
        places = [
            self.country_en,
            self.country_zh_hans,
            self.region_en,
            self.region_zh_hans,
            self.romanisation,
        ]
        return [*places, *pinyin_keys(self.title_zh_hans)]


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


class RelationshipQuerySet(PageQuerySet):
    def live(self) -> Self:
        """Bonds that have not ended."""
        return self.filter(ended=None)

    def with_cities(self) -> Self:
        return self.prefetch_related(Prefetch("parties", Party.objects.select_related("city")))


class Relationship(Page):
    """A bond between two cities, or an alliance of three or more."""

    class Kind(models.TextChoices):
        SISTER_CITIES = "sister-cities", _("sister cities")
        COOPERATION_CITIES = "cooperation-cities", _("friendship cooperation cities")
        ALLIANCE = "alliance", _("alliance")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    established = HistoricalDateField(_("established"), bounds=("established_first", "established_last"))
    established_first = bound()
    established_last = bound()
    ended = HistoricalDateField(_("ended"), null=True, blank=True, bounds=("ended_first", "ended_last"))
    ended_first = bound()
    ended_last = bound()
    sectors = models.ManyToManyField(
        Sector, blank=True, related_name="relationships", verbose_name=_("sectors")
    )
    builds_on = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="carries", verbose_name=_("builds on")
    )
    # The ids of its cities in order: what makes "one live bond of a kind between the same cities" a unique index.
    pair_key = models.CharField(max_length=120, blank=True, editable=False)

    objects: ClassVar[models.Manager[Any]] = RelationshipQuerySet.as_manager()

    url_name = "relationships:relationship_detail"

    class Meta(Page.Meta):
        verbose_name = _("relationship")
        verbose_name_plural = _("relationships")
        ordering = ["established_first", "slug"]
        constraints = [
            *Page.Meta.constraints,
            models.CheckConstraint(
                name="relationship_ends_after_start",
                condition=Q(ended_last=None) | Q(ended_last__gte=F("established_first")),
                violation_error_message=_("A relationship cannot end before it was established."),
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
        """The cities that belong to it now, in their order."""
        return [party.city for party in self.parties.all() if not party.left]

    @staticmethod
    def key_of(city_ids: Iterable[int]) -> str:
        return "-".join(str(pk) for pk in sorted(city_ids))

    def derive(self) -> None:
        self.pair_key = self.key_of(city.pk for city in self.cities)

    def further_words(self) -> list[str]:
        words = [word for city in self.cities for word in (city.title_en, city.title_zh_hans)]
        return [
            *words,
            *(word for sector in self.sectors.all() for word in (sector.name_en, sector.name_zh_hans)),
        ]


class Party(models.Model):
    """A city's part in a relationship."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="parties")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="parts", verbose_name=_("city"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    joined = HistoricalDateField(_("joined"), null=True, blank=True, bounds=("joined_first", "joined_last"))
    joined_first = bound()
    joined_last = bound()
    left = HistoricalDateField(_("left"), null=True, blank=True, bounds=("left_first", "left_last"))
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


class Organisation(models.Model):
    """A body that hosts, signs or employs: an association, a consulate, a council, a university."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("association")
        CONSULATE = "consulate", _("consulate or embassy")
        COUNCIL = "council", _("city government or council")
        UNIVERSITY = "university", _("university")
        OTHER = "other", _("other")

    slug = models.SlugField(_("key"), unique=True, max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ASSOCIATION)
    name_en = models.CharField(_("name (English)"), max_length=160)
    name_zh_hans = models.CharField(_("name (Chinese)"), max_length=160, blank=True)
    city = models.ForeignKey(
        City,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("city"),
    )

    name = Bilingual("name")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name


class Agreement(Page):
    """Something that cities signed."""

    class Kind(models.TextChoices):
        SISTER_CITY = "sister-city", _("sister city agreement")
        MEMORANDUM = "memorandum", _("memorandum of understanding")
        RENEWAL = "renewal", _("renewal")
        OTHER = "other", _("other agreement")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    relationship = models.ForeignKey(
        Relationship, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("relationship")
    )
    parties = models.ManyToManyField(City, related_name="agreements", verbose_name=_("parties"))
    signed = HistoricalDateField(
        _("signed on"), null=True, blank=True, bounds=("signed_first", "signed_last")
    )
    signed_first = bound()
    signed_last = bound()
    place_en = models.CharField(_("signed at (English)"), max_length=160, blank=True)
    place_zh_hans = models.CharField(_("signed at (Chinese)"), max_length=160, blank=True)
    term_en = models.CharField(_("term (English)"), max_length=200, blank=True)
    term_zh_hans = models.CharField(_("term (Chinese)"), max_length=200, blank=True)
    expires = HistoricalDateField(
        _("expires on"), null=True, blank=True, bounds=("expires_first", "expires_last")
    )
    expires_first = bound()
    expires_last = bound()
    renews = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("renews"),
    )

    place = Bilingual("place")
    term = Bilingual("term")

    url_name = "agreement_detail"

    class Meta(Page.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["signed_first", "slug"]
        constraints = [
            *Page.Meta.constraints,
            models.CheckConstraint(
                name="agreement_published_with_date",
                condition=~Q(status="published") | Q(signed__isnull=False),
                violation_error_message=_("A published agreement needs the date of its signing."),
            ),
            models.CheckConstraint(
                name="agreement_expires_after_signing",
                condition=Q(expires_last=None)
                | Q(signed_first=None)
                | Q(expires_last__gte=F("signed_first")),
                violation_error_message=_("An agreement cannot expire before it was signed."),
            ),
        ]

    def further_words(self) -> list[str]:
        signed_by = [
            word
            for signature in self.signatures.all()
            for word in (signature.person.title_en, signature.person.title_zh_hans)
        ]
        return [self.place_en, self.place_zh_hans, *signed_by]


class Signature(models.Model):
    """Who signed, in which capacity as printed, and for whom."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("person")
    )
    capacity_en = models.CharField(_("capacity as printed (English)"), max_length=160, blank=True)
    capacity_zh_hans = models.CharField(_("capacity as printed (Chinese)"), max_length=160, blank=True)
    party = models.ForeignKey(
        City,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for the city"),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    capacity = Bilingual("capacity")

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "person"],
                name="signature_once",
                violation_error_message=_("This person's signature is recorded already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


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
                condition=~Q(title_en="", title_zh_hans=""),
                violation_error_message=_("Say in one line what happened."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def shown_on(self) -> Page | None:
        return super().shown_on() if self.is_shown else None


class Tenure(Cited):
    """That a person held an office at a city or an organisation, from when to when, or at least when it is attested."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="tenures", verbose_name=_("person")
    )
    office_en = models.CharField(_("office (English)"), max_length=160)
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
                name="tenure_ends_after_begin",
                condition=Q(began_first=None) | Q(ended_last=None) | Q(ended_last__gte=F("began_first")),
                violation_error_message=_("An office cannot end before it began."),
            )
        ]

    def __str__(self) -> str:
        return _("%(person)s: %(office)s") % {"person": self.person, "office": self.office}

    @property
    def attested_years(self) -> list[int]:
        return [int(year) for year in self.attested.split(", ")] if self.attested else []
