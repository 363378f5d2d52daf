"""What an event asks of its hosts just now: requests, offers about to lapse, names, letters, its own page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.admin.room_lines import Line, State, on_form, place
from events.admin.room_record import lacking, record_lines, with_counts
from events.explain import Explanation, Stopped
from events.invitation_overview import numbers
from events.models import Event, Guest, Mailing, Rsvp
from events.when import spell_instant
from sistercities.mail.models import Message
from sistercities.pages.bilingual import current_language, language_name

# An offer that ends so soon, a day by which something has to be done, the last weeks before an event.
LAPSES, SOON, NEAR = timedelta(hours=24), timedelta(days=7), timedelta(days=30)


def due(known: Explanation, user: Any) -> list[Line]:
    """What is due at an event that takes RSVPs, the most pressing first; as much of it as the reader may see."""
    event = known.event
    found = [*_requests(event), *_offers(known), *_letters(event, user)]
    if user.has_perm("events.view_invitation"):
        found += _invitations(event)
    if user.has_perm("events.view_mailing"):
        found += _drafts(event)
    if not event.is_over:
        found += [*_names(event, known), *_blocks(known), *_deadline(event, known)]
    return [*found, *of_page(event)]


def of_page(event: Event) -> Iterator[Line]:
    """What the page itself asks for, whether the event takes RSVPs or not."""
    if not event.is_public:
        words = (
            _("The page appears by itself on %(moment)s.") % {"moment": _moment(event, event.publish_at)}
            if event.is_scheduled
            else _("The page is a draft: nobody but staff can read it.")
        )
        yield Line(State.SOON if event.is_scheduled else State.TODO, words, on_form(event, "id_status"))
    missing, stale = event.missing_languages, event.stale_in
    for code in [*missing, *(code for code in stale if code not in missing)]:
        name = {"language": language_name(code)}
        words = (
            _("The page lacks its %(language)s text.")
            if code in missing
            else _("The %(language)s text is older.")
        )
        yield Line(State.TODO, words % name, on_form(event))
    if event.is_over and event.is_public:
        yield from _record(event)


def _record(event: Event) -> Iterator[Line]:
    """How much the record of an event that is over still lacks."""
    counted = with_counts(Event.objects.filter(pk=event.pk)).get()
    if count := lacking(record_lines(counted)):
        words = ngettext(
            "%(count)d thing is wanting on the record.", "%(count)d things are wanting on the record.", count
        )
        yield Line(State.TODO, words % {"count": count}, place("event_record", event.pk))


def _moment(event: Event, moment: Any) -> str:
    return spell_instant(moment, event.zone, current_language())


def _requests(event: Event) -> Iterator[Line]:
    if count := event.rsvps.filter(status=Rsvp.Status.REQUESTED).count():
        words = ngettext("%(count)d party asks to come.", "%(count)d parties ask to come.", count)
        yield Line(State.NOW, words % {"count": count}, place("event_guests", event.pk, status="requested"))


def _offers(known: Explanation) -> Iterator[Line]:
    """Offers that end within a day, unless something keeps the event from serving anybody."""
    if known.stopped is not Stopped.NO:
        return
    soon = [each for each in known.offers if each.until and each.until <= known.now + LAPSES]
    if soon:
        words = ngettext(
            "%(count)d offer ends within a day, on %(moment)s.",
            "%(count)d offers end within a day, the first on %(moment)s.",
            len(soon),
        )
        values = {"count": len(soon), "moment": _moment(known.event, soon[0].until)}
        yield Line(State.SOON, words % values, place("event_seats", known.event.pk))


def _letters(event: Event, user: Any) -> Iterator[Line]:
    """Letters about answers that did not arrive; what came of invitations is told with these."""
    count = (
        Message.objects.in_trouble()
        .filter(snapshot__event=event.pk)
        .exclude(kind__startswith="invitation")
        .count()
    )
    if count:
        words = ngettext("%(count)d letter did not arrive.", "%(count)d letters did not arrive.", count)
        url = reverse("admin:mail_message_changelist", query={"state": "trouble"})
        url = url if user.has_perm("mail.view_message") else ""
        yield Line(State.GRAVE, words % {"count": count}, url)


def _invitations(event: Event) -> Iterator[Line]:
    counted = numbers(event)
    told: list[tuple[str, int, State, str]] = [
        (
            "returned",
            counted.returned,
            State.GRAVE,
            ngettext("%(count)d invitation came back.", "%(count)d invitations came back.", counted.returned),
        ),
        (
            "failed",
            counted.failed,
            State.GRAVE,
            ngettext(
                "%(count)d invitation could not be sent.",
                "%(count)d invitations could not be sent.",
                counted.failed,
            ),
        ),
    ]
    if not event.has_begun:
        unsent = ngettext(
            "%(count)d invitation is not sent yet.", "%(count)d invitations are not sent yet.", counted.unsent
        )
        by_hand = ngettext(
            "%(count)d invitation is to be handed over.",
            "%(count)d invitations are to be handed over.",
            counted.by_hand,
        )
        told += [
            ("unsent", counted.unsent, State.TODO, unsent),
            ("by-hand", counted.by_hand, State.TODO, by_hand),
        ]
    for state, count, how, words in told:
        if count:
            url = place("invitation_overview", event.pk, state=state)
            yield Line(how, words % {"count": count}, url)


def _drafts(event: Event) -> Iterator[Line]:
    if count := Mailing.objects.filter(event=event, sent_at=None).count():
        words = ngettext(
            "%(count)d letter to guests is written and not sent.",
            "%(count)d letters to guests are written and not sent.",
            count,
        )
        yield Line(State.TODO, words % {"count": count}, place("event_mailings", event.pk))


def _names(event: Event, known: Explanation) -> Iterator[Line]:
    """Companions without a name, where the hosts want names; the nearer the day, the more it presses."""
    by = event.rsvp_policy.names_by
    live = Q(rsvp__event=event, rsvp__status__in=Rsvp.LIVE, name="")
    count = Guest.objects.filter(live).count()
    if by is None or not count:
        return
    words = ngettext(
        "%(count)d companion has no name yet; names are wanted by %(moment)s.",
        "%(count)d companions have no name yet; names are wanted by %(moment)s.",
        count,
    )
    state = State.SOON if by <= known.now + SOON else State.OPEN
    values = {"count": count, "moment": _moment(event, by)}
    yield Line(state, words % values, place("event_guests", event.pk, status="unnamed"))


def _blocks(known: Explanation) -> Iterator[Line]:
    for hold in known.holds:
        until = hold.freezes_at or known.event.starts_at
        if hold.seats_unnamed and hold.invitation_id is None and until and until <= known.now + SOON:
            words = ngettext(
                "%(name)s: %(count)d seat without a name, fixed from %(moment)s.",
                "%(name)s: %(count)d seats without a name, fixed from %(moment)s.",
                hold.seats_unnamed,
            )
            values = {"name": hold.name, "count": hold.seats_unnamed, "moment": _moment(known.event, until)}
            yield Line(State.SOON, words % values, place("hold", hold.pk))


def _deadline(event: Event, known: Explanation) -> Iterator[Line]:
    """When answers open or close, where that is near, and that the event is near and has no programme."""
    rules = event.rsvp_policy
    if rules.opens_at and rules.opens_at > known.now:
        words = _("Guests may answer from %(moment)s on.") % {"moment": _moment(event, rules.opens_at)}
        yield Line(State.OPEN, words, on_form(event, "rsvp_policy-group"))
    elif rules.closes_at and known.now < rules.closes_at <= known.now + SOON:
        words = _("Guests may answer until %(moment)s.") % {"moment": _moment(event, rules.closes_at)}
        yield Line(State.SOON, words, on_form(event, "rsvp_policy-group"))
    if event.starts_at and event.starts_at <= known.now + NEAR and not event.programme.exists():
        yield Line(State.TODO, _("There is no programme yet."), place("event_programme", event.pk))
