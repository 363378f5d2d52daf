"""What readers ask us to put right."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from sistercities.pages.fields import single_line
from sistercities.pages.models.history import OfAPage


class Correction(OfAPage):
    """A reader's request to correct a page, and what became of it; only staff read it."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        ACCEPTED = "accepted", _("put right")
        DECLINED = "declined", _("left as it is")

    page_title = models.CharField(_("page"), max_length=200, editable=False)
    text = models.TextField(_("what is wrong"), max_length=4000)
    evidence = models.CharField(_("how you know"), max_length=500, blank=True, validators=[single_line])
    name = models.CharField(_("your name"), max_length=150, blank=True, validators=[single_line])
    email = models.EmailField(_("your e-mail"), blank=True)
    concerns_me = models.BooleanField(_("the page is about me"), default=False)
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
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["kind", "object_id"], name="correction_page")]

    def __str__(self) -> str:
        return f"{self.page_title}: {Truncator(' '.join(self.text.split())).chars(60)}"
