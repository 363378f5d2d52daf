"""News: short stories about what the association does, and what visitors write to it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from sistercities.pages.bilingual import Bilingual, texts
from sistercities.pages.dates import HistoricalDate, from_date
from sistercities.pages.fields import single_line
from sistercities.pages.models import Page, Picture


class Topic(models.Model):
    """What stories are sorted by: exhibitions, schools, the association itself."""

    slug = models.SlugField(_("key"), unique=True)
    name_en = models.CharField(_("name (English)"), max_length=80)
    name_zh_hans = models.CharField(_("name (Chinese)"), max_length=80)

    name = Bilingual("name")

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name


class Story(Page):
    """A short piece of news; its date is the moment from which it is public."""

    topics = models.ManyToManyField(Topic, blank=True, related_name="stories", verbose_name=_("topics"))
    byline = models.CharField(
        _("byline"),
        max_length=120,
        blank=True,
        validators=[single_line],
        help_text=_("Who wrote it, as they want to be named; may stay empty."),
    )

    url_name = "story_detail"
    parts: ClassVar[tuple[str, ...]] = ("gallery", "subjects", "citations")

    class Meta(Page.Meta):
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-publish_at", "slug"]

    @property
    def day(self) -> HistoricalDate:
        """The date that stands above it, on the association's calendar."""
        return from_date(timezone.localdate(self.publish_at))

    def further_words(self) -> list[str]:
        return [self.byline, *(word for topic in self.topics.all() for word in texts(topic, "name").values())]


class StoryPicture(models.Model):
    """One picture of a story; the first stands at its head."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="gallery")
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, related_name="stories", verbose_name=_("picture")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("picture of the story")
        verbose_name_plural = _("pictures of the story")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "picture"],
                name="storypicture_once_per_story",
                violation_error_message=_("This picture is among those of the story already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.picture)


class StorySubject(models.Model):
    """A page that a story is about: an event, a person, a bond, a city."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="subjects")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("what the story is about")
        verbose_name_plural = _("what the story is about")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="storysubject_page")]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "content_type", "object_id"],
                name="storysubject_once",
                violation_error_message=_("The story is tied to this page already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.subject)


class Enquiry(models.Model):
    """What a visitor wrote to the association by the contact form; only staff read it."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed without an answer")

    name = models.CharField(_("your name"), max_length=150, validators=[single_line])
    email = models.EmailField(_("your e-mail"))
    subject = models.CharField(_("what it is about"), max_length=150, validators=[single_line])
    text = models.TextField(_("your message"), max_length=4000)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    nonce = models.CharField(max_length=40, unique=True, editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    remark = models.TextField(_("what we did"), blank=True)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("handled by"),
    )

    OPEN: ClassVar[tuple[str, ...]] = (State.NEW,)

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.subject}: {Truncator(' '.join(self.text.split())).chars(60)}"
