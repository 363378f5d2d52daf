"""Of somebody who may be living readers see the year of birth at most."""

import pytest
from django.test import Client
from django.utils.html import strip_tags
from django.utils.timezone import localdate

from people.living import private_passages
from people.models import Person
from sistercities.pages.dates import parse
from tests import factories

pytestmark = pytest.mark.django_db
THIS_YEAR = localdate().year


def words_of(client: Client, address: str) -> str:
    return strip_tags(client.get(address).content.decode())


@pytest.mark.parametrize(
    ("born", "died", "living"),
    [
        ("", "", True),
        ("1970-05-17", "", True),
        ("1970-05-17", "2020", False),
        ("1970", "after 2001", False),
        (str(THIS_YEAR - 109), "", True),
        (str(THIS_YEAR - 112), "", False),
        ("before 1900", "", False),
        ("after 1900", "", True),
        ("about 1890", "", False),
        ("551 BCE", "", False),
    ],
)
def test_who_may_be_living(born: str, died: str, living: bool) -> None:
    person = Person(born=parse(born) if born else None, died=parse(died) if died else None)
    assert person.may_be_living is living


def test_only_the_year_of_birth_of_the_living_is_seen_anywhere(client: Client) -> None:
    factories.person("ann", "Ann Example", born=parse("1970-05-17"), known_for_en="Example")
    addresses = [f"/{code}/{path}" for code in ("en", "zh-hans") for path in ("people/ann/", "people/")]
    addresses += ["/en/search/?q=Ann", "/feed.en.atom", "/sitemap.en.person.1.xml", "/data/people.json"]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        content = answer.getvalue().decode()
        for private in ("17 May", "May 1970", "5月17日", "1970-05", "1970年5月"):
            assert private not in content, address
    assert "Born 1970" in words_of(client, "/en/people/ann/")


def test_dates_of_the_dead_are_seen_in_full(client: Client) -> None:
    factories.person("tom", "Tom LaBonge", born=parse("1953-10-06"), died=parse("2021-01-07"))
    assert "6 October 1953 – 7 January 2021" in words_of(client, "/en/people/tom/")
    assert "1953年10月6日" in words_of(client, "/zh-hans/people/tom/")


def test_old_dates_without_a_death_are_seen_in_full(client: Client) -> None:
    factories.person("old", "An Elder", born=parse("1850-03-04"))
    assert "4 March 1850" in words_of(client, "/en/people/old/")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Write to mei@example.org.", {"e-mail"}),
        ("Her number is +86 20 8765 4321.", {"telephone"}),
        ("电话13812345678", {"telephone"}),
        ("家住中山路12号", {"address"}),
        ("She lives at 1200 North Spring Street.", {"address"}),
        ("生于1970年5月17日", {"birthday"}),
        ("She was born on 17 May 1970.", {"birthday"}),
        (
            "Mayor 1973–1993 and 1973-1993; signed on 1981-12-08; 300,000 US dollars; 4th district 2001-2015.",
            set(),
        ),
        ("1981年12月8日签署，283对友好城市。", set()),
    ],
)
def test_private_matters_are_told_from_dates_and_numbers(text: str, kinds: set[str]) -> None:
    assert {kind for kind, _words in private_passages([text])} == kinds
