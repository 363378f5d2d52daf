"""The parties that answered, and how each stands."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from people.models import Member
from sistercities.links import new_handle
from sistercities.mail.addresses import address_key
from sistercities.pages.fields import single_line


class RsvpQuerySet(models.QuerySet["Rsvp"]):
    def live(self) -> Self:
        """Answers that hold a seat, wait for one, or wait for the hosts' decision."""
        return self.filter(status__in=Rsvp.LIVE)

    def standing(self) -> Self:
        """All but those whose address nobody has verified: they are no answers yet."""
        return self.exclude(status=Rsvp.Status.UNVERIFIED)

    def waiting(self) -> Self:
        """The queue, head first: parties that want more seats than they have."""
        return self.exclude(queue_number=None).order_by("priority", "queue_number")

    def unserved(self) -> Self:
        """Those of the queue who wait for seats that nobody has offered them yet."""
        return self.waiting().filter(seats_wanted__gt=F("seats_confirmed") + F("seats_offered"))

    def ahead_of(self, rsvp: "Rsvp") -> Self:
        """The part of the queue that is served before this party."""
        return self.waiting().filter(
            Q(priority__lt=rsvp.priority) | Q(priority=rsvp.priority, queue_number__lt=rsvp.queue_number)
        )

    def behind(self, rsvp: "Rsvp") -> Self:
        """The part of the queue that is served after this party."""
        return self.waiting().filter(
            Q(priority__gt=rsvp.priority) | Q(priority=rsvp.priority, queue_number__gt=rsvp.queue_number)
        )

    def seats(self) -> int:
        return self.aggregate(seats=Coalesce(Sum("seats_confirmed"), 0))["seats"]

    def to_invitation(
        self, event: int | OuterRef, invitation: int | OuterRef, email_key: str | OuterRef
    ) -> Self:
        """The answers to an invitation, best first: by its link, or else to its event with the address it names."""
        # An answer to one invitation is never that to another, whatever address stands in it.
        by_address = ~Q(email_key="") & Q(email_key=email_key, invitation=None)
        found = self.standing().filter(Q(invitation=invitation) | by_address, event=event)
        return found.order_by(F("invitation").asc(nulls_last=True))


