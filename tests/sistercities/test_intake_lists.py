"""Every list of the admin as a file: as it is filtered there, for whoever may see it, and harmless to spreadsheets."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from events.models import TeamMember
from people.granting import grant
from people.models import Member, RoleName
from sistercities.intake.models import Intake
from sistercities.intake.my_data import forget, in_words
from sistercities.intake.tasks import forget_what_was_left_lying
from sistercities.my_data import Hand, Whose
from tests import factories
from tests.test_admin import MAKERS

pytestmark = pytest.mark.django_db


def address(label: str, form: str = "csv") -> str:
    return reverse("admin:intake_list", args=[*label.split("."), form])


def lines(client: Client, url: str) -> list[list[str]]:
    answer = client.get(url)
    assert answer.status_code == 200
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def signed_in(client: Client, role: RoleName, curator: Member, email: str = "staff@example.org") -> Member:
    somebody = factories.member(email, is_staff=True)
    grant(somebody, role, by=curator)
    client.force_login(Member.objects.get(pk=somebody.pk))
    return somebody


def test_every_list_of_the_admin_can_be_handed_out(client: Client, curator: Member) -> None:
    client.force_login(curator)
    for number, make in enumerate(MAKERS.values(), start=1):
        make(number)
    told = {
        model._meta.label_lower: client.get(address(model._meta.label_lower)).status_code
        for model in admin.site._registry
    }
    assert {label: code for label, code in told.items() if code != 200} == {}


def test_pages_have_a_column_for_each_title_and_states_in_plain_words(
    client: Client, curator: Member
) -> None:
    client.force_login(curator)
    factories.city("guangzhou", "=Guangzhou", "广州")
    head, row = lines(client, address("relationships.city"))
    told = dict(zip(head, row, strict=True))
    assert (told["Title (English)"], told["Title (Chinese)"], told["Status"]) == (
        "'=Guangzhou",
        "广州",
        "published",
    )
    assert not any("<" in cell for cell in row)


def test_file_has_all_pages_of_a_list_in_its_order(client: Client, curator: Member) -> None:
    client.force_login(curator)
    for number in range(60):
        factories.source(f"source-{number:02}", title_en=f"Source {number:02}")
    found = lines(client, f"{address('pages.source')}?o=-1&p=2")
    assert len(found) == 61
    assert found[1][1] > found[60][1]


def test_handing_out_takes_as_many_queries_for_many_rows(
    client: Client, curator: Member, django_assert_max_num_queries: Any
) -> None:
    client.force_login(curator)
    for label, make in (("people.person", factories.person), ("people.member", factories.member)):
        make()
        client.get(address(label))
        with django_assert_max_num_queries(12) as once:
            client.get(address(label))
        for _each in range(30):
            make()
        with django_assert_max_num_queries(len(once)):
            client.get(address(label))


def test_nonsense_in_the_address_is_no_list(client: Client, curator: Member) -> None:
    client.force_login(curator)
    for label, form in (("people.nobody", "csv"), ("people.personname", "csv"), ("people.member", "pdf")):
        assert client.get(address(label, form)).status_code == 404
    assert client.get(f"{address('people.member')}?nonsense=1").status_code == 302
    assert client.post(address("people.member")).status_code == 405


def test_who_may_not_see_a_list_gets_no_file_of_it_and_hands_none_in(client: Client, curator: Member) -> None:
    signed_in(client, RoleName.READER, curator)
    assert client.get(address("people.member")).status_code == 403
    assert client.get(address("people.person")).status_code == 200
    for query in ("", "?kind=members", "?kind=people"):
        assert client.get(reverse("admin:intake_intake_add") + query).status_code == 403
        assert client.post(reverse("admin:intake_intake_add") + query, {"kind": "members"}).status_code == 403
    assert client.get(reverse("admin:intake_intake_empty", args=["members", "csv"])).status_code == 403


def test_host_gets_files_of_own_events_only(client: Client, curator: Member) -> None:
    own, _other = factories.reception(), factories.reception()
    host = signed_in(client, RoleName.HOST, curator)
    TeamMember.objects.create(event=own, member=host, duty=TeamMember.Duty.HOST)
    assert [row[0] for row in lines(client, address("events.event"))[1:]] == [own.slug]


def test_secretary_takes_in_members_and_finds_no_other_lists(client: Client, curator: Member) -> None:
    Intake.objects.create(kind="people", filename="people.csv", header=["Name"])
    own = Intake.objects.create(kind="members", filename="members.csv", header=["E-mail"])
    signed_in(client, RoleName.SECRETARY, curator)
    found = client.get(reverse("admin:intake_intake_changelist")).context["cl"].result_list
    assert list(found) == [own]
    assert client.get(reverse("admin:intake_intake_add") + "?kind=people").status_code == 403


def test_list_that_nobody_took_over_goes_after_a_month(curator: Member) -> None:
    old = curator.date_joined.replace(year=2020)
    Intake.objects.create(kind="members", filename="old.csv", rows=[{"line": 2}], made_at=old)
    Intake.objects.create(kind="members", filename="new.csv", rows=[{"line": 2}])
    done = Intake.objects.create(
        kind="members", filename="done.csv", rows=[{"line": 2}], made_at=old, taken_at=old
    )
    forget_what_was_left_lying()
    done.refresh_from_db()
    assert sorted(Intake.objects.values_list("filename", flat=True)) == ["done.csv", "new.csv"]
    assert done.rows == []


def test_lines_of_whoever_is_forgotten_go_with_the_file_in_which_they_stand() -> None:
    rows = [
        {"line": 2, "cells": ["Mei@example.org", "Mei"]},
        {"line": 3, "cells": ["ana@example.org", "Ana"]},
    ]
    intake = Intake.objects.create(kind="members", filename="list.csv", rows=rows, content=b"...")
    whose = Whose.at("mei@example.org")
    assert [kept.words for kept in in_words(whose)] == ["A line of the list “list.csv” that staff handed in"]
    forget(whose, Hand())
    intake.refresh_from_db()
    assert (intake.rows, intake.content) == (rows[1:], None)


def test_whoever_stands_in_a_list_by_name_or_beside_others_is_forgotten_too() -> None:
    cells = [["Bo Yang", "Mei Chen; Li Na"], ["MEI CHEN"], ["Mei <mei@example.org>"], ["Mei Chen-Li"], ["梅"]]
    rows = [{"line": number, "cells": each} for number, each in enumerate(cells, start=2)]
    intake = Intake.objects.create(kind="answers", filename="calls.csv", rows=rows, content=b"...")
    forget(Whose.at("mei@example.org", names=["Mei Chen"]), Hand())
    intake.refresh_from_db()
    assert (intake.rows, intake.content) == (rows[3:], None)
