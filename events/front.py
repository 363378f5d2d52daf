"""What the front page shows of every floor: the bonds on a map, what they turn, the people, what was said last."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, DateTimeField, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, Now, TruncMinute
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from events.models import Event, Remark, Rsvp, RsvpPolicy
from people.models import Person
from relationships.anniversaries import Coming, coming
from relationships.choosing import Choice
from relationships.drawing import map_of
from relationships.gathering import circles_of_countries, countries_of, linked
from relationships.map import Drawing
from relationships.models import City, Relationship
from sistercities.news.models import Story
from sistercities.news.related import newest, story_of
from sistercities.pages.everything import Found, found, together
from sistercities.pages.models import StandingPage

WALL = 18
NEWEST = 3
BONDS = 24
CALLED_OFF = 3


def next_events() -> tuple[Event | None, list[Event]]:
    """The event that the front page invites to, and those ahead that will not be held on their day."""
    listed = Event.objects.listed()
    on = Q(state=Event.State.ON)
    invited = listed.upcoming().filter(on, starts_at__isnull=False).values("pk")[:1]
    called_off = ~on & Q(ends_at__gt=timezone.now())
    found = listed.filter(Q(pk__in=invited) | called_off).for_lists()
    rows = list(found.order_by(Case(When(on, then=0), default=1), "starts_at")[: 1 + CALLED_OFF])
    invitation = next((event for event in rows if event.state == Event.State.ON), None)
    return invitation, [event for event in rows if event is not invitation][:CALLED_OFF]


def our_bonds() -> list[Any]:
    """The association's own bonds that last, each with how many there are in the directory beside them."""
    others = Relationship.objects.listed().filter(is_ours=False).order_by().values(all=Value(1))
    number = Coalesce(Subquery(others.annotate(number=Count("pk")).values("number")), 0)
    ours = Relationship.objects.published().live().ours().annotate(directory=number)
    return list(ours.with_cities()[:BONDS])


def beyond(bonds: Sequence[Any]) -> dict[str, Any]:
    """How many bonds the directory has beside ours; while none is ours, its countries on the map."""
    if bonds:
        return {"directory": bonds[0].directory}
    number = Relationship.objects.listed().live().count()
    if not number:
        return {"directory": 0}
    path = reverse("relationships:relationship_list")
    circles = circles_of_countries(
        countries_of(City.objects.published()), lambda code: Choice(country=code).url(path)
    )
    return {"directory": number, **linked(circles, lambda area: Choice(area=area).url(path))}


def map_of_all(bonds: Iterable[Relationship]) -> Drawing | None:
    """All bonds as threads; those of two cities go first, so that an alliance only adds what none of them has drawn."""
    drawing = map_of(sorted(bonds, key=lambda bond: len(bond.cities)))
    return drawing if drawing.arcs else None


def next_anniversary(bonds: Iterable[Relationship]) -> Coming[Relationship] | None:
    """The nearest round anniversary; where none is near, the nearest of all."""
    dated = [(bond, bond.established, localdate()) for bond in bonds if bond.established]
    found = coming(dated, only_round=True) or coming(dated)
    return found[0] if found else None


def seats() -> ArraySubquery:
    """How the doors of the coming events stand: the content's stamp knows nothing of answers, which change them."""
    coming = RsvpPolicy.objects.filter(event__ends_at__gt=Now()).order_by("pk")
    door = JSONObject(
        event="event",
        rules=JSONObject(mode="mode", limit="seat_limit", waiting_list="waiting_list"),
        taken="seats_committed",
        waiting=Exists(Rsvp.objects.filter(event=OuterRef("event")).waiting()),
        has_opened=Q(opens_at__lte=Now()),
        has_closed=Q(closes_at__lte=Now()),
    )
    return ArraySubquery(coming.values_list(door))


def seats_and_minute() -> JSONObject:
    """The same, and while any event goes on the minute: its page says what is on the programme just now."""
    on_now = Event.objects.filter(starts_at__lte=Now(), ends_at__gt=Now())
    minute = Case(When(Exists(on_now), then=TruncMinute(Now())), output_field=DateTimeField())
    return JSONObject(doors=seats(), minute=minute)


def people() -> list[Person]:
    return list(Person.objects.listed().select_related("portrait").order_by("position", "sort_name")[:WALL])


def about_and_news() -> tuple[Found | None, list[Story]]:
    """What the site says of itself, where a demonstration says that it is one, and the newest stories; by one query."""
    rows = together([StandingPage.objects.published().filter(slug="about"), newest()])
    found_rows = [(row["page_model"], found(row)) for row in rows.order_by("-publish_at", "slug")]
    about = next((page for kind, page in found_rows if kind == StandingPage._meta.label_lower), None)
    return about, [story_of(page) for kind, page in found_rows if kind == Story._meta.label_lower]


def newest_remarks() -> list[Remark]:
    """What was said at the latest event that has remarks, in the order of that evening."""
    remarks = Remark.objects.listed().select_related("speaker__portrait", "event")
    found = list(remarks.order_by("-event__held_first", "event", "position", "pk")[:NEWEST])
    return [remark for remark in found if remark.event_id == found[0].event_id]


def neighbours(remarks: Sequence[Remark], remark: Remark) -> tuple[Remark | None, Remark | None]:
    """The remarks before and after this one, in the order of the evening."""
    places = [each.pk for each in remarks]
    if remark.pk not in places:
        return None, None
    place = places.index(remark.pk)
    return (remarks[place - 1] if place else None), (remarks[place + 1] if place + 1 < len(remarks) else None)
