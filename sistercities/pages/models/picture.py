"""Pictures: uploaded once, described in both languages, shown wherever a page refers to them."""

from functools import partial, reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sistercities.pages.bilingual import WRITTEN_OUT, Bilingual, column, current_language
from sistercities.pages.fetching import file_address
from sistercities.pages.fields import single_line
from sistercities.pages.originals import place_of_original, private_store
from sistercities.pages.pictures import Prepared, new_name, prepare, variant_name, widths_of

MIDDLING = 960
DEED = "https://creativecommons.org/"


def place_for(picture: "Picture", filename: str) -> str:
    return new_name()


def discard(names: list[str], originals: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
    for name in filter(None, originals):
        storages["private"].delete(name)


def described(through: str = "") -> Q:
    """That both languages say what is to be seen; ``through`` is the way to the picture, such as ``picture__``."""
    wanting = (Q(**{f"{through}{column('alt', code)}": ""}) for code in WRITTEN_OUT)
    return ~reduce(or_, wanting)


class PictureQuerySet(models.QuerySet["Picture"]):
    def described(self) -> Self:
        """Those that readers may see, as far as it is up to them: whoever cannot see them is told what is there."""
        return self.filter(described())

    def delete(self) -> tuple[int, dict[str, int]]:
        """The files go with the rows, once it is certain that these are gone."""
        gone_with_it = [(picture.file_names, str(picture.original)) for picture in self]
        names = [name for found, _original in gone_with_it for name in found]
        gone = super().delete()
        transaction.on_commit(partial(discard, names, [original for _names, original in gone_with_it]))
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

    # The deeds, in the languages that they are written in.
    DEEDS: ClassVar[dict[str, str]] = {
        Licence.PUBLIC_DOMAIN: "publicdomain/mark/1.0/",
        Licence.CC0: "publicdomain/zero/1.0/",
        Licence.CC_BY: "licenses/by/4.0/",
        Licence.CC_BY_SA: "licenses/by-sa/4.0/",
    }

    file = models.FileField(
        _("file"),
        upload_to=place_for,
        help_text=_(
            "JPEG, PNG or WebP, at most 25 megabytes. Readers get copies without what the camera noted, such as where "
            "it was taken; the file as you chose it is kept for staff."
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

    # Our copies of a file that was handed in and is not stored yet.
    _copy: tuple[ContentFile, Prepared] | None = None

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]
        # Each fetch of a file begins with its name.
        indexes = [models.Index(fields=["file"], name="picture_file")]
        constraints = [
            models.CheckConstraint(
                name="picture_has_size",
                condition=Q(width__gt=0, height__gt=0),
                violation_error_message=_("A picture is at least one pixel wide and high."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.alt) or self.provisional_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store our copies of a new file in all widths, and let go of those of the file before."""
        self.take_file()
        fresh = self._copy[1] if self._copy else None
        before = type(self).objects.filter(pk=self.pk).first() if fresh and self.pk else None
        super().save(*args, **kwargs)
        for width, content in fresh.variants.items() if fresh else ():
            default_storage.save(self._name(width), ContentFile(content))
        self._copy = None
        if before:
            replaced = str(before.original) if before.original != self.original else ""
            transaction.on_commit(partial(discard, before.file_names, [replaced]))

    def clean(self) -> None:
        """Say at the field what is wrong with the file."""
        try:
            self.take_file()
        except ValidationError as refused:
            raise ValidationError({"file": refused}) from refused

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        names, originals = self.file_names, [str(self.original)]
        gone = super().delete(*args, **kwargs)
        transaction.on_commit(partial(discard, names, originals))
        return gone

    def take_file(self) -> None:
        """Keep a file that was handed in as the original, and put our own copy in its place.

        Raises ValidationError if it is no picture.
        """
        if not self.file or self.is_stored or (self._copy and self.file.file is self._copy[0]):
            return
        handed_in = self.file.file
        self._take(prepare(self.file))
        handed_in.name = "original"
        self.original = handed_in

    def remake(self) -> None:
        """Make all copies again from what was handed in; of pictures older than that store, from our largest copy.

        They get new names, for a name is never used for another file.
        """
        with (self.original or self.file).open("rb") as source:
            self._take(prepare(ContentFile(source.read())))
        self.save()

    def _take(self, fresh: Prepared) -> None:
        content = ContentFile(fresh.largest, name="picture.webp")
        self.width, self.height, self.file = fresh.width, fresh.height, content
        self._copy = content, fresh

    @property
    def provisional_name(self) -> str:
        """What staff call it until it is described."""
        caption = Truncator(str(self.caption)).chars(60)
        return caption or gettext("picture %(number)s, not described yet") % {"number": self.pk or "–"}

    @property
    def is_stored(self) -> bool:
        """Whether there are copies of its file to be shown, which one just handed in has not."""
        return bool(self.file) and getattr(self.file, "_committed", True)

    @property
    def is_described(self) -> bool:
        """Whether both languages say what is to be seen; readers are shown no other."""
        return all(getattr(self, column("alt", code)) for code in WRITTEN_OUT)

    @property
    def licence_url(self) -> str:
        """Where the terms are written down; empty where they were agreed on with us alone."""
        deed = self.DEEDS.get(self.licence)
        if deed is None:
            return ""
        in_chinese = "deed.zh-hans" if current_language() == "zh-hans" else ""
        return f"{DEED}{deed}{in_chinese}"

    @property
    def widths(self) -> list[int]:
        """Of the smaller copies; the largest is as wide as the picture."""
        return widths_of(self.width)

    @property
    def file_names(self) -> list[str]:
        """Everything that readers may be given of it."""
        return [str(self.file), *(self._name(width) for width in self.widths)]

    @property
    def thumbnail(self) -> str:
        return self._address(min([*self.widths, self.width]))

    @property
    def url(self) -> str:
        """A middling width, for whatever cannot choose one itself."""
        widths = [*self.widths, self.width]
        return self._address(max([each for each in widths if each <= MIDDLING], default=min(widths)))

    @property
    def srcset(self) -> str:
        """All widths, for browsers to choose from."""
        return self._srcset([*self.widths, self.width])

    @property
    def srcset_for_gallery(self) -> str:
        """The widths that a column of a gallery has a use for: a page with many pictures stays light."""
        widths = [*self.widths, self.width]
        return self._srcset([each for each in widths if each <= MIDDLING] or widths[:1])

    def _srcset(self, widths: list[int]) -> str:
        return ", ".join(f"{self._address(width)} {width}w" for width in widths)

    def _address(self, width: int) -> str:
        return file_address(self._name(width), key_of=str(self.file))

    def _name(self, width: int) -> str:
        return str(self.file) if width == self.width else variant_name(str(self.file), width)
