"""The history of each answer, and what PostgreSQL guards by itself."""

from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, F, Func, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Lag

from events.models import Deed, Rsvp, RsvpTransition
from sistercities.audit import checks, silent_triggers

BY_HAND = (
    "Find out who wrote to the tables beside the desk (`events.rsvp`), and stop it. Then let staff change the answer "
    "in the admin to what it should be; the history takes it from there and cannot be mended, only gone on with."
)
TRIGGERS = [
    *(
        (table, f"{table}_{change}_counted")
        for table in ("events_rsvp", "events_seathold")
        for change in ("insert", "update", "delete")
    ),
    ("events_rsvp", "rsvp_agrees"),
    ("events_seatoffer", "rsvp_offer_agrees"),
    ("events_guest", "rsvp_guests_agree"),
    ("events_rsvptransition", "transitions_append_only"),
    ("events_desknote", "desk_notes_append_only"),
    ("events_event", "events_event_not_within_itself"),
]
# What a change leaves is what the next one finds: before and after.
CHAIN = {
    "from_status": "to_status",
    "seats_before": "seats_after",
    "offered_before": "offered_after",
    "wanted_before": "wanted_after",
    "queue_before": "queue_after",
}
# How an answer stands, and how its last change says that it does.
STANDING = {
    "status": "to_status",
    "seats_confirmed": "seats_after",
    "seats_offered": "offered_after",
    "seats_wanted": "wanted_after",
    "priority": "priority_after",
    "queue_number": "queue_after",
}


class Differs(Func):
    """Whether two values are not the same; none and none are."""

    template = "(%(expressions)s)"
    arg_joiner = " is distinct from "
    output_field = BooleanField()


@checks("the last change noted of an answer says how it stands", remedy=BY_HAND)
def answers_that_differ_from_their_history() -> Iterator[str]:
    last = RsvpTransition.objects.filter(rsvp=OuterRef("pk")).order_by("-pk")
    noted = {f"last_{name}": Subquery(last.values(after)[:1]) for name, after in STANDING.items()}
    answers = Rsvp.objects.annotate(**noted)
    wrong = Q(last_status=None)
    for name in STANDING:
        wrong |= Q(Differs(F(name), F(f"last_{name}")))
    told = [*STANDING, *noted]
    for pk, *values in answers.filter(wrong).order_by("pk").values_list("pk", *told):
        stands, says = values[: len(STANDING)], values[len(STANDING) :]
        if says[0] is None:
            yield f"answer {pk}: no change is noted at all"
        else:
            yield f"answer {pk}: " + _differences(list(STANDING), stands, says)


@checks("each change of an answer begins where the one before ended", remedy=BY_HAND)
def broken_histories() -> Iterator[str]:
    previous = {f"previous_{after}": _before_it(after) for after in CHAIN.values()}
    changes = RsvpTransition.objects.annotate(**previous)
    first = Q(previous_to_status=None) & (
        ~Q(from_status="") | Q(seats_before__gt=0) | Q(offered_before__gt=0) | Q(wanted_before__gt=0)
    )
    wrong = first
    for before, after in CHAIN.items():
        wrong |= Q(previous_to_status__isnull=False) & Q(Differs(F(before), F(f"previous_{after}")))
    for pk, rsvp in changes.filter(wrong).order_by("pk").values_list("pk", "rsvp"):
        yield f"change {pk} of answer {rsvp}"


def _before_it(column: str) -> Window:
    return Window(Lag(column), partition_by="rsvp", order_by="pk")


def _differences(names: list[str], stands: list[Any], says: list[Any]) -> str:
    parts = zip(names, stands, says, strict=True)
    return "; ".join(f"{name} is {stand}, noted {said}" for name, stand, said in parts if stand != said)


def _named(changes: QuerySet[RsvpTransition]) -> Iterator[str]:
    for pk, rsvp, at in changes.order_by("pk").values_list("pk", "rsvp", "at"):
        yield f"answer {rsvp}, change {pk} of {at:%Y-%m-%d %H:%M} UTC"


@checks(
    "nobody loses a confirmed seat, or an offer, by asking for more",
    remedy="Raise the number of seats by as many, and give them back to the party; write to it what happened.",
)
def lost_by_asking() -> Iterator[str]:
    asked = RsvpTransition.objects.filter(wanted_after__gt=F("wanted_before"))
    had = F("seats_before") + F("offered_before")
    yield from _named(
        asked.filter(Q(seats_after__lt=F("seats_before")) | Q(seats_after__lt=had - F("offered_after")))
    )


@checks(
    "a waiting party keeps its place, unless it asks for more than before",
    remedy="Put the party into the class in which its place is right again, with this as the reason.",
)
def lost_and_kept_places() -> Iterator[str]:
    waited = RsvpTransition.objects.filter(
        deed=Deed.CHANGED, queue_before__isnull=False, queue_after__isnull=False
    )
    lost = Q(wanted_after__lte=F("wanted_before")) & ~Q(queue_after=F("queue_before"))
    kept = Q(wanted_after__gt=F("wanted_before"), queue_after=F("queue_before"))
    yield from _named(waited.filter(lost | kept))


@checks(
    "PostgreSQL itself counts seats, compares answers with their offers, guests and history, and keeps the history",
    remedy=(
        "Make the trigger again as the migrations have it (`manage.py sqlmigrate events 0013`, 0003, 0008), or "
        "switch it on: `alter table … enable trigger …`. Then run the audit again: nothing has guarded the rows since."
    ),
)
def silent_guards() -> Iterator[str]:
    yield from silent_triggers(TRIGGERS)
