"""Calendars by RFC 5545: octets and folds, lines, components, and the time zones that they name."""

import re
from collections.abc import Iterator

import icalendar
import vobject

NEEDED = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
}
ONE = r'(?:"[^"]*"|[^";:,]*)'
LINE = re.compile(rf"([A-Z0-9-]+)((?:;[A-Z0-9-]+={ONE}(?:,{ONE})*)*):(.*)")
TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION")


def ics_faults(content: bytes) -> list[str]:
    """All that is wrong with a calendar."""
    lines = content.replace(b"\r\n ", b"").decode(errors="replace").split("\r\n")[:-1]
    return [
        *octets(content),
        *line_by_line(lines),
        *components(lines),
        *names(lines),
        *readers(content, lines),
    ]


def octets(content: bytes) -> Iterator[str]:
    lines = content.split(b"\r\n")
    if lines[-1] != b"" or re.search(rb"[\r\n]", content.replace(b"\r\n", b"")):
        yield "a line does not end in CR LF"
    if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content):
        yield "a control character"
    for line in lines:
        if len(line) > 75:
            yield f"{len(line)} octets: {line!r}"
        if "\ufffd" in line.decode(errors="replace"):
            yield f"a character is cut in two: {line!r}"


def line_by_line(lines: list[str]) -> Iterator[str]:
    for line in lines:
        match = LINE.fullmatch(line)
        if match is None:
            yield f"no line of a calendar: {line!r}"
        elif match[1] in TEXTS and re.search(r"(?<!\\)(?:\\\\)*[;,]", match[3]):
            yield f"not escaped: {line!r}"


def components(lines: list[str]) -> Iterator[str]:
    """What is begun is ended, and has what it needs."""
    within: list[tuple[str, set[str]]] = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if name == "BEGIN":
            within.append((value, set()))
        elif name == "END":
            kind, found = within.pop()
            if kind != value or NEEDED.get(kind, set()) - found:
                yield f"{kind} wants {NEEDED.get(kind, set()) - found}"
        else:
            within[-1][1].add(name.partition(";")[0])


def names(lines: list[str]) -> Iterator[str]:
    """Each zone that is named has its rules, each entry an identity of its own."""
    zones = {line.removeprefix("TZID:") for line in lines if line.startswith("TZID:")}
    named = {zone for line in lines for zone in re.findall(r";TZID=([^;:]+)", line)}
    yield from (f"no rules for {zone}" for zone in named - zones)
    uids = uids_of(lines)
    yield from (f"twice: {uid}" for uid in set(uids) if uids.count(uid) > 1)


def readers(content: bytes, lines: list[str]) -> Iterator[str]:
    """Two programs that are not ours find every entry."""
    number = len(uids_of(lines))
    one = len(icalendar.Calendar.from_ical(content).walk("VEVENT"))
    other = len(getattr(vobject.readOne(content.decode()), "vevent_list", []))
    if (one, other) != (number, number):
        yield f"of {number} entries one reader finds {one}, the other {other}"


def uids_of(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("UID:")]
