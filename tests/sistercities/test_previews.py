"""Previews: a secret link shows one draft to somebody without an account, for a while, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Member
from sistercities.logs import without_links
from sistercities.pages.models import PreviewLink, Status
from sistercities.pages.previews import make_link, revoke
from tests import factories

pytestmark = pytest.mark.django_db
DRAFT = {"status": Status.DRAFT}
TOMORROW = {"publish_at": timezone.now() + timedelta(days=1)}
HIDDEN = [DRAFT, TOMORROW]
both = pytest.mark.parametrize("hidden", HIDDEN, ids=["draft", "scheduled"])


def _bond(**fields: Any) -> Any:
    return factories.relationship(**fields)


MAKERS = {
    "source": factories.source,
    "person": factories.person,
    "city": factories.city,
    "relationship": _bond,
    "agreement": lambda **fields: factories.agreement(_bond(), **fields),
    "event": factories.event,
    "record": factories.past_event,
    "remark": lambda **fields: factories.remark(factories.past_event(**fields), factories.person(), **fields),
}
each_kind = pytest.mark.parametrize("kind", MAKERS)


def _address(link: PreviewLink, language: str = "en") -> str:
    return f"/{language}/preview/{link.secret}/"


@both
@each_kind
def test_the_link_shows_the_draft_in_both_languages_with_a_banner(
    client: Client, kind: str, hidden: dict[str, Any]
) -> None:
    page = MAKERS[kind](**hidden)
    link = make_link(page, 7)
    for language, title in (("en", page.title_en), ("zh-hans", page.title_zh_hans or page.title_en)):
        answer = client.get(_address(link, language))
        html = answer.content.decode()
        assert answer.status_code == 200
        assert title in html
        assert "data-preview" in html
        assert client.get(page.get_absolute_url()).status_code == 404


def test_nobody_keeps_or_indexes_a_preview_or_is_told_its_address(client: Client) -> None:
    link = make_link(factories.city(**DRAFT), 7)
    for _again in range(2):
        answer = client.get(_address(link))
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "ETag" not in answer.headers
        assert not answer.cookies
    html = answer.content.decode()
    assert '<link rel="canonical"' not in html
    assert '<link rel="alternate"' not in html
    assert "og:url" not in html
    assert 'content="noindex"' in html


def test_the_other_language_is_a_preview_too(client: Client) -> None:
    link = make_link(factories.city(**DRAFT), 7)
    html = client.get(_address(link)).content.decode()
    assert f'href="{_address(link, "zh-hans")}"' in html


def test_ended_revoked_deleted_and_unknown_links_get_one_same_answer(client: Client) -> None:
    page = factories.city(**DRAFT)
    over, taken_back, of_deleted = (
        make_link(page, 7),
        make_link(page, 7),
        make_link(factories.person(**DRAFT), 7),
    )
    past = timezone.now() - timedelta(days=9)
    PreviewLink.objects.filter(pk=over.pk).update(made_at=past, expires_at=past + timedelta(days=1))
    revoke(taken_back)
    type(factories.person()).objects.filter(pk=of_deleted.object_id).delete()
    answers = [client.get(_address(link)) for link in (over, taken_back, of_deleted)]
    answers.append(client.get("/en/preview/no-such-secret/"))
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    secrets = [over.secret, taken_back.secret, of_deleted.secret, "no-such-secret"]
    texts = [
        answer.content.decode().replace(secret, "") for answer, secret in zip(answers, secrets, strict=True)
    ]
    assert len(set(texts)) == 1
    assert "This preview has ended" in texts[0]


def test_a_preview_shows_no_other_draft(client: Client) -> None:
    bond = factories.relationship(**DRAFT)
    agreement = factories.agreement(bond, title_en="Hidden agreement", **DRAFT)
    answer = client.get(_address(make_link(bond, 7)))
    assert answer.status_code == 200
    assert "Hidden agreement" not in answer.content.decode()
    assert client.get(agreement.get_absolute_url()).status_code == 404


def test_staff_who_open_a_preview_see_what_its_reader_sees(client: Client, curator: Member) -> None:
    client.force_login(curator)
    bond = factories.relationship(**DRAFT)
    factories.agreement(bond, title_en="Hidden agreement", **DRAFT)
    html = client.get(_address(make_link(bond, 7))).content.decode()
    assert "data-preview" in html
    assert "Hidden agreement" not in html
    assert curator.name not in html


def test_nobody_answers_an_invitation_from_a_preview(client: Client) -> None:
    event = factories.reception()
    type(event).objects.filter(pk=event.pk).update(**DRAFT)
    html = client.get(_address(make_link(event, 7))).content.decode()
    assert 'data-door="preview"' in html
    assert "/rsvp/" not in html
    assert "calendar.ics" not in html, "strangers would find nothing there yet"


def test_once_the_page_is_public_the_link_leads_there(client: Client) -> None:
    city = factories.city()
    answer = client.get(_address(make_link(city, 7)))
    assert (answer.status_code, answer.headers["Location"]) == (302, city.get_absolute_url())
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_preview_is_only_looked_at(client: Client) -> None:
    assert client.post(_address(make_link(factories.city(**DRAFT), 7))).status_code == 405


def test_a_preview_costs_three_queries_more_than_its_page(client: Client) -> None:
    city = factories.city()
    link = make_link(city, 7)
    with CaptureQueriesContext(connection) as public:
        client.get(city.get_absolute_url())
    type(city).objects.update(**DRAFT)
    with CaptureQueriesContext(connection) as preview:
        client.get(_address(link))
    # A public page asks for the stamp, along with what its foot leads to, and for the next turn; a preview for the
    # link, its page, and the foot.
    assert len(preview) == len(public) + 1


def test_the_log_holds_no_secret() -> None:
    assert without_links("Not Found: /en/preview/abc-DEF_123/") == "Not Found: /en/preview/…/"


# --- in the admin ------------------------------------------------------------------------------------


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _previews(page: Any) -> str:
    return reverse("admin:relationships_city_previews", args=[page.pk])


@both
def test_staff_make_a_link_to_what_is_not_public(
    staff: Client, curator: Member, hidden: dict[str, Any]
) -> None:
    city = factories.city(**hidden)
    form = staff.get(reverse("admin:relationships_city_change", args=[city.pk])).content.decode()
    assert _previews(city) in form
    html = staff.post(_previews(city), {"days": "30", "note": "Mrs Li"}, follow=True).content.decode()
    link = PreviewLink.objects.get()
    assert (link.note, link.made_by) == ("Mrs Li", curator)
    assert (link.expires_at - link.made_at).days == 30
    assert f"/en/preview/{link.secret}/" in html
    assert f"/zh-hans/preview/{link.secret}/" in html
    assert (
        link.secret
        not in staff.get(reverse("admin:relationships_city_history", args=[city.pk])).content.decode()
    )


def test_staff_take_a_link_back(staff: Client) -> None:
    city = factories.city(**DRAFT)
    link = make_link(city, 7, "Mrs Li")
    url = reverse("admin:relationships_city_revoke", args=[city.pk, link.pk])
    staff.get(url)
    assert PreviewLink.objects.open().exists(), "a GET changes nothing"
    html = staff.post(url, follow=True).content.decode()
    assert "Mrs Li" not in html
    assert not PreviewLink.objects.open().exists()


def test_a_public_page_gets_no_link(staff: Client) -> None:
    city = factories.city()
    assert (
        _previews(city)
        not in staff.get(reverse("admin:relationships_city_change", args=[city.pk])).content.decode()
    )
    staff.post(_previews(city), {"days": "7", "note": ""})
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("days", ["", "0", "365", "7 days"])
def test_a_link_works_for_a_day_a_week_or_a_month(staff: Client, days: str) -> None:
    city = factories.city(**DRAFT)
    assert staff.post(_previews(city), {"days": days}).status_code == 200
    assert not PreviewLink.objects.exists()


def test_a_link_of_another_page_is_not_taken_back(staff: Client) -> None:
    city, link = factories.city(**DRAFT), make_link(factories.person(**DRAFT), 7)
    url = reverse("admin:relationships_city_revoke", args=[city.pk, link.pk])
    assert staff.post(url).status_code == 404


def test_members_make_no_links(client: Client, member: Member) -> None:
    client.force_login(member)
    city = factories.city(**DRAFT)
    client.post(_previews(city), {"days": "7"})
    assert not PreviewLink.objects.exists()
