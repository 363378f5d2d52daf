"""The rules by which an event takes RSVPs, and the lock under which they are decided."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from sistercities.pages.fields import personal_name, single_line


def usual_reminders() -> list[int]:
    """Days before the event."""
    return [14, 3, 1]


class RsvpPolicy(models.Model):
    """How one event takes RSVPs. Its row is the lock under which every answer is decided.

    ``seats_committed`` counts the seats of all confirmed parties, those of offers that stand, and those held for
    delegations that nobody is named for yet; PostgreSQL itself refuses to let it pass ``seat_limit``.
    """

    class Mode(models.TextChoices):
        NONE = "none", _("no RSVP")
        OPEN = "open", _("open to everybody")
        MEMBERS = "members", _("members only")
        INVITATION = "invitation", _("by invitation only")
        APPROVAL = "approval", _("on request; the hosts decide")

    class Promotion(models.TextChoices):
        """How seats that become free reach those who wait."""

        OFFER = "offer", _("they are offered, and a part may be taken")
        SEAT = "seat", _("they are given at once, to whole parties")

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="rsvp_policy")
    mode = models.CharField(_("who may answer"), max_length=10, choices=Mode, default=Mode.OPEN)
    opens_at = models.DateTimeField(
        _("opens"), null=True, blank=True, help_text=_("Empty: as soon as the event is published.")
    )
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_("Empty: when the event begins. Afterwards guests may still withdraw or come with fewer."),
    )
    seat_limit = models.PositiveIntegerField(
        _("seats"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(20_000)],
        help_text=_("Empty: no limit at all."),
    )
    seats_committed = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    largest_party = models.PositiveSmallIntegerField(
        _("largest party"), default=4, validators=[MinValueValidator(1), MaxValueValidator(40)]
    )
    waiting_list = models.BooleanField(_("keeps a waiting list"), default=True)
    promotion = models.CharField(
        _("freed seats"), max_length=5, choices=Promotion, default=Promotion.OFFER, db_default=Promotion.OFFER
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("an offer stands for"),
        default=26,
        db_default=26,
        validators=[MinValueValidator(1), MaxValueValidator(130)],
        help_text=_("Hours between 8 and 21 o'clock: 26 are two days. Near the event it is less by itself."),
    )
    members_first = models.BooleanField(
        _("members first"),
        default=False,
        db_default=False,
        help_text=_("On the waiting list members are served before all others."),
    )
    verify_email = models.BooleanField(
        _("asks for a verified e-mail"),
        default=False,
        db_default=False,
        help_text=_(
            "An answer counts once the link in a mail was followed; nobody can probe who has answered."
        ),
    )
    names_by = models.DateTimeField(
        _("names wanted by"),
        null=True,
        blank=True,
        help_text=_("Until then companions may be without a name. Empty: they may stay so."),
    )
    asks_interpretation = models.BooleanField(
        _("asks about interpretation"),
        default=False,
        db_default=False,
        help_text=_("Guests can say into which language they would like to have it interpreted."),
    )
    guest_list = models.BooleanField(
        _("guests see who comes"),
        default=False,
        db_default=False,
        help_text=_("Confirmed guests see the names of those who agreed to be named."),
    )
    reply_to_name = models.CharField(
        _("letters are answered by"),
        max_length=150,
        blank=True,
        validators=[single_line, personal_name],
        help_text=_("Who gets what guests write back; empty: the association."),
    )
    reply_to_email = models.EmailField(_("at the address"), blank=True)
    reminder_days = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(60)]),
        verbose_name=_("reminds so many days before"),
        default=usual_reminders,
        blank=True,
        size=5,
        help_text=_("Days with commas, such as 14, 3, 1; empty: nobody is reminded."),
    )
    sends_thanks = models.BooleanField(
        _("thanks those who came"),
        default=True,
        db_default=True,
        help_text=_("On the day after, with the way to the record of the event."),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("keeps answers for"),
        default=365,
        db_default=365,
        validators=[MinValueValidator(30), MaxValueValidator(1825)],
        help_text=_("Days after the event; then names, addresses and messages are removed."),
    )
    sensitive_days = models.PositiveSmallIntegerField(
        _("keeps sensitive answers for"),
        default=14,
        db_default=14,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Days after the event, for example for what guests cannot eat."),
    )
    sensitive_forgotten_at = models.DateTimeField(
        _("sensitive answers removed"), null=True, blank=True, editable=False
    )
    forgotten_at = models.DateTimeField(_("personal data removed"), null=True, blank=True, editable=False)
    last_queue_number = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("RSVP rules")
        verbose_name_plural = _("RSVP rules")
        constraints = [
            models.CheckConstraint(
                name="policy_never_overbooked",
                condition=Q(seats_committed__lte=F("seat_limit")),
                violation_error_message=_(
                    "There are more seats promised than this. Withdraw guests first, or raise the number of seats."
                ),
            ),
            models.CheckConstraint(
                name="policy_opens_before_closing",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("RSVP cannot close before it opens."),
            ),
            models.CheckConstraint(
                name="policy_largest_party_fits",
                condition=Q(largest_party__gte=1) & Q(largest_party__lte=F("seat_limit")),
                violation_error_message=_("The largest party is at least one and no more than all seats."),
            ),
            models.CheckConstraint(
                name="policy_retention_in_reach",
                condition=Q(retention_days__gte=30, retention_days__lte=1825),
                violation_error_message=_("Answers are kept for at least 30 days and at most 1825."),
            ),
            models.CheckConstraint(
                name="policy_sensitive_in_reach",
                condition=Q(sensitive_days__gte=1, sensitive_days__lte=90)
                & Q(sensitive_days__lte=F("retention_days")),
                violation_error_message=_(
                    "Sensitive answers are kept for at least a day, at most 90, and no longer than the others."
                ),
            ),
            models.CheckConstraint(
                name="policy_offer_hours_in_reach", condition=Q(offer_hours__gte=1) & Q(offer_hours__lte=130)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.seats_committed}/{self.seat_limit}"

    @property
    def seats_left(self) -> int | None:
        """Seats that nobody has been promised; None where there is no limit."""
        return None if self.seat_limit is None else self.seat_limit - self.seats_committed
