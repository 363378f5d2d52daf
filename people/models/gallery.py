"""The pictures of a person, beside the portrait, in the order in which the page shows them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.person import Person
from sistercities.pages.models import Picture


class PersonPicture(models.Model):
    """One picture of a person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="gallery")
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, related_name="people", verbose_name=_("picture")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("picture of the person")
        verbose_name_plural = _("pictures of the person")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "picture"],
                name="personpicture_once_per_person",
                violation_error_message=_("This picture is among those of the person already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.picture)
