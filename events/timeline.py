"""Events on the thread of relationships."""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from events.models import Event
from relationships.models import Agreement, City, Party, Relationship, Sector
from relationships.thread import Entry, Row, Scope, Strand, add, as_rows, named, texts_of
from sistercities.pages.models import Status


def events(scope: Scope) -> QuerySet[Event]:
    """Of a bond: the events that belong to it, marked its anniversaries or saw one of its agreements signed."""
    found = Event.objects.listed()
    if scope.bond:
        signed = Agreement.objects.published().filter(relationship=scope.bond)
        of_bond = Q(relationships=scope.bond) | Q(marks=scope.bond) | Q(signed__in=signed)
        found = found.filter(pk__in=Event.objects.filter(of_bond).values("pk"))
    if scope.city:
        in_town = Q(venue__city=scope.city) | Q(relationships__parties__city=scope.city)
        found = found.filter(pk__in=Event.objects.filter(in_town).values("pk"))
    signed_here = Agreement.objects.published().filter(signed_at_events=OuterRef("pk"))
    belongs = Event.relationships.through.objects.filter(event=OuterRef(OuterRef("pk")))
    parties = Party.objects.filter(relationship__events=OuterRef(OuterRef("pk"))).values("city")
    there = Q(pk=OuterRef("venue__city")) | Q(pk__in=parties)
    bonds = Q(pk=OuterRef("marks")) | Q(pk__in=belongs.values("relationship"))
    return as_rows(
        found,
        "event",
        "title",
        "summary",
        dated=F("held"),
        dated_until=F("held_until"),
        details=JSONObject(kind="kind", state="state", is_illustration="is_illustration"),
        in_sectors=named(Sector.objects.filter(events=OuterRef("pk")), "name"),
        in_cities=named(City.objects.published().filter(there)),
        in_bonds=named(Relationship.objects.published().filter(bonds)),
        signed_pks=ArraySubquery(signed_here.order_by().values("pk")),
    )


def of_event(row: Row) -> Iterable[Entry]:
    event = Event(
        pk=row["pk"],
        slug=row["slug"],
        status=Status.PUBLISHED,
        **texts_of(row, "title"),
        **texts_of(row, "text", "summary"),
        **row["details"],
    )
    kind = event.get_kind_display()
    if event.state != Event.State.ON:
        kind = _("%(kind)s, %(state)s") % {"kind": kind, "state": event.get_state_display()}
    yield Entry(
        row["dated"],
        "event",
        str(kind),
        event,
        event.get_absolute_url(),
        event.summary or None,
        row["dated_until"],
        label="illustration" if event.is_illustration else "",
        took_place=event.state == Event.State.ON and not event.is_illustration,
        claim="held",
    )


add(Strand("event", events, of_event))
