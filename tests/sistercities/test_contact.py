"""Visitors write to the association; staff read it and answer; a year later nobody remembers who wrote."""

import secrets
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Member
from sistercities.mail import outbox
from sistercities.mail.delivery import compose
from sistercities.mail.kinds import Overtaken, render
from sistercities.mail.models import Message
from sistercities.news.models import Enquiry
from sistercities.news.tasks import forget_handled_enquiries
from sistercities.news.views import ENQUIRIES_PER_HOUR
from sistercities.pages.forms_for_strangers import StrangerForm
from sistercities.pages.models import StandingPage, Status
from sistercities.pages.previews import addresses_of, make_link
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
FORM = "/en/contact/"
SAID = {
    "name": "Mei Chen",
    "email": "mei@example.org",
    "subject": "A school exchange",
    "text": "Our pupils would like to write letters.",
}


@pytest.fixture(autouse=True)
def _time_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StrangerForm, "QUICKEST_SECONDS", 0.0)


def standing(**fields: Any) -> StandingPage:
    texts = {"title_en": "Contact us", "title_zh_hans": "联系方式", "body_en": "Our door stands open."}
    return StandingPage.objects.create(**factories._page("contact", "", "", **{**texts, **fields}))


def send(client: Client, form: str = FORM, **said: str) -> Any:
    nonce = client.get(form).context["form"]["nonce"].value()
    return client.post(form, {"nonce": nonce, **SAID, **said})


def test_form_stands_below_the_text_of_the_standing_page(client: Client) -> None:
    standing()
    page = client.get(FORM).content.decode()
    assert page.index("Our door stands open.") < page.index("<form")
    assert "联系方式" in client.get("/zh-hans/contact/").content.decode()
    assert "/en/correction/?page=/en/contact/" in page
    assert client.get("/en/correction/?page=/en/contact/").status_code == 200


@pytest.mark.parametrize("hidden", [None, {"status": Status.DRAFT}])
def test_without_a_page_the_form_stands_by_itself(client: Client, hidden: Any) -> None:
    if hidden:
        standing(**hidden)
    page = client.get(FORM).content.decode()
    assert "<form" in page
    assert "Our door stands open." not in page
    assert "<h1>Contact</h1>" in page


def test_preview_of_the_page_shows_its_draft(client: Client) -> None:
    page = standing(status=Status.DRAFT)
    for address in addresses_of(make_link(page, 1)):
        shown = client.get(address.url.removeprefix("http://127.0.0.1:8000")).content.decode()
        assert "Our door stands open." in shown


def test_page_with_a_form_is_kept_by_nobody(client: Client) -> None:
    assert "no-store" in client.get(FORM).headers["Cache-Control"]


