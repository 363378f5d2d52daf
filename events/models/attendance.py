"""Who comes: the rules of an event's RSVP, the parties that answered, the guests in them, and what changed when."""

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Lower, Trim
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from people.models import Member
from sistercities.pages.fields import personal_name, single_line


def new_handle() -> str:
    """Random letters by which a personal link finds its row; they open nothing by themselves."""
    return secrets.token_hex(8)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def live(self) -> Self:
        """Invitations that have not been revoked."""
        return self.filter(revoked_at=None)

    def with_answers(self) -> Self:
        """Each with ``answered``, the status of the answer to it, if there is one."""
        answers = Rsvp.objects.to_invitation(OuterRef("event"), OuterRef("pk"), OuterRef("email_key"))
        return self.annotate(answered=Subquery(answers.values("status")[:1]))


class Invitation(models.Model):
    """A personal invitation to one event. It opens the door to whoever holds its link, and holds no seat."""

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("event")
    )
    name = models.CharField(
        _("name"),
        max_length=150,
        validators=[single_line, personal_name],
        help_text=_("As it should stand on the invitation."),
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("May be empty where you hand over the link yourself.")
    )
    email_key = models.GeneratedField(
        expression=Lower(Trim("email")), output_field=models.CharField(max_length=254), db_persist=True
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("In which we write to them."),
    )
    greeting = models.TextField(
        _("personal words"),
        blank=True,
        max_length=1000,
        help_text=_("In the guest's language; they stand above the invitation."),
    )
    link_handle = models.CharField(max_length=16, unique=True, default=new_handle, editable=False)
    link_version = models.PositiveSmallIntegerField(
        default=1, editable=False, help_text=_("Raising it makes all earlier links worthless.")
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["event", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email_key"],
                condition=Q(revoked_at=None) & ~Q(email_key=""),
                name="invitation_one_per_address",
                violation_error_message=_("This address has an invitation to this event already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None

    @property
    def is_answered(self) -> bool:
        """Whether somebody answered by its link; an address alone can be typed by anybody."""
        return Rsvp.objects.filter(invitation=self).exists()

    @property
    def answer(self) -> "Rsvp | None":
        return Rsvp.objects.to_invitation(self.event_id, self.pk, self.email_key).first()


class RsvpQuerySet(models.QuerySet["Rsvp"]):
    def live(self) -> Self:
        """Answers that hold a seat or wait for one."""
        return self.filter(status__in=Rsvp.LIVE)

    def waiting(self) -> Self:
        """The queue, head first: parties that want more seats than they have."""
        return self.exclude(queue_number=None).order_by("queue_number")

    def seats(self) -> int:
        return self.aggregate(seats=Coalesce(Sum("seats_confirmed"), 0))["seats"]

    def to_invitation(
        self, event: int | OuterRef, invitation: int | OuterRef, email_key: str | OuterRef
    ) -> Self:
        """The answers to an invitation, best first: by its link, or else to its event with the address it names."""
        # An answer to one invitation is never that to another, whatever address stands in it.
        by_address = ~Q(email_key="") & Q(email_key=email_key, invitation=None)
        found = self.filter(Q(invitation=invitation) | by_address, event=event)
        return found.order_by(F("invitation").asc(nulls_last=True))


class Rsvp(models.Model):
    """The answer of one party. The queue concerns the difference between the seats it wants and the seats it has.

    Changed only by the verbs in ``events.rsvp``.
    """

    class Status(models.TextChoices):
        WAITLISTED = "waitlisted", _("on the waiting list")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("withdrawn")

    LIVE = (Status.WAITLISTED, Status.CONFIRMED)

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="rsvps", verbose_name=_("event"))
    member = models.ForeignKey(
        Member,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="rsvps",
        verbose_name=_("member"),
    )
    invitation = models.OneToOneField(
        Invitation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rsvp",
        verbose_name=_("invitation"),
    )
    name = models.CharField(_("name"), max_length=150, validators=[single_line])
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("May be empty where somebody answered by phone.")
    )
    email_key = models.GeneratedField(
        expression=Lower(Trim("email")), output_field=models.CharField(max_length=254), db_persist=True
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    status = models.CharField(_("status"), max_length=10, choices=Status)
    seats_confirmed = models.PositiveSmallIntegerField(_("seats confirmed"), default=0)
    seats_wanted = models.PositiveSmallIntegerField(_("seats wanted"), default=0)
    queue_number = models.PositiveBigIntegerField(_("place in the queue"), null=True, blank=True)
    message = models.TextField(_("message"), blank=True, max_length=2000)
    nonce = models.CharField(max_length=64, blank=True)
    link_handle = models.CharField(max_length=16, unique=True, default=new_handle)
    link_version = models.PositiveSmallIntegerField(
        default=1, help_text=_("Raising it makes all earlier links worthless.")
    )
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = RsvpQuerySet.as_manager()

    class Meta:
        verbose_name = _("RSVP")
        verbose_name_plural = _("RSVPs")
        ordering = ["event", "answered_at", "pk"]
        indexes = [
            models.Index(
                fields=["event", "queue_number"], name="rsvp_queue", condition=Q(queue_number__isnull=False)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email_key"],
                condition=~Q(email_key=""),
                name="rsvp_one_per_address",
                violation_error_message=_("This address has answered already."),
            ),
            models.UniqueConstraint(fields=["event", "nonce"], condition=~Q(nonce=""), name="rsvp_form_once"),
            models.UniqueConstraint(fields=["event", "queue_number"], name="rsvp_queue_number_once"),
            models.CheckConstraint(
                name="rsvp_seats_fit_status",
                condition=Q(
                    status="confirmed", seats_confirmed__gte=1, seats_wanted__gte=F("seats_confirmed")
                )
                | Q(status="waitlisted", seats_confirmed=0, seats_wanted__gte=1)
                | Q(status__in=["declined", "cancelled"], seats_confirmed=0, seats_wanted=0),
            ),
            models.CheckConstraint(
                name="rsvp_waits_for_what_it_lacks",
                condition=Q(seats_wanted__gt=F("seats_confirmed"), queue_number__isnull=False)
                | Q(seats_wanted=F("seats_confirmed"), queue_number=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_status_display()})"

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE

    @property
    def owns_address(self) -> bool:
        """Whether the address is known to be theirs: a member signed in with it, or the invitation went there."""
        invited = self.invitation
        if invited is None or invited.sent_at is None:
            return self.member_id is not None
        return self.member_id is not None or invited.email.strip().lower() == self.email.strip().lower()

    @property
    def seats_awaited(self) -> int:
        """How many seats the party still waits for."""
        return self.seats_wanted - self.seats_confirmed


class Guest(models.Model):
    """One person of a party; a companion may be without a name until the host needs it."""

    rsvp = models.ForeignKey(Rsvp, on_delete=models.CASCADE, related_name="guests")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=150, blank=True, validators=[single_line])
    is_lead = models.BooleanField(_("leads the party"), default=False)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rsvp"], condition=Q(is_lead=True), name="guest_one_lead"),
            models.UniqueConstraint(
                fields=["rsvp", "position"], name="guest_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(name="guest_lead_has_name", condition=Q(is_lead=False) | ~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name or "…"


class RsvpTransition(models.Model):
    """One change of one answer. Only ever added; a database trigger refuses to alter or remove it."""

    class Actor(models.TextChoices):
        GUEST = "guest", _("guest")
        STAFF = "staff", _("staff")
        SYSTEM = "system", _("system")

    rsvp = models.ForeignKey(Rsvp, on_delete=models.PROTECT, related_name="transitions")
    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.CharField(_("by"), max_length=6, choices=Actor)
    member = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member")
    )
    from_status = models.CharField(_("from"), max_length=10, blank=True)
    to_status = models.CharField(_("to"), max_length=10)
    seats_before = models.PositiveSmallIntegerField(_("seats before"))
    seats_after = models.PositiveSmallIntegerField(_("seats after"))
    wanted_before = models.PositiveSmallIntegerField(_("wanted before"))
    wanted_after = models.PositiveSmallIntegerField(_("wanted after"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.from_status or '∅'} → {self.to_status}"
