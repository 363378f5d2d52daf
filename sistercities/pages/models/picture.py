"""Pictures: uploaded once, described in both languages, shown wherever a page refers to them."""

from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.pages.bilingual import Bilingual
from sistercities.pages.fields import single_line
from sistercities.pages.originals import place_of_original, private_store
from sistercities.pages.pictures import Prepared, new_name, prepare, variant_name, widths_of

MIDDLING = 960


def place_for(picture: "Picture", filename: str) -> str:
    return new_name(filename.rpartition(".")[2])


def discard(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


class PictureQuerySet(models.QuerySet["Picture"]):
    def delete(self) -> tuple[int, dict[str, int]]:
        """The files go with the rows, once it is certain that these are gone."""
        names = [name for picture in self for name in picture.file_names]
        gone = super().delete()
        transaction.on_commit(partial(discard, names))
        return gone


class Picture(models.Model):
    """A photograph or drawing. Whatever file it is given, its own clean copy of it is what gets stored."""

    class Focus(models.TextChoices):
        TOP_LEFT = "top-left", _("top left")
        TOP = "top", _("top")
        TOP_RIGHT = "top-right", _("top right")
        LEFT = "left", _("left")
        CENTRE = "centre", _("centre")
        RIGHT = "right", _("right")
        BOTTOM_LEFT = "bottom-left", _("bottom left")
        BOTTOM = "bottom", _("bottom")
        BOTTOM_RIGHT = "bottom-right", _("bottom right")

    class Licence(models.TextChoices):
        PERMISSION = "permission", _("by permission")
        PUBLIC_DOMAIN = "public-domain", _("public domain")
        CC0 = "cc0-1.0", _("CC0 1.0")
        CC_BY = "cc-by-4.0", _("CC BY 4.0")
        CC_BY_SA = "cc-by-sa-4.0", _("CC BY-SA 4.0")

    file = models.FileField(
        _("file"),
        upload_to=place_for,
        help_text=_(
            "JPEG, PNG, WebP or AVIF, at most 15 megabytes and 40 million pixels. We keep a copy without what the "
            "camera noted, such as where it was taken."
        ),
    )
    # What was handed in, byte for byte. It is never served; see ``sistercities.pages.originals``.
    original = models.FileField(
        _("original"), storage=private_store, upload_to=place_of_original, blank=True, editable=False
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    alt_en = models.CharField(
        _("description (English)"),
        max_length=300,
        blank=True,
        validators=[single_line],
        help_text=_("What is to be seen, for those who cannot see it: who, where, doing what."),
    )
    alt_zh_hans = models.CharField(
        _("description (Chinese)"), max_length=300, blank=True, validators=[single_line]
    )
    caption_en = models.CharField(
        _("caption (English)"),
        max_length=300,
        blank=True,
        validators=[single_line],
        help_text=_("Stands below the picture."),
    )
    caption_zh_hans = models.CharField(
        _("caption (Chinese)"), max_length=300, blank=True, validators=[single_line]
    )
    credit = models.CharField(
        _("credit"),
        max_length=160,
        blank=True,
        validators=[single_line],
        help_text=_("Who took it, as they want to be named; shown beside the picture."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence,
        default=Licence.PERMISSION,
        help_text=_("On what terms others may use it; shown beside the picture."),
    )
    rights = models.CharField(
        _("rights"),
        max_length=240,
        help_text=_(
            "By what right we show it: the licence, or who allowed it and when. Only staff see this."
        ),
    )
    focus = models.CharField(
        _("where to look"),
        max_length=12,
        choices=Focus,
        default=Focus.CENTRE,
        help_text=_("What must stay in view where the picture is cut to a square."),
    )

    alt = Bilingual("alt")
    caption = Bilingual("caption")

    objects: ClassVar[models.Manager[Any]] = PictureQuerySet.as_manager()

    # Our copy of a file that was handed in and is not stored yet.
    _copy: tuple[ContentFile, Prepared] | None = None

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="picture_has_size",
                condition=Q(width__gt=0, height__gt=0),
                violation_error_message=_("A picture is at least one pixel wide and high."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store our copy of a new file in all widths, and let go of those of the file before."""
        self.take_file()
        fresh = self._copy[1] if self._copy else None
        before = type(self).objects.filter(pk=self.pk).first() if fresh and self.pk else None
        super().save(*args, **kwargs)
        for width, content in fresh.variants.items() if fresh else ():
            default_storage.save(self._name(width), ContentFile(content))
        self._copy = None
        if before:
            transaction.on_commit(partial(discard, before.file_names))

    def clean(self) -> None:
        """Say at the field what is wrong with the file."""
        try:
            self.take_file()
        except ValidationError as refused:
            raise ValidationError({"file": refused}) from refused

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        names = self.file_names
        gone = super().delete(*args, **kwargs)
        transaction.on_commit(partial(discard, names))
        return gone

    def take_file(self) -> None:
        """Put our own copy in the place of a file that was handed in. Raises ValidationError if it is no picture."""
        is_stored = not self.file or getattr(self.file, "_committed", True)
        if is_stored or (self._copy and self.file.file is self._copy[0]):
            return
        fresh = prepare(self.file)
        content = ContentFile(fresh.original, name=f"picture.{fresh.extension}")
        self.width, self.height, self.file = fresh.width, fresh.height, content
        self._copy = content, fresh

    @property
    def widths(self) -> list[int]:
        return widths_of(self.width)

    @property
    def file_names(self) -> list[str]:
        """Everything that is stored of it."""
        return [str(self.file), *(self._name(width) for width in self.widths)]

    @property
    def thumbnail(self) -> str:
        return self._address(self.widths[0])

    @property
    def url(self) -> str:
        """A middling width, for whatever cannot choose one itself."""
        return self._address(max(each for each in self.widths if each <= MIDDLING))

    @property
    def srcset(self) -> str:
        """All widths, for browsers to choose from."""
        return ", ".join(f"{self._address(width)} {width}w" for width in self.widths)

    def _address(self, width: int) -> str:
        return default_storage.url(self._name(width))

    def _name(self, width: int) -> str:
        return variant_name(str(self.file), width)
