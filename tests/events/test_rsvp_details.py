"""What a guest may tell beside name and seats, who is named to other guests, and what two windows do to one answer."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event, Rsvp, RsvpPolicy
from tests import factories
from tests.events.asking import ask
from tests.events.rsvp_pages import form, fresh, household, invitation_page, manage_page, names_of, words

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])


def send(client: Client, event: Event, **fields: Any) -> Any:
    return client.post(f"/en/events/{event.slug}/rsvp/", form(**fields))


def filled(page: Any) -> dict[str, Any]:
    """The form of a page as a browser would send it back."""
    shown = page.context["form"]
    sent = {field.html_name: field.value() for field in shown}
    return {name: value for name, value in sent.items() if value not in (None, False)}


# --- names and details ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Wolfeschlegelsteinhausenbergerdorff the Elder of Philadelphia and Hamburg",
        "慕容雪",
        "محمد بن عبد العزيز آل سعود",
        "Suharto",
        "ＭＥＩ　ＣＨＥＮ",
        "’Aisha O’Neill-Łuczak",
    ],
)
def test_names_of_any_script_length_and_number_of_words_are_taken_as_they_are(
    client: Client, name: str
) -> None:
    event = factories.reception()
    assert send(client, event, name=name, seats="2", **{"guests-0-name": name}).status_code == 303
    rsvp = Rsvp.objects.get()
    assert names_of(rsvp) == [name, name]
    assert f"<bdi>{name}</bdi>" in client.get(manage_page(rsvp)).content.decode()


def test_every_field_for_words_finds_its_direction_and_cuts_nothing_off(client: Client) -> None:
    event = factories.reception()
    ask(event)
    page = client.get(f"/en/events/{event.slug}/rsvp/").content.decode()
    fields = re.findall(r'<(?:input type="text"|textarea) name="(?!website|seats)[^>]*>', page)
    assert len(fields) >= 7
    assert all('dir="auto"' in field for field in fields)
    assert "maxlength" not in page


def test_title_organisation_and_language_are_kept_and_shown_again(client: Client) -> None:
    event = factories.reception(asks_interpretation=True)
    said = {
        "title": "Consul General",
        "organisation": "领事馆",
        "language": "zh-hans",
        "interpretation": "en",
    }
    send(client, event, **said)
    rsvp = Rsvp.objects.get()
    lead = rsvp.guests.get()
    assert (lead.title, lead.organisation, rsvp.language, rsvp.interpretation) == tuple(said.values())
    assert said.items() <= filled(client.get(manage_page(rsvp))).items()


@pytest.mark.parametrize(("language", "spoken"), [("en", "Chinese"), ("zh-hans", "中文")])
def test_interpretation_is_into_a_spoken_language_not_into_a_script(
    client: Client, language: str, spoken: str
) -> None:
    event = factories.reception(asks_interpretation=True)
    send(client, event, interpretation="zh-hans")
    page = client.get(manage_page(Rsvp.objects.get()).replace("/en/", f"/{language}/")).content.decode()
    assert re.search(rf"<dt>(Interpretation|口译)</dt><dd>{spoken}</dd>", page)


def test_when_it_was_answered_is_said_with_the_place_of_the_clock(client: Client) -> None:
    event = factories.reception()
    send(client, event)
    rsvp = Rsvp.objects.get()
    Rsvp.objects.update(answered_at=datetime(2026, 11, 22, 11, 17, 25, tzinfo=UTC))
    page = client.get(manage_page(rsvp)).content.decode()
    assert ">Sunday 22 November 2026, 3:17 am in Los Angeles</time>" in page


def test_all_of_that_is_optional_folded_away_and_asked_only_where_hosts_wish(client: Client) -> None:
    plain, rich = factories.reception(), factories.reception(asks_interpretation=True, guest_list=True)
    page = client.get(f"/en/events/{plain.slug}/rsvp/").content.decode()
    assert '<details class="rsvp-details">' in page
    assert "interpretation" not in page
    assert "shows_in_list" not in page
    page = client.get(f"/en/events/{rich.slug}/rsvp/").content.decode()
    assert 'name="interpretation"' in page
    assert re.search(r'<input type="checkbox" name="shows_in_list"(?! checked)[^>]*>', page)
    assert "checked" not in re.search(r"<input[^>]*shows_in_list[^>]*>", page)[0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("field", "value"), [("title", "x" * 81), ("organisation", "a\nb"), ("language", "xx")]
)
def test_what_is_wrong_there_is_said_in_sight(client: Client, field: str, value: str) -> None:
    event = factories.reception()
    page = send(client, event, **{field: value})
    assert page.status_code == 422
    assert '<details class="rsvp-details" open>' in page.content.decode()
    assert f'id="id_{field}_error"' in page.content.decode()


def test_the_language_of_letters_follows_the_page_until_somebody_chooses(client: Client) -> None:
    event = factories.reception()
    page = client.get(f"/zh-hans/events/{event.slug}/rsvp/")
    assert page.context["form"]["language"].value() == "zh-hans"
    client.post(f"/zh-hans/events/{event.slug}/rsvp/", form(language="en"))
    assert Rsvp.objects.get().language == "en"


# --- who is named to other guests -----------------------------------------------------------------------


def test_confirmed_guests_see_those_who_agreed_and_nobody_else(client: Client) -> None:
    event = factories.reception(seats=8, guest_list=True)
    said = {"companions": ("Wei",), "shows_in_list": True, "title": "Prof.", "organisation": "A University"}
    factories.rsvp(event, 2, "梁文", **said)
    factories.rsvp(event, 2, "Silent Guest", companions=("Hidden",))
    reader = factories.rsvp(event, 1, "Mei Chen")
    waiting = factories.rsvp(event, 4, "Late Guest", shows_in_list=True)
    page = words(client.get(manage_page(reader)))
    assert (
        "Who comes 梁文 · Prof. · A University Wei" in page.replace("  ", " ")
        or "梁文 · Prof. · A University" in page
    )
    assert "Wei" in page
    for name in ("Silent Guest", "Hidden", "Late Guest"):
        assert name not in page
    assert "梁文" not in words(client.get(manage_page(waiting)))
    RsvpPolicy.objects.update(guest_list=False)
    assert "梁文" not in words(client.get(manage_page(reader)))


def test_who_withdraws_or_takes_the_consent_back_is_named_no_longer(client: Client) -> None:
    event = factories.reception(guest_list=True)
    reader = factories.rsvp(event, 1, "Mei Chen")
    shy, gone = (factories.rsvp(event, 1, name, shows_in_list=True) for name in ("Shy Guest", "Gone Guest"))
    sent = filled(client.get(manage_page(shy)))
    del sent["shows_in_list"]
    assert client.post(manage_page(shy), sent).status_code == 303
    client.post(manage_page(gone), {"answer": "declined"})
    page = words(client.get(manage_page(reader)))
    assert "Shy Guest" not in page
    assert "Gone Guest" not in page
    assert "Nobody has agreed to be named yet." in page


# --- two windows ----------------------------------------------------------------------------------------


@LANGUAGES
def test_the_window_that_is_out_of_date_is_told_what_changed_and_loses_nothing(
    client: Client, language: str
) -> None:
    rsvp = household()
    bus = ask(rsvp.event, "Bus from?")
    first, second = (filled(client.get(manage_page(rsvp, language))) for _window in range(2))
    said = {"seats": "3", "guests-2-name": "", f"question-{bus.pk}": "Pasadena"}
    assert client.post(manage_page(rsvp, language), {**first, **said}).status_code == 303
    page = client.post(manage_page(rsvp, language), {**second, "message": "From the other window"})
    assert page.status_code == 409
    assert "From the other window" in words(page)
    told = re.search(r"data-outdated>(.*?)</div>", page.content.decode())
    assert told
    assert "<bdi>3</bdi>" in told[1]
    assert "<bdi>Pasadena</bdi>" in told[1]
    assert (fresh(rsvp).seats_confirmed, fresh(rsvp).message) == (3, "")
    assert client.post(manage_page(rsvp, language), filled(page)).status_code == 303
    assert (fresh(rsvp).seats_confirmed, fresh(rsvp).message) == (4, "From the other window")


def test_the_same_button_twice_is_no_conflict_of_its_own(client: Client) -> None:
    rsvp = household()
    sent = filled(client.get(manage_page(rsvp)))
    assert client.post(manage_page(rsvp), sent).status_code == 303
    assert client.post(manage_page(rsvp), sent).status_code == 303


def test_a_withdrawal_from_a_window_that_is_out_of_date_is_taken(client: Client) -> None:
    rsvp = household()
    first, second = (filled(client.get(manage_page(rsvp))) for _window in range(2))
    client.post(manage_page(rsvp), {**first, "seats": "3", "guests-2-name": ""})
    assert client.post(manage_page(rsvp), {**second, "answer": "declined"}).status_code == 303
    assert fresh(rsvp).status == "cancelled"


def test_what_hosts_do_meanwhile_makes_no_form_out_of_date(client: Client) -> None:
    event = factories.reception(seats=2, promotion="seat")
    first, rsvp = factories.rsvp(event, 2), factories.rsvp(event, 1, "Mei Chen")
    sent = filled(client.get(manage_page(rsvp)))
    client.post(manage_page(first), {"answer": "declined"})
    assert fresh(rsvp).status == "confirmed"
    assert client.post(manage_page(rsvp), {**sent, "message": "With joy"}).status_code == 303


# --- invitations ----------------------------------------------------------------------------------------


@LANGUAGES
def test_a_bound_invitation_says_for_whom_it_is_and_what_becomes_of_anybody_else(
    client: Client, language: str
) -> None:
    event = factories.reception(mode=RsvpPolicy.Mode.INVITATION)
    invited = factories.invitation(event, "Mei Chen", is_bound=True)
    page = words(client.get(invitation_page(invited, language)))
    assert (
        "This invitation is for Mei Chen in person." if language == "en" else "仅供Mei Chen本人使用"
    ) in page
    assert ("that is a request" if language == "en" else "视为申请出席") in page
    answer: Any = client.post(
        invitation_page(invited, language), form(name="Somebody Else", email="else@example.org")
    )
    assert answer.status_code == 303
    asked = Rsvp.objects.get()
    assert (asked.status, asked.forwarded, asked.invitation) == ("requested", invited, None)
    kept = "The invitation stays open" if language == "en" else "此邀请仍为函中所邀来宾保留"
    assert kept in words(client.get(answer.url))
    own = form(nonce="o" * 24, name="MEI  chen", email=invited.email)
    assert client.post(invitation_page(invited, language), own).status_code == 303
    assert invited.answer is not None
    assert invited.answer.status == "confirmed"


def test_an_invitation_has_its_own_deadline_and_party(client: Client) -> None:
    event = factories.reception(largest_party=2, closes_at=timezone.now() - timedelta(days=1))
    later = timezone.now() + timedelta(days=3)
    invited = factories.invitation(event, "Mei Chen", answer_by=later, largest_party=4)
    page = client.get(invitation_page(invited)).content.decode()
    assert 'data-most="4"' in page
    assert 'data-door="closed"' not in page
    said = form(seats="4", email=invited.email)
    assert client.post(invitation_page(invited), said).status_code == 303
    rsvp = Rsvp.objects.get()
    assert rsvp.seats_confirmed == 4
    assert 'data-most="4"' in client.get(manage_page(rsvp)).content.decode()


def test_an_invitation_fills_in_title_and_organisation_and_greets_as_it_was_written(client: Client) -> None:
    event = factories.reception()
    known = {"title": "Consul General", "organisation": "The Consulate", "salutation": "Your Excellency"}
    page = client.get(invitation_page(factories.invitation(event, "Mei Chen", **known)))
    assert "Your Excellency" in words(page)
    form_shown = page.context["form"]
    assert [form_shown[name].value() for name in ("title", "organisation")] == [
        "Consul General",
        "The Consulate",
    ]