class Rsvp(models.Model):
    """The answer of one party. The queue and offers concern the difference between the seats it wants and those it has.

    Changed only by the verbs in ``events.rsvp``.
    """

    class Status(models.TextChoices):
        UNVERIFIED = "unverified", _("address not verified")
        REQUESTED = "requested", _("asks to come")
        WAITLISTED = "waitlisted", _("on the waiting list")
        OFFERED = "offered", _("seats offered")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("withdrawn")
        REJECTED = "rejected", _("not admitted")
        LAPSED = "lapsed", _("offer lapsed")

    # What holds a seat, waits for one, or waits for the hosts; what waits in line; what is at an end.
    LIVE = (Status.REQUESTED, Status.WAITLISTED, Status.OFFERED, Status.CONFIRMED)
    WAITING = (Status.WAITLISTED, Status.OFFERED, Status.CONFIRMED)
    ENDED = (Status.DECLINED, Status.CANCELLED, Status.REJECTED, Status.LAPSED)

    class Priority(models.IntegerChoices):
        """Who is served before whom; within one class the order is that in which they asked."""

        HOSTS = 0, _("first, by decision of the hosts")
        MEMBER = 1, _("members")
        GENERAL = 2, _("all others")

    class Source(models.TextChoices):
        """How an answer reached us."""

        WEB = "web", _("on this site")
        PHONE = "phone", _("by phone")
        LETTER = "letter", _("by letter")
        MAIL = "mail", _("by e-mail")
        PERSON = "person", _("in person")

    # Without an index of its own: that of the numbers in the queue begins with the event, and by this one PostgreSQL
    # would look for those who wait among all guests.
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="rsvps", verbose_name=_("event"), db_index=False
    )
    member = models.ForeignKey(
        Member,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="rsvps",
        verbose_name=_("member"),
    )
    invitation = models.OneToOneField(
        "events.Invitation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rsvp",
        verbose_name=_("invitation"),
    )
    hold = models.OneToOneField(
        "events.SeatHold",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rsvp",
        verbose_name=_("delegation"),
        help_text=_("The block of seats of which these guests are the named ones."),
    )
    tags = models.ManyToManyField(
        "events.GuestTag",
        blank=True,
        related_name="rsvps",
        verbose_name=_("tags"),
    )
    name = models.CharField(_("name"), max_length=150, validators=[single_line])
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("May be empty where somebody answered by phone.")
    )
    email_key = models.GeneratedField(
        expression=address_key("email"), output_field=models.CharField(max_length=254), db_persist=True
    )
    verified_at = models.DateTimeField(
        _("address verified"),
        null=True,
        blank=True,
        help_text=_("When the link in a mail to this address was followed and confirmed."),
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    source = models.CharField(_("answered"), max_length=6, choices=Source, default=Source.WEB)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    seats_confirmed = models.PositiveSmallIntegerField(_("seats confirmed"), default=0)
    seats_offered = models.PositiveSmallIntegerField(
        _("seats offered"), default=0, help_text=_("Those of the offer that stands now.")
    )
    seats_wanted = models.PositiveSmallIntegerField(_("seats wanted"), default=0)
    takes_any = models.BooleanField(
        _("takes any seat"),
        default=False,
        help_text=_("Seated as soon as seats are free, without being asked again, also a part of the party."),
    )
    priority = models.PositiveSmallIntegerField(
        _("served"), choices=Priority, default=Priority.GENERAL, db_default=Priority.GENERAL
    )
    priority_reason = models.CharField(_("why so"), max_length=300, blank=True, validators=[single_line])
    queue_number = models.DecimalField(
        _("number in the queue"), max_digits=30, decimal_places=15, null=True, blank=True
    )
    has_deferred = models.BooleanField(
        _("has let the next go ahead"), default=False, help_text=_("“Not now, keep my place” is said once.")
    )
    forwarded = models.ForeignKey(
        "events.Invitation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="forwarded_to",
        verbose_name=_("came by the link of"),
        help_text=_("Somebody else than the guest whom that invitation names, and so asks to come."),
    )
    message = models.TextField(_("message"), blank=True, max_length=2000)
    interpretation = models.CharField(
        _("interpretation into"),
        max_length=10,
        blank=True,
        default="",
        db_default="",
        choices=settings.LANGUAGES,
        help_text=_("Empty: none is needed."),
    )
    shows_in_list = models.BooleanField(
        _("may be named to other guests"),
        default=False,
        db_default=False,
        help_text=_("The names of the party stand in the list that guests of the event see."),
    )
    reply = models.TextField(
        _("what the hosts wrote"),
        blank=True,
        max_length=1000,
        help_text=_("With their decision on a request."),
    )
    names_before = ArrayField(
        models.CharField(max_length=150),
        default=list,
        blank=True,
        editable=False,
        help_text=_("The companions before the last change, so that it can be undone."),
    )
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
                fields=["event", "priority", "queue_number"],
                name="rsvp_queue",
                condition=Q(queue_number__isnull=False),
            ),
            models.Index(
                fields=["event", "answered_at"], name="rsvp_unverified", condition=Q(status="unverified")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["email_key", "event"],
                condition=~Q(email_key="") & ~Q(status="unverified"),
                name="rsvp_one_per_address",
                violation_error_message=_("This address has answered already."),
            ),
            models.UniqueConstraint(
                fields=["event", "member"],
                condition=Q(member__isnull=False) & ~Q(status="unverified"),
                name="rsvp_one_per_member",
                violation_error_message=_("This member has answered already."),
            ),
            models.UniqueConstraint(fields=["nonce", "event"], condition=~Q(nonce=""), name="rsvp_form_once"),
            models.UniqueConstraint(fields=["event", "queue_number"], name="rsvp_queue_number_once"),
            models.CheckConstraint(
                name="rsvp_seats_fit_status",
                condition=Q(status="confirmed", seats_confirmed__gte=1)
                | Q(status="offered", seats_confirmed=0, seats_offered__gte=1)
                | Q(status="unverified", seats_confirmed=0, seats_offered=0)
                | Q(
                    status__in=["waitlisted", "requested"],
                    seats_confirmed=0,
                    seats_offered=0,
                    seats_wanted__gte=1,
                )
                | Q(
                    status__in=["declined", "cancelled", "rejected", "lapsed"],
                    seats_confirmed=0,
                    seats_offered=0,
                    seats_wanted=0,
                ),
            ),
            models.CheckConstraint(
                name="rsvp_wants_what_it_has",
                condition=Q(seats_wanted__gte=F("seats_confirmed") + F("seats_offered")),
            ),
            models.CheckConstraint(
                name="rsvp_waits_for_what_it_lacks",
                condition=Q(status__in=["requested", "unverified"], queue_number=None)
                | Q(
                    status__in=["waitlisted", "offered", "confirmed"],
                    seats_wanted__gt=F("seats_confirmed"),
                    queue_number__isnull=False,
                )
                | Q(seats_wanted=F("seats_confirmed"), queue_number=None),
            ),
            models.CheckConstraint(
                name="rsvp_known_priority",
                condition=Q(priority__in=[0, 1, 2]),
            ),
            models.CheckConstraint(
                name="rsvp_delegation_never_waits",
                condition=Q(hold=None) | Q(seats_wanted=F("seats_confirmed")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_status_display()})"

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE

    @property
    def owns_address(self) -> bool:
        """Whether the address is known to be theirs: verified by a mail, a member's own, or that of an invitation."""
        if self.verified_at or self.member_id is not None:
            return True
        invited = self.invitation
        if invited is None or invited.sent_at is None:
            return False
        return bool(invited.email_key and invited.email_key == self.email_key)

    @property
    def seats_awaited(self) -> int:
        """How many seats the party still waits for, those that are offered to it included."""
        return self.seats_wanted - self.seats_confirmed

    @property
    def seats_unserved(self) -> int:
        """How many seats it waits for of which none is offered to it yet."""
        return self.seats_wanted - self.seats_confirmed - self.seats_offered
