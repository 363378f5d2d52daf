"""What was changed, when and by whom: of one answer, and of the seats of an event. Only ever added."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.rsvp import Rsvp
from people.models import Member


class Actor(models.TextChoices):
    GUEST = "guest", _("guest")
    STAFF = "staff", _("staff")
    SYSTEM = "system", _("system")


class Deed(models.TextChoices):
    """What was done with an answer, in the words of its history."""

    ANSWERED = "answered", _("answered")
    VERIFIED = "verified", _("confirmed the e-mail address")
    CHANGED = "changed", _("changed the answer")
    WITHDRAWN = "withdrawn", _("withdrew the answer")
    UNDONE = "undone", _("undid the last change")
    SEATED = "seated", _("seated from the waiting list")
    OFFERED = "offered", _("offered seats")
    TOOK = "took", _("took the offered seats")
    DEFERRED = "deferred", _("let the next go ahead")
    LAPSED = "lapsed", _("let the offer lapse")
    RECALLED = "recalled", _("recalled the offer")
    APPROVED = "approved", _("admitted the party")
    REJECTED = "rejected", _("did not admit the party")
    PRIORITISED = "prioritised", _("changed the place in line")
    NAMED = "named", _("named the guests of the delegation")
    TOLD = "told", _("told of a change of the event")
    CALLED_OFF = "called-off", _("cancelled the event")
    NEW_LINK = "new-link", _("sent a new link")
    REMOVED = "removed", _("removed the answer and its personal data")


class RsvpTransition(models.Model):
    """One change of one answer. Only ever added; a database trigger refuses to alter or remove it.

    It lets pass only what privacy asks for: the member and the reason may be blanked, and the note of an answer whose
    address was never verified may go with it.
    """

    Actor = Actor
    Deed = Deed

    rsvp = models.ForeignKey(Rsvp, on_delete=models.PROTECT, related_name="transitions")
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("by"), max_length=6, choices=Actor)
    member = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member")
    )
    source = models.CharField(_("how"), max_length=6, choices=Rsvp.Source, default=Rsvp.Source.WEB)
    deed = models.CharField(_("what was done"), max_length=11, choices=Deed, default=Deed.CHANGED)
    from_status = models.CharField(_("from"), max_length=10, blank=True)
    to_status = models.CharField(_("to"), max_length=10)
    seats_before = models.PositiveSmallIntegerField(_("seats before"))
    seats_after = models.PositiveSmallIntegerField(_("seats after"))
    offered_before = models.PositiveSmallIntegerField(_("offered before"), default=0)
    offered_after = models.PositiveSmallIntegerField(_("offered after"), default=0)
    wanted_before = models.PositiveSmallIntegerField(_("wanted before"))
    wanted_after = models.PositiveSmallIntegerField(_("wanted after"))
    priority_after = models.PositiveSmallIntegerField(
        _("served"), choices=Rsvp.Priority, default=Rsvp.Priority.GENERAL
    )
    queue_before = models.DecimalField(max_digits=30, decimal_places=15, null=True, blank=True)
    queue_after = models.DecimalField(max_digits=30, decimal_places=15, null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.from_status or '∅'} → {self.to_status}"


class DeskNote(models.Model):
    """One thing that the hosts did with the seats of an event, beyond one answer. Only ever added, as changes are."""

    class Kind(models.TextChoices):
        LIMIT = "limit", _("number of seats")
        HOLD = "hold", _("seats held for a delegation")
        RELEASE = "release", _("held seats released")
        RULES = "rules", _("rules of the RSVP")
        MOVED = "moved", _("event moved")
        POSTPONED = "postponed", _("event postponed")
        RESUMED = "resumed", _("event takes place again")
        CALLED_OFF = "called-off", _("event cancelled")
        FORGOTTEN = "forgotten", _("personal data removed")

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="desk_notes", verbose_name=_("event")
    )
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("by"), max_length=6, choices=Actor)
    member = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member")
    )
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    subject = models.CharField(_("of what"), max_length=200, blank=True)
    before = models.CharField(_("before"), max_length=200, blank=True)
    after = models.CharField(_("after"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("note of the desk")
        verbose_name_plural = _("notes of the desk")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="desk_note_says_what", condition=~Q(before="") | ~Q(after="") | ~Q(subject="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.before} → {self.after}"
