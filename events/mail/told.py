"""What every letter about an event has in common: its facts, its clocks, its two forms and its calendar entry."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.utils import parseaddr
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from events.calendar import Copy, address_of, both_titles, event_calendar, labelled, place_of
from events.letter_kinds import KINDS, LINKS, allowed_in
from events.letter_words import as_html, as_line, as_text
from events.models import DeskNote, Event, LetterText
from events.occasion import Occasion
from events.placeholders import placeholders
from events.when import Clock, clock_of, is_chinese, spell_deadline, spell_elsewhere, spell_instant
from sistercities.mail.delivery import one_line
from sistercities.mail.kinds import Attachment, Letter, named
from sistercities.mail.models import Message
from sistercities.pages.bilingual import column, html_language

Row = tuple[str, str]
Made = TypeVar("Made", bound=Model)
MOVES = (DeskNote.Kind.MOVED, DeskNote.Kind.POSTPONED, DeskNote.Kind.RESUMED)
named({kind: known.name for kind, known in KINDS.items()})


@dataclass
class Told(ABC):
    """What a message tells of an event, and the letter it becomes. A subclass knows who is told."""

    message: Message

    @property
    def snapshot(self) -> dict[str, Any]:
        return self.message.snapshot

    @cached_property
    def event(self) -> Event:
        found: Event = Event.objects.for_lists().select_related("rsvp_policy").get(pk=self.snapshot["event"])
        return found

    @cached_property
    def occasion(self) -> Occasion:
        return Occasion(self.event)

    @property
    def is_postponed(self) -> bool:
        return bool(self.event.state == Event.State.POSTPONED)

    @property
    def is_open(self) -> bool:
        """Whether guests can still answer yes."""
        starts_at, closes_at = self.event.starts_at, self.event.rsvp_policy.closes_at
        if starts_at is None or self.event.state != Event.State.ON:
            return False
        return timezone.now() < min(closes_at or starts_at, starts_at)

    @property
    def when(self) -> str:
        """Date and hours; a postponed event has its old ones only."""
        if self.is_postponed:
            return _("New date to be announced (originally %(when)s)") % {"when": self.occasion.when}
        return self.occasion.when

    @property
    def formerly(self) -> str:
        """When it was to begin before the last change, in words; empty where that did not change."""
        note = self.event.desk_notes.filter(kind__in=MOVES, at__lte=self.message.created_at).last()
        try:
            # The start in ISO form, and behind it the place, as far as each changed.
            moment = datetime.fromisoformat(note.before.split(" · ")[0]) if note else None
        except ValueError:
            return ""
        if moment is None or moment.tzinfo is None or moment == self.event.starts_at:
            return ""
        return spell_instant(moment, self.event.zone, self.message.language)

    @property
    def elsewhere(self) -> str:
        """The start on the clocks of the other cities, as plain words."""
        if self.event.starts_at is None or self.is_postponed:
            return ""
        occasion = self.occasion
        return spell_elsewhere(self.event.starts_at, occasion.home, occasion.clocks, self.message.language)

    @property
    def reader_zone(self) -> str:
        """The reader's own time zone; empty where we do not know it."""
        return ""

    def spell_deadline(self, moment: datetime) -> str:
        """A last moment on the clocks of the reader, if we know them, and on those of the event and its cities."""
        known = [self.occasion.home, *self.occasion.clocks]
        mine = [clock for clock in known if str(clock.zone) == self.reader_zone]
        if self.reader_zone and not mine:
            zone = ZoneInfo(self.reader_zone)
            mine = [Clock("您所在地", zone) if self.is_chinese else clock_of(zone, self.message.language)]
        lead, *others = [*mine, *known]
        return spell_deadline(moment, lead, others, self.message.language)

    @property
    def is_chinese(self) -> bool:
        return is_chinese(self.message.language)

    @property
    @abstractmethod
    def link(self) -> str:
        """The personal link that goes with the letter."""

    @property
    def titles(self) -> list[str]:
        """The title in the reader's language, then in the other."""
        return both_titles(self.event, self.message.language)

    @property
    def rows(self) -> list[Row]:
        """What the letter lists beside the facts of the event, each with its label."""
        return []

    # --- the hosts' own words ---------------------------------------------------------------------------

    @property
    def is_preview(self) -> bool:
        """Whether staff only look at it: then it does not matter whether it would still be sent."""
        return bool(self.snapshot.get("is_preview"))

    @property
    def is_made_up(self) -> bool:
        """Whether a preview tells of rows that are not there."""
        return "made_up" in self.snapshot

    def made_up(self, model: type[Made]) -> Made | None:
        """A row that a preview invents, for there is none like it yet."""
        values = self.snapshot.get("made_up", {}).get(model.__name__)
        return None if values is None else model(**values)

    @cached_property
    def own_words(self) -> tuple[str, str]:
        """Subject and words that the hosts wrote in the reader's language; empty where the usual ones stand."""
        if "own_words" in self.snapshot:
            subject, body = self.snapshot["own_words"]
            return subject, body
        columns = [column(name, self.message.language) for name in ("subject", "body")]
        written = LetterText.objects.filter(event=self.snapshot["event"], kind=self.message.kind)
        return written.values_list(*columns).first() or ("", "")

    def filling(self, name: str) -> str:
        """What stands in the place of a placeholder."""
        language = self.message.language
        between = "，" if self.is_chinese else ", "
        return {
            "name": lambda: self.message.to_name or _("guest"),
            "event": lambda: self.titles[0],
            "when": lambda: self.when,
            "place": lambda: between.join(place_of(self.event, language)),
            "page": lambda: address_of(self.event, language),
            "link": lambda: self.link,
        }[name]()

    @cached_property
    def _fillings(self) -> dict[str, str]:
        named = placeholders(" ".join(self.own_words))
        allowed = allowed_in(self.message.kind)
        return {name: str(self.filling(name)) for name in named if name in allowed}

    @property
    def reply_to(self) -> str:
        """Whoever the rules of the event name for what guests write back; else the association."""
        policy = self.event.rsvp_policy
        usual_name, usual = parseaddr(settings.MAIL_REPLY_TO)
        if not (policy.reply_to_name or policy.reply_to_email):
            return str(settings.MAIL_REPLY_TO)
        name = policy.reply_to_name or ("" if policy.reply_to_email else usual_name)
        return str(Address(one_line(name), addr_spec=policy.reply_to_email or usual))

    # --- the letter -------------------------------------------------------------------------------------

    def letter(self, subject: str, *, calendar: str = "") -> Letter:
        """Write it. ``calendar`` is the method of the calendar entry that goes with it, if one does.

        The hosts' own words stand in place of the subject and of the block ``letter``; all other blocks remain.
        """
        own_subject, own_body = self.own_words
        line = as_line(own_subject, self._fillings) or subject % {"event": " · ".join(self.titles)}
        context = self._context() | {
            "calendar": calendar,
            "own_text": as_text(own_body, self._fillings),
            "own_html": as_html(own_body, self._fillings, LINKS),
        }
        return Letter(
            labelled(self.event, line),
            render_to_string(f"mail/{self.message.kind}.txt", context),
            render_to_string(f"mail/{self.message.kind}.html", context),
            (self._entry(calendar),) if calendar else (),
            {"Reply-To": self.reply_to},
        )

    def _context(self) -> dict[str, Any]:
        language = self.message.language
        return {
            "told": self,
            "name": self.message.to_name,
            "event": self.event,
            "place": place_of(self.event, language),
            "event_url": address_of(self.event, language),
            "link": self.link,
            "site_name": settings.SITE_NAME[language],
            "site_names": settings.SITE_NAME,
            "language": language,
            "html_lang": html_language(language),
        }

    def _entry(self, method: str) -> Attachment:
        """The reader's own copy of the calendar entry; their name is known only where the address is theirs."""
        message = self.message
        copy = Copy(message.to_email, message.to_name, self.entry_sequence, method == "CANCEL")
        content = event_calendar(self.event, message.language, copy)
        return Attachment(f"{self.event.slug}.ics", content, f"text/calendar; method={method}")

    @property
    def entry_sequence(self) -> int:
        """How often the reader's own entry was renewed or taken back, beside the changes of the event."""
        return 0
