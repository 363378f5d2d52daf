"""A finished page is kept for strangers as long as it is true, and for nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sistercities.pages.caching import LIFETIME
from sistercities.pages.everything import next_turn
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/en/sources/"


def test_second_view_costs_one_query(client, django_assert_num_queries) -> None:
    client.get(ADDRESS)
    with django_assert_num_queries(1):
        client.get(ADDRESS)


def test_change_shows_at_once(client) -> None:
    source = factories.source()
    assert b"Fresh title" not in client.get(ADDRESS).content
    source.title_en = "Fresh title"
    source.save()
    assert b"Fresh title" in client.get(ADDRESS).content


def test_scheduled_page_appears_at_its_moment(client) -> None:
    factories.source("later", publish_at=timezone.now() + timedelta(seconds=40))
    before = client.get(ADDRESS)
    assert b"later" not in before.content
    assert int(before.headers["Cache-Control"].rpartition("=")[2]) <= 40
    with time_machine.travel(timezone.now() + timedelta(seconds=41)):
        assert b"later" in client.get(ADDRESS).content


def test_embargo_and_the_start_of_an_event_are_turns() -> None:
    now = timezone.now()
    soon = factories.event(days_ahead=2)
    assert next_turn(now) == soon.starts_at
    factories.remark(soon, embargo_until=now + timedelta(hours=1))
    assert next_turn(now) == now + timedelta(hours=1)


def test_kept_page_grows_old(client) -> None:
    client.get(ADDRESS)
    with (
        time_machine.travel(timezone.now() + LIFETIME + timedelta(seconds=1)),
        CaptureQueriesContext(connection) as asked,
    ):
        client.get(ADDRESS)
    assert len(asked) > 1


def test_each_query_and_each_language_is_a_page_of_its_own(client) -> None:
    factories.source(title_en="An English title", title_zh_hans="中文标题")
    assert client.get(ADDRESS).content != client.get("/zh-hans/sources/").content
    assert client.get("/en/search/?q=English").content != client.get("/en/search/?q=Chinese").content


def test_browser_that_has_the_page_gets_304(client) -> None:
    etag = client.get(ADDRESS).headers["ETag"]
    again = client.get(ADDRESS, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_stranger_gets_no_cookie_and_a_public_page(client) -> None:
    response = client.get(ADDRESS)
    assert not response.cookies
    assert "public" in response.headers["Cache-Control"]
    assert "Cookie" in response.headers["Vary"]
    assert "Accept-Language" not in response.headers["Vary"]


def test_member_gets_a_page_that_nobody_keeps(client, member) -> None:
    client.force_login(member)
    client.get(ADDRESS)
    response = client.get(ADDRESS)
    assert "private" in response.headers["Cache-Control"]
    assert "ETag" not in response.headers


def test_curator_and_stranger_do_not_see_each_others_page(client, curator) -> None:
    factories.source("draft", status="draft")
    assert client.get("/en/sources/draft/").status_code == 404
    client.force_login(curator)
    assert client.get("/en/sources/draft/").status_code == 200
    client.logout()
    client.cookies.clear()
    assert client.get("/en/sources/draft/").status_code == 404


def test_missing_page_is_not_kept(client) -> None:
    assert client.get("/en/sources/new/").status_code == 404
    factories.source("new")
    assert client.get("/en/sources/new/").status_code == 200


def test_head_answers_like_get(client) -> None:
    response = client.head(ADDRESS)
    assert (response.status_code, response.content) == (200, b"")
