"""Open data: what is in the tables and what never is, in formats that other programs take."""

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Event
from people.models import Person
from relationships.models import City, Relationship, Signature
from sistercities.pages.dates import HistoricalDate, days_of, parse
from sistercities.pages.models import Status
from sistercities.pages.open_data.days import first_day, last_day, written
from sistercities.pages.publishing import refresh
from tests import factories
from tests.journeys.public_world import World
from tests.masses import plant
from tests.standards import body_of
from tests.standards.linked import graph
from tests.standards.tables import csv_faults, csv_rows, json_faults

pytestmark = pytest.mark.django_db
TABLES = ["relationships", "agreements", "people", "events", "cities"]


def read(client: Client, path: str) -> bytes:
    answer = client.get(f"/data/{path}")
    assert answer.status_code == 200, path
    return body_of(answer)


def resources(client: Client) -> dict[str, Any]:
    return {each["name"]: each for each in json.loads(read(client, "datapackage.json"))["resources"]}


def rows(client: Client, name: str) -> list[dict[str, Any]]:
    """The rows of a table, which say the same in both files; each file is valid."""
    content, document = read(client, f"{name}.csv"), read(client, f"{name}.json")
    assert csv_faults(content, resources(client)[name]) == []
    assert json_faults(document, json.loads(read(client, f"{name}.schema.json"))) == []
    found: list[dict[str, Any]] = json.loads(document)["rows"]
    assert [int(row["number"]) for row in csv_rows(content)] == [row["number"] for row in found]
    return found


def row(client: Client, name: str) -> dict[str, Any]:
    (found,) = rows(client, name)
    return found


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_valid_in_both_forms(client: Client, name: str) -> None:
    World()
    assert len(rows(client, name)) > 0


@pytest.mark.parametrize("name", TABLES)
def test_empty_table_is_valid_too(client: Client, name: str) -> None:
    assert rows(client, name) == []


def test_tables_refer_to_each_other_by_numbers(client: Client) -> None:
    world = World()
    bonds = {each["number"]: each for each in rows(client, "relationships")}
    assert bonds[world.bond.pk]["cities_numbers"] == [world.gz.pk, world.la.pk]
    assert bonds[world.bond.pk]["cities_zh_hans"] == ["广州", "洛杉矶"]
    agreement = next(each for each in rows(client, "agreements") if each["number"] == world.renewal.pk)
    assert (agreement["relationship"], agreement["renews"]) == (world.bond.pk, world.agreement.pk)
    event = next(each for each in rows(client, "events") if each["number"] == world.record.pk)
    assert event["relationships_numbers"] == sorted([world.bond.pk, world.alliance.pk])
    assert event["sources"] == ["http://127.0.0.1:8000/en/sources/report/"]


def test_unknown_dates_and_places_are_empty_and_not_none(client: Client) -> None:
    bond = factories.relationship(
        factories.city(latitude=None, longitude=None, timezone=""), factories.los_angeles()
    )
    Relationship.objects.filter(pk=bond.pk).update(
        established=None, established_first=None, established_last=None
    )
    assert row(client, "relationships")["established"] is None
    city = csv_rows(read(client, "cities.csv"))[0]
    assert (city["latitude"], city["timezone"], city["population"], city["wikidata"]) == ("", "", "", "")
    assert b"None" not in read(client, "relationships.csv") + read(client, "cities.csv")


@pytest.mark.parametrize(
    ("date", "earliest", "latest"),
    [
        ("1981-12-08", "1981-12-08", "1981-12-08"),
        ("2014-02", "2014-02-01", "2014-02-28"),
        ("1972", "1972-01-01", "1972-12-31"),
        ("about 1890", "1890-01-01", "1890-12-31"),
        ("before 1900", None, "1899-12-31"),
        ("after 1900", "1900-01-01", None),
        ("479 BCE", "-0478-01-01", "-0478-12-31"),
    ],
)
def test_dates_stand_with_the_days_that_they_may_mean(
    client: Client, date: str, earliest: str | None, latest: str | None
) -> None:
    factories.relationship(established=date)
    found = row(client, "relationships")
    assert found["established"] == str(parse(date))
    assert (found["established_earliest"], found["established_latest"]) == (earliest, latest)


def test_days_are_counted_back_exactly() -> None:
    for year, month, day in [(1970, 1, 1), (2000, 2, 29), (1900, 3, 1), (1, 1, 1), (0, 12, 31), (-4, 2, 29)]:
        assert written(days_of(year, month, day)) == str(HistoricalDate(year, month, day))
    assert (first_day(None), last_day(None)) == ("", "")


def test_of_the_living_the_year_of_birth_is_told_alone(client: Client) -> None:
    factories.person(born=parse("1970-03-04"))
    found = row(client, "people")
    assert (found["born"], found["born_earliest"], found["may_be_living"]) == ("1970", "1970-01-01", True)
    assert b"03-04" not in read(client, "people.csv") + read(client, "people.json")


