"""What happens at an event, and what was said there."""

import re
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from people.models import Person
from sistercities.pages.bilingual import Bilingual, ByLanguage, column, nothing_in, texts
from sistercities.pages.fields import within_reach
from sistercities.pages.models import Page, PageQuerySet


class ProgrammeItem(models.Model):
    """A line of the programme."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="programme")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    at = models.TimeField(_("at"), null=True, blank=True, help_text=_("On the clocks of the place."))
    title_en = models.CharField(_("what (English)"), max_length=200, blank=True)
    title_zh_hans = models.CharField(_("what (Chinese)"), max_length=200, blank=True)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programme_items",
        verbose_name=_("by"),
    )

    title = Bilingual("title")

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="programmeitem_has_title",
                condition=~nothing_in("title"),
                violation_error_message=_("Say in one language at least what it is."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """Somebody of whom the record says that they were there; guests who only answered an invitation are never here."""

    class Role(models.TextChoices):
        HOST = "host", _("host")
        GUEST_OF_HONOUR = "guest-of-honour", _("guest of honour")
        DELEGATION = "delegation", _("member of a delegation")
        PRESENT = "present", _("present")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="attended", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.PRESENT)
    capacity_en = models.CharField(_("capacity as printed (English)"), max_length=160, blank=True)
    capacity_zh_hans = models.CharField(_("capacity as printed (Chinese)"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    capacity = Bilingual("capacity")

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("who was there")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                name="participant_once",
                violation_error_message=_("This person is on the record of the event already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")


def known_tag(tag: str) -> None:
    """Refuse what is no language tag, such as a language's name."""
    if not TAG.fullmatch(tag):
        raise ValidationError(
            _("Write a language tag: en for English, zh-Hans for Chinese, mi for Māori."), code="no_tag"
        )


class RemarkQuerySet(PageQuerySet):
    def published(self, now: object = None) -> Self:
        """Published, its event and its speaker too, and free of any embargo."""
        moment = now or timezone.now()
        return (
            super()
            .published(moment)  # type: ignore[arg-type]
            .filter(
                Q(embargo_until=None) | Q(embargo_until__lte=moment),
                event__status="published",
                event__publish_at__lte=moment,
                speaker__status="published",
                speaker__publish_at__lte=moment,
            )
        )

    def listed(self) -> Self:
        """What is said at an unlisted event is listed nowhere either."""
        return self.published().exclude(event__visibility=Event.Visibility.UNLISTED)

    def with_speaker(self) -> Self:
        return self.select_related("speaker__portrait", "event").prefetch_related("speaker__names")


class Remark(Page):
    """A speech or message given at an event; paragraph by paragraph in both languages."""

    class Delivery(models.TextChoices):
        IN_PERSON = "in-person", _("in person")
        VIDEO = "video", _("by video")
        LETTER = "letter", _("in writing")
        READ_BY = "read-by", _("read by somebody else")
        REPORTED = "reported", _("as reported")

    class Form(models.TextChoices):
        VERBATIM = "verbatim", _("verbatim")
        SUMMARY = "summary", _("summary")

    class Rendering(models.TextChoices):
        UNKNOWN = "", _("not stated")
        ORIGINAL = "original", _("original")
        OFFICIAL = "official", _("official translation")
        ASSOCIATION = "association", _("translation of the association")
        DRAFT = "draft", _("draft translation, not yet checked")

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("event")
    )
    speaker = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("speaker")
    )
    capacity_en = models.CharField(_("capacity as printed (English)"), max_length=160, blank=True)
    capacity_zh_hans = models.CharField(_("capacity as printed (Chinese)"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    delivery = models.CharField(_("delivered"), max_length=10, choices=Delivery, default=Delivery.IN_PERSON)
    read_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("read by")
    )
    original_language = models.CharField(
        _("original language"),
        max_length=12,
        blank=True,
        validators=[known_tag],
        help_text=_("A language tag, such as en or zh-Hans; empty if unknown."),
    )
    rendering_en = models.CharField(
        _("the text is (English)"), max_length=12, choices=Rendering, default=Rendering.UNKNOWN, blank=True
    )
    rendering_zh_hans = models.CharField(
        _("the text is (Chinese)"), max_length=12, choices=Rendering, default=Rendering.UNKNOWN, blank=True
    )
    form = models.CharField(_("form"), max_length=10, choices=Form, default=Form.SUMMARY)
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        validators=[within_reach],
        help_text=_("Until this moment nobody but staff finds it anywhere; empty if there is no embargo."),
    )

    capacity = Bilingual("capacity")
    renderings = ByLanguage("rendering")

    objects: ClassVar[models.Manager[Any]] = RemarkQuerySet.as_manager()

    url_name = "remark_detail"
    parts = ("segments", "citations")
    not_restored = (*Page.not_restored, "embargo_until")
    claims = {"": ()}
    turns_at = ("publish_at", "embargo_until", "event__publish_at", "speaker__publish_at")

    class Meta(Page.Meta):
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["event", "position", "pk"]
        constraints = [
            *Page.Meta.constraints,
            models.CheckConstraint(
                name="remark_reader_named_where_read",
                condition=Q(delivery="read-by", read_by__isnull=False)
                | (~Q(delivery="read-by") & Q(read_by=None)),
                violation_error_message=_("Name who read it, where somebody else did, and only there."),
            ),
        ]

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it now: its event and its speaker must be public, and no embargo hold it back."""
        return super().is_public and self.event.is_public and self.speaker.is_public and not self.is_embargoed

    @property
    def is_embargoed(self) -> bool:
        return self.embargo_until is not None and self.embargo_until > timezone.now()

    def further_words(self) -> list[str]:
        words = [*self.speaker.known_as(), *texts(self, "capacity").values()]
        for segment in self.segments.all():
            words += texts(segment, "text").values()
        return words

    def words_in(self, language: str) -> list[str]:
        return [getattr(segment, column("text", language)) for segment in self.segments.all()]


class RemarkSegment(models.Model):
    """One paragraph of a remark, in both languages."""

    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="segments")
    position = models.PositiveSmallIntegerField(_("paragraph"))
    text_en = models.TextField(_("English"), blank=True)
    text_zh_hans = models.TextField(_("Chinese"), blank=True)
    # What links to the paragraph end with; it stays when paragraphs before it come or go.
    anchor = models.PositiveSmallIntegerField(_("link"), null=True, blank=True)

    text = Bilingual("text")

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["remark", "position"],
                name="segment_position_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Two paragraphs cannot have the same number."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.remark} ¶{self.position}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.anchor = self.anchor or self.position
        super().save(*args, **kwargs)

    @property
    def mark(self) -> str:
        """The end of its address: ``p3``."""
        return f"p{self.anchor or self.position}"
