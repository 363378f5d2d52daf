"""Every address of the admin, for every role: who is let in, who is not, and that a new one was not forgotten."""

import pytest
from django.test import Client

from people.models import RoleName
from tests.roles.matrix import LETTERS, matrix
from tests.roles.walking import Address, addresses, get, post
from tests.roles.world import World, of_all, of_event, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
VERBS = ("GET", "POST")


@pytest.fixture
def worlds() -> tuple[World, World]:
    """Of an event of one's own, and of one that others look after."""
    shared, links = of_all()
    return of_event(shared, links), of_event(shared, links)


def _signed_in(role: RoleName, world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(somebody(role, world.event))
    return client


def _expected(verb: str, role: RoleName, address: Address) -> bool:
    """Whether the table lets them in; an address that takes no such request lets nobody in."""
    return LETTERS[role] in matrix()[address.name][verb == "POST"]


def test_somebody_has_said_of_every_address_who_may_use_it() -> None:
    known = {each.name for each in addresses()}
    assert known - matrix().keys() == set(), "say in tests/roles/matrix.txt who may use these"
    assert matrix().keys() - known == set(), "these are gone; take them out of tests/roles/matrix.txt"


def _differing(role: RoleName, world: World, tried: list[tuple[str, Address]]) -> list[str]:
    """What comes out otherwise than the table says, in words."""
    client, found = _signed_in(role, world), []
    for verb, address in tried:
        let_in = bool((get if verb == "GET" else post)(client, address.of(world)))
        if let_in is not (expected := _expected(verb, role, address)):
            found.append(f"{verb} {address.name} as {role}: {let_in}, the table says {expected}")
    return found


def test_nobody_is_let_in_whom_the_table_does_not_name(worlds: tuple[World, World]) -> None:
    own, _foreign = worlds
    found = []
    for role in RoleName:
        tried = [(verb, each) for verb in VERBS for each in addresses() if each.stands_for_others]
        refused = [(verb, each) for verb, each in tried if not _expected(verb, role, each)]
        found += _differing(role, own, refused)
    assert found == []


@pytest.mark.thorough
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_everything_opens_to_those_whom_the_table_names(worlds: tuple[World, World], verb: str) -> None:
    own, _foreign = worlds
    found = []
    for role in RoleName:
        found += _differing(role, own, [(verb, each) for each in addresses()])
    assert found == []


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
