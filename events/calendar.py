"""Events as calendar entries (iCalendar, RFC 5545), for whoever's telephone should remind them.

An entry keeps its identity whatever becomes of the event's date or address: a later one with a higher sequence number
replaces it, one that cancels takes it away. What anybody may fetch is published; a guest's own copy is a request to
somebody who has accepted (RFC 5546), so that a calendar files it without asking, and takes it out again when told to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr

import icalendar
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events.models import Event
from events.when import is_chinese
from relationships.models import City
from sistercities.pages.bilingual import LocalText, local_text, texts
from sistercities.pages.safe_text import one_line, printable

STATUS = {Event.State.ON: "CONFIRMED", Event.State.POSTPONED: "TENTATIVE", Event.State.CANCELLED: "CANCELLED"}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Copy:
    """A guest's own copy of an entry. ``name`` stays empty unless the address is known to be theirs.

    ``sequence`` counts how often the entry was put into their calendar again, or taken out.
    """

    email: str
    name: str = ""
    sequence: int = 0
    is_cancelled: bool = False

    @property
    def method(self) -> str:
        return "CANCEL" if self.is_cancelled else "REQUEST"

    @property
    def attendee(self) -> icalendar.vCalAddress:
        """They have said yes by answering on our pages: their calendar need neither ask them nor tell us."""
        attendee = icalendar.vCalAddress(f"mailto:{self.email}")
        words = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
        name = {"CN": one_line(self.name)} if self.name else {}
        for parameter, value in (words | name).items():
            attendee.params[parameter] = value
        return attendee


def event_calendar(event: Event, language: str, copy: Copy | None = None) -> bytes:
    """One event, in a language: as anybody may fetch it, or as a guest's own copy.

    An event without a full date gives a calendar without entries.
    """
    calendar = _calendar(copy.method if copy else "PUBLISH")
    _fill(calendar, [event], language, copy=copy)
    return bytes(calendar.to_ical())


def events_calendar(
    events: Iterable[Event], language: str, *, of: str = "", more: Iterable[icalendar.Event] = ()
) -> bytes:
    """Many events as one calendar to subscribe to, named after the association; asks to be fetched twice a day.

    ``of`` says what the events are about, where these are not all; ``more`` are other entries of that calendar.
    """
    calendar = _calendar("PUBLISH")
    name = " · ".join(part for part in (one_line(of), settings.SITE_NAME[language]) if part)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    _fill(calendar, events, language, subscribed=True)
    for entry in more:
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _calendar(method: str) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.SITE_HOST}//Sister Cities//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _fill(
    calendar: icalendar.Calendar,
    events: Iterable[Event],
    language: str,
    *,
    copy: Copy | None = None,
    subscribed: bool = False,
) -> None:
    """The entries of all events with a full date, and before them the rules of the time zones they name."""
    entries, years = [], dict[str, set[int]]()
    for event in events:
        if event.starts_at and event.ends_at:
            years.setdefault(event.zone.key, set()).update((event.local_start.year, event.local_end.year))
        elif not _days(event):
            continue
        entry = _entry(event, language, copy)
        # What is fetched again and again is the same again, unless the event has changed; a letter is of its moment.
        entry.add("dtstamp", event.updated_at if subscribed else timezone.now())
        entries.append(entry)
    for zone, known in years.items():
        # A little more than the years in question: clocks to the east of UTC begin them a day early.
        first, last = date(min(known) - 1, 12, 1), date(max(known) + 1, 2, 1)
        calendar.add_component(icalendar.Timezone.from_tzid(zone, first_date=first, last_date=last))
    for entry in entries:
        calendar.add_component(entry)


def _entry(event: Event, language: str, copy: Copy | None) -> icalendar.Event:
    address = address_of(event, language)
    entry = icalendar.Event()
    entry.add("uid", event.ics_uid)
    entry.add("sequence", event.ics_sequence + (copy.sequence if copy else 0))
    entry.add("created", event.created_at)
    entry.add("last-modified", event.updated_at)
    if event.starts_at and event.ends_at:
        entry.add("dtstart", unmistakable(event.local_start))
        entry.add("dtend", unmistakable(event.local_end))
    elif days := _days(event):
        entry.add("dtstart", days[0])
        entry.add("dtend", days[1] + ONE_DAY)  # the day after, as calendars count
    entry.add("summary", one_line(_summary(event, language)))
    if place := place_of(event, language):
        entry.add("location", one_line(("，" if is_chinese(language) else ", ").join(place)))
    entry.add("description", printable(_description(event, language, address)))
    entry.add("url", address)
    is_off = copy is not None and copy.is_cancelled
    entry.add("status", "CANCELLED" if is_off else STATUS[Event.State(event.state)])
    organiser = icalendar.vCalAddress(f"mailto:{parseaddr(settings.MAIL_REPLY_TO)[1]}")
    organiser.params["CN"] = settings.SITE_NAME[language]
    entry.add("organizer", organiser)
    if copy:
        entry.add("attendee", copy.attendee)
    return entry


def unmistakable(moment: datetime) -> datetime:
    """Local time; universal time for the second of two like hours, for a calendar takes such an hour for the first."""
    return moment.astimezone(UTC) if moment.fold else moment


def _days(event: Event) -> tuple[date, date] | None:
    """The first and the last day of an event without hours; None where we do not know the day."""
    first, last = event.when, event.held_until
    if first is None or first.as_date is None:
        return None
    return first.as_date, (last.as_date if last else None) or first.as_date


def both_titles(event: Event, language: str) -> list[str]:
    """The title in the reader's language, then in the other."""
    lead = local_text(event, "title", language)
    return [
        lead,
        *(text for code, text in texts(event, "title").items() if code != lead.language and text != lead),
    ]


def _summary(event: Event, language: str) -> str:
    """Both titles; what is made up, or has no date any more, says so first."""
    title = " · ".join(both_titles(event, language))
    with translation.override(language):
        if event.is_cancelled:
            title = _("Cancelled: %(event)s") % {"event": title}
        elif event.state == Event.State.POSTPONED:
            title = _("Postponed: %(event)s") % {"event": title}
        return labelled(event, title)


def labelled(event: Event, line: str) -> str:
    """A line that names the event away from its page, such as a subject; a made-up event is called one."""
    return _("[Example] %(line)s") % {"line": line} if event.is_illustration else line


def place_of(event: Event, language: str) -> list[LocalText]:
    """Where it is: the venue and its address, with the name of the city where neither has it."""
    if not event.venue:
        return [place] if (place := local_text(event, "place", language)) else []
    city = event.venue.city
    parts = [part for name in ("name", "address") if (part := local_text(event.venue, name, language))]
    if city.is_public and not any(local_text(city, "title", part.language) in part for part in parts):
        # A Chinese address begins with its city, an English one ends with it.
        at = 0 if is_chinese(language) else -1
        parts[at] = _in_city(parts[at], city)
    return parts


def _in_city(place: LocalText, city: City) -> LocalText:
    name = local_text(city, "title", place.language)
    words = f"{name}{place}" if is_chinese(place.language) else f"{place}, {name}"
    return LocalText.of(words, place.language, fallback=place.fallback)


def _description(event: Event, language: str, address: str) -> str:
    paragraphs = [local_text(event, name, language) for name in ("notice", "summary", "dress_code", "spoken")]
    return "\n\n".join([*(text for text in paragraphs if text), address])


def address_of(event: Event, language: str) -> str:
    """The event's page in a language, as a whole address."""
    with translation.override(language):
        return settings.SITE_URL + event.get_absolute_url()
