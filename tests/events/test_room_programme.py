"""The programme and the remarks of an event, written and looked over on one page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from people.models import Member, RoleName
from sistercities.pages.models import Revision
from tests import factories
from tests.events.rooms import enter, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _programme(staff: Client, event: Event, rows: list[dict[str, Any]], **more: str) -> Any:
    opened = enter(staff, event, "programme").context["opened"]
    known = event.programme.count()
    data = {"programme-TOTAL_FORMS": len(rows), "programme-INITIAL_FORMS": known, "opened": opened, **more}
    for number, row in enumerate(rows):
        data |= {f"programme-{number}-{name}": value for name, value in row.items()}
    return staff.post(reverse("admin:events_event_programme", args=[event.pk]), data)


def test_the_programme_is_written_in_its_tab_numbered_anew_and_kept_as_a_revision(
    staff: Client, curator: Member
) -> None:
    event = factories.reception()
    rows = [
        {"position": 7, "at": "19:00", "title_en": "Toast", "title_zh_hans": "祝酒"},
        {"position": 3, "at": "18:30", "title_en": "Doors open", "title_zh_hans": ""},
    ]
    assert _programme(staff, event, rows).status_code == 302
    found = event.programme.values_list("position", "title_en")
    assert list(found) == [(1, "Doors open"), (2, "Toast")]
    assert Revision.objects.filter(kind="events.event").latest("number").made_by == curator
    assert "祝酒" in Event.objects.get().search_text


def test_a_line_without_a_title_is_marked_and_nothing_is_lost(staff: Client) -> None:
    event = factories.reception()
    page = _programme(staff, event, [{"position": 1, "at": "25:99", "title_en": "Toast"}])
    assert page.status_code == 422
    assert 'value="Toast"' in page.content.decode()
    assert not event.programme.exists()


def test_a_programme_that_somebody_saved_meanwhile_is_not_written_over(staff: Client) -> None:
    event = factories.reception()
    page = _programme(staff, event, [{"position": 1, "title_en": "Toast"}], opened="an older one")
    assert page.status_code == 409
    assert 'value="Toast"' in page.content.decode()
    assert not event.programme.exists()


def test_who_only_reads_changes_no_programme(client: Client) -> None:
    event = factories.reception()
    with_role(client, RoleName.READER)
    assert _programme(client, event, [{"position": 1, "title_en": "Toast"}]).status_code == 403
    assert not event.programme.exists()


def test_remarks_stand_below_with_the_state_of_their_languages(staff: Client) -> None:
    event = factories.past_event()
    remark = factories.remark(event)
    remark.segments.create(position=2, text_en="Dear friends", text_zh_hans="")
    ((row, _publication, _states, paragraphs, may_edit),) = enter(staff, event, "programme").context[
        "remarks"
    ]
    assert (row, [count for _label, _lang, count in paragraphs], may_edit) == (remark, [2, 1], True)


def test_the_programme_costs_the_same_with_1_and_with_30_lines(
    staff: Client, django_assert_num_queries: Any
) -> None:
    event = factories.past_event()
    for number in range(30):
        event.programme.create(position=number, title_en="Toast", person=factories.person())
        factories.remark(event)
        if number in (0, 29):
            enter(staff, event, "programme")
            with django_assert_num_queries(7):
                enter(staff, event, "programme")


def test_who_translates_changes_the_words_of_a_programme_and_nothing_else(client: Client) -> None:
    event = factories.reception()
    item = event.programme.create(position=1, at="19:00", title_en="Toast")
    with_role(client, RoleName.TRANSLATOR)
    row = {
        "id": item.pk,
        "event": event.pk,
        "position": 9,
        "at": "20:00",
        "title_en": "Toast",
        "title_zh_hans": "祝酒",
    }
    assert _programme(client, event, [row]).status_code == 302
    item.refresh_from_db()
    assert (item.position, str(item.at), item.title_zh_hans) == (1, "19:00:00", "祝酒")
