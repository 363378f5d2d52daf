"""The people of the demonstration, and two who can sign in."""

from people.demo.founders import FOUNDERS
from people.demo.heirs import HEIRS
from people.demo.portrait import Portrait
from people.demo.sign_ins import load_members
from people.models import Person, PersonName
from sistercities.pages.dates import parse
from sistercities.pages.demo.making import Say, columns, make, page
from sistercities.pages.publishing import refresh


def load(say: Say) -> None:
    """Make the people who are written about, then those who sign in."""
    made = sum(_person(portrait, order) for order, portrait in enumerate([*FOUNDERS, *HEIRS], start=1))
    say(f"{made} people made.")
    load_members(say)


def _person(portrait: Portrait, order: int) -> bool:
    person, new = page(
        Person,
        portrait.slug,
        {"title": portrait.title, "summary": portrait.summary, "body": portrait.body},
        portrait.cites,
        born=parse(portrait.born) if portrait.born else None,
        died=parse(portrait.died) if portrait.died else None,
        position=order,
        **columns(known_for=portrait.known_for, honorific=portrait.honorific),
    )
    if new:
        for name in portrait.names:
            make(PersonName, person=person, **vars(name))
        refresh(person)
    return new
