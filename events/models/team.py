"""Who looks after an event, and the words by which its guests are sorted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.event import Event
from people.models import RoleName
from sistercities.pages.bilingual import Bilingual, nothing_in


class TeamMember(models.Model):
    """Somebody who looks after one event: as its host, or at its door. What that allows follows from the role."""

    class Duty(models.TextChoices):
        HOST = RoleName.HOST.value, pgettext_lazy("duty", "host")
        DOOR = RoleName.DOOR.value, pgettext_lazy("duty", "door")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="team", verbose_name=_("event"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="event_duties",
        verbose_name=_("member"),
    )
    duty = models.CharField(_("duty"), max_length=10, choices=Duty.choices, default=Duty.HOST)

    class Meta:
        verbose_name = _("member of the team")
        verbose_name_plural = _("the team of the event")
        ordering = ["duty", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "member", "duty"],
                name="duty_once",
                violation_error_message=_("This member has this duty already."),
            ),
            models.CheckConstraint(
                name="duty_known",
                condition=models.Q(duty__in=["host", "door"]),
                violation_error_message=_("There is no such duty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.get_duty_display()})"


class GuestTag(models.Model):
    """A word by which parties are sorted and found, such as VIP or press; only staff see it."""

    name_en = models.CharField(_("name (English)"), max_length=40, blank=True)
    name_zh_hans = models.CharField(_("name (Chinese)"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    name = Bilingual("name")

    class Meta:
        verbose_name = _("tag of guests")
        verbose_name_plural = _("tags of guests")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="guest_tag_has_name",
                condition=~nothing_in("name"),
                violation_error_message=_("Give the name, in one language at least."),
            ),
            models.UniqueConstraint(
                fields=["name_en", "name_zh_hans"],
                name="guest_tag_once",
                violation_error_message=_("There is a tag of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
