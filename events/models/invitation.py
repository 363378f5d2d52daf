"""Who is invited personally, and by which link."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.history import Actor, RsvpTransition
from events.models.rsvp import Rsvp
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
    def answer(self) -> Rsvp | None:
        return Rsvp.objects.to_invitation(self.event_id, self.pk, self.email_key).first()
