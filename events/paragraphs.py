"""What happens to the paragraphs of a remark when staff paste, arrange or renumber them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, cast

from django.db import transaction

from events.aligning import Pair, letters
from events.models import Remark, RemarkSegment
from people.models import Person
from relationships.models import City, Organisation
from sistercities.pages import publishing, revisions

SIDES = ("text_en", "text_zh_hans")


class ChangedMeanwhile(Exception):
    """Somebody else has saved the remark since it was opened."""


@dataclass(frozen=True)
class Planned:
    """What becomes of one paragraph: ``segment`` is the one it takes the place of, if any."""

    pair: Pair
    segment: RemarkSegment | None

    @property
    def state(self) -> str:
        if self.segment is None:
            return "new"
        return "kept" if pair_of(self.segment) == self.pair else "changed"


@dataclass(frozen=True)
class Plan:
    """What saving would do: the paragraphs as they will stand, and those that go."""

    rows: list[Planned]
    gone: list[RemarkSegment]

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)


def pair_of(segment: RemarkSegment) -> Pair:
    return segment.text_en, segment.text_zh_hans


def pairs_of(remark: Remark) -> list[Pair]:
    return [pair_of(segment) for segment in remark.segments.all()]


def plan(segments: Sequence[RemarkSegment], pairs: Sequence[Pair]) -> Plan:
    """Which paragraph stays which, so that links to it stay too.

    What is unchanged in both languages stays; then what is unchanged in one; then, between two that stay, the first
    takes the place of the first.
    """
    taken: dict[int, RemarkSegment] = {}
    for keys in (_whole, _english, _chinese):
        _match(segments, pairs, taken, keys)
    _fill(segments, pairs, taken)
    used = {segment.pk for segment in taken.values()}
    return Plan(
        [Planned(pair, taken.get(at)) for at, pair in enumerate(pairs)],
        [segment for segment in segments if segment.pk not in used],
    )


def replace(remark: Remark, pairs: Sequence[Pair], *, opened_at: datetime, by: Any = None) -> Plan:
    """Write the paragraphs as they were arranged. Raises ChangedMeanwhile, and then nothing is written."""
    with transaction.atomic():
        held = cast(Remark, publishing.hold(remark))
        if held.updated_at != opened_at:
            raise ChangedMeanwhile
        revisions.record_first(held)
        made = plan(list(held.segments.all()), pairs)
        RemarkSegment.objects.filter(pk__in=[segment.pk for segment in made.gone]).delete()
        rows = [_placed(held, number, row) for number, row in enumerate(made.rows, start=1)]
        _settle_anchors(rows)
        RemarkSegment.objects.bulk_update([row for row in rows if row.pk], ["position", "anchor", *SIDES])
        RemarkSegment.objects.bulk_create([row for row in rows if not row.pk])
        publishing.refresh(held, by=by)
    return made


def number_anew(segments: Iterable[RemarkSegment]) -> None:
    """Number the paragraphs 1, 2, 3 … in their order; the constraint waits for the end of the transaction."""
    rows = list(segments)
    for number, segment in enumerate(rows, start=1):
        segment.position = number
    _settle_anchors(rows)
    RemarkSegment.objects.bulk_update(rows, ["position", "anchor"])


def known_names() -> list[Pair]:
    """The names of people, cities and organisations in both languages, by which paragraphs find each other."""
    titles = [
        model.objects.exclude(title_en="").exclude(title_zh_hans="").values_list("title_en", "title_zh_hans")
        for model in (City, Person)
    ]
    bodies = Organisation.objects.exclude(name_zh_hans="").values_list("name_en", "name_zh_hans")
    first, *rest = [*titles, bodies]
    return list(first.order_by().union(*(each.order_by() for each in rest)))


def _placed(remark: Remark, number: int, row: Planned) -> RemarkSegment:
    segment = row.segment or RemarkSegment(remark=remark)
    segment.position, segment.text_en, segment.text_zh_hans = number, *row.pair
    return segment


def _settle_anchors(rows: Sequence[RemarkSegment]) -> None:
    """Give each paragraph the end of its link: older ones keep theirs, a new one takes its number if that is free."""
    free = 1 + max([0, *(row.anchor or row.position for row in rows), len(rows)])
    seen: set[int] = set()
    for row in sorted(rows, key=lambda row: (row.pk is None, row.pk or 0, row.position)):
        wanted = row.anchor or row.position
        if wanted in seen:
            wanted, free = free, free + 1
        row.anchor = wanted
        seen.add(wanted)


def _whole(pair: Pair) -> Any:
    return letters(pair[0]), letters(pair[1])


def _english(pair: Pair) -> Any:
    return letters(pair[0])


def _chinese(pair: Pair) -> Any:
    return letters(pair[1])


def _match(
    segments: Sequence[RemarkSegment], pairs: Sequence[Pair], taken: dict[int, RemarkSegment], key: Any
) -> None:
    """Join what has the same texts, in the order of the speech; a paragraph that only moved stays itself as well."""
    used = {segment.pk for segment in taken.values()}
    old = [segment for segment in segments if segment.pk not in used and key(pair_of(segment))]
    new = [at for at in range(len(pairs)) if at not in taken and key(pairs[at])]
    before, after = [key(pair_of(segment)) for segment in old], [key(pairs[at]) for at in new]
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            taken[new[block.b + step]] = old[block.a + step]
    left = {key(pair_of(segment)): segment for segment in reversed(old) if segment not in taken.values()}
    for at in new:
        if at not in taken and (segment := left.pop(key(pairs[at]), None)):
            taken[at] = segment


def _fill(segments: Sequence[RemarkSegment], pairs: Sequence[Pair], taken: dict[int, RemarkSegment]) -> None:
    """Between two paragraphs that stay, the changed ones stay in their order as far as there are enough."""
    places = {segment.pk: at for at, segment in enumerate(segments)}
    free = {places[each.pk] for each in segments} - {places[each.pk] for each in taken.values()}
    upto = 0
    for at in range(len(pairs)):
        if at in taken:
            upto = places[taken[at].pk] + 1
        elif upto in free:
            taken[at] = segments[upto]
            free.discard(upto)
            upto += 1
