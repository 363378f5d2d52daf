"""The audit asks as many questions of 2,000 parties as of twenty, and answers in seconds."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sistercities.audit import all_checks
from tests.events.auditing import everything_found
from tests.events.crowd import crowd

pytestmark = pytest.mark.django_db


def asked() -> dict[str, int]:
    """How many statements each check runs. A stream is one, in however many pieces it is fetched."""
    counted = {}
    for check in all_checks():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert list(check.find()) == []
        counted[check.rule] = len(queries)
    return counted


def test_the_number_of_questions_does_not_grow_with_the_guests() -> None:
    crowd(10, waiting=10)
    few = asked()
    crowd(1_500, waiting=500)
    assert asked() == few
    assert max(few.values()) < 45


def test_two_thousand_parties_are_recounted_in_seconds() -> None:
    crowd(1_500, waiting=500)
    start = time.perf_counter()
    assert everything_found() == []
    assert time.perf_counter() - start < 10
