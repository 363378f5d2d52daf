"""What cities signed, and who signed it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from people.models import Person
from relationships.models.bonds import Relationship
from relationships.models.places import City, Sector
from sistercities.pages.bilingual import Bilingual, columns, texts
from sistercities.pages.fields import HistoricalDateField, bound
from sistercities.pages.models import MARKDOWN_HELP, Document, Page


class Agreement(Page):
    """Something that cities signed."""

    class Kind(models.TextChoices):
        SISTER_CITY = "sister-city", _("sister city agreement")
        MEMORANDUM = "memorandum", _("memorandum of understanding")
        FRIENDSHIP = "friendship", _("friendship cooperation agreement")
        LETTER_OF_INTENT = "intent", _("letter of intent")
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
    signed_in = models.ForeignKey(
        City,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signings",
        verbose_name=_("city of signing"),
        help_text=_("It may be a third city, that is no party."),
    )
    sectors = models.ManyToManyField(Sector, blank=True, related_name="agreements", verbose_name=_("sectors"))
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
    parts = ("signatures", "wordings", "citations")
    claims = {
        "signed": ("signed",),
        "place": columns("place"),
        "term": (*columns("term"), "expires"),
    }

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
                name="agreement_does_not_renew_itself",
                condition=~Q(renews=F("pk")),
                violation_error_message=_("An agreement cannot renew itself."),
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
        people = [row.person for row in self.signatures.select_related("person") if row.person.is_public]
        signed_by = [word for person in people for word in texts(person, "title").values()]
        cities = [
            word for city in self.parties.all() if city.is_public for word in texts(city, "title").values()
        ]
        fields = [word for sector in self.sectors.all() for word in texts(sector, "name").values()]
        wordings = [wording.text for wording in self.wordings.all()]
        return [
            *self._kind_in_words(),
            *texts(self, "place").values(),
            *texts(self, "term").values(),
            *signed_by,
            *cities,
            *fields,
            *wordings,
        ]

    def _kind_in_words(self) -> list[str]:
        """The kind in all languages, and the letters by which everybody calls a memorandum."""
        words = []
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                words.append(str(self.get_kind_display()))
        return [*words, "MoU"] if self.kind == self.Kind.MEMORANDUM else words


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


class Wording(models.Model):
    """The text of an agreement in one language: typed, as a scan, or both; and what standing it has."""

    class Standing(models.TextChoices):
        AUTHENTIC = "authentic", _("authentic text")
        OFFICIAL = "official", _("official translation")
        ASSOCIATION = "association", _("translation of the association")
        DRAFT = "draft", _("draft translation")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(
        _("language"), max_length=12, help_text=_("A language tag, such as en, zh-Hans or mi.")
    )
    standing = models.CharField(_("standing"), max_length=12, choices=Standing, default=Standing.AUTHENTIC)
    text = models.TextField(_("text"), blank=True, help_text=MARKDOWN_HELP)
    scan = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wordings",
        verbose_name=_("scan"),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("text of an agreement")
        verbose_name_plural = _("texts of an agreement")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "language", "standing"],
                name="wording_once_per_language",
                violation_error_message=_("There is such a text in this language already."),
            ),
            models.CheckConstraint(
                name="wording_is_there",
                condition=~Q(text="") | Q(scan__isnull=False),
                violation_error_message=_("Give the text, a scan, or both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.language}"
