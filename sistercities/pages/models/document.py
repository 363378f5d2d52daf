"""Documents: scans, programmes, reports; kept as they were handed in, with a checksum by which anybody can tell."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from sistercities.pages.bilingual import Bilingual, nothing_in
from sistercities.pages.documents import inspect, new_name
from sistercities.pages.fetching import file_address
from sistercities.pages.fields import single_line

TWIN = _("This very file is among the documents already, as “%(title)s”. Choose that one where it belongs.")


def place_for(document: "Document", filename: str) -> str:
    return new_name(filename.rpartition(".")[2])


class Document(models.Model):
    """A file that readers may open: the scan of an agreement, a programme, a report."""

    file = models.FileField(
        _("file"),
        upload_to=place_for,
        help_text=_(
            "PDF, JPEG, PNG or plain text, at most 25 megabytes. It is kept byte for byte, with what it says of its "
            "making: look that over first."
        ),
    )
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True, validators=[single_line])
    title_zh_hans = models.CharField(
        _("title (Chinese)"), max_length=200, blank=True, validators=[single_line]
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        help_text=_("In which it is written: a language tag, such as en or zh-Hans; empty for several."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=160,
        blank=True,
        validators=[single_line],
        help_text=_("Who holds the original or gave it to us; shown beside the document."),
    )
    rights = models.CharField(
        _("rights"),
        max_length=240,
        help_text=_(
            "By what right we show it: the licence, or who allowed it and when. Only staff see this."
        ),
    )
    media_type = models.CharField(_("kind of file"), max_length=40, editable=False)
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64, editable=False)

    title = Bilingual("title")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["file"], name="document_file")]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                name="document_once",
                violation_error_message=_("This very file is among the documents already."),
            ),
            models.CheckConstraint(
                name="document_has_title",
                condition=~nothing_in("title"),
                violation_error_message=_("A document needs a title."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.take_file()
        before = (
            type(self).objects.filter(pk=self.pk).exclude(file=str(self.file)).first() if self.pk else None
        )
        super().save(*args, **kwargs)
        if before:
            transaction.on_commit(partial(default_storage.delete, str(before.file)))

    def clean(self) -> None:
        """Say at the field what is wrong with the file, or which document it is already."""
        try:
            self.take_file()
        except ValidationError as refused:
            raise ValidationError({"file": refused}) from refused
        twin = (
            type(self).objects.filter(sha256=self.sha256).exclude(pk=self.pk).first() if self.sha256 else None
        )
        if twin:
            raise ValidationError({"file": ValidationError(TWIN, code="twin", params={"title": twin})})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        name = str(self.file)
        gone = super().delete(*args, **kwargs)
        transaction.on_commit(partial(default_storage.delete, name))
        return gone

    def take_file(self) -> None:
        """Read a new file for its kind, size and checksum. Raises ValidationError if we take no such file."""
        if not self.file or getattr(self.file, "_committed", True):
            return
        found = inspect(self.file)
        self.media_type, self.size, self.sha256 = found.media_type, found.size, found.sha256
        self.file.name = f"document.{found.extension}"

    @property
    def url(self) -> str:
        return file_address(str(self.file))
