"""A delegation and its block of seats, as the person sees it who names the people by the personal link."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import rsvp as verbs
from events.links import Purpose, hold_url, token, token_for
from events.models import Event, Rsvp, SeatHold
from sistercities.busy import Busy
from tests import factories
from tests.events.delegates import NEW, OLD, STAFF, block, committed, names_in, page_of, sent, text_of

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield


def errors_in(answer: Any) -> Any:
    return answer.context["form"].errors


# --- naming ---------------------------------------------------------------------------------------------


@LANGUAGES
def test_twelve_names_are_swapped_in_one_go_and_the_page_says_who_came_and_went(
    client: Client, language: str
) -> None:
    event = factories.reception(seats=20)
    hold = block(event, names=OLD)
    answer = client.post(page_of(hold, language), sent(client, hold, *NEW, language=language))
    assert answer.status_code == 303
    assert names_in(hold) == list(NEW)
    assert committed(event) == 12
    page = text_of(client.get(answer.url))
    mark = "、" if language == "zh-hans" else ", "
    assert mark.join(NEW) in page
    assert mark.join(OLD) in page


def test_a_pasted_list_fills_the_block_without_its_numbers_and_bullets(client: Client) -> None:
    hold = block(factories.reception(seats=20))
    pasted = "1. 王伟\r\n2、李娜\r\n（3）张敏\r\n\r\n• 刘洋、陈静；杨帆\r\nJosé García-López\r\n"
    assert client.post(page_of(hold), sent(client, hold, pasted=pasted)).status_code == 303
    assert names_in(hold) == ["王伟", "李娜", "张敏", "刘洋", "陈静", "杨帆", "José García-López"]


def test_a_pasted_list_adds_to_those_in_the_fields_and_nobody_twice(client: Client) -> None:
    hold = block(factories.reception(seats=20), names=NEW[:3])
    answer = client.post(page_of(hold), sent(client, hold, *NEW[:3], pasted="李娜\n杨帆"))
    assert names_in(hold) == [*NEW[:3], "杨帆"]
    assert "not added a second time: 李娜" in text_of(client.get(answer.url))


def test_a_pasted_list_that_is_the_whole_list_takes_the_others_off(client: Client) -> None:
    hold = block(factories.reception(seats=20), names=OLD)
    client.post(page_of(hold), sent(client, hold, *OLD, pasted="\n".join(NEW), whole_list="on"))
    assert names_in(hold) == list(NEW)


def test_an_emptied_field_takes_a_guest_off_and_the_seat_stays_in_the_block(client: Client) -> None:
    event = factories.reception(seats=12)
    hold = block(event, names=NEW)
    client.post(page_of(hold), sent(client, hold, NEW[0], "", *NEW[2:]))
    assert names_in(hold) == [NEW[0], *NEW[2:]]
    assert SeatHold.objects.get().seats_unnamed == 1
    assert committed(event) == 12


@LANGUAGES
def test_more_names_than_seats_are_refused_in_words_with_all_that_was_typed(
    client: Client, language: str
) -> None:
    hold = block(factories.reception(seats=20), seats=3, names=NEW[:2])
    answer = client.post(
        page_of(hold, language), sent(client, hold, *NEW[:5], language=language, pasted="孙悦")
    )
    assert answer.status_code == 422
    assert list(errors_in(answer)) == ["pasted"]
    assert all(f'value="{name}"' in text_of(answer) for name in NEW[:5])
    assert "孙悦</textarea>" in text_of(answer)
    assert names_in(hold) == list(NEW[:2])


@pytest.mark.parametrize("name", ["😀", "http://example.org", "a\u202eb", "x" * 151, "@", "12345"])
def test_what_is_no_name_is_refused_beside_its_field_and_the_others_are_kept(
    client: Client, name: str
) -> None:
    hold = block(factories.reception(seats=20), names=NEW[:2])
    answer = client.post(page_of(hold), sent(client, hold, NEW[0], name, "杨帆"))
    assert answer.status_code == 422
    assert list(errors_in(answer)) == ["name-2"]
    assert 'value="杨帆"' in text_of(answer)
    assert 'id="id_name-2_error"' in text_of(answer)
    assert names_in(hold) == list(NEW[:2])


def test_what_is_no_name_in_a_pasted_list_is_named_line_by_line(client: Client) -> None:
    hold = block(factories.reception(seats=20))
    answer = client.post(page_of(hold), sent(client, hold, pasted="王伟\n😀\nwww.example.org"))
    assert answer.status_code == 422
    assert [words[:4] for words in errors_in(answer)["pasted"]] == ["“😀”:", "“www"]


def test_two_guests_of_one_name_are_two_and_only_warned_about(client: Client) -> None:
    hold = block(factories.reception(seats=20))
    answer = client.post(page_of(hold), sent(client, hold, "王伟", "王伟"))
    assert names_in(hold) == ["王伟", "王伟"]
    assert "More than one guest is called 王伟" in text_of(client.get(answer.url))


def test_the_same_list_saved_again_changes_nothing_and_says_so(client: Client) -> None:
    hold = block(factories.reception(seats=20), names=NEW)
    answer = client.post(page_of(hold), sent(client, hold, *NEW))
    assert "Nothing was changed." in text_of(client.get(answer.url))
    assert Rsvp.objects.get().transitions.count() == 1


def test_a_page_that_was_open_while_others_changed_the_list_does_not_undo_that_in_silence(
    client: Client,
) -> None:
    hold = block(factories.reception(seats=20), names=NEW[:2])
    form = sent(client, hold, NEW[0], "徐强")
    verbs.name_delegates(hold, (*NEW[:2], "孙悦"), STAFF)
    answer = client.post(page_of(hold), form)
    assert answer.status_code == 422
    assert "Added: 徐强. Taken off: 李娜, 孙悦." in text_of(answer)
    assert names_in(hold) == [*NEW[:2], "孙悦"]
    again = {**form, "seen": answer.context["form"]["seen"].value()}
    assert client.post(page_of(hold), again).status_code == 303
    assert names_in(hold) == [NEW[0], "徐强"]


@pytest.mark.parametrize("key", ["name-999", "name-13"])
def test_a_name_sent_beyond_the_fields_of_the_page_is_answered_and_not_lost(client: Client, key: str) -> None:
    hold = block(factories.reception(seats=20), names=NEW)
    answer = client.post(page_of(hold), sent(client, hold, *NEW, **{key: "郑爽"}))
    assert answer.status_code == 422
    assert 'value="郑爽"' in text_of(answer)


def test_a_busy_desk_keeps_what_was_typed_and_says_try_again(client: Client) -> None:
    hold = block(factories.reception(seats=20), names=NEW[:2])
    form = sent(client, hold, "徐强")
    with mock.patch("events.rsvp.name_delegates", side_effect=Busy):
        answer = client.post(page_of(hold), form)
    assert answer.status_code == 503
    assert 'value="徐强"' in text_of(answer)


# --- giving back ----------------------------------------------------------------------------------------


def test_seats_given_back_are_offered_to_those_who_wait(client: Client) -> None:
    event = factories.reception(seats=12, promotion="offer")
    hold = block(event, names=NEW[:10])
    waiting = factories.rsvp(event, 2)
    assert waiting.status == "waitlisted"
    answer = client.post(page_of(hold), sent(client, hold, *NEW[:10], spare="2"))
    assert "2 seats given back." in text_of(client.get(answer.url))
    waiting.refresh_from_db()
    assert (waiting.status, waiting.seats_offered) == ("offered", 2)
    assert SeatHold.objects.get().seats == 10


def test_names_and_seats_given_back_are_saved_together(client: Client) -> None:
    hold = block(factories.reception(seats=20), names=NEW)
    assert client.post(page_of(hold), sent(client, hold, *NEW[:9], spare="3")).status_code == 303
    assert names_in(hold) == list(NEW[:9])
    assert (SeatHold.objects.get().seats, SeatHold.objects.get().seats_unnamed) == (9, 0)


def test_giving_back_sent_twice_is_done_once(client: Client) -> None:
    hold = block(factories.reception(seats=20))
    form = sent(client, hold, spare="2")
    assert client.post(page_of(hold), form).status_code == 303
    assert client.post(page_of(hold), form).status_code == 422
    assert SeatHold.objects.get().seats == 10


@pytest.mark.parametrize("spare", ["-1", "3", "1.5", "1_0", "9" * 400, "two", str(2**63)])
def test_a_wrong_number_of_seats_is_refused_beside_its_field(client: Client, spare: str) -> None:
    hold = block(factories.reception(seats=20), names=NEW[:10])
    answer = client.post(page_of(hold), sent(client, hold, *NEW[:10], spare=spare))
    assert answer.status_code == 422
    assert list(errors_in(answer)) == ["spare"]
    assert SeatHold.objects.get().seats == 12


# --- the freeze -----------------------------------------------------------------------------------------


def frozen_block(event: Event, **fields: Any) -> tuple[SeatHold, datetime]:
    freeze = timezone.now().replace(microsecond=0) + timedelta(days=5)
    return block(event, names=NEW[:10], freezes_at=freeze, **fields), freeze


def test_names_are_exchanged_in_the_last_second_before_the_freeze(client: Client) -> None:
    hold, freeze = frozen_block(factories.reception(seats=20))
    with clock_at(freeze - timedelta(seconds=1)):
        assert client.post(page_of(hold), sent(client, hold, "徐强", *NEW[1:10])).status_code == 303
    assert names_in(hold)[0] == "徐强"


@LANGUAGES
def test_a_list_sent_at_the_freeze_is_refused_and_kept_to_be_copied(client: Client, language: str) -> None:
    hold, freeze = frozen_block(factories.reception(seats=20))
    form = sent(client, hold, "徐强", *NEW[1:10], language=language)
    with clock_at(freeze):
        answer = client.post(page_of(hold, language), form)
    assert answer.status_code == 422
    assert "<li>徐强</li>" in text_of(answer)
    assert names_in(hold) == list(NEW[:10])


def test_from_the_freeze_on_the_page_offers_only_to_take_names_off(client: Client) -> None:
    event = factories.reception(seats=12, promotion="offer")
    hold, freeze = frozen_block(event)
    waiting = factories.rsvp(event, 3)
    with clock_at(freeze):
        page = client.get(page_of(hold))
        assert "name-1" not in page.context["form"].fields
        seen = page.context["form"]["seen"].value()
        answer = client.post(page_of(hold), {"seen": seen, "off": ["2"]})
    assert answer.status_code == 303
    assert names_in(hold) == [NEW[0], *NEW[2:10]]
    waiting.refresh_from_db()
    assert waiting.seats_offered == 3


def test_a_tick_for_somebody_who_moved_up_the_list_meanwhile_takes_nobody_off(client: Client) -> None:
    hold, freeze = frozen_block(factories.reception(seats=20))
    with clock_at(freeze):
        seen = client.get(page_of(hold)).context["form"]["seen"].value()
        verbs.name_delegates(hold, NEW[1:10])
        assert client.post(page_of(hold), {"seen": seen, "off": ["2"]}).status_code == 422
    assert names_in(hold) == list(NEW[1:10])


def test_unnamed_seats_that_staff_keep_after_the_freeze_can_still_be_given_back(client: Client) -> None:
    event = factories.reception(seats=20)
    hold, freeze = frozen_block(event, keeps_unnamed=True)
    with clock_at(freeze):
        seen = client.get(page_of(hold)).context["form"]["seen"].value()
        assert client.post(page_of(hold), {"seen": seen, "spare": "1"}).status_code == 303
    assert committed(event) == 11


# --- the page -------------------------------------------------------------------------------------------


@LANGUAGES
def test_the_page_says_how_many_are_named_and_until_when_on_the_clocks_of_the_event(
    client: Client, language: str
) -> None:
    freeze = datetime.fromisoformat("2031-06-03T01:00:00+00:00")
    event = factories.reception(seats=20, days_ahead=3000)
    hold = block(event, names=NEW[:10], freezes_at=freeze)
    page = text_of(client.get(page_of(hold, language)))
    assert ("2 June 2031, 6:00 pm" if language == "en" else "2031年6月2日（星期一）18:00") in page
    assert ("10 guests are named." if language == "en" else "已登记10位来宾。") in page
    assert 'data-zone="America/Los_Angeles"' in page


def test_a_link_that_is_forged_revoked_or_for_something_else_opens_nothing(client: Client) -> None:
    event = factories.reception(seats=20)
    hold = block(event)
    good = token(hold.link_handle, hold.link_version, Purpose.DELEGATION)
    forged = [
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        token(hold.link_handle, hold.link_version),
        token(hold.link_handle, hold.link_version, Purpose.INVITATION),
        token_for(factories.rsvp(event)),
        "x",
    ]
    assert [client.get(f"/en/delegation/{text}/").status_code for text in forged] == [404] * 5
    assert client.get(f"/en/rsvp/{good}/").status_code == 404
    verbs.renew_hold_link(hold, STAFF)
    assert client.get(f"/en/delegation/{good}/").status_code == 404


def test_the_link_opens_nothing_while_the_event_is_a_draft(client: Client) -> None:
    event = factories.reception(seats=20)
    hold = block(event)
    Event.objects.filter(pk=event.pk).update(status="draft")
    assert client.get(page_of(hold)).status_code == 404


def test_seats_reserved_for_an_invitation_have_no_page_for_names(client: Client) -> None:
    event = factories.reception(seats=20)
    hold = block(event, invitation=factories.invitation(event))
    assert client.get(page_of(hold)).status_code == 404


def test_after_the_event_the_link_leads_to_the_record(client: Client) -> None:
    event = factories.reception(seats=20)
    hold = block(event, names=NEW)
    assert event.ends_at
    with clock_at(event.ends_at):
        answer = client.get(page_of(hold))
    assert answer.status_code == 410
    assert event.get_absolute_url() in text_of(answer)


def test_once_the_event_is_called_off_the_page_says_so_and_takes_no_names(client: Client) -> None:
    event = factories.reception(seats=20)
    hold = block(event, names=NEW)
    verbs.call_off(event, "The hall burnt down.", "会场失火。", STAFF)
    page = text_of(client.get(page_of(hold)))
    assert "The hall burnt down." in page
    assert '<form method="post"' not in page


def test_the_page_is_kept_by_nobody_and_changes_nothing_when_it_is_read(client: Client) -> None:
    hold = block(factories.reception(seats=20), names=NEW)
    answer = client.get(page_of(hold))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert client.head(page_of(hold)).status_code == 200
    assert names_in(hold) == list(NEW)


def test_the_whole_address_for_a_mail_leads_to_the_page(client: Client, settings: Any) -> None:
    hold = block(factories.reception(seats=20))
    url = hold_url(hold.link_handle, hold.link_version, "zh-hans")
    assert url == settings.SITE_URL + page_of(hold, "zh-hans")


@pytest.mark.parametrize("guests", [2, 100])
def test_the_page_asks_the_database_as_often_for_a_hundred_names_as_for_two(
    client: Client, guests: int
) -> None:
    event = factories.reception(seats=200)
    event.relationships.add(factories.relationship())
    hold = block(event, seats=100, names=("王伟",) * guests)
    client.get(page_of(hold))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page_of(hold))
    assert len(queries) == 5, [query["sql"] for query in queries]
    assert len(answer.content) < 60_000
    # No script says once more what stands there on the clocks of both cities.
    assert 'data-known="Asia/Shanghai America/Los_Angeles"' in text_of(answer)
