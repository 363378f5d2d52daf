"""Who is invited personally, and by which link."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.event import Event
from events.models.history import Actor, RsvpTransition
from events.models.rsvp import Rsvp
from people.models import Member
from sistercities.links import new_handle
from sistercities.mail.addresses import address_key
from sistercities.pages.fields import personal_name, single_line


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def live(self) -> Self:
        """Invitations that have not been revoked."""
        return self.filter(revoked_at=None)

    def with_answers(self) -> Self:
        """Each with ``answered``, the status of the answer to it, if there is one."""
        answers = Rsvp.objects.to_invitation(OuterRef("event"), OuterRef("pk"), OuterRef("email_key"))
        return self.annotate(answered=Subquery(answers.values("status")[:1]))

    def letting_in(self, rsvp: Rsvp) -> Self:
        """Those by which a party that has answered is invited: what it answered, or what went to its address.

        Anybody can type the address of somebody invited. So it opens the door only where it is known to be theirs,
        where staff took the answer down, or where the hosts invited it once it had answered.
        """
        at_its_address = ~Q(email_key="") & Q(email_key=rsvp.email_key)
        if not rsvp.owns_address:
            first = RsvpTransition.objects.filter(rsvp=rsvp, from_status="")
            invited_later = Q(created_at__gt=Subquery(first.values("at")[:1]))
            at_its_address &= invited_later | Q(Exists(first.filter(actor=Actor.STAFF)))
        return self.live().filter(Q(pk=rsvp.invitation_id) | at_its_address, event=rsvp.event_id)


class InvitationList(models.Model):
    """People who are invited together: from a file, from the members, from the guests of an earlier event.

    Until it is taken over, what was read stands in ``rows`` and nobody is invited yet.
    """

    class Source(models.TextChoices):
        FILE = "file", _("a file")
        TYPED = "typed", _("a typed list")
        MEMBERS = "members", _("members")
        GUESTS = "guests", _("guests of an earlier event")

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="invitation_lists", verbose_name=_("event")
    )
    name = models.CharField(
        _("name"), max_length=100, validators=[single_line], help_text=_("Such as: consular corps.")
    )
    source = models.CharField(_("from"), max_length=7, choices=Source, default=Source.FILE)
    rows = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text=_("What was read, until it is taken over or thrown away."),
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    taken_over_at = models.DateTimeField(_("taken over"), null=True, blank=True, editable=False)
    sending_at = models.DateTimeField(_("sending began"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("list of invitations")
        verbose_name_plural = _("lists of invitations")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A personal invitation to one event. It opens the door to whoever holds its link, and holds no seat.

    One that is bound to its name lets only the invited guest in: whoever else comes by its link may ask to come, and
    the hosts decide. Where it names a member, and went to the member's own address, its link proves the membership.
    """

    class Letter(models.TextChoices):
        """What became of the last letter to its guest."""

        WAITING = "waiting", _("on its way")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")
        RETURNED = "returned", _("came back")
        OVERTAKEN = "overtaken", _("held back")

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("event")
    )
    name = models.CharField(
        _("name"),
        max_length=150,
        validators=[single_line, personal_name],
        help_text=_("As it should stand on the invitation."),
    )
    title = models.CharField(
        pgettext_lazy("of a person", "title"),
        max_length=80,
        blank=True,
        validators=[single_line],
        help_text=_("Such as Consul General, Prof. or 教授; it stands with the name."),
    )
    salutation = models.CharField(
        _("salutation"),
        max_length=150,
        blank=True,
        validators=[single_line],
        help_text=_("How the letter begins, without a comma; empty: “Dear” and the name."),
    )
    organisation = models.CharField(_("organisation"), max_length=150, blank=True, validators=[single_line])
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("May be empty where you hand over the link yourself.")
    )
    email_key = models.GeneratedField(
        expression=address_key("email"), output_field=models.CharField(max_length=254), db_persist=True
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
    member = models.ForeignKey(
        Member,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("member"),
    )
    largest_party = models.PositiveSmallIntegerField(
        _("largest party"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(40)],
        help_text=_("The guest included; empty: as the event has it."),
    )
    answer_by = models.DateTimeField(
        _("answer by"),
        null=True,
        blank=True,
        help_text=_("This guest may answer until then, also after the event's own deadline; empty: as all."),
    )
    is_bound = models.BooleanField(
        _("for this guest only"),
        default=False,
        help_text=_("Whoever else comes by this link may only ask to come, and you decide."),
    )
    batch = models.ForeignKey(
        InvitationList,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("list"),
    )
    tags = models.ManyToManyField(
        "events.GuestTag",
        blank=True,
        related_name="invitations",
        verbose_name=_("tags"),
    )
    note = models.CharField(
        _("note"),
        max_length=300,
        blank=True,
        validators=[single_line],
        help_text=_("For staff; the guest does not see it."),
    )
    link_handle = models.CharField(max_length=16, unique=True, default=new_handle, editable=False)
    link_version = models.PositiveSmallIntegerField(
        default=1, editable=False, help_text=_("Raising it makes all earlier links worthless.")
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0, editable=False)
    letter = models.CharField(
        _("letter"), max_length=9, choices=Letter, blank=True, default="", db_default="", editable=False
    )
    returned_at = models.DateTimeField(_("came back"), null=True, blank=True, editable=False)
    returned_why = models.CharField(_("why it came back"), max_length=300, blank=True, editable=False)

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
            models.CheckConstraint(
                name="invitation_party_in_reach",
                condition=Q(largest_party=None) | Q(largest_party__gte=1, largest_party__lte=40),
            ),
            models.CheckConstraint(
                name="invitation_reminded_after_it_was_sent",
                condition=Q(reminded_at=None, reminders=0)
                | Q(reminders__gte=1, sent_at__isnull=False, reminded_at__gte=F("sent_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["event", "batch", "name"], name="invitation_of_list"),
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
    def own_answer(self) -> Rsvp | None:
        """The answer that its link leads to: not one of which nobody knows who gave it."""
        given = self.answer
        if given is None or given.invitation_id == self.pk:
            return given
        return given if Invitation.objects.letting_in(given).filter(pk=self.pk).exists() else None

    @property
    def answer(self) -> Rsvp | None:
        return Rsvp.objects.to_invitation(self.event_id, self.pk, self.email_key).first()
