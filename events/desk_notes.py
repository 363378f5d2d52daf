"""What the hosts did with the seats of an event beyond one answer, in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.forgetting import read_counts
from events.models import Actor, DeskNote, Event, RsvpPolicy
from events.when import spell_instant
from sistercities.pages.bilingual import current_language
from sistercities.traces import NOBODY

Kind = DeskNote.Kind
NO_LIMIT = "∞"
LATELY, SHOWN_LATELY = timedelta(days=14), 5
KINDS_REMOVED = {
    "answers": gettext_lazy("answers"),
    "guests": gettext_lazy("names of guests"),
    "replies": gettext_lazy("replies to questions"),
    "invitations": gettext_lazy("invitations"),
    "blocks": gettext_lazy("blocks of seats"),
    "lists": gettext_lazy("lists"),
    "mails": gettext_lazy("letters"),
}


@dataclass(frozen=True)
class ToldNote:
    """One note: when, on the clocks of the place, and what was done by whom."""

    note: DeskNote
    when: str
    sentence: str


def tell_notes(notes: Iterable[DeskNote], event: Event) -> list[ToldNote]:
    language = current_language()
    return [
        ToldNote(note, spell_instant(note.at, event.zone, language), sentence(note, event)) for note in notes
    ]


def removed_lately() -> list[ToldNote]:
    """What was removed of guests' data within two weeks, newest first."""
    notes = DeskNote.objects.filter(kind=Kind.FORGOTTEN, at__gt=timezone.now() - LATELY)
    found = notes.select_related("event__venue__city", "member").order_by("-pk")[:SHOWN_LATELY]
    return [told for note in found for told in tell_notes([note], note.event)]


def sentence(note: DeskNote, event: Event) -> str:
    said = _("%(who)s: %(what)s") % {"who": who(note), "what": what(note, event)}
    said = _("%(sentence)s.") % {"sentence": said.rstrip(".。")}
    if note.reason:
        said = _("%(sentence)s Reason: %(reason)s") % {"sentence": said, "reason": note.reason}
    return said


def who(note: DeskNote) -> str:
    if note.actor == Actor.SYSTEM:
        return _("automatically")
    return (note.member.name or note.member.email) if note.member else _("the hosts")


def what(note: DeskNote, event: Event) -> str:
    """What was done, in words; of rules their names and values as the form shows them."""
    if note.kind == Kind.RULES:
        rule = RsvpPolicy._meta.get_field(note.subject)
        before, after = (value_in_words(note.subject, value, event) for value in (note.before, note.after))
        return _("%(rule)s: “%(after)s” instead of “%(before)s”") % {
            "rule": rule.verbose_name,  # type: ignore[union-attr]  # all rules are plain fields
            "before": before,
            "after": after,
        }
    if note.kind == Kind.RELEASE:
        return _released(note)
    if note.kind == Kind.FORGOTTEN:
        return removed(note)
    values = {
        "subject": note.subject or NOBODY,
        **{name: _shown(getattr(note, name), event) for name in ("before", "after")},
    }
    words = _words(note)
    return words % values


def _words(note: DeskNote) -> str:
    if note.kind == Kind.LIMIT:
        return _("number of seats: %(after)s instead of %(before)s")
    if note.kind == Kind.HOLD:
        if not note.after.isdecimal():
            return _("block of %(subject)s: names fixed from %(after)s instead of %(before)s")
        if note.before:
            return _("block of %(subject)s: %(after)s seats instead of %(before)s")
        return _("a block of %(after)s seats for %(subject)s")
    if note.kind == Kind.MOVED:
        return (
            _("moved the event: %(after)s instead of %(before)s")
            if note.before
            else _("changed time or place")
        )
    if note.kind == Kind.POSTPONED:
        return _("postponed the event (%(before)s): %(after)s") if note.before else _("postponed the event")
    if note.kind == Kind.RESUMED:
        return _("set the event on again: %(after)s") if note.after else _("set the event on again")
    return _("cancelled the event: %(after)s") if note.after else _("cancelled the event")


def _released(note: DeskNote) -> str:
    freed = int(note.before) - int(note.after)
    words = ngettext(
        "block of %(subject)s: %(count)d seat given back",
        "block of %(subject)s: %(count)d seats given back",
        freed,
    )
    return words % {"subject": note.subject or NOBODY, "count": freed}


def removed(note: DeskNote) -> str:
    """What was removed of what guests told: all or what was sensitive, at a wish or because its time was over."""
    known = (
        (KINDS_REMOVED[name], count)
        for name, count in read_counts(note.after).items()
        if name in KINDS_REMOVED
    )
    counts = _(", ").join(_("%(kind)s: %(count)d") % {"kind": kind, "count": count} for kind, count in known)
    if note.subject == "sensitive":
        return _("removed sensitive replies, whose time was over (%(counts)s)") % {"counts": counts}
    if note.subject == "person":
        return _("erased what was kept about a person, at their wish (%(counts)s)") % {"counts": counts}
    return _("removed what named guests, whose time was over (%(counts)s)") % {"counts": counts}


def value_in_words(rule: str, value: str, event: Event) -> str:
    """A rule's value as it was written down, in the reader's words."""
    field = RsvpPolicy._meta.get_field(rule)
    if value in ("True", "False"):
        return _("yes") if value == "True" else _("no")
    if value.startswith("["):
        return value.strip("[]") or _("none")
    if choices := dict(field.choices or []):  # type: ignore[union-attr]
        return str(choices.get(value, value))
    return _shown(value, event)


def _shown(value: str, event: Event) -> str:
    """Moments on the clocks of the place; no limit and no moment in words; all else as it was written."""
    if value == NO_LIMIT:
        return _("no limit")
    if value in ("", "None"):
        return _("none")
    return " · ".join(_spelt(part, event) for part in value.split(" · "))


def _spelt(part: str, event: Event) -> str:
    try:
        moment = datetime.fromisoformat(part)
    except ValueError:
        return part
    return spell_instant(moment, event.zone, current_language()) if moment.tzinfo else part
