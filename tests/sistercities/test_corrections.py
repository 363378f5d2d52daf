"""Readers say what is wrong on a page; staff deal with it; a year later nobody remembers who said so."""

import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Member
from sistercities.mail.kinds import Letter, Overtaken, render
from sistercities.mail.models import Message
from sistercities.pages import corrections, forms_for_strangers
from sistercities.pages.forms_for_strangers import StrangerForm
from sistercities.pages.models import Correction, Page
from sistercities.tasks import run_due
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
PAGE = "/en/people/liang/"
FORM = f"/en/correction/?page={quote(PAGE)}"


@pytest.fixture(autouse=True)
def _time_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StrangerForm, "QUICKEST_SECONDS", 0.0)


@pytest.fixture
def liang() -> Any:
    return factories.person("liang", "Liang Lingguang", "梁灵光")


def send(client: Client, form: str = FORM, **said: str) -> Any:
    nonce = client.get(form).context["form"]["nonce"].value()
    return client.post(form, {"nonce": nonce, "text": "He was born in 1915.", **said})


def test_every_public_page_leads_to_the_form_about_itself(client: Client, liang: Page) -> None:
    bond, event = factories.relationship(), factories.past_event("signing")
    pages = [liang, bond, *bond.cities, factories.agreement(bond), factories.source(), event]
    pages.append(factories.remark(event))
    for page in pages:
        address = page.get_absolute_url()
        link = f"/en/correction/?page={quote(address)}"
        assert link in client.get(address).content.decode(), address
        assert client.get(link).status_code == 200


def test_form_names_the_page_in_the_language_of_the_reader(client: Client, liang: Page) -> None:
    assert "Liang Lingguang" in client.get(FORM).content.decode()
    answer = client.get(f"/zh-hans/correction/?page={quote(PAGE)}").content.decode()
    assert "梁灵光" in answer
    assert 'href="/zh-hans/people/liang/"' in answer


def test_form_is_kept_by_nobody(client: Client, liang: Page) -> None:
    assert "no-store" in client.get(FORM).headers["Cache-Control"]


def test_request_is_kept_and_both_sides_get_a_letter(client: Client, liang: Page) -> None:
    answer = send(client, name="Mei Chen", email="mei@example.org", evidence="The Gazette of 1980")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/en/correction/thanks/?page={quote(PAGE, safe='')}",
    )
    kept = Correction.objects.get()
    assert (kept.kind, kept.object_id, kept.state) == ("people.person", liang.pk, "new")
    assert (kept.text, kept.evidence, kept.name) == (
        "He was born in 1915.",
        "The Gazette of 1980",
        "Mei Chen",
    )
    assert sorted(Message.objects.values_list("kind", "to_email")) == [
        ("correction_received", "receptions@sistercities.example"),
        ("correction_thanks", "mei@example.org"),
    ]
    assert client.get(answer.headers["Location"]).status_code == 200


def test_without_an_address_nobody_is_thanked_by_mail(client: Client, liang: Page) -> None:
    send(client)
    assert list(Message.objects.values_list("kind", flat=True)) == ["correction_received"]


def letter(kind: str) -> Letter:
    return render(Message.objects.get(kind=kind))


def test_letter_of_thanks_is_in_the_readers_language_and_repeats_nothing_typed(
    client: Client, liang: Page
) -> None:
    form = f"/zh-hans/correction/?page={quote(PAGE)}"
    send(client, form, text="Buy pills", name="Pills Ltd", email="mei@example.org")
    written = letter("correction_thanks")
    assert "梁灵光" in written.subject
    assert "/zh-hans/people/liang/" in written.text
    assert "ills" not in written.text + written.html + written.subject


def test_letter_to_the_association_has_the_request_and_the_way_to_deal_with_it(
    client: Client, liang: Page
) -> None:
    send(client, text="He wrote <b>梁灵光</b>.", name="Mei Chen")
    written, kept = letter("correction_received"), Correction.objects.get()
    assert "He wrote <b>梁灵光</b>." in written.text
    assert "&lt;b&gt;" in written.html
    assert reverse("admin:pages_correction_change", args=[kept.pk]) in written.text


def test_letter_about_a_deleted_request_is_not_sent(client: Client, liang: Page) -> None:
    send(client)
    Correction.objects.all().delete()
    with pytest.raises(Overtaken):
        letter("correction_received")


