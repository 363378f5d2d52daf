"""Seats promised to somebody who has not taken them yet: offers to those who wait, blocks for delegations."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.invitation import Invitation
from events.models.rsvp import Rsvp
from sistercities.links import new_handle
from sistercities.pages.fields import single_line


class SeatOfferQuerySet(models.QuerySet["SeatOffer"]):
    def live(self) -> Self:
        """Offers that hold their seats."""
        return self.filter(ended_at=None)

    def seats(self) -> int:
        return self.aggregate(seats=Coalesce(Sum("seats"), 0))["seats"]


class SeatOffer(models.Model):
    """Seats held for a party at the head of the queue until it answers, or until its time is over."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("taken")
        PART = "part", _("taken in part")
        DEFERRED = "deferred", _("not now")
        LAPSED = "lapsed", _("lapsed")
        GIVEN_BACK = "given-back", _("given back")  # the party left, or came to want fewer
        RECALLED = "recalled", _("recalled by the hosts")  # the event was postponed or cancelled

    rsvp = models.ForeignKey(Rsvp, on_delete=models.PROTECT, related_name="offers", verbose_name=_("party"))
    seats = models.PositiveSmallIntegerField(_("seats"))
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("stands until"))
    remind_at = models.DateTimeField(_("reminder"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome, blank=True)
    taken = models.PositiveSmallIntegerField(_("seats taken"), default=0)

    objects = SeatOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of seats")
        verbose_name_plural = _("offers of seats")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["expires_at"], name="offer_due", condition=Q(ended_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["rsvp"], condition=Q(ended_at=None), name="offer_one_live"),
            models.CheckConstraint(name="offer_of_a_seat", condition=Q(seats__gte=1)),
            models.CheckConstraint(
                name="offer_ends_after_it_is_made", condition=Q(expires_at__gt=F("made_at"))
            ),
            models.CheckConstraint(
                name="offer_reminder_within",
                condition=Q(remind_at=None) | Q(remind_at__gt=F("made_at"), remind_at__lt=F("expires_at")),
            ),
            models.CheckConstraint(
                name="offer_ended_with_outcome",
                condition=Q(ended_at=None, outcome="", taken=0) | Q(ended_at__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="offer_taken_fits",
                condition=Q(outcome="taken", taken=F("seats"))
                | Q(outcome="part", taken__gte=1, taken__lt=F("seats"))
                | ~Q(outcome__in=["taken", "part"]) & Q(taken=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rsvp.name}: {self.seats}"

    @property
    def is_live(self) -> bool:
        return self.ended_at is None


class SeatHoldQuerySet(models.QuerySet["SeatHold"]):
    def live(self) -> Self:
        """Holds that may still keep seats free."""
        return self.filter(released_at=None)

    def seats(self) -> int:
        """Those that nobody is named for: the named ones are confirmed seats."""
        return self.aggregate(seats=Coalesce(Sum("seats_unnamed"), 0))["seats"]


class SeatHold(models.Model):
    """A block of seats kept for a delegation whose people are named later, or for somebody who is invited.

    ``seats`` is the block as agreed; ``seats_unnamed`` are those that nobody is named for yet, and only these it holds.
    Until ``freezes_at`` its owner names, swaps and releases people by a link.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="holds", verbose_name=_("event"))
    invitation = models.OneToOneField(
        Invitation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hold",
        verbose_name=_("invitation"),
        help_text=_("Seats reserved for whoever holds this invitation; they become theirs with a yes."),
    )
    name = models.CharField(
        _("delegation"),
        max_length=150,
        validators=[single_line],
        help_text=_("As it should stand on lists, such as: Guangzhou Foreign Affairs Office."),
    )
    seats = models.PositiveSmallIntegerField(
        _("seats"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    seats_unnamed = models.PositiveSmallIntegerField(
        _("seats nobody is named for"), default=0, editable=False
    )
    owner_name = models.CharField(
        _("who names the guests"), max_length=150, blank=True, validators=[single_line]
    )
    owner_email = models.EmailField(_("their e-mail"), blank=True)
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("In which we write to them."),
    )
    freezes_at = models.DateTimeField(
        _("names fixed from"),
        null=True,
        blank=True,
        help_text=_("Until then guests may be named, exchanged and released. Empty: until the event begins."),
    )
    keeps_unnamed = models.BooleanField(
        _("keep unnamed seats then"),
        default=False,
        help_text=_("Otherwise seats that nobody is named for go to those who wait."),
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, validators=[single_line], help_text=_("Seen by staff only.")
    )
    link_handle = models.CharField(max_length=16, unique=True, default=new_handle, editable=False)
    link_version = models.PositiveSmallIntegerField(
        default=1, editable=False, help_text=_("Raising it makes all earlier links worthless.")
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True, editable=False)

    objects = SeatHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("block of seats")
        verbose_name_plural = _("blocks of seats")
        ordering = ["event", "name", "pk"]
        indexes = [
            models.Index(fields=["freezes_at"], name="hold_due", condition=Q(released_at=None)),
        ]
        constraints = [
            models.CheckConstraint(name="hold_unnamed_fit", condition=Q(seats_unnamed__lte=F("seats"))),
            models.CheckConstraint(
                name="hold_released_holds_nothing", condition=Q(released_at=None) | Q(seats_unnamed=0)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        return self.released_at is None
