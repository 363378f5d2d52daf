"""People as a wall of seals and portraits."""

from collections.abc import Iterable
from typing import Any

from people.models import Person


def wall(people: Iterable[Person]) -> list[dict[str, Any]]:
    """People as components/_people_wall.html takes them; wants their names and portraits at hand."""
    return [
        {
            "person": person,
            "url": person.get_absolute_url(),
            "portrait": person.portrait,
            "seal": person.seal,
            "line": person.known_for,
        }
        for person in people
    ]
