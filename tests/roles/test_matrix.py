"""Every address of the admin, for every role: who is let in, who is not, and that a new one was not forgotten."""

import pytest
from django.test import Client

from people.models import RoleName
from tests.roles.matrix import LETTERS, NOT_TAKEN, matrix
from tests.roles.walking import Address, addresses, get, post
from tests.roles.world import World, of_all, of_event, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worlds() -> tuple[World, World]:
    """Of an event of one's own, and of one that others look after."""
    shared, links = of_all()
    return of_event(shared, links), of_event(shared, links)


def _signed_in(role: RoleName, world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(somebody(role, world.event))
    return client


def _told(verb: str, role: RoleName, known: Address, let_in: bool | None) -> str:
    """What differs from the table, in words; empty where nothing does."""
    who = matrix()[known.name][verb == "POST"]
    expected = None if who == NOT_TAKEN else LETTERS[role] in who
    return "" if let_in is expected else f"{verb} {known.name} as {role}: {let_in}, the table says {expected}"


def test_somebody_has_said_of_every_address_who_may_use_it() -> None:
    known = {each.name for each in addresses()}
    assert known - matrix().keys() == set(), "say in tests/roles/matrix.txt who may use these"
    assert matrix().keys() - known == set(), "these are gone; take them out of tests/roles/matrix.txt"


def _walk(worlds: tuple[World, World], verb: str, *, all_of_them: bool) -> list[str]:
    own, _foreign = worlds
    ask = get if verb == "GET" else post
    found = []
    for role in RoleName:
        if role == RoleName.ADMINISTRATOR and not all_of_them:
            continue
        client = _signed_in(role, own)
        tried = [each for each in addresses() if all_of_them or each.stands_for_others]
        found += [_told(verb, role, each, ask(client, each.of(own))) for each in tried]
    return list(filter(None, found))


def test_each_role_opens_what_the_table_says_and_nothing_else(worlds: tuple[World, World]) -> None:
    assert _walk(worlds, "GET", all_of_them=False) == []


def test_what_is_sent_is_taken_from_those_the_table_says_and_from_nobody_else(
    worlds: tuple[World, World],
) -> None:
    assert _walk(worlds, "POST", all_of_them=False) == []


@pytest.mark.thorough
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_the_same_for_administrators_and_for_all_that_is_alike(
    worlds: tuple[World, World], verb: str
) -> None:
    assert _walk(worlds, verb, all_of_them=True) == []


@pytest.mark.parametrize("role", [RoleName.HOST, RoleName.DOOR])
def test_an_event_of_others_is_as_if_it_were_not_there(role: RoleName, worlds: tuple[World, World]) -> None:
    own, foreign = worlds
    client = _signed_in(role, own)
    let_in = []
    for each in addresses():
        if each.is_of_an_event and each.stands_for_others:
            url = each.of(foreign)
            let_in += [
                f"{verb} {each.name}" for verb, ask in (("GET", get), ("POST", post)) if ask(client, url)
            ]
    assert let_in == []