def test_message_is_kept_and_reaches_the_association_alone(client: Client) -> None:
    answer = send(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/contact/thanks/")
    assert client.get(answer.headers["Location"]).status_code == 200
    kept = Enquiry.objects.get()
    assert {name: getattr(kept, name) for name in SAID} == SAID
    assert (kept.language, kept.state) == ("en", "new")
    assert list(Message.objects.values_list("kind", "to_email", "to_name")) == [
        ("enquiry_received", "receptions@sistercities.example", "")
    ]


def written() -> Any:
    message = Message.objects.get()
    return compose(message, render(message)).message()


def test_letter_to_the_association_is_answered_to_the_visitor(client: Client) -> None:
    send(client, "/zh-hans/contact/", name="陈美", text="孩子们想写信。\r\n<b>谢谢</b>")
    letter = written()
    assert parseaddr(letter["Reply-To"])[1] == "mei@example.org"
    assert str(letter["Reply-To"]).count("@") == 1
    assert "A school exchange" in str(letter["Subject"])
    plain, html = (part.get_payload(decode=True).decode() for part in letter.get_payload())
    assert "孩子们想写信。\n<b>谢谢</b>" in plain
    assert "&lt;b&gt;谢谢" in html
    assert reverse("admin:news_enquiry_change", args=[Enquiry.objects.get().pk]) in plain


@pytest.mark.parametrize("name", ['Mei "M" Chen', "Chen, Mei", "Mei (Chen)", "梁", "O’Hara; Zoë", "a" * 150])
def test_no_name_breaks_a_header(client: Client, name: str) -> None:
    assert send(client, name=name).status_code == 303
    letter = written()
    assert parseaddr(str(letter["Reply-To"]))[1] == "mei@example.org"
    assert letter["To"] == "receptions@sistercities.example"


def test_mail_goes_out_through_the_outbox(client: Client) -> None:
    send(client)
    assert mail.outbox == []
    assert outbox.send_due() == 1
    (letter,) = mail.outbox
    assert letter.recipients() == ["receptions@sistercities.example"]


def test_letter_about_a_deleted_message_is_not_sent(client: Client) -> None:
    send(client)
    Enquiry.objects.all().delete()
    with pytest.raises(Overtaken):
        render(Message.objects.get())


def test_form_sent_twice_is_one_message(client: Client) -> None:
    said = {"nonce": client.get(FORM).context["form"]["nonce"].value(), **SAID}
    assert [client.post(FORM, said).status_code for _ in range(2)] == [303, 303]
    assert (Enquiry.objects.count(), Message.objects.count()) == (1, 1)


MISTAKES = [
    ("name", ""),
    ("name", "Mei\nBcc: victim@example.org"),
    ("name", "Mei\u202eChen"),
    ("name", "😀"),
    ("name", "x" * 151),
    ("name", "Visit www.example.com"),
    ("email", ""),
    ("email", "mei"),
    ("email", "mei@example.org\nBcc: victim@example.org"),
    ("email", "a@example.org, b@example.org"),
    ("email", "x" * 250 + "@example.org"),
    ("subject", ""),
    ("subject", "Two\nlines"),
    ("subject", "x" * 151),
    ("text", ""),
    ("text", "x" * 4001),
    ("text", "hidden \u202e here"),
]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("field", "value"), MISTAKES)
def test_what_cannot_be_taken_is_explained_beside_the_field_and_the_rest_is_kept(
    client: Client, language: str, field: str, value: str
) -> None:
    answer = send(client, f"/{language}/contact/", **{field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    for kept in SAID.keys() - {field}:
        assert SAID[kept] in page
    assert (Enquiry.objects.count(), Message.objects.count()) == (0, 0)


def test_who_writes_in_three_seconds_is_asked_again_and_loses_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StrangerForm, "QUICKEST_SECONDS", 3.0)
    answer = send(client)
    assert answer.status_code == 422
    for words in (*SAID.values(), str(StrangerForm.TOO_QUICK)):
        assert words in answer.content.decode()
    nonce = answer.context["form"]["nonce"].value()
    monkeypatch.setattr(StrangerForm, "QUICKEST_SECONDS", 0.0)
    assert client.post(FORM, {"nonce": nonce, **SAID}).status_code == 303


def test_robot_is_thanked_and_forgotten(client: Client) -> None:
    assert send(client, website="https://example.org").status_code == 303
    assert not Enquiry.objects.exists()


def test_flood_is_held_back_and_keeps_its_words(client: Client) -> None:
    for _ in range(ENQUIRIES_PER_HOUR):
        assert send(client).status_code == 303
    late = send(client, text="The one too many.")
    assert late.status_code == 429
    assert "The one too many." in late.content.decode()
    assert Enquiry.objects.count() == ENQUIRIES_PER_HOUR


def test_form_without_the_key_of_the_browser_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post(FORM, SAID).status_code == 403


def made(**fields: Any) -> Enquiry:
    return Enquiry.objects.create(**{**SAID, "nonce": secrets.token_hex(16), **fields})


def test_staff_see_new_messages_first_and_note_who_answered(client: Client, curator: Member) -> None:
    client.force_login(curator)
    made(state="answered", handled_at=timezone.now(), text="Answered already.")
    new = made(received_at=timezone.now() - timedelta(days=9), text="Waiting for long.")
    content = client.get(reverse("admin:news_enquiry_changelist")).content.decode()
    assert content.index("Waiting for long.") < content.index("Answered already.")
    url = reverse("admin:news_enquiry_change", args=[new.pk])
    client.post(url, sent(client.get(url), state="answered", remark="Wrote to the school."))
    handled = Enquiry.objects.get(pk=new.pk)
    assert (handled.state, handled.handled_by, handled.remark) == (
        "answered",
        curator,
        "Wrote to the school.",
    )
    assert handled.handled_at is not None


def test_nobody_rewrites_what_a_visitor_wrote(client: Client, curator: Member) -> None:
    client.force_login(curator)
    url = reverse("admin:news_enquiry_change", args=[made().pk])
    client.post(url, {**sent(client.get(url)), "text": "Something else", "email": "other@example.org"})
    assert Enquiry.objects.get().text == SAID["text"]
    assert Enquiry.objects.get().email == SAID["email"]
    assert client.get(reverse("admin:news_enquiry_add")).status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_list_of_messages_costs_the_same_with_many(
    client: Client, curator: Member, django_assert_num_queries: Any, number: int
) -> None:
    client.force_login(curator)
    for _ in range(number):
        made()
    with django_assert_num_queries(5):
        client.get(reverse("admin:news_enquiry_changelist"))


def test_message_is_deleted_a_year_after_it_was_handled() -> None:
    long_ago = timezone.now() - timedelta(days=366)
    made(state="answered", handled_at=long_ago)
    kept = [made(received_at=long_ago), made(state="closed", handled_at=timezone.now())]
    forget_handled_enquiries()
    assert set(Enquiry.objects.all()) == set(kept)
