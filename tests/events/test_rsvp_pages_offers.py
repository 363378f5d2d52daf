"""What each button will do is told before it is pressed; offers are taken whole or in part, slips are undone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events import rsvp as verbs
from events.models import Rsvp
from tests import factories
from tests.events.rsvp_pages import (
    an_offer,
    effects,
    form,
    fresh,
    household,
    let_lapse,
    manage_page,
    names_of,
    status_on,
    words,
)

pytestmark = pytest.mark.django_db
PAST = timedelta(hours=2)
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])


# --- what a button does ---------------------------------------------------------------------------------


def test_the_form_says_what_each_size_of_party_leads_to_before_it_is_sent(client: Client) -> None:
    event = factories.reception(seats=5, promotion="offer")
    factories.rsvp(event, 2)
    told = effects(client.get(f"/en/events/{event.slug}/rsvp/"))
    assert told["3"] == "3 seats are yours at once."
    assert told["4"] == "3 seats are offered to you at once. For one more you stand 1st in line."
    assert told["4-any"] == "3 seats are yours at once. For one more you stand 1st in line."


def test_the_form_of_a_full_event_says_the_place_in_line(client: Client) -> None:
    event = factories.reception(seats=4, promotion="offer")
    for seats in (4, 1, 2):
        factories.rsvp(event, seats)
    page = client.get(f"/zh-hans/events/{event.slug}/rsvp/")
    assert effects(page)["4"] == "您一行4人在候补名单中排第三位，递补之前名额尚未确认。"


def test_without_a_script_the_page_tells_it_for_all_sizes_at_once(client: Client) -> None:
    event = factories.reception(seats=5, promotion="seat")
    factories.rsvp(event, 2)
    page = words(client.get(f"/en/events/{event.slug}/rsvp/"))
    assert (
        "Up to 3 seats are yours at once. A larger party stands 1st in line with all its seats."
        in page.replace("once.A", "once. A")
    )
    chinese = words(client.get(f"/zh-hans/events/{event.slug}/rsvp/"))
    assert "3个名额以内，即时确认" in chinese  # and not that three seats are confirmed


def test_a_change_says_what_it_gives_back_and_what_it_waits_for(client: Client) -> None:
    event = factories.reception(seats=4, promotion="offer")
    rsvp = factories.rsvp(event, 3)
    factories.rsvp(event, 1)
    told = effects(client.get(manage_page(rsvp)))
    assert told["2"] == "You keep 2 seats. One seat goes to others."
    assert told["3"] == "Your seats stay as they are."
    assert told["4"] == "You keep 3 seats. For one more you stand 1st in line."


def test_take_any_seat_is_asked_only_where_somebody_may_have_to_wait(client: Client) -> None:
    event = factories.reception(seats=8)
    assert 'name="takes_any"' not in client.get(f"/en/events/{event.slug}/rsvp/").content.decode()
    factories.rsvp(event, 4)
    factories.rsvp(event, 3)
    assert 'name="takes_any"' in client.get(f"/en/events/{event.slug}/rsvp/").content.decode()
    client.post(f"/en/events/{event.slug}/rsvp/", form(seats="2", takes_any="on"))
    assert Rsvp.objects.get(email="mei@example.org").takes_any


# --- an offer -------------------------------------------------------------------------------------------


def test_an_offer_says_what_taking_each_number_of_seats_means(client: Client) -> None:
    page = client.get(manage_page(an_offer(wanted=3, offered=2)))
    part = page.content.decode().split("data-offer", 1)[1].split("</section>")[0]
    told = dict(re.findall(r'<p data-effect="(\d)" hidden>(.*?)</p>', part))
    assert told["1"] == (
        "One seat becomes yours. One seat is offered to you again, since you still wait for one."
    )
    assert told["2"] == "2 seats become yours. For one more you keep your place in line: 1st."


def test_the_end_of_an_offer_stands_on_the_clocks_of_both_cities_without_any_script(client: Client) -> None:
    rsvp = an_offer()
    rsvp.event.relationships.add(factories.relationship())
    page = client.get(manage_page(rsvp)).content.decode()
    part = page.split("data-offer", 1)[1].split("</section>")[0]
    assert " in Guangzhou)</time>" in part
    assert 'data-known="Asia/Shanghai America/Los_Angeles"' in part


def test_who_takes_fewer_is_told_beforehand_whose_name_leaves_the_list(client: Client) -> None:
    rsvp = an_offer(wanted=2, offered=2)
    page = words(client.get(manage_page(rsvp)))
    assert "The other one goes to somebody else. Then no longer on your list: Wei." in page
    client.post(manage_page(rsvp), {"offer": "take", "offer_seats": "1"})
    assert names_of(fresh(rsvp)) == ["Mei Chen"]


def test_not_now_is_acknowledged_though_seats_are_left_and_offered_again(client: Client) -> None:
    rsvp = an_offer(wanted=3, offered=2, behind=1)
    page = words(client.get(manage_page(rsvp)))
    assert "stand directly behind: 2nd. Seats that are left are offered to you again." in page
    answer = client.post(manage_page(rsvp), {"offer": "not-now"})
    assert fresh(rsvp).seats_offered == 1
    assert "The next in line has gone ahead. There are seats left all the same" in words(
        client.get(answer.url)
    )


@pytest.mark.parametrize(("taken", "confirmed", "wanted"), [("2", 2, 3), ("1", 1, 2), ("２", 2, 3)])
def test_an_offer_is_taken_whole_or_in_part(client: Client, taken: str, confirmed: int, wanted: int) -> None:
    rsvp = an_offer(wanted=3, offered=2)
    answer = client.post(manage_page(rsvp), {"offer": "take", "offer_seats": taken})
    assert answer.status_code == 303
    assert (fresh(rsvp).seats_confirmed, fresh(rsvp).seats_wanted) == (confirmed, wanted)
    assert "What you took is yours." in words(client.get(answer.url))


@LANGUAGES
@pytest.mark.parametrize("taken", ["0", "-1", "3", "1.5", "1_0", "", "all", str(2**63), "9" * 400])
def test_a_number_that_was_not_offered_is_refused_beside_the_field(
    client: Client, taken: str, language: str
) -> None:
    rsvp = an_offer(wanted=3, offered=2)
    page = client.post(manage_page(rsvp, language), {"offer": "take", "offer_seats": taken})
    assert page.status_code == 422
    assert 'id="id_offer_seats_error"' in page.content.decode()
    assert (fresh(rsvp).seats_offered, fresh(rsvp).seats_confirmed) == (2, 0)


def test_an_offer_taken_twice_by_an_impatient_finger_is_taken_once(client: Client) -> None:
    rsvp = an_offer(wanted=3, offered=2)
    for _press in range(2):
        answer = client.post(manage_page(rsvp), {"offer": "take", "offer_seats": "2"})
        assert answer.status_code == 303
    assert fresh(rsvp).seats_confirmed == 2


@LANGUAGES
def test_an_offer_that_is_over_is_not_taken_and_the_page_says_so(client: Client, language: str) -> None:
    rsvp = let_lapse(an_offer())
    page = client.post(manage_page(rsvp, language), {"offer": "take", "offer_seats": "2"})
    assert (page.status_code, status_on(page)) == (422, "lapsed")
    assert fresh(rsvp).seats_confirmed == 0


def test_not_now_says_where_one_stands_then_and_can_be_said_once(client: Client) -> None:
    rsvp = an_offer(wanted=2, offered=2, behind=1)
    page = client.get(manage_page(rsvp))
    assert (
        "you stand directly behind: 2nd. Seats that are left are offered to you again. This can be said once."
        in words(page)
    )
    answer = client.post(manage_page(rsvp), {"offer": "not-now"})
    assert answer.status_code == 303
    assert (fresh(rsvp).status, verbs.place_in_queue(fresh(rsvp))) in {("offered", 2), ("waitlisted", 2)}
    assert 'value="not-now"' not in client.get(manage_page(rsvp)).content.decode()
    assert client.post(manage_page(rsvp), {"offer": "not-now"}).status_code == 422


def test_not_now_is_not_offered_where_nobody_stands_behind(client: Client) -> None:
    rsvp = an_offer()
    assert 'value="not-now"' not in client.get(manage_page(rsvp)).content.decode()
    page = client.post(manage_page(rsvp), {"offer": "not-now"})
    assert (page.status_code, fresh(rsvp).status) == (422, "offered")


# --- undo -----------------------------------------------------------------------------------------------


def test_a_change_can_be_undone_for_a_quarter_of_an_hour_and_says_what_that_leads_to(client: Client) -> None:
    rsvp = household()
    answer = client.post(manage_page(rsvp), form(seats="2", **{"guests-0-name": "Wei"}))
    page = words(client.get(answer.url))
    assert "4 seats will then be yours, as before." in page
    undone = client.post(manage_page(rsvp), {"undo": "1"})
    assert "Your last change is undone." in words(client.get(undone.url))
    assert (fresh(rsvp).seats_confirmed, names_of(rsvp)) == (4, ["Mei Chen", "Wei", "Ana", "Li Na"])


def test_a_withdrawal_can_be_undone(client: Client) -> None:
    rsvp = household()
    answer = client.post(manage_page(rsvp), {"answer": "declined"})
    assert "data-undo" in client.get(answer.url).content.decode()
    client.post(manage_page(rsvp), {"undo": "1"})
    assert (fresh(rsvp).status, fresh(rsvp).seats_confirmed) == ("confirmed", 4)


def test_an_undo_that_would_have_to_wait_says_so(client: Client) -> None:
    rsvp = household(seats=4)
    factories.rsvp(rsvp.event, 2)
    client.post(manage_page(rsvp), {"answer": "declined"})
    page = words(client.get(manage_page(rsvp)))
    assert re.search(r"take back your last change until [A-Z][^:]+ \d+:\d\d [ap]m in Los Angeles", page)
    assert "You then ask for 4 seats again, and stand in line; none is yours at once." in page


def test_an_undo_that_comes_too_late_is_refused_in_words(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rsvp = household()
    client.post(manage_page(rsvp), {"answer": "declined"})
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "data-undo" not in client.get(manage_page(rsvp)).content.decode()
    page = client.post(manage_page(rsvp), {"undo": "1"})
    assert (page.status_code, fresh(rsvp).status) == (422, "cancelled")
    assert "There is nothing to undo any more." in words(page)
