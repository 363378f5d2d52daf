"""What holds events together that follow each other through the years."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from relationships.models import Relationship
from sistercities.pages.bilingual import texts
from sistercities.pages.models import Page


class Series(Page):
    """Events that follow each other under one name, such as the summits of an alliance in turn in its cities."""

    relationship = models.ForeignKey(
        Relationship,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="series",
        verbose_name=_("relationship"),
    )

    url_name = "events:series_detail"

    class Meta(Page.Meta):
        verbose_name = _("series")
        verbose_name_plural = _("series of events")
        ordering = ["title_en"]

    def further_words(self) -> list[str]:
        bond = self.relationship
        return [*texts(bond, "title").values()] if bond and bond.is_public else []
