"""The shape of everything public: a page in two languages, and the sources that its statements rest on."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sistercities.pages.bilingual import Bilingual, languages, nothing_in, texts
from sistercities.pages.fields import HistoricalDateField, bound, single_line, without_bounds
from sistercities.pages.search import search_vector, unspaced_keys

MARKDOWN_HELP = _(
    "Markdown. A blank line makes a paragraph;"
    " [^source-address] after a statement sets a footnote to a source cited below."
)


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


class PageQuerySet(models.QuerySet[Any]):
    """The only doors to pages for the public are ``published`` and ``visible_to``."""

    def published(self, now: datetime | None = None) -> Self:
        """What everybody may read now; a page scheduled for later is not yet among it."""
        return self.filter(status=Status.PUBLISHED, publish_at__lte=now or timezone.now())

    def visible_to(self, viewer: Any) -> Self:
        """What this reader may open: staff see drafts too, whoever holds a preview link that one draft."""
        if viewer.is_staff and viewer.has_perm("pages.view_drafts"):
            return self.all()
        kind, pk = getattr(viewer, "previews", ("", None))
        if kind != self.model._meta.label_lower:
            return self.published()
        return self.filter(Q(pk=pk) | Q(pk__in=self.model._default_manager.published().values("pk")))

    def listed(self) -> Self:
        """What lists, search, feeds and the sitemap may name: all that is published, unless a model knows better."""
        return self.published()

    def news(self) -> Self:
        """What the feed tells of: all that is listed, unless a model knows better."""
        return self.listed()


class Dated(models.Model):
    """A thing with historical dates, which are held against each other in the form already."""

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        super().validate_constraints(exclude=without_bounds(self, exclude))


class Cited(Dated):
    """A thing whose statements can be traced to sources."""

    citations = GenericRelation("pages.Citation")

    # The relations that lead to the page on which it is shown; a page needs none.
    shown_through: ClassVar[tuple[str, ...]] = ()
    # The statements that want a source, and the columns that make them: ``{"established": ("established",)}``; the
    # empty claim stands for the thing as a whole.
    claims: ClassVar[dict[str, tuple[str, ...]]] = {"": ()}

    class Meta:
        abstract = True

    def shown_on(self) -> "Page | None":
        """The public page on which readers find it; None while there is none."""
        return next(
            (page for name in self.shown_through if (page := getattr(self, name)) and page.is_public), None
        )


class Page(Cited):
    """A public page: in two languages, as a draft, scheduled or published, cited and searchable.

    ``search_text`` holds further words under which the page is found (names in other scripts, pinyin, the text of its
    parts); ``sistercities.pages.publishing.refresh`` fills it once the parts are saved.
    """

    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        help_text=_("The last part of the page's address: lower-case letters, digits, hyphens."),
    )
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True, validators=[single_line])
    title_zh_hans = models.CharField(
        _("title (Chinese)"), max_length=200, blank=True, validators=[single_line]
    )
    summary_en = models.TextField(
        _("summary (English)"), blank=True, help_text=_("One or two sentences, for lists and search engines.")
    )
    summary_zh_hans = models.TextField(_("summary (Chinese)"), blank=True)
    body_en = models.TextField(_("text (English)"), blank=True, help_text=MARKDOWN_HELP)
    body_zh_hans = models.TextField(_("text (Chinese)"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    publish_at = models.DateTimeField(
        _("publish at"),
        default=timezone.now,
        help_text=_("A moment in the future schedules a published page."),
    )
    verified_on = models.DateField(_("last verified on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    search_text = models.TextField(blank=True, default="", editable=False)
    # The names under which it is known, one a line, in small letters without marks: for slips of the pen, and for
    # suggestions while somebody types; see ``searching``.
    names_folded = models.TextField(blank=True, default="", editable=False)
    # By language: hashes of its own texts, and of the others' when it was last looked over; see ``staleness``.
    language_marks = models.JSONField(default=dict, editable=False)
    stale_in = ArrayField(models.CharField(max_length=12), default=list, editable=False)
    search = search_vector()

    title = Bilingual("title")
    summary = Bilingual("summary")
    body = Bilingual("body")

    objects: ClassVar[models.Manager[Any]] = PageQuerySet.as_manager()

    url_name = ""
    # The columns with moments at which what the public sees changes by itself; kept pages are dropped then.
    turns_at: ClassVar[tuple[str, ...]] = ("publish_at",)
    is_news: ClassVar[bool] = True
    # Columns that say where and from when it is shown: to restore an old revision changes none of them.
    not_restored: ClassVar[tuple[str, ...]] = ("slug", "status", "publish_at")
    # What belongs to it in a revision: the relations to rows that are nothing without it.
    parts: ClassVar[tuple[str, ...]] = ("citations",)
    # The relations from which its names and further words come; fetched at once where many pages are filled.
    worded_by: ClassVar[tuple[str, ...]] = ()
    # The bilingual texts that are no translations of each other, such as names; see ``staleness``.
    untranslated: ClassVar[tuple[str, ...]] = ()
    claims: ClassVar[dict[str, tuple[str, ...]]] = {}

    class Meta:
        abstract = True
        indexes = [
            GinIndex(fields=["search"], name="%(class)s_search"),
            GinIndex(fields=["names_folded"], opclasses=["gin_trgm_ops"], name="%(class)s_names"),
        ]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_published_with_title",
                condition=~Q(status=Status.PUBLISHED) | ~nothing_in("title"),
                violation_error_message=_("A published page needs a title."),
            )
        ]

    def __str__(self) -> str:
        return str(self.title) or self.slug

    def get_absolute_url(self) -> str:
        return reverse(self.url_name, args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it now."""
        return self.status == Status.PUBLISHED and self.publish_at <= timezone.now()

    @property
    def is_scheduled(self) -> bool:
        return self.status == Status.PUBLISHED and self.publish_at > timezone.now()

    @property
    def missing_languages(self) -> list[str]:
        """The languages in which its title or its text is wanting although another language has it."""
        wanting = {
            code
            for name in ("title", "summary", "body")
            if (found := texts(self, name))
            for code in languages()
            if code not in found
        }
        return sorted(wanting)

    def words_in(self, language: str) -> list[str]:
        """The texts of its parts in one language, which are translated along with it; most pages have none."""
        return []

    def derive(self) -> None:
        """Fill columns that follow from the page's parts; most pages have none."""

    def further_words(self) -> list[str]:
        """Words beside title, summary and text under which the page should be found, as readers may see them."""
        return []

    def known_as(self) -> list[str]:
        """The names under which it is known, and ways to type them.

        The syllables of a title stand together, for one by one they would be found by words that are none of it.
        """
        names = list(texts(self, "title").values())
        return [*names, *(key for name in names for key in unspaced_keys(name))]


