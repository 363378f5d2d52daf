"""Cells of the guest list of staff."""

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import ngettext

from events.guest_columns import Column
from events.guest_list import Party
from sistercities.pages.curating import pill

register = template.Library()
NARROW = ("answered", "changed", "until")


@register.simple_tag
def guest_cell(party: Party, column: Column) -> SafeString:
    """What one column shows of one party, with its name for telephones, where columns stand below each other."""
    css = "number" if column.is_number else "words" if column.question or column.name == "message" else ""
    css = {"email": "address"}.get(column.name, "nowrap" if column.name in NARROW else css)
    shown = RICH.get(column.name, _plain)(party, column)
    return format_html(
        '<td class="{}" data-label="{}"><span class="cell">{}</span></td>', css, column.head, shown
    )


def moment(value: datetime) -> str:
    return date_format(localtime(value), "SHORT_DATETIME_FORMAT")


def _plain(party: Party, column: Column) -> str:
    value = column.of(party)
    if isinstance(value, datetime):
        return moment(value)
    return "" if value is None else str(value)


def _status(party: Party, column: Column) -> SafeString:
    rsvp = party.rsvp
    notes = []
    if party.offer:
        words = ngettext(
            "%(count)d seat offered until %(moment)s",
            "%(count)d seats offered until %(moment)s",
            party.offer.seats,
        )
        notes.append(words % {"count": party.offer.seats, "moment": moment(party.offer.expires_at)})
    if party.has_class:
        notes.append(rsvp.get_priority_display())
    below = format_html_join("", '<small class="quiet">{}</small>', ((words,) for words in notes))
    return format_html("{}{}", pill(rsvp.status, rsvp.get_status_display()), below)


def _seats(party: Party, column: Column) -> SafeString:
    awaited = party.rsvp.seats_awaited
    more = format_html(' <span class="quiet">+{}</span>', awaited) if awaited else ""
    return format_html("{}{}", party.rsvp.seats_confirmed, more)


def _email(party: Party, column: Column) -> SafeString | str:
    email = party.rsvp.email
    return format_html('<a href="mailto:{}">{}</a>', email, email) if email else "–"


def _tags(party: Party, column: Column) -> SafeString:
    return format_html_join(" ", '<span class="pill pill-tag">{}</span>', ((tag,) for tag in party.tags))


def _answered(party: Party, column: Column) -> SafeString:
    return format_html(
        '{}<small class="quiet">{}</small>', moment(party.rsvp.answered_at), party.rsvp.get_source_display()
    )


RICH = {"status": _status, "seats": _seats, "email": _email, "tags": _tags, "answered": _answered}
