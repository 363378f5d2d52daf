"""What staff write themselves: their own words in a letter of an event, and letters to a choice of its guests."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from people.models import Member
from sistercities.pages.bilingual import Bilingual
from sistercities.pages.fields import single_line


class LetterText(models.Model):
    """The hosts' own subject and words in one kind of letter about one event.

    The facts, the personal link and the calendar entry of that letter stay as they are. Where a language is left
    empty, its readers get the usual words.
    """

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="letter_texts", verbose_name=_("event")
    )
    kind = models.CharField(_("letter"), max_length=40)
    subject_en = models.CharField(
        _("subject (English)"), max_length=150, blank=True, validators=[single_line]
    )
    subject_zh_hans = models.CharField(
        _("subject (Chinese)"), max_length=150, blank=True, validators=[single_line]
    )
    body_en = models.TextField(_("words (English)"), max_length=4000, blank=True)
    body_zh_hans = models.TextField(_("words (Chinese)"), max_length=4000, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by")
    )

    subject = Bilingual("subject")
    body = Bilingual("body")

    class Meta:
        verbose_name = _("own words of a letter")
        verbose_name_plural = _("own words of letters")
        ordering = ["event", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "kind"],
                name="letter_text_once",
                violation_error_message=_("This letter has words of its own already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.kind}"


class Mailing(models.Model):
    """A free letter to a choice of an event's guests or invited, each of whom gets one of their own.

    ``audience`` is the choice as it was made; who belongs to it is decided when the letter is sent.
    """

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="mailings", verbose_name=_("event")
    )
    subject_en = models.CharField(
        _("subject (English)"), max_length=150, blank=True, validators=[single_line]
    )
    subject_zh_hans = models.CharField(
        _("subject (Chinese)"), max_length=150, blank=True, validators=[single_line]
    )
    body_en = models.TextField(_("words (English)"), max_length=8000, blank=True)
    body_zh_hans = models.TextField(_("words (Chinese)"), max_length=8000, blank=True)
    audience = models.JSONField(_("to whom"), default=dict, blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    sent_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    recipients = models.PositiveIntegerField(_("recipients"), default=0, editable=False)

    subject = Bilingual("subject")
    body = Bilingual("body")

    class Meta:
        verbose_name = _("letter to guests")
        verbose_name_plural = _("letters to guests")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="mailing_recipients_once_sent", condition=Q(sent_at__isnull=False) | Q(recipients=0)
            )
        ]

    def __str__(self) -> str:
        return self.subject