class Source(Page):
    """Something published, or told, on which statements rest."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official publication")
        PRESS = "press", _("press")
        PRIMARY = "primary", _("primary source")
        ORAL = "oral", _("oral account")
        REFERENCE = "reference", _("reference work")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PRESS)
    author = models.CharField(_("author"), max_length=200, blank=True)
    publisher_en = models.CharField(_("publisher (English)"), max_length=200, blank=True)
    publisher_zh_hans = models.CharField(_("publisher (Chinese)"), max_length=200, blank=True)
    published_on = HistoricalDateField(
        _("published on"), null=True, blank=True, bounds=("published_first", "published_last")
    )
    published_first = bound()
    published_last = bound()
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)
    url = models.URLField(
        _("web address"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    archived_url = models.URLField(
        _("archived at"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    language = models.CharField(
        _("language of the original"),
        max_length=12,
        default="en",
        help_text=_("A language tag, such as en or zh-Hans."),
    )

    publisher = Bilingual("publisher")

    url_name = "source_detail"
    is_news = False

    class Meta(Page.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["slug"]

    def further_words(self) -> list[str]:
        return [self.author, *texts(self, "publisher").values()]


class Citation(models.Model):
    """That a source supports, or contradicts, an object or one claim in it."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        CONTRADICTS = "contradicts", _("contradicts")

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="uses", verbose_name=_("source")
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    claim = models.SlugField(
        _("claim"),
        max_length=60,
        blank=True,
        help_text=_(
            "Empty for the whole page; else a short key for one statement, the same for all sources that speak of it."
        ),
    )
    stance = models.CharField(_("stance"), max_length=12, choices=Stance, default=Stance.SUPPORTS)
    locator = models.CharField(
        _("where in the source"), max_length=120, blank=True, help_text=_("Such as p. 12 or paragraph 3.")
    )
    note_en = models.TextField(
        _("note (English)"), blank=True, help_text=_("What this source says of the claim.")
    )
    note_zh_hans = models.TextField(_("note (Chinese)"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    note = Bilingual("note")

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="citation_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "source", "claim"],
                name="citation_once_per_claim",
                violation_error_message=_("This source is cited for that claim already."),
            ),
            models.CheckConstraint(
                name="citation_contradiction_has_note",
                condition=~Q(stance="contradicts") | (~Q(claim="") & ~nothing_in("note")),
                violation_error_message=_(
                    "A contradiction needs the claim it concerns and a note of what the source says."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.subject}"

    @property
    def place(self) -> str:
        """Where in the source, as readers see it: an import names the line of its file, and no language."""
        line = re.fullmatch(r"line (\d+)", self.locator)
        return gettext("line %(number)s") % {"number": line.group(1)} if line else self.locator


class StandingPage(Page):
    """A page that stands by itself: about, privacy, contact."""

    position = models.PositiveSmallIntegerField(_("order in the footer"), default=0)

    url_name = "standing_page"
    is_news = False

    class Meta(Page.Meta):
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
        ordering = ["position", "slug"]


class ContentVersion(models.Model):
    """One row: the number of the last change to anything public, raised by triggers; it stamps kept pages."""

    number = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(name="contentversion_single_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.number)
