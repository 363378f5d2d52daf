"""What a report says, in the words of whoever reads it: each remark is kept as a code with its values."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relationships.models import Directory, DirectoryRow, Relationship
from sistercities.pages.bilingual import current_language
from sistercities.pages.date_doubts import NotADate
from sistercities.pages.dates import parse, spell
from sistercities.tables.words import LINES, fault_in_words

SIDES = {"origin": _("first city"), "partner": _("second city")}
NOTES: dict[str, Any] = {
    **LINES,
    # --- what it says ---
    "no-name": _("%(side)s: no name."),
    "long-name": _("%(side)s: the name is too long."),
    "unknown-country": _("%(side)s: no country is known as “%(text)s”."),
    "coordinates": _("%(side)s: “%(text)s” is no place on the globe, and is left out."),
    "population": _("%(side)s: “%(text)s” is no number of people, and is left out."),
    "date": _("“%(text)s” is not a date we can read, and is left out."),
    "year-only": _(
        "“%(text)s” is taken for the year %(year)s: such lists write the first of January where no day is known."
    ),
    "kind": _("“%(text)s” names no kind of bond that we know."),
    "ends-before": _("It would end (%(to)s) before it began (%(from)s)."),
    # --- which cities are meant ---
    "number-only": _(
        "%(side)s: the line gives the number %(number)s and no name, and no city here has that number."
    ),
    "no-country": _("%(side)s: without a country nobody can tell which %(name)s is meant."),
    "no-country-given": _("%(side)s: %(city)s, by its name and place; the line names no country."),
    "named-otherwise": _("%(side)s: taken for %(city)s, which lies there under a name like it."),
    "by-name": _(
        "%(side)s: taken for %(city)s by its name and country alone; where it lies is not told on both sides."
    ),
    "by-region": _("%(side)s: recognised by its region."),
    "namesake": _("%(side)s: not the %(city)s that lies %(km)s km away."),
    "decided": _("%(side)s: as somebody has decided."),
    "same-city": _("Both cities are the same one."),
    # --- what comes of it ---
    "twin": _("The same bond as line %(line)s."),
    "file-differs": _(
        "The file gives two dates for this bond: %(ours)s in line %(line)s, %(theirs)s here; the first counts."
    ),
    "date-differs": _("The page says %(ours)s, the file %(theirs)s; the page stays as it is."),
    "adds-date": _("Adds the date %(date)s."),
    "adds-to-city": _("Adds to %(city)s: %(fields)s."),
    "other-kind": _("The same cities have a bond of another kind: %(kind)s."),
    "ended-here": _("The page says that this bond has ended; it stays as it is."),
    "ended-there": _("The file says that this bond has ended; the page stays as it is."),
    "database": _("The database refuses the line: %(text)s."),
}
ATTEMPTS = _("It broke off three times without a word. Ask whoever looks after the server.")
FIELDS: dict[str, Any] = {
    "city": pgettext_lazy("of a thing", "name"),
    "city_zh": _("Chinese name"),
    "country": _("country"),
    "region": _("region"),
    "latitude": _("latitude"),
    "longitude": _("longitude"),
    "point": _("place on the globe, in one column"),
    "population": _("population"),
    "wikidata": _("Wikidata number"),
    "established": _("established"),
    "ended": _("ended"),
    "kind": _("kind of bond"),
    "url": _("web page of the line"),
}
ADDED = {**FIELDS, "name": FIELDS["city"], "name_zh": _("Chinese name"), "spot": _("place on the globe")}


def field_in_words(name: str) -> Any:
    """``origin_city`` is “first city: name”."""
    side, _line, rest = name.partition("_")
    if side not in SIDES:
        return FIELDS[name]
    return format_lazy(_("{side}: {field}"), side=SIDES[side], field=FIELDS[rest])


def in_words(note: Mapping[str, Any]) -> str:
    """One remark of a report, in the language being spoken now."""
    code = str(note.get("code", ""))
    values = {name: _value(name, value) for name, value in note.items()}
    return str(NOTES[code]) % values if code in NOTES else code


def _value(name: str, value: Any) -> str:
    if name == "side":
        return _upper(str(SIDES.get(value, value)))
    if name == "fields":
        return _now(", ").join(str(ADDED.get(each, each)) for each in value)
    if name == "kind":
        return str(dict(Relationship.Kind.choices).get(value, value))
    return date_in_words(value) if name in ("date", "ours", "theirs", "from", "to") else str(value)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def date_in_words(text: Any) -> str:
    """A date of a report as readers write it."""
    try:
        return spell(parse(str(text)), current_language())
    except NotADate:
        return str(text)


def problem_in_words(problem: str) -> str:
    """Why a task did not come to its end."""
    return str(ATTEMPTS) if problem == "attempts" else fault_in_words(problem)


def verdicts(directory: Directory) -> Iterator[tuple[DirectoryRow.Verdict, int]]:
    """How many lines got which verdict, in the order of the verdicts."""
    rows = directory.rows.order_by().values("verdict").annotate(number=Count("pk"))
    counts = {row["verdict"]: row["number"] for row in rows}
    yield from ((verdict, counts.get(verdict, 0)) for verdict in DirectoryRow.Verdict)
