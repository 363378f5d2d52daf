"""What the hosts of an event ask their guests, and what these answer."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.guest import Guest
from events.models.rsvp import Rsvp
from sistercities.pages.bilingual import Bilingual, nothing_in
from sistercities.pages.fields import single_line


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self) -> Self:
        """Those that are put to guests now."""
        return self.filter(retired_at=None)


class Question(models.Model):
    """One thing the hosts want to know, of each party or of each guest; perhaps only after a certain other answer."""

    class Kind(models.TextChoices):
        TEXT = "text", _("a few words")
        LONG = "long", _("a longer text")
        YES_NO = "yes-no", _("yes or no")
        ONE = "one", _("one of several")
        SOME = "some", _("any of several")

    class Scope(models.TextChoices):
        PARTY = "party", _("once for the party")
        GUEST = "guest", _("for each guest")

    CHOOSING = (Kind.ONE, Kind.SOME)

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="questions", verbose_name=_("event")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind of answer"), max_length=6, choices=Kind, default=Kind.TEXT)
    scope = models.CharField(_("asked"), max_length=5, choices=Scope, default=Scope.PARTY)
    label_en = models.CharField(_("question (English)"), max_length=200, blank=True, validators=[single_line])
    label_zh_hans = models.CharField(
        _("question (Chinese)"), max_length=200, blank=True, validators=[single_line]
    )
    help_en = models.CharField(_("help (English)"), max_length=300, blank=True, validators=[single_line])
    help_zh_hans = models.CharField(_("help (Chinese)"), max_length=300, blank=True, validators=[single_line])
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("Food, access needs, health: seen by few, and removed soon after the event."),
    )
    depends_on = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("asked only after"),
        help_text=_("Another question of this event; empty: always asked."),
    )
    depends_on_choice = models.ForeignKey(
        "events.QuestionChoice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("if this was chosen"),
        help_text=_("Empty: if the answer was yes, or anything was said."),
    )
    retired_at = models.DateTimeField(_("no longer asked since"), null=True, blank=True, editable=False)

    label = Bilingual("label")
    help = Bilingual("help")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["event", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="question_has_words",
                condition=~nothing_in("label"),
                violation_error_message=_("Write the question, in one language at least."),
            ),
            models.CheckConstraint(
                name="question_not_after_itself",
                condition=~Q(depends_on=F("id")),
                violation_error_message=_("A question cannot wait for its own answer."),
            ),
            models.CheckConstraint(
                name="question_choice_needs_question",
                condition=Q(depends_on_choice=None) | Q(depends_on__isnull=False),
                violation_error_message=_("Say after which question this was to be chosen."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class QuestionChoice(models.Model):
    """One of the answers that can be chosen."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    label_en = models.CharField(_("answer (English)"), max_length=120, blank=True, validators=[single_line])
    label_zh_hans = models.CharField(
        _("answer (Chinese)"), max_length=120, blank=True, validators=[single_line]
    )

    label = Bilingual("label")

    class Meta:
        verbose_name = _("possible answer")
        verbose_name_plural = _("possible answers")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="choice_has_words",
                condition=~nothing_in("label"),
                violation_error_message=_("Write the answer, in one language at least."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class QuestionAnswer(models.Model):
    """What a party, or one of its guests, answered to one question; a row for each of several choices."""

    rsvp = models.ForeignKey(Rsvp, on_delete=models.CASCADE, related_name="replies")
    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, null=True, related_name="replies")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="replies")
    choice = models.ForeignKey(QuestionChoice, on_delete=models.PROTECT, null=True, related_name="replies")
    yes = models.BooleanField(null=True)
    text = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")
        ordering = ["question", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rsvp", "guest", "question", "choice"],
                name="reply_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="reply_says_one_thing",
                condition=Q(choice__isnull=False, yes=None, text="")
                | Q(choice=None, yes__isnull=False, text="")
                | Q(choice=None, yes=None) & ~Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.choice or self.yes)