def test_form_sent_twice_is_one_request(client: Client, liang: Page) -> None:
    said = {"nonce": client.get(FORM).context["form"]["nonce"].value(), "text": "Twice."}
    assert [client.post(FORM, said).status_code for _ in range(2)] == [303, 303]
    assert (Correction.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "x" * 4001),
        ("text", "hidden \u202e here"),
        ("evidence", "y" * 501),
        ("evidence", "two\nlines"),
        ("name", "Mei\u200bChen"),
        ("name", "😀"),
        ("email", "not an address"),
    ],
)
def test_what_cannot_be_taken_is_explained_beside_the_field_and_kept(
    client: Client, liang: Page, field: str, value: str
) -> None:
    answer = send(client, **{"text": "Something that took long to type.", field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in answer.content.decode()
    if field != "text":
        assert "Something that took long to type." in answer.content.decode()
    assert not Correction.objects.exists()


def test_text_may_have_lines_and_counts_a_break_once(client: Client, liang: Page) -> None:
    text = "x\r\n" * 1999 + "ab"
    assert send(client, text=text).status_code == 303
    assert Correction.objects.get().text == text.replace("\r\n", "\n")


def test_robot_is_thanked_and_forgotten(client: Client, liang: Page) -> None:
    assert send(client, website="https://example.org").status_code == 303
    assert not Correction.objects.exists()


def test_an_office_with_one_address_is_heard_and_a_flood_is_not(client: Client, liang: Page) -> None:
    for _ in range(forms_for_strangers.PER_HOUR):
        assert send(client).status_code == 303
    late = send(client, text="The one too many.")
    assert late.status_code == 429
    assert "The one too many." in late.content.decode()
    assert send(client, email="not an address").status_code == 422
    assert client.get(FORM).status_code == 200


def test_one_address_is_not_flooded_with_thanks(client: Client, liang: Page) -> None:
    for _ in range(5):
        send(client, email="victim@example.org")
    assert Message.objects.filter(to_email="victim@example.org").count() == corrections.THANKS_A_DAY


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/en/",
        "/en/people/",
        "/en/people/nobody/",
        "/en/people/draft/",
        "/zh-hans/people/draft/",
        "/en/people/later/",
        "/en/people/%00/",
        "https://example.org/",
        "//[",
        "x" * 5000,
    ],
)
def test_there_is_no_form_about_a_page_that_readers_cannot_open(client: Client, path: str) -> None:
    factories.person("draft", "Secret Person", status="draft")
    factories.person("later", "Secret Person", publish_at=timezone.now() + timedelta(days=1))
    for address in ("/en/correction/", "/en/correction/thanks/", "/zh-hans/correction/"):
        answer = client.get(address, {"page": path})
        assert answer.status_code == 404
        assert "Secret" not in answer.content.decode()
    assert client.post(f"/en/correction/?page={quote(path)}", {"text": "Is it there?"}).status_code == 404


def test_draft_does_not_lead_its_curator_to_a_form_that_is_not_there(client: Client, curator: Member) -> None:
    client.force_login(curator)
    factories.person("draft", status="draft")
    assert "/correction/" not in client.get("/en/people/draft/").content.decode()


def made(**fields: Any) -> Correction:
    person = fields.pop("person", None) or factories.person()
    about = {"kind": "people.person", "object_id": person.pk, "page_title": str(person)}
    values = {"text": "Wrong.", "nonce": secrets.token_hex(16), **about, **fields}
    return Correction.objects.create(**values)


def test_staff_see_new_requests_first_and_the_way_to_the_page(client: Client, curator: Member) -> None:
    client.force_login(curator)
    done = made(state="accepted", handled_at=timezone.now(), text="Handled already.")
    new = made(received_at=timezone.now() - timedelta(days=9), text="Waiting for long.")
    content = client.get(reverse("admin:pages_correction_changelist")).content.decode()
    assert content.index("Waiting for long.") < content.index("Handled already.")
    form = client.get(reverse("admin:pages_correction_change", args=[new.pk])).content.decode()
    assert reverse("admin:people_person_change", args=[new.object_id]) in form
    assert client.get(reverse("admin:pages_correction_add")).status_code == 403
    assert done.pk


def test_request_notes_who_handled_it_and_when(client: Client, curator: Member) -> None:
    client.force_login(curator)
    url = reverse("admin:pages_correction_change", args=[made().pk])
    client.post(url, sent(client.get(url), state="accepted", remark="Put right."))
    handled = Correction.objects.get()
    assert (handled.handled_by, handled.remark) == (curator, "Put right.")
    assert handled.handled_at is not None
    client.post(url, sent(client.get(url), state="new"))
    again = Correction.objects.get()
    assert (again.handled_by, again.handled_at) == (None, None)


def test_request_about_a_deleted_page_still_opens(client: Client, curator: Member) -> None:
    client.force_login(curator)
    lost = made(object_id=999_999, page_title="Gone")
    assert client.get(reverse("admin:pages_correction_change", args=[lost.pk])).status_code == 200


def test_list_of_requests_costs_the_same_with_many(
    client: Client, curator: Member, django_assert_num_queries: Any
) -> None:
    client.force_login(curator)
    person = factories.person()
    for _ in range(30):
        made(person=person)
    with django_assert_num_queries(5):
        client.get(reverse("admin:pages_correction_changelist"))


def test_request_is_deleted_a_year_after_it_was_handled() -> None:
    long_ago = timezone.now() - timedelta(days=366)
    made(state="accepted", handled_at=long_ago)
    kept = [made(received_at=long_ago), made(state="declined", handled_at=timezone.now())]
    run_due(now=10**9)
    assert set(Correction.objects.all()) == set(kept)
