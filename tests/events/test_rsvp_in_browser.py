"""The pages of an RSVP in a real browser: one control for the party, and beforehand what it does."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from tests.events.asking import answers, ask
from tests.events.rsvp_pages import an_offer, fresh, household, manage_page, names_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def guest(browser: Any, live_server: Any) -> Iterator[Any]:
    """A guest with a telephone in Guangzhou."""
    call_command("createcachetable", verbosity=0)
    context = browser.new_context(timezone_id="Asia/Shanghai", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    yield page
    assert page.complaints == []
    context.close()


def told(page: Any, where: str) -> str:
    """The one line that says what the button below it will do."""
    return str(page.locator(f"{where} [data-effect]:visible").inner_text())


def test_a_household_of_four_shrinks_to_two_by_a_finger_and_comes_back(guest: Any, live_server: Any) -> None:
    rsvp = household()
    guest.goto(live_server.url + manage_page(rsvp))
    guest.locator("details.rsvp-change > summary").click()
    assert told(guest, ".rsvp-change") == "Your seats stay as they are."
    guest.get_by_label("Name of companion 1").fill("")
    guest.get_by_role("button", name="One fewer").click()
    assert guest.get_by_label("Name of companion 1").input_value() == "Ana"
    guest.get_by_role("button", name="One fewer").click()
    assert told(guest, ".rsvp-change") == "You keep 2 seats. 2 seats go to others."
    assert guest.locator("[data-guest]:visible").count() == 1
    guest.get_by_role("button", name="Save my answer").click()
    assert "Your 2 seats are confirmed" in guest.inner_text("[data-rsvp-status]")
    assert "Your change is recorded." in guest.inner_text("main")
    guest.wait_for_url(live_server.url + manage_page(rsvp))
    guest.reload()
    assert "Your change is recorded." not in guest.inner_text("main")
    assert names_of(rsvp) == ["Mei Chen", "Ana"]
    guest.get_by_role("button", name="Undo my last change").click()
    assert "Your 4 seats are confirmed" in guest.inner_text("[data-rsvp-status]")


def test_the_party_grows_no_further_than_it_may(guest: Any, live_server: Any) -> None:
    rsvp = household()
    guest.goto(live_server.url + manage_page(rsvp))
    guest.locator("details.rsvp-change > summary").click()
    guest.get_by_role("button", name="One more").click()
    assert guest.locator(".rsvp-change [name=seats]").input_value() == "4"


def test_a_waiting_party_of_three_takes_one_of_two_offered_seats(guest: Any, live_server: Any) -> None:
    rsvp = an_offer(wanted=3, offered=2)
    guest.goto(live_server.url + manage_page(rsvp, "zh-hans"))
    assert told(guest, "[data-offer]") == "2个名额归您所有。另需的1个名额，候补顺位不变，仍为第一位。"
    guest.locator("[data-offer]").get_by_role("button", name="减少一人").click()
    assert told(guest, "[data-offer]") == "1个名额归您所有。因您仍在候补，随即再为您提供1个名额。"
    guest.get_by_role("button", name="接受名额").click()
    assert (fresh(rsvp).seats_confirmed, fresh(rsvp).seats_wanted) == (1, 2)


def test_the_end_of_an_offer_stands_on_the_readers_clocks_too(guest: Any, live_server: Any) -> None:
    guest.goto(live_server.url + manage_page(an_offer()))
    line = guest.locator("[data-offer] p").first.inner_text()
    assert "in Los Angeles (for you: " in line
    assert ", Shanghai)." in line


def test_a_question_shows_once_it_applies_and_moves_with_its_companion(guest: Any, live_server: Any) -> None:
    rsvp = household()
    food = ask(rsvp.event, "Food?", "Everything", "Something else", scope="guest")
    other = food.choices.get(label_en="Something else")
    ask(rsvp.event, "What?", scope="guest", depends_on=food, depends_on_choice=other)
    guest.goto(live_server.url + manage_page(rsvp))
    guest.locator("details.rsvp-change > summary").click()
    assert guest.get_by_label("What?").and_(guest.locator(":visible")).count() == 0
    guest.get_by_label("Food? (companion 2)").select_option("Something else")
    guest.get_by_label("What? (companion 2)").fill("Rice")
    guest.get_by_label("Name of companion 1").fill("")
    guest.get_by_role("button", name="One fewer").click()
    guest.get_by_role("button", name="One fewer").click()
    assert guest.get_by_label("Name of companion 1").input_value() == "Ana"
    assert guest.get_by_label("What? (companion 1)").input_value() == "Rice"
    guest.get_by_role("button", name="Save my answer").click()
    assert "Your 2 seats are confirmed" in guest.inner_text("[data-rsvp-status]")
    assert answers(rsvp) == [("Ana", "Food?", "Something else"), ("Ana", "What?", "Rice")]
