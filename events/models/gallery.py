"""The pictures and documents of an event, in the order in which its page shows them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from sistercities.pages.models import Document, Picture


class EventPicture(models.Model):
    """One picture of an event; the first stands at the head of the record."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="gallery")
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, related_name="events", verbose_name=_("picture")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("picture of the event")
        verbose_name_plural = _("pictures of the event")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "picture"],
                name="eventpicture_once_per_event",
                violation_error_message=_("This picture is among those of the event already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.picture)


class EventDocument(models.Model):
    """One document of an event: its programme, a report, a speech as printed."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="events", verbose_name=_("document")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("document of the event")
        verbose_name_plural = _("documents of the event")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "document"],
                name="eventdocument_once_per_event",
                violation_error_message=_("This document is among those of the event already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.document)
