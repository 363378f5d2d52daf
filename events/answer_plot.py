"""How an event filled: answers and confirmed seats by hour, day, week or month, for a drawing and for a table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from math import ceil

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncHour

from events.models import Deed, Event, Rsvp, RsvpTransition

WIDTH, LEFT = 400, 34
# Above the line of seats, below it the bars of answers, each with a scale of its own.
SEATS_TOP, SEATS_BOTTOM = 10, 110
BARS_TOP, BARS_BOTTOM = 126, 166
HEIGHT = 184
FIRST_ANSWER = Q(deed=Deed.ANSWERED) & ~Q(to_status=Rsvp.Status.UNVERIFIED) | Q(deed=Deed.VERIFIED)
SHORT, MANY_DAYS, MANY_WEEKS = timedelta(hours=48), timedelta(days=70), timedelta(weeks=60)


@dataclass(frozen=True)
class Step:
    """One hour, day, week or month from ``at`` on: answers that came, seats won or given back, seats then."""

    at: datetime
    answers: int
    change: int
    seats: int

    @property
    def is_told(self) -> bool:
        return bool(self.answers or self.change)


@dataclass(frozen=True)
class Bar:
    """The answers of one step, as the drawing has them."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class AnswerPlot:
    """What came of the invitation in time; ``by`` is the length of a step: hour, day, week or month."""

    steps: Sequence[Step]
    by: str
    limit: int | None

    @property
    def answers(self) -> int:
        return sum(step.answers for step in self.steps)

    @property
    def told(self) -> list[Step]:
        """The steps at which something happened, for the table."""
        return [step for step in self.steps if step.is_told]

    @property
    def most_seats(self) -> int:
        """The top of the upper scale; a limit far away would press the line flat."""
        highest = max([1, *(step.seats for step in self.steps)])
        return self.limit if self.limit and highest <= self.limit <= 4 * highest else highest

    @property
    def most_answers(self) -> int:
        return max([1, *(step.answers for step in self.steps)])

    @property
    def limit_y(self) -> str:
        """Where the line of all seats is drawn; empty where it is beyond the drawing."""
        return self._y(self.limit) if self.limit and self.limit <= self.most_seats else ""

    @property
    def _pace(self) -> float:
        return (WIDTH - LEFT) / max(len(self.steps), 1)

    def _y(self, seats: int) -> str:
        return f"{SEATS_BOTTOM - (SEATS_BOTTOM - SEATS_TOP) * seats / self.most_seats:.1f}"

    @cached_property
    def path(self) -> str:
        """The seats as stairs: they stay until the next answer."""
        drawn = [f"M{LEFT} {self._y(0)}"]
        for place, step in enumerate(self.steps, start=1):
            drawn.append(f"V{self._y(step.seats)}H{LEFT + place * self._pace:.1f}")
        return "".join(drawn)

    @cached_property
    def bars(self) -> list[Bar]:
        found = []
        for place, step in enumerate(self.steps):
            if step.answers:
                height = max((BARS_BOTTOM - BARS_TOP) * step.answers / self.most_answers, 1)
                x, width = LEFT + place * self._pace, max(self._pace - 1, 0.8)
                found.append(Bar(f"{x:.1f}", f"{BARS_BOTTOM - height:.1f}", f"{width:.1f}", f"{height:.1f}"))
        return found


def answer_plot(event: Event) -> AnswerPlot | None:
    """How the seats of an event came to stand as they do, with one query; None before anybody answered."""
    changes = RsvpTransition.objects.filter(rsvp__event=event).order_by()
    hours = changes.annotate(hour=TruncHour("at", tzinfo=event.zone)).values("hour")
    counted = hours.annotate(
        answers=Count("pk", filter=FIRST_ANSWER), change=Sum(F("seats_after") - F("seats_before"))
    )
    rows = [(row["hour"], row["answers"], row["change"]) for row in counted.order_by("hour")]
    rows = [row for row in rows if row[1] or row[2]]
    if not rows:
        return None
    by = pace(rows[-1][0] - rows[0][0])
    return AnswerPlot(list(in_steps(rows, by)), by, event.rsvp_policy.seat_limit)


def pace(span: timedelta) -> str:
    """How long a step is, so that some dozens of them tell all of it."""
    if span <= SHORT:
        return "hour"
    if span <= MANY_DAYS:
        return "day"
    return "week" if span <= MANY_WEEKS else "month"


def in_steps(rows: Iterable[tuple[datetime, int, int]], by: str) -> Iterator[Step]:
    """The hours gathered, each step of the time between with none; the rows are in the order of time."""
    gathered: dict[datetime, tuple[int, int]] = {}
    for hour, answers, change in rows:
        at = begin(hour, by)
        before = gathered.get(at, (0, 0))
        gathered[at] = before[0] + answers, before[1] + change
    at, last, seats = min(gathered), max(gathered), 0
    while at <= last:
        answers, change = gathered.get(at, (0, 0))
        seats += change
        yield Step(at, answers, change, seats)
        at = following(at, by)


def begin(moment: datetime, by: str) -> datetime:
    """The beginning of the step in which a full hour lies, on the clocks that it has."""
    if by == "hour":
        return moment.astimezone(UTC)  # clocks that are put back show the same hour twice
    day = moment.date()
    if by == "week":
        day -= timedelta(days=day.weekday())
    return _midnight(day.replace(day=1) if by == "month" else day, moment)


def following(at: datetime, by: str) -> datetime:
    """The beginning of the next step."""
    if by == "hour":
        return at + timedelta(hours=1)
    if by == "month":
        return _midnight(date(at.year + at.month // 12, at.month % 12 + 1, 1), at)
    return _midnight(at.date() + timedelta(days=7 if by == "week" else 1), at)


def _midnight(day: date, like: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=like.tzinfo)


def ticks(plot: AnswerPlot, most: int = 3) -> list[tuple[str, Step]]:
    """The steps that are named below the drawing, from the first to the last, with the place of their beginning."""
    count = len(plot.steps)
    apart = max(ceil(count / most), 1)
    return [(f"{LEFT + place * plot._pace:.1f}", plot.steps[place]) for place in range(0, count, apart)]
