"""What anybody can type behind an address: no value of any parameter breaks a public page."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Event

pytestmark = pytest.mark.django_db
ODD = [
    "%00",
    "a%00b",
    "%FF%FE",
    "%ED%A0%80",
    "%E2%80%AE",
    "-1",
    "0",
    "0000",
    "9999",
    "%D9%A1",
    "1e9",
    "%2500",
    "'\"%3C",
]
ODD += ["友好", "..%2F..", "%0D%0AX:1", "[]", "a" * 5000, "9" * 400]
READ = {
    "/events/": ("kind", "relationship", "sector", "city", "year", "page"),
    "/events/calendar/2014/": ("sector", "city", "page"),
    "/events/calendar/2014/11/": ("sector", "city", "page"),
    "/relationships/anniversaries/": ("page",),
    "/relationships/": ("kind", "page", "country", "with", "area", "q", "city", "standing", "whose"),
    "/cities/": ("country", "page"),
    "/search/": ("q", "page"),
    "/people/": ("page",),
    "/sources/": ("page",),
}
NAMES = (
    "q",
    "page",
    "kind",
    "relationship",
    "year",
    "next",
    "recorded",
    "language",
    "country",
    "area",
    "unheard-of",
)
TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def other_pages() -> list[str]:
    """One of each public page that should not care for its query."""
    event = Event.objects.upcoming().get()
    paths = ["/", "/relationships/guangzhou-los-angeles/", "/cities/guangzhou/", "/people/liang-lingguang/"]
    paths += [f"/events/{event.slug}/", f"/events/{event.slug}/rsvp/", f"/events/{event.slug}/calendar.ics"]
    return [
        *paths,
        "/events/calendar.ics",
        "/about/",
        "/members/login/",
        "/rsvp/unknown/",
        "/invitation/unknown/",
        "/delegation/unknown/",
    ]


@pytest.mark.slow
def test_no_odd_value_breaks_a_page(client: Client) -> None:
    call_command("demo", verbosity=0)
    client.raise_request_exception = False
    asked = [f"{path}?{name}={value}" for path, names in READ.items() for name in names for value in ODD]
    asked += [
        f"{path}?{'&'.join(f'{name}={value}' for name in NAMES)}" for path in other_pages() for value in ODD
    ]
    broken = {path: status for path in asked if (status := client.get(f"/en{path}").status_code) >= 500}
    assert broken == {}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(st.sampled_from(NAMES), TYPED))
def test_nothing_typed_breaks_a_list(client: Client, values: dict[str, Any]) -> None:
    client.raise_request_exception = False
    for path in READ:
        assert client.get(f"/en{path}", values).status_code in (200, 400, 404)


@pytest.mark.parametrize("value", ["%00", "guangzhou%00", "%FF", "no-such-bond", "a b"])
def test_calendar_of_a_bond_that_is_none_does_not_exist(client: Client, value: str) -> None:
    assert client.get(f"/en/events/?relationship={value}").status_code in (400, 404)
