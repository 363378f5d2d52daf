"""Events as open data: those that lists may name."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from events.models import Event
from relationships.models import Organisation, Relationship
from relationships.open_tables import listed, number_of, public, sectors
from sistercities.pages.bilingual import column, languages, local_text
from sistercities.pages.open_data.tables import (
    Column,
    Kind,
    Table,
    add,
    choice,
    dates,
    in_languages,
    last,
    of,
    own,
    through,
)


def events() -> Any:
    return (
        Event.objects.listed()
        .select_related("venue__city", "series", "part_of")
        .prefetch_related(
            Prefetch("relationships", Relationship.objects.listed()),
            Prefetch("hosts", Organisation.objects.filter(is_shown=True)),
            "sectors",
        )
    )


def moment(name: str) -> Any:
    """An instant on the clocks of the place, with its distance from universal time."""
    return lambda row: getattr(row, name).isoformat(timespec="minutes") if row.starts_at else ""


def place(code: str) -> Any:
    return lambda row: (
        local_text(row.venue, "name", code) if row.venue else getattr(row, column("place", code))
    )


def hosts(code: str) -> Any:
    return lambda row: [local_text(host, "name", code) for host in row.hosts.all()]


def umbrella(row: Event) -> Event | None:
    above = public(row.part_of)
    return above if above and above.visibility != Event.Visibility.UNLISTED else None


add(
    Table(
        "events",
        _("Events"),
        _("What was held, and what is to come; events that are not listed are not here."),
        events,
        (
            *own(),
            Column("uid", _("Its identity in calendars."), of("ics_uid"), is_always_there=True),
            choice("kind", _("The kind of event."), Event.Kind),
            choice("state", _("Whether it takes place."), Event.State),
            *dates("held", _("The day, or the first day, at the place of the event.")),
            *dates("held_until", _("The last day, where there are several.")),
            Column(
                "starts_at", _("When it begins, where the hour is known."), moment("local_start"), Kind.MOMENT
            ),
            Column("ends_at", _("When it ends, where the hour is known."), moment("local_end"), Kind.MOMENT),
            Column("timezone", _("The time zone, by its IANA name."), of("timezone")),
            *dates("planned_for", _("For when it was planned before it was postponed.")),
            *(Column(column("place", code), _("Where it is held."), place(code)) for code in languages()),
            Column(
                "city",
                _("The number of the city in which it is held, where the venue is known."),
                number_of(lambda row: row.venue.city if row.venue else None),
                Kind.WHOLE,
            ),
            *(
                Column(column("hosts", code), _("Who invites."), hosts(code), Kind.TEXTS)
                for code in languages()
            ),
            *listed("relationships", lambda row: row.relationships.all()),
            Column(
                "part_of",
                _("The number of the event within which it takes place."),
                number_of(umbrella),
                Kind.WHOLE,
            ),
            *through("series", _("The series to which it belongs."), lambda row: public(row.series)),
            Column("sectors", _("The fields with which it deals."), sectors, Kind.CODES),
            *in_languages("attendance", _("How many came, in the words of the source.")),
            Column(
                "is_illustration",
                _("Whether it is made up, to show how the site works."),
                of("is_illustration"),
                Kind.TRUTH,
                is_always_there=True,
            ),
            *last(),
        ),
    )
)
