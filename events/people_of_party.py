"""Who of a party has which row: what is known of a guest stays with the guest when others come or go."""

from collections.abc import Mapping, Sequence

from events.models import Guest, QuestionAnswer, Rsvp
from events.naming import same_name

KNOWN = ("title", "organisation")


def seat_people(rsvp: Rsvp, rows: Sequence[Guest], names: Sequence[str], lead: Mapping[str, str]) -> None:
    """Let the party be these, in this order, the first of them its lead, with what else is known of the lead.

    Whoever was named before keeps their row, and with it title, organisation and answers; a row that passes from one
    person to another takes nothing along.
    """
    kept = _matched(rows, names)
    for place, (row, name) in enumerate(zip(kept, names, strict=True)):
        if row is not None:
            _write(row, name, place, lead if place == 0 else {})
    Guest.objects.bulk_create(
        Guest(
            rsvp=rsvp, position=place, name=names[place], is_lead=place == 0, **(lead if place == 0 else {})
        )
        for place, row in enumerate(kept)
        if row is None
    )
    stay = {row.pk for row in kept if row}
    if gone := [row.pk for row in rows if row.pk not in stay]:
        rsvp.guests.filter(pk__in=gone).delete()


def _matched(rows: Sequence[Guest], names: Sequence[str]) -> list[Guest | None]:
    """The row of each name: the lead's stays the lead's; then the same place, the same name, whichever is left."""
    kept: list[Guest | None] = [None] * len(names)
    left = list(rows)

    def keep(place: int, row: Guest) -> None:
        kept[place] = row
        left.remove(row)

    for place, (row, name) in enumerate(zip(rows, names, strict=False)):
        if place == 0 or row.name == name:
            keep(place, row)
    for place, name in enumerate(names):
        if kept[place] is None and (same := next((row for row in left if row.name == name), None)):
            keep(place, same)
    for place in range(len(names)):
        if kept[place] is None and left:
            keep(place, left[0])
    return kept


def _write(row: Guest, name: str, place: int, more: Mapping[str, str]) -> None:
    known = {field: getattr(row, field) for field in KNOWN}
    is_another = bool(row.name) and not same_name(row.name, name)
    now = {**(dict.fromkeys(KNOWN, "") if is_another else known), **more}
    if (row.name, row.is_lead, row.position, known) == (name, place == 0, place, now):
        return
    row.name, row.is_lead, row.position = name, place == 0, place
    for field, words in now.items():
        setattr(row, field, words)
    row.save(update_fields=["name", "is_lead", "position", *KNOWN])
    if is_another:
        QuestionAnswer.objects.filter(guest=row).delete()
