"""What may be done only so often: counted for all processes together, by nobody's name, from where it really came."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.test import RequestFactory, override_settings
from django.utils.timezone import now

from sistercities.limits.counting import HOUR, Limit, forget_what_is_over
from sistercities.limits.models import Count
from sistercities.limits.networks import client_address, network_of

NOTES = Limit("notes", 3, HOUR)


@pytest.mark.django_db
def test_an_hour_has_its_measure_and_the_next_one_begins_anew() -> None:
    assert [NOTES.allows("192.0.2.1") for _ in range(5)] == [True, True, True, False, False]
    assert NOTES.allows("192.0.2.2")
    assert Limit("letters", 3, HOUR).allows("192.0.2.1")
    with time_machine.travel(now() + timedelta(seconds=HOUR + 1)):
        assert NOTES.count("192.0.2.1") == 1


@pytest.mark.django_db
def test_who_keeps_trying_does_not_make_the_hour_longer() -> None:
    begun = now()
    for quarter in range(4):
        with time_machine.travel(begun + timedelta(minutes=15 * quarter)):
            NOTES.count("192.0.2.1")
    with time_machine.travel(begun + timedelta(minutes=61)):
        assert NOTES.allows("192.0.2.1")


@pytest.mark.django_db
def test_looking_whether_a_limit_is_reached_counts_nothing() -> None:
    for _ in range(2):
        NOTES.count("me")
    assert [NOTES.is_reached("me") for _ in range(3)] == [False, False, False]
    NOTES.count("me")
    assert NOTES.is_reached("me")
    NOTES.forget("me")
    assert NOTES.count("me") == 1


@pytest.mark.django_db
def test_the_table_names_nobody_and_tells_one_pair_from_another() -> None:
    NOTES.count("mei@example.org", "192.0.2.77")
    assert "mei" not in str(Count.objects.values_list())
    assert "192.0.2.77" not in str(Count.objects.values_list())
    assert NOTES.key("a", "b") != NOTES.key("ab")


@pytest.mark.django_db
def test_counts_whose_span_is_over_are_forgotten_and_others_kept() -> None:
    NOTES.count("old")
    with time_machine.travel(now() + timedelta(hours=2)):
        NOTES.count("new")
        assert forget_what_is_over() == 1
    assert Count.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_forty_that_come_together_three_are_let_through() -> None:
    def come(_number: int) -> bool:
        try:
            return NOTES.allows("192.0.2.1")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(come, range(40))) == 3


NETWORKS = [
    ("192.0.2.1", "192.0.2.1"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
    ("[2001:db8:1:2::1]:443", "2001:db8:1:2::/64"),
    ("fe80::1%eth0", "fe80::/64"),
    ("::ffff:192.0.2.1", "192.0.2.1"),
    ("", ""),
    ("unknown", "unknown"),
]


@pytest.mark.parametrize(("address", "network"), NETWORKS)
def test_a_household_is_one_sender(address: str, network: str) -> None:
    assert network_of(address) == network


FORWARDED = [
    (False, "192.0.2.9", "198.51.100.1"),  # anybody may have written it
    (True, "192.0.2.9", "192.0.2.9"),
    (True, "10.0.0.1, 192.0.2.9", "192.0.2.9"),  # what comes before was told to the proxy
    (True, "10.0.0.1,192.0.2.9:51034", "192.0.2.9"),
    (True, "192.0.2.9, nonsense", "198.51.100.1"),
    (True, "", "198.51.100.1"),
]


@pytest.mark.parametrize(("behind", "header", "address"), FORWARDED)
def test_header_of_a_proxy_is_believed_where_there_is_one_and_its_last_word_only(
    behind: bool, header: str, address: str
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR=header)
    with override_settings(BEHIND_PROXY=behind):
        assert client_address(request) == address


def test_request_through_a_socket_has_an_address_too() -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) == "0.0.0.0"
