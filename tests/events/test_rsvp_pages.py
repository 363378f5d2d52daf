"""The RSVP pages as a guest, a scanner and a clumsy typist meet them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events import rsvp as verbs
from events.links import find_rsvp, token, token_for
from events.models import Event, Rsvp, RsvpPolicy, RsvpTransition
from people.models import Member
from sistercities.mail.models import Message
from tests import factories
from tests.forms import shown_a_minute_ago

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])


def form(**fields: Any) -> dict[str, Any]:
    whole = {
        "nonce": "n" * 24,
        "shown": shown_a_minute_ago(),
        "answer": "going",
        "name": "Mei Chen",
        "email": "mei@example.org",
        "seats": "1",
    }
    return {**whole, "message": "", **fields}


def send(client: Client, event: Event, language: str = "en", **fields: Any) -> Any:
    return client.post(f"/{language}/events/{event.slug}/rsvp/", form(**fields))


def manage_page(rsvp: Rsvp, language: str = "en") -> str:
    return f"/{language}/rsvp/{token_for(rsvp)}/"


def status_on(page: Any) -> str:
    match = re.search(r'data-rsvp-status="(\w+)"', page.content.decode())
    return match[1] if match else ""


@LANGUAGES
def test_an_answer_leads_to_a_personal_page_that_says_how_it_stands(client: Client, language: str) -> None:
    event = factories.reception()
    response = send(client, event, language, seats="2", **{"guests-0-name": "王伟"})
    assert response.status_code == 303
    assert response.url.startswith(f"/{language}/rsvp/")
    page = client.get(response.url)
    assert status_on(page) == "confirmed"
    assert "王伟" in page.content.decode()


def test_a_full_event_says_before_the_button_that_it_means_waiting(client: Client) -> None:
    event = factories.reception(seats=1)
    factories.rsvp(event)
    page = client.get(f"/en/events/{event.slug}/rsvp/").content.decode()
    assert "join the waiting list" in page
    assert status_on(client.get(send(client, event).url)) == "waitlisted"


def test_whoever_was_too_late_for_the_last_seat_is_told_so(client: Client) -> None:
    event = factories.reception(seats=1)
    factories.rsvp(event)
    response = send(client, event, promised="1")
    assert "others took the last seats" in client.get(response.url).content.decode()


def test_a_party_larger_than_what_was_free_is_told_that_and_nothing_else(client: Client) -> None:
    event = factories.reception(seats=4)
    factories.rsvp(event, 2)
    page = client.get(send(client, event, promised="2", seats="3").url).content.decode()
    assert "fewer free seats than your party needs" in page
    assert "others took" not in page


def test_who_comes_back_finds_the_whole_party_in_the_form(client: Client) -> None:
    rsvp = factories.rsvp(factories.reception(), 3, companions=("Wei", "Ana"))
    client.post(manage_page(rsvp), {"answer": "declined"})
    page = client.get(manage_page(rsvp)).content.decode()
    assert re.search(r'name="seats" value="3"', page)
    assert 'value="Wei"' in page


def test_an_address_in_full_width_letters_is_understood(client: Client) -> None:
    assert send(client, factories.reception(), email="ｍｅｉ＠ｅｘａｍｐｌｅ．ｏｒｇ").status_code == 303
    assert Rsvp.objects.get().email == "mei@example.org"


def test_the_same_form_again_says_already_recorded(client: Client) -> None:
    event = factories.reception()
    first, again = send(client, event), send(client, event)
    assert first.url.partition("?")[0] == again.url.partition("?")[0]
    assert "already recorded" in client.get(again.url).content.decode()


@pytest.mark.parametrize("earlier", [1, 0])
def test_a_known_address_gets_its_link_by_mail_and_the_page_betrays_nothing(
    client: Client, earlier: int
) -> None:
    event = factories.reception()
    rsvp = factories.rsvp(event, earlier, "Real Owner", email="mei@example.org")
    response = send(client, event, email="MEI@example.org ", seats="4")
    page = client.get(response.url).content.decode()
    assert (response.status_code, "/rsvp/sent/" in response.url) == (303, True)
    assert "Real Owner" not in page
    assert token_for(rsvp) not in page
    assert Message.objects.order_by("pk").last().kind == "rsvp_already"
    assert Rsvp.objects.get().status == rsvp.status


BAD_FIELDS = [
    ("seats", "0"),
    ("seats", "-1"),
    ("seats", "1000"),
    ("seats", "two"),
    ("seats", "1_0"),
    ("seats", "1.5"),
    ("seats", ""),
    ("seats", "9" * 5000),
    ("name", ""),
    ("name", "   "),
    ("name", "x" * 10_000),
    ("name", "Mei\x00Chen"),
    ("name", "Mei 🎉"),
    ("name", "\u202eMei"),
    ("name", "Mei\nBcc: all@example.org"),
    ("name", "12345"),
    ("email", "nobody"),
    ("email", "a@b"),
    ("email", "mei@example.org\nBcc: all@example.org"),
    ("email", ""),
    ("answer", "perhaps"),
    ("answer", ""),
    ("message", "x" * 2001),
    ("message", "a\x00b"),
    ("guests-0-name", "🎉"),
    ("guests-7-name", "One too many"),
]


@LANGUAGES
@pytest.mark.parametrize(("field", "value"), BAD_FIELDS)
def test_bad_input_is_answered_beside_its_field_and_changes_nothing(
    client: Client, field: str, value: str, language: str
) -> None:
    event = factories.reception(seats=10)
    response = send(client, event, language, **{field: value})
    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert not Rsvp.objects.exists()
    assert not Message.objects.exists()


def test_what_was_typed_is_kept_when_something_else_is_wrong(client: Client) -> None:
    event = factories.reception()
    page = send(client, event, email="nobody", name="梁小姐", message="I come by train.").content.decode()
    assert 'value="梁小姐"' in page
    assert "I come by train." in page


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ({"closes_at": timezone.now() - timedelta(hours=1)}, "time for answers is over"),
        ({"opens_at": timezone.now() + timedelta(hours=1)}, "not yet taken"),
    ],
)
def test_an_answer_out_of_time_is_refused_in_words(
    client: Client, policy: dict[str, Any], words: str
) -> None:
    event = factories.reception(**policy)
    response = send(client, event)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Rsvp.objects.exists()


def test_an_event_that_has_begun_is_gone_for_answers(client: Client) -> None:
    event = factories.reception(days_ahead=-0.01)
    assert send(client, event).status_code == 410


def test_an_event_without_rsvp_has_no_form(client: Client) -> None:
    assert client.get(f"/en/events/{factories.event().slug}/rsvp/").status_code == 404


def test_a_draft_takes_no_answers_from_strangers(client: Client) -> None:
    event = factories.reception()
    Event.objects.filter(pk=event.pk).update(status="draft")
    assert send(client, event).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_wrong_method_is_refused_in_words(client: Client, method: str) -> None:
    rsvp = factories.rsvp(factories.reception())
    response = getattr(client, method)(manage_page(rsvp))
    assert response.status_code == 405
    assert "<h1" in response.content.decode()


@LANGUAGES
@pytest.mark.parametrize("wrong", ["x", "A" * 32, "A" * 500, "你好", token("0" * 16, 1)])
def test_an_unknown_link_opens_nothing_and_says_so(client: Client, wrong: str, language: str) -> None:
    response = client.get(f"/{language}/rsvp/{wrong}/")
    assert response.status_code == 404
    assert "<h1" in response.content.decode()


def test_every_letter_of_a_link_counts() -> None:
    rsvp = factories.rsvp(factories.reception())
    right = token_for(rsvp)
    for place in range(len(right)):
        wrong = right[:place] + ("A" if right[place] != "A" else "B") + right[place + 1 :]
        with pytest.raises(Rsvp.DoesNotExist):
            find_rsvp(wrong)


def test_a_revoked_link_opens_nothing(client: Client) -> None:
    rsvp = factories.rsvp(factories.reception())
    address = manage_page(rsvp)
    Rsvp.objects.filter(pk=rsvp.pk).update(link_version=2)
    assert client.get(address).status_code == 404


def test_an_older_key_still_opens_links_after_rotation(client: Client, settings: Any) -> None:
    rsvp = factories.rsvp(factories.reception())
    address = manage_page(rsvp)
    settings.LINK_KEYS = ["a newer key", *settings.LINK_KEYS]
    assert client.get(address).status_code == 200
    settings.LINK_KEYS = ["a newer key"]
    assert client.get(address).status_code == 404


def test_a_personal_page_is_neither_stored_nor_indexed_nor_named_elsewhere(client: Client) -> None:
    response = client.get(manage_page(factories.rsvp(factories.reception())))
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "same-origin"


def test_a_link_scanner_that_opens_everything_changes_nothing(client: Client) -> None:
    rsvp = factories.rsvp(factories.reception(), 2)
    page = client.get(manage_page(rsvp)).content.decode()
    for address in {*re.findall(r'href="(/[^"#]*)"', page), manage_page(rsvp)}:
        client.get(address)
        client.head(address)
    rsvp.refresh_from_db()
    assert (rsvp.status, rsvp.seats_confirmed) == ("confirmed", 2)
    assert RsvpTransition.objects.count() == 1


def test_the_party_is_changed_on_the_personal_page(client: Client) -> None:
    rsvp = factories.rsvp(factories.reception(), 1)
    fields = form(name=rsvp.name, seats="3", **{"guests-0-name": "Ana", "guests-1-name": "Wei"})
    assert client.post(manage_page(rsvp), fields).status_code == 303
    rsvp.refresh_from_db()
    assert (rsvp.seats_confirmed, [guest.name for guest in rsvp.guests.all()]) == (
        3,
        [rsvp.name, "Ana", "Wei"],
    )


@pytest.mark.parametrize(
    ("field", "value"), [row for row in BAD_FIELDS if row[0] not in ("email", "guests-7-name")]
)
def test_a_bad_change_changes_nothing(client: Client, field: str, value: str) -> None:
    rsvp = factories.rsvp(factories.reception(), 2)
    fields = form(name=rsvp.name, seats="3") | {field: value}
    assert client.post(manage_page(rsvp), fields).status_code == 422
    rsvp.refresh_from_db()
    assert (rsvp.status, rsvp.seats_confirmed) == ("confirmed", 2)


def test_withdrawing_takes_one_button_and_no_valid_form(client: Client) -> None:
    rsvp = factories.rsvp(factories.reception(), 2)
    assert client.post(manage_page(rsvp), {"answer": "declined"}).status_code == 303
    rsvp.refresh_from_db()
    assert rsvp.status == "cancelled"


def test_after_the_event_the_link_leads_to_its_record(client: Client) -> None:
    rsvp = factories.rsvp(factories.reception())
    over = timezone.now() - timedelta(days=1)
    Event.objects.filter(pk=rsvp.event_id).update(starts_at=over - timedelta(hours=3), ends_at=over)
    response = client.get(manage_page(rsvp))
    assert response.status_code == 410
    assert rsvp.event.slug in response.content.decode()


def test_after_a_cancellation_the_link_says_so(client: Client) -> None:
    rsvp = factories.rsvp(factories.reception())
    verbs.call_off(rsvp.event, "The hall is closed.", "场地关闭。", verbs.By(RsvpTransition.Actor.STAFF))
    page = client.get(manage_page(rsvp))
    assert status_on(page) == "cancelled"
    assert "has been cancelled" in page.content.decode()


def test_a_signed_in_member_is_led_to_the_answer_given_before(client: Client, member: Member) -> None:
    event = factories.reception(mode=RsvpPolicy.Mode.MEMBERS)
    client.force_login(member)
    assert send(client, event, name=member.name, email=member.email).status_code == 303
    assert client.get(f"/en/events/{event.slug}/rsvp/").url == manage_page(Rsvp.objects.get())


def test_an_event_for_members_shows_strangers_the_way_to_sign_in(client: Client) -> None:
    event = factories.reception(mode=RsvpPolicy.Mode.MEMBERS)
    assert "/en/members/login/" in client.get(f"/en/events/{event.slug}/rsvp/").content.decode()
    assert send(client, event).status_code == 422
    assert not Rsvp.objects.exists()


def test_a_form_without_its_key_is_refused_in_words() -> None:
    event = factories.reception()
    response = send(Client(enforce_csrf_checks=True), event)
    assert response.status_code == 403
    assert "<h1" in response.content.decode()
    assert not Rsvp.objects.exists()


def test_a_form_that_was_open_too_long_is_kept_and_sent_by_one_button() -> None:
    event = factories.reception()
    guest, own = Client(enforce_csrf_checks=True), {"origin": "http://testserver"}
    address = f"/en/events/{event.slug}/rsvp/"
    page = guest.post(address, form(name="梁小姐", seats="2"), headers=own).content.decode()
    again = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))
    assert (again["name"], again["seats"]) == ("梁小姐", "2")
    assert guest.post(address, again, headers=own).status_code == 303
    assert Rsvp.objects.get().seats_confirmed == 2


def test_the_form_of_another_site_is_not_offered_again() -> None:
    address = f"/en/events/{factories.reception().slug}/rsvp/"
    response = Client(enforce_csrf_checks=True).post(
        address, form(), headers={"origin": "http://elsewhere.example"}
    )
    assert response.status_code == 403
    assert "mei@example.org" not in response.content.decode()


@pytest.mark.parametrize("largest", [1, 40])
def test_the_form_is_one_light_page(client: Client, largest: int) -> None:
    event = factories.reception(seats=50, largest_party=largest)
    assert len(client.get(f"/en/events/{event.slug}/rsvp/").content) < 60_000