def test_nothing_that_is_not_public_is_in_any_table(client: Client) -> None:
    world = World()
    hidden = {"status": Status.DRAFT}
    city = factories.city("zqx-city", "Zqx city", "藏城", wikidata_id="Q99", **hidden)
    bond = factories.relationship(world.gz, city, slug="zqx-bond")
    Relationship.objects.filter(pk=bond.pk).update(
        title_en="Seen", title_zh_hans="可见", summary_en="", summary_zh_hans="", slug="seen"
    )
    factories.relationship(world.gz, world.la, slug="zqx-draft", kind="cooperation-cities", **hidden)
    factories.agreement(world.bond, "zqx-agreement", **hidden)
    Signature.objects.create(
        agreement=world.agreement, person=factories.person("zqx", "Zqx Person", **hidden)
    )
    world.agreement.parties.add(city)
    for secret in (
        factories.event("zqx-event", **hidden),
        factories.past_event("zqx-unlisted", visibility=Event.Visibility.UNLISTED),
        factories.event("zqx-later", publish_at=timezone.now() + timedelta(days=1)),
    ):
        secret.relationships.add(world.bond)
    factories.cite(world.bond, factories.source("zqx-source", **hidden))
    for name in TABLES:
        content = read(client, f"{name}.csv") + read(client, f"{name}.json")
        assert b"zqx" not in content.lower(), name
        assert b"Q99" not in content, name


def test_numbers_stay_when_addresses_change(client: Client) -> None:
    city = factories.city()
    before = row(client, "cities")
    City.objects.filter(pk=city.pk).update(slug="canton")
    after = row(client, "cities")
    assert (before["number"], after["url_en"]) == (after["number"], "http://127.0.0.1:8000/en/cities/canton/")


def test_files_say_how_they_want_to_be_kept_and_under_what_licence(client: Client) -> None:
    factories.city()
    answer = client.get("/data/cities.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cities.csv"'
    assert 'rel="license"' in answer.headers["Link"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(read(client, "cities.json"))["licence"]["name"] == "CC-BY-4.0"


def test_another_licence_is_named_wherever_the_licence_stands(client: Client) -> None:
    with override_settings(OPEN_DATA_LICENCE="Ask us"):
        assert json.loads(read(client, "datapackage.json"))["licenses"] == [
            {"name": "Ask us", "title": "Ask us"}
        ]
        assert "license" not in client.get("/data/cities.csv").headers["Link"]
        assert "Ask us" in client.get("/en/data/").content.decode()


@pytest.mark.parametrize("path", ["cities.csv", "cities.json", "cities.schema.json", "datapackage.json"])
def test_file_is_not_sent_twice(client: Client, path: str) -> None:
    city = factories.city()
    first = client.get(f"/data/{path}")
    body_of(first)
    for header, name in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified")):
        assert client.get(f"/data/{path}", headers={header: first.headers[name]}).status_code == 304
    city.title_en = "Canton"
    refresh(city)
    assert client.get(f"/data/{path}", headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_file_changes_when_a_scheduled_page_appears(client: Client) -> None:
    factories.city(publish_at=timezone.now() + timedelta(minutes=5))
    tag = client.get("/data/cities.csv").headers["ETag"]
    City.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    assert client.get("/data/cities.csv", headers={"if-none-match": tag}).status_code == 200


def test_file_is_compressed_on_its_way(client: Client) -> None:
    factories.city()
    answer = client.get("/data/cities.csv", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "path", ["members.csv", "cities.xml", "cities.", "people.schema.csv", "nothing.schema.json"]
)
def test_there_are_no_other_tables(client: Client, path: str) -> None:
    assert client.get(f"/data/{path}").status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_page_explains_every_column_and_leads_to_every_file(client: Client, language: str) -> None:
    page = client.get(f"/{language}/data/").content.decode()
    for name in TABLES:
        assert f'href="/data/{name}.csv"' in page
        assert f'href="/data/{name}.json"' in page
    assert "established_earliest" in page
    assert len(page.encode()) < 100_000
    (data,) = graph(page)
    assert (data["@type"], len(data["distribution"])) == ("Dataset", 10)


def many_bonds(number: int) -> None:
    """A world of bonds as an import leaves it: with statistics, by which the database knows how to ask."""
    with connection.cursor() as cursor:
        for table in ("relationships_relationship", "relationships_party"):
            # Rules that look at each bond in turn have their own tests.
            cursor.execute(f"alter table {table} disable trigger user")
        plant(bonds=number, cities=max(80, number * 2 // 3), hub=min(60, number // 2))
        cursor.execute("analyze relationships_relationship, relationships_party, relationships_city")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_each_thousand_rows_costs_the_same(client: Client, monkeypatch: Any, form: str) -> None:
    monkeypatch.setattr("sistercities.pages.open_data.tables.CHUNK", 10)
    many_bonds(40)
    with CaptureQueriesContext(connection) as queries:
        read(client, f"relationships.{form}")
    # Three for the stamp, five for each of the four parts, and one that finds nothing more.
    assert len(queries) == 3 + 4 * 5 + 1


def test_fifteen_thousand_bonds_stream_in_seconds(client: Client) -> None:
    many_bonds(15_000)
    began = time.process_time()  # of this process alone, whatever else the machine has to do
    answer = client.get("/data/relationships.csv")
    first = next(iter(answer.streaming_content))
    assert first.startswith(b"\xef\xbb\xbfnumber,")
    lines = sum(part.count(b"\r\n") for part in answer.streaming_content)
    assert lines == 15_000
    assert time.process_time() - began < 12


def test_person_without_a_chinese_name_has_an_empty_column(client: Client) -> None:
    factories.person(en="Tom Bradley")
    found = row(client, "people")
    assert found["names"] == ["Tom Bradley"]
    assert Person.objects.get().title_zh_hans in ("", found["title_zh_hans"] or "")
