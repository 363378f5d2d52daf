"""The newsletter's readers: who asks learns nothing, who confirms gets it, who leaves is left alone and forgotten."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sistercities.logs import without_links
from sistercities.mail import outbox
from sistercities.mail.models import Message
from sistercities.newsletter import subscribing
from sistercities.newsletter.links import Purpose, path_of, token
from sistercities.newsletter.models import AskedFor, Subscriber
from sistercities.newsletter.tasks import forget_subscribers
from sistercities.pages.forms_for_strangers import PER_HOUR, StrangerForm

pytestmark = pytest.mark.django_db
State = Subscriber.State
FORM, SENT = "/en/newsletter/", "/en/newsletter/sent/"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StrangerForm, "QUICKEST_SECONDS", 0.0)


def ask(client: Client, form: str = FORM, **said: str) -> Any:
    shown = client.get(form).context["form"]
    fields = {"nonce": shown["nonce"].value(), "language": shown["language"].value()}
    return client.post(form, {**fields, "email": "mei@example.org", **said})


def reader(email: str = "mei@example.org", **fields: Any) -> Subscriber:
    values = {"state": State.ACTIVE, "confirmed_at": timezone.now() - timedelta(days=60), **fields}
    return Subscriber.objects.create(email=email, **values)


def long_after(days: float) -> None:
    """As if so many days had gone by since anything happened."""
    for model, names in ((Subscriber, ("asked_at", "left_at")), (AskedFor, ("last_at",))):
        for row in model.objects.all():
            for name in names:
                if moment := getattr(row, name):
                    setattr(row, name, moment - timedelta(days=days))
            row.save()


def now_in(subscriber: Subscriber) -> Subscriber:
    return Subscriber.objects.get(pk=subscriber.pk)


# --- asking -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "language"), [(FORM, "en"), ("/zh-hans/newsletter/", "zh-hans")])
def test_form_preselects_the_language_of_its_page_and_is_kept_by_nobody(
    client: Client, form: str, language: str
) -> None:
    answer = client.get(form)
    assert answer.context["form"]["language"].value() == language
    assert "no-store" in answer.headers["Cache-Control"]


def test_asking_sends_one_letter_and_subscribes_nobody(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    answer = ask(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, SENT)
    assert client.get(SENT).status_code == 200
    assert Subscriber.objects.get().state == State.ASKED
    outbox.send_due()
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == (["mei@example.org"], "Please confirm: our newsletter")
    assert path_of(Subscriber.objects.get(), Purpose.CONFIRM, "en") in str(mail.body)


def test_letter_is_in_the_language_that_was_chosen(client: Client, mailoutbox: list[EmailMessage]) -> None:
    ask(client, language="zh-hans")
    outbox.send_due()
    assert path_of(Subscriber.objects.get(), Purpose.CONFIRM, "zh-hans") in str(mailoutbox[0].body)


def test_answer_and_statements_are_the_same_whoever_has_the_address(client: Client) -> None:
    ask(client, email="the-first-of-an-hour@example.org")
    ran = {}
    for state in (None, *State):
        if state:
            reader(f"{state.upper()}@example.org", state=state)
        nonce = client.get(FORM).context["form"]["nonce"].value()
        email = f"{state or 'new'}@example.org"
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(FORM, {"nonce": nonce, "language": "en", "email": email})
        assert (answer.status_code, answer.headers["Location"]) == (303, SENT)
        assert Subscriber.objects.at(email).get().state == (state or State.ASKED)
        assert Message.objects.filter(to_email=email).count() == 1
        ran[state] = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in captured]
    assert len(ran[None]) > 5
    assert all(statements == ran[None] for statements in ran.values())


def test_reader_who_asks_again_is_shown_the_way_to_manage(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    known = reader(language="en")
    ask(client)
    outbox.send_due()
    assert mailoutbox[0].subject == "You get our newsletter already"
    assert path_of(known, Purpose.MANAGE, "en") in str(mailoutbox[0].body)
    assert path_of(known, Purpose.CONFIRM, "en") not in str(mailoutbox[0].body)


def test_address_gets_one_letter_a_day_and_three_in_all(client: Client) -> None:
    ask(client)
    assert ask(client, email="Mei@Example.org").headers["Location"] == SENT
    assert Message.objects.count() == 1
    for expected in (2, 3, 3, 3):
        long_after(1.01)
        ask(client)
        assert Message.objects.count() == expected
    long_after(60)
    forget_subscribers()
    assert not Subscriber.objects.exists()
    ask(client)
    assert Message.objects.count() == 3, (
        "who never confirmed is not written to again, though they are forgotten"
    )


def test_confirming_counts_anew(client: Client) -> None:
    ask(client)
    subscribing.confirm(Subscriber.objects.get(), "en")
    assert not AskedFor.objects.exists()


def test_count_does_not_hold_the_address(client: Client) -> None:
    ask(client)
    assert re.fullmatch("[0-9a-f]{32}", AskedFor.objects.get().digest)


def test_form_sent_twice_is_one_letter(client: Client) -> None:
    nonce = client.get(FORM).context["form"]["nonce"].value()
    said = {"nonce": nonce, "language": "en", "email": "mei@example.org"}
    assert [client.post(FORM, said).status_code for _ in range(2)] == [303, 303]
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "not an address"),
        ("email", "mei@example.org\nBcc: all@example.org"),
        ("email", "mei@example.org,wei@example.org"),
        ("email", "x" * 250 + "@example.org"),
        ("language", "tlh"),
        ("language", ""),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field(client: Client, field: str, value: str) -> None:
    answer = ask(client, **{field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in answer.content.decode() or field == "language"
    assert not Subscriber.objects.exists()


def test_robot_gets_the_same_answer_and_nothing_happens(client: Client) -> None:
    assert ask(client, website="https://example.org").headers["Location"] == SENT
    assert not Subscriber.objects.exists()


def test_flood_is_stopped_with_words(client: Client) -> None:
    for number in range(PER_HOUR):
        assert ask(client, email=f"mei{number}@example.org").status_code == 303
    assert ask(client, email="late@example.org").status_code == 429
    assert not Subscriber.objects.filter(email="late@example.org").exists()


def test_letter_repeats_nothing_typed(client: Client, mailoutbox: list[EmailMessage]) -> None:
    ask(client, email="buy-pills-now@example.org", name="Pills", language="en")
    outbox.send_due()
    mail: Any = mailoutbox[0]
    assert "ills" not in mail.subject + mail.body + mail.alternatives[0].content


# --- confirming ---------------------------------------------------------------------------------------


def confirm_path(subscriber: Subscriber, language: str = "en") -> str:
    return path_of(subscriber, Purpose.CONFIRM, language)


def test_looking_at_the_link_confirms_nothing_and_the_button_does(client: Client) -> None:
    asked = reader(state=State.ASKED, confirmed_at=None)
    answer = client.get(confirm_path(asked, "zh-hans"))
    assert (answer.status_code, now_in(asked).state) == (200, State.ASKED)
    done = client.post(confirm_path(asked, "zh-hans"))
    confirmed = now_in(asked)
    assert (done.status_code, confirmed.state, confirmed.language) == (303, State.ACTIVE, "zh-hans")
    assert client.get(done.headers["Location"]).status_code == 200


def test_confirming_twice_changes_nothing(client: Client) -> None:
    asked = reader(state=State.ASKED, confirmed_at=None)
    client.post(confirm_path(asked))
    first = now_in(asked)
    assert client.post(confirm_path(asked, "zh-hans")).status_code == 303
    assert (now_in(asked).confirmed_at, now_in(asked).language) == (first.confirmed_at, "en")


def test_link_to_confirm_dies_after_two_weeks_and_with_its_version(client: Client) -> None:
    asked = reader(state=State.ASKED, confirmed_at=None)
    link = confirm_path(asked)
    long_after(14.1)
    assert client.get(link).status_code == client.post(link).status_code == 404
    long_after(-14.1)
    Subscriber.objects.update(link_version=2)
    assert client.post(link).status_code == 404
    assert now_in(asked).state == State.ASKED


@pytest.mark.parametrize("state", [State.LEFT, State.UNREACHABLE])
def test_who_left_or_was_unreachable_comes_back_by_confirming_a_new_letter(
    client: Client, state: str
) -> None:
    gone = reader(state=state, left_at=timezone.now() - timedelta(days=20), bounces=3, link_version=2)
    ask(client)
    assert now_in(gone).state == state
    client.post(confirm_path(now_in(gone)))
    back = now_in(gone)
    assert (back.state, back.bounces, back.left_at) == (State.ACTIVE, 0, None)


# --- links --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", list(Purpose))
def test_pages_behind_links_are_kept_and_named_by_nobody(client: Client, purpose: Purpose) -> None:
    for address in (path_of(reader(), purpose, "en"), path_of(Subscriber(), purpose, "en")):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("forged", ["x", "A" * 32, "%E2%82%AC" * 32, "-_" * 16, "x" * 4000])
def test_forged_link_opens_nothing(client: Client, forged: str) -> None:
    reader()
    for place in ("confirm", "manage", "leave"):
        address = f"/en/newsletter/{place}/{forged}/"
        assert client.get(address).status_code == client.post(address, ONE_CLICK).status_code == 404
    assert Subscriber.objects.get().state == State.ACTIVE


def test_link_for_one_purpose_opens_no_other(client: Client) -> None:
    known = reader()
    for place, purpose in (("confirm", Purpose.LEAVE), ("manage", Purpose.LEAVE), ("leave", Purpose.MANAGE)):
        address = f"/en/newsletter/{place}/{token(known, purpose)}/"
        assert client.get(address).status_code == 404


def test_link_of_an_older_key_opens_until_the_key_is_taken_away(client: Client, settings: Any) -> None:
    settings.LINK_KEYS = ["old"]
    known = reader()
    links = [path_of(known, purpose, "en") for purpose in (Purpose.MANAGE, Purpose.LEAVE)]
    settings.LINK_KEYS = ["new", "old"]
    assert [client.get(link).status_code for link in links] == [200, 200]
    settings.LINK_KEYS = ["new"]
    assert [client.get(link).status_code for link in links] == [404, 404]


@pytest.mark.parametrize("place", ["confirm", "manage", "leave"])
def test_log_leaves_the_secret_part_of_a_link_out(place: str) -> None:
    assert (
        without_links(f"Not Found: /en/newsletter/{place}/abcdef/") == f"Not Found: /en/newsletter/{place}/…/"
    )
    assert "abcdef" not in without_links(f"?next=%2Fen%2Fnewsletter%2F{place}%2Fabcdef%2F")


# --- managing and leaving -----------------------------------------------------------------------------


def test_reader_changes_the_language_and_whoever_got_the_mail_passed_on_does_not_see_the_address(
    client: Client,
) -> None:
    known = reader("mei.chen@example.org")
    link = path_of(known, Purpose.MANAGE, "en")
    page = client.get(link).content.decode()
    assert "m…@example.org" in page
    assert "mei.chen" not in page
    answer = client.post(link, {"language": "zh-hans"})
    assert answer.headers["Location"].startswith("/zh-hans/newsletter/manage/")
    assert now_in(known).language == "zh-hans"
    assert client.post(link, {"language": "tlh"}).status_code == 422


def test_one_click_leaves_without_cookies_and_without_being_sent_on(client: Client) -> None:
    known = reader()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(path_of(known, Purpose.LEAVE, "en"), ONE_CLICK)
    assert (answer.status_code, now_in(known).state) == (200, State.LEFT)
    assert not answer.cookies


def test_one_click_leaves_also_as_a_form_of_several_parts() -> None:
    known = reader()
    body = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    path = path_of(known, Purpose.LEAVE, "zh-hans")
    answer = Client(enforce_csrf_checks=True).post(path, body, content_type="multipart/form-data; boundary=x")
    assert (answer.status_code, now_in(known).state) == (200, State.LEFT)


def test_other_pages_of_the_newsletter_still_ask_for_the_key_of_their_form() -> None:
    known, strict = reader(), Client(enforce_csrf_checks=True)
    for purpose in (Purpose.CONFIRM, Purpose.MANAGE):
        assert strict.post(path_of(known, purpose, "en"), {"language": "en"}).status_code == 403
    assert strict.post(FORM, {"email": "mei@example.org"}).status_code == 403


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "Two-Clicks"}, {"one-click": "List-Unsubscribe"}])
def test_looking_or_another_body_does_not_leave(client: Client, body: dict[str, str]) -> None:
    known = reader()
    link = path_of(known, Purpose.LEAVE, "en")
    assert client.get(link).status_code == client.head(link).status_code == 200
    page = client.post(link, body).content.decode()
    assert 'name="List-Unsubscribe" value="One-Click"' in page
    assert now_in(known).state == State.ACTIVE


def test_leaving_works_for_ever_and_as_often_as_one_likes(client: Client) -> None:
    known = reader()
    link = path_of(known, Purpose.LEAVE, "en")
    pages = [client.post(link, ONE_CLICK) for _ in range(2)]
    left_at = now_in(known).left_at
    Subscriber.objects.update(link_version=9)
    pages.append(client.post(link, ONE_CLICK))
    assert now_in(known).left_at == left_at
    known.delete()
    pages += [client.post(link, ONE_CLICK), client.get(link)]
    assert [page.status_code for page in pages] == [200] * 5
    assert all("No more newsletters" in page.content.decode() for page in pages)


def test_leaving_revokes_the_other_links(client: Client) -> None:
    known = reader()
    others = [path_of(known, purpose, "en") for purpose in (Purpose.CONFIRM, Purpose.MANAGE)]
    client.post(path_of(known, Purpose.LEAVE, "en"), ONE_CLICK)
    pages = [client.get(link) for link in others]
    assert [page.status_code for page in pages] == [404, 404]
    assert all("If you have left the newsletter" in page.content.decode() for page in pages)


# --- forgetting ---------------------------------------------------------------------------------------


def test_unconfirmed_are_forgotten_after_two_weeks_and_leavers_after_a_month() -> None:
    now = timezone.now()
    old = {"asked_at": now - timedelta(days=400)}
    reader(
        "asked-long-ago@example.org", state=State.ASKED, confirmed_at=None, asked_at=now - timedelta(days=15)
    )
    reader("left-long-ago@example.org", state=State.LEFT, left_at=now - timedelta(days=31), **old)
    kept = [
        reader("asked@example.org", state=State.ASKED, confirmed_at=None, asked_at=now - timedelta(days=13)),
        reader("left@example.org", state=State.LEFT, left_at=now - timedelta(days=29), **old),
        reader("back@example.org", state=State.LEFT, left_at=now - timedelta(days=31)),
        reader("reads@example.org", **old),
        reader("unreachable@example.org", state=State.UNREACHABLE, **old),
    ]
    forget_subscribers()
    assert set(Subscriber.objects.all()) == set(kept)


def test_a_stranger_does_not_change_the_day_on_which_a_reader_asked() -> None:
    subscribing.ask("mei@example.org", "en", "first")
    reader = Subscriber.objects.get()
    subscribing.confirm(reader, "en")
    subscribing.ask("mei@example.org", "en", "second")
    assert Message.objects.filter(kind="newsletter_asked").count() == 2
    assert Subscriber.objects.get().asked_at == reader.asked_at
