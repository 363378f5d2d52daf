"""What staff have done, in one list that a person can read."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from events import hosting
from events.answers import By
from events.models import Actor
from people.granting import grant, take_back
from people.models import Member, Person, RoleName
from sistercities.pages.models import Revision
from tests import factories
from tests.people.entering import come_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def noted(by: Member, about: str = "Tom Bradley", days_ago: int = 0) -> LogEntry:
    kind = ContentType.objects.get_for_model(Person)
    made = LogEntry.objects.create(
        user=by,
        content_type=kind,
        object_id="7",
        object_repr=about,
        action_flag=CHANGE,
        change_message='[{"changed": {"fields": ["Title (English)"]}}]',
    )
    LogEntry.objects.filter(pk=made.pk).update(action_time=timezone.now() - timedelta(days=days_ago))
    return made


def lines(client: Client, query: str = "") -> list[tuple[str, str]]:
    answer = client.get(f"/admin/log/{query}")
    assert answer.status_code == 200
    return [(each.deed.what, each.deed.subject) for each in answer.context["entries"]]


def test_every_kind_of_deed_is_told_in_words(boss: Client, curator: Member, member: Member) -> None:
    noted(curator)
    person = factories.person()
    Revision.objects.create(
        kind="people.person",
        object_id=person.pk,
        number=900,
        act="published",
        made_by=curator,
        title="Tom",
        snapshot={},
    )
    given = grant(member, RoleName.HOST, by=curator)
    take_back(given, by=curator)
    event = factories.reception(20)
    hosting.set_limit(event, 30, By(Actor.STAFF, curator))
    come_in(curator)
    told = dict(lines(boss))
    assert told["Changed Title (English)."] == "person: Tom Bradley"
    assert told["published"] == "Tom"
    assert told["gave the role “event host”"] == told["took back the role “event host”"] == str(member)
    assert any(subject == str(event) for subject in told.values())
    assert "signed in with Unknown device" in told
    page = boss.get("/admin/log/").content.decode()
    assert f"/admin/people/member/{member.pk}/roles/" in page
    assert f"/admin/people/person/{person.pk}/change/" in page


def test_log_is_found_by_person_kind_and_day(boss: Client, curator: Member, member: Member) -> None:
    grant(member, RoleName.CURATOR, by=curator)
    noted(curator, "Mine")
    noted(member, "Theirs")
    noted(member, "Long ago", days_ago=40)
    about = {
        query: [subject for _what, subject in lines(boss, query)]
        for query in (
            f"?who={member.pk}&kind=noted",
            f"?kind=noted&since={timezone.localdate() - timedelta(days=3)}",
            f"?who={member.pk}&until={timezone.localdate() - timedelta(days=30)}",
            "?kind=answers",
        )
    }
    assert list(about.values()) == [
        ["person: Theirs", "person: Long ago"],
        ["person: Theirs", "person: Mine"],
        ["person: Long ago"],
        [],
    ]


@pytest.mark.parametrize("query", ["?who=x", "?kind=nothing", "?since=yesterday", "?page=0", "?page=201"])
def test_nonsense_is_marked_and_breaks_nothing(boss: Client, query: str) -> None:
    assert boss.get(f"/admin/log/{query}").status_code == 422
    assert boss.post("/admin/log/").status_code == 405


def test_last_day_of_the_calendar_is_a_day(boss: Client) -> None:
    assert boss.get("/admin/log/?until=9999-12-31&since=0001-01-01").status_code == 200


def test_page_of_the_log_costs_the_same_however_much_was_done(
    boss: Client, curator: Member, django_assert_num_queries: Any
) -> None:
    noted(curator)
    with django_assert_num_queries(7):
        assert len(lines(boss)) == 2
    for number in range(120):
        noted(curator, f"Number {number}")
    # One kind fewer stands on the page.
    with django_assert_num_queries(6):
        assert len(lines(boss)) == 50
    assert len(lines(boss, "?page=3")) == 22
    assert 'rel="next"' not in boss.get("/admin/log/?page=3").content.decode()


@pytest.mark.parametrize("name", [name for name in RoleName if name is not RoleName.ADMINISTRATOR])
def test_log_is_read_by_administrators(client: Client, curator: Member, name: RoleName) -> None:
    who = factories.member()
    grant(who, name, by=curator)
    client.force_login(who)
    assert client.get("/admin/log/").status_code == 403


def test_changed_fields_are_named_in_the_language_of_the_reader(boss: Client, curator: Member) -> None:
    noted(curator)
    boss.cookies["django_language"] = "zh-hans"
    assert lines(boss)[0][0] == "已修改标题（英文）。"
