"""Published counts of bonds: always of one kind, as of a day, with who counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from relationships.models import Relationship
from sistercities.pages.demo.making import Both


@dataclass(frozen=True)
class Count:
    kind: str
    number: int
    as_of: str
    cites: Sequence[str]
    city: str = ""
    what: Both = ("", "")


COUNTS = [
    Count(Relationship.Kind.SISTER_CITIES, 38, "2022-04-19", ["gz-2022"], city="guangzhou"),
    Count(Relationship.Kind.COOPERATION_CITIES, 63, "2022-04-19", ["gz-2022"], city="guangzhou"),
    Count(
        Relationship.Kind.SISTER_CITIES,
        283,
        "2021",
        ["consulate-2021"],
        what=(
            "Pairs between China and the United States, sister provinces and states included",
            "中美之间的对数，含友好省州",
        ),
    ),
]
