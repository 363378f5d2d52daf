"""What saving an event's form does to those who have answered: rules by their verbs, and who is told of what."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import rsvp as verbs
from events.admin.access import by_staff
from events.admin.forms import place_of, start_of
from events.models import DeskNote, Event, Rsvp, RsvpPolicy
from sistercities.pages.bilingual import columns

# What guests have to know: when it changes, each of them is told by mail.
CONCERNS_GUESTS = {"starts_at", "ends_at", "timezone", "venue", *columns("place"), "state"}
# Only these make an entry in somebody's calendar a newer one. Another title is none: subscriptions show it anyway.
MATERIAL = CONCERNS_GUESTS | {"held", "held_until"}
Kind = DeskNote.Kind


class Announcing:
    """Mixed into the admin of events."""

    message_user: Any

    # --- the rules ------------------------------------------------------------------------------------

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not RsvpPolicy:
            return super().save_formset(request, form, formset, change)  # type: ignore[misc]
        # Names what changed, for the history; the saving itself must leave the counts alone that answers keep.
        formset.save(commit=False)
        may_change = request.user.has_perm("events.change_rsvppolicy")
        for policy_form in formset.forms if may_change else ():
            if not policy_form.instance.pk and policy_form.has_changed():
                policy_form.save()
            elif policy_form.instance.pk:
                self.save_rules(request, policy_form)
            self.say_too_late(request, policy_form)
        return None

    def save_rules(self, request: HttpRequest, form: Any) -> None:
        """Write what staff changed, each by its verb, in an order in which every step is right.

        Deadlines move with the date before those are written that staff set in the same form. The largest party must
        fit at every step: more seats come first, fewer last.
        """
        event, by, changed = (
            form.instance.event,
            by_staff(request, form.cleaned_data["reason"]),
            form.rules_changed,
        )
        if form.days_moved and (first := self.cleared_for_the_move(form.days_moved, changed)):
            verbs.set_rules(event, by, **first)
        if form.days_moved and verbs.move_deadlines(event, form.days_moved, by):
            self.say_deadlines(request, form.days_moved)
        if form.limit_grows:
            verbs.set_limit(event, form.instance.seat_limit, by)
        if changed:
            verbs.set_rules(event, by, **changed)
        if "seat_limit" in form.changed_data and not form.limit_grows:
            try:
                verbs.set_limit(event, form.instance.seat_limit, by)
            except verbs.Refused as refused:  # somebody has answered since the form was checked
                self.message_user(request, str(refused.message), messages.ERROR)
        self.say_what_stands(request, form, changed)

    def cleared_for_the_move(self, days: int, changed: dict[str, Any]) -> dict[str, Any]:
        """What has to be set before deadlines move, so that none comes to lie before the opening on the way."""
        first: dict[str, Any] = {"closes_at": None} if "closes_at" in changed else {}
        return {**first, "opens_at": changed["opens_at"]} if days < 0 and "opens_at" in changed else first

    def say_deadlines(self, request: HttpRequest, days: int) -> None:
        later = _("The deadlines for answers, names and delegations are %(days)d days later as well.")
        sooner = _("The deadlines for answers, names and delegations are %(days)d days earlier as well.")
        words = (later if days > 0 else sooner) % {"days": abs(days)}
        self.message_user(request, words, messages.INFO)

    def say_too_late(self, request: HttpRequest, form: Any) -> None:
        """A deadline after the beginning is most often a slip of the pen."""
        rules = RsvpPolicy.objects.filter(pk=form.instance.pk, event__starts_at__isnull=False).first()
        for name in ("closes_at", "names_by") if rules else ():
            moment = getattr(rules, name)
            if moment and moment > form.instance.event.starts_at:
                words = _("“%(deadline)s” lies after the event begins. Please look at it again.")
                self.message_user(request, words % {"deadline": form.fields[name].label}, messages.WARNING)

    def say_what_stands(self, request: HttpRequest, form: ModelForm, changed: dict[str, Any]) -> None:
        """Other rules break no answer that was given by the old ones; staff should know of which."""
        answers = form.instance.event.rsvps
        if changed.get("waiting_list") is False and (waiting := answers.waiting().count()):
            words = ngettext(
                "%(count)d party waits already and keeps its place; nobody else can wait.",
                "%(count)d parties wait already and keep their places; nobody else can wait.",
                waiting,
            )
            self.message_user(request, words % {"count": waiting}, messages.INFO)
        larger = answers.live().filter(hold=None, seats_wanted__gt=changed.get("largest_party") or 0)
        if "largest_party" in changed and (count := larger.count()):
            words = ngettext(
                "%(count)d party is larger than that. Its answer stands; it cannot grow.",
                "%(count)d parties are larger than that. Their answers stand; they cannot grow.",
                count,
            )
            self.message_user(request, words % {"count": count}, messages.INFO)

    # --- who is told ----------------------------------------------------------------------------------

    def tell_guests(self, request: HttpRequest, form: Any, changed: set[str]) -> None:
        """Guests are told what concerns them; the calendars that are subscribed to follow by themselves."""
        event = form.instance
        if not RsvpPolicy.objects.filter(event=event).exists():
            if MATERIAL & changed:
                Event.objects.filter(pk=event.pk).update(ics_sequence=F("ics_sequence") + 1)
            return
        if "state" in changed and event.is_cancelled:
            self.call_off(request, event)
        elif CONCERNS_GUESTS & changed:
            self.announce(request, event, *what_changed(form, changed))
        verbs.settle(event)

    def call_off(self, request: HttpRequest, event: Event) -> None:
        count = verbs.call_off(event, event.notice_en, event.notice_zh_hans, by_staff(request))
        words = ngettext(
            "Called off: %(count)d party is told.", "Called off: %(count)d parties are told.", count
        )
        self.message_user(request, words % {"count": count}, messages.WARNING)

    def announce(self, request: HttpRequest, event: Event, kind: str, before: str, after: str) -> None:
        if count := verbs.announce_change(event, by_staff(request), kind, before, after):
            words = ngettext(
                "%(count)d party is told of the change.", "%(count)d parties are told of the change.", count
            )
            self.message_user(request, words % {"count": count}, messages.WARNING)


def what_changed(form: Any, changed: set[str]) -> tuple[str, str, str]:
    """The kind of change, and what was before and after: moments in ISO form, told later on the reader's clocks."""
    event = form.instance
    start = start_of(event)
    if "state" in changed and event.state == Event.State.POSTPONED:
        return Kind.POSTPONED, form.was_at, event.notice_en or event.notice_zh_hans
    if "state" in changed:
        return Kind.RESUMED, "", start
    before, after = [], []
    if "starts_at" in changed:
        before, after = [form.was_at], [start]
    if changed & {"venue", *columns("place")}:
        before.append(form.was_in)
        after.append(place_of(event))
    return Kind.MOVED, " · ".join(filter(None, before)), " · ".join(filter(None, after))


def to_be_told(event: Event) -> dict[str, int]:
    """Whom a change of the event concerns: parties that come or wait, those of them with an offer, delegations."""
    live, offered = Count("pk", filter=Q(status__in=Rsvp.LIVE)), Count("pk", filter=Q(seats_offered__gt=0))
    delegations = event.holds.live().filter(invitation=None).count()
    return {**event.rsvps.aggregate(parties=live, offers=offered), "delegations": delegations}
