"""Who is given a stored file: everybody once a public page shows it; before that staff, and whoever reads a preview."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import models
from django.test import Client
from django.utils import timezone

from people.models import Member
from sistercities.media import FOR_GOOD, FOR_NOBODY_ELSE
from sistercities.news.models import Story
from sistercities.pages.models import Document, Page, Picture
from sistercities.pages.previews import addresses_of, make_link, revoke
from sistercities.pages.publishing import publish, withdraw
from sistercities.pages.shown import relations_to
from tests import factories

pytestmark = pytest.mark.django_db
DRAFT = {"status": "draft"}
LATER = {"publish_at": timezone.now() + timedelta(days=1)}


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    staff = Client()
    staff.force_login(curator)
    return staff


def _story(**fields: Any) -> Any:
    texts = {"slug": "story", "title_en": "News", "title_zh_hans": "新闻", "status": "published"}
    return Story.objects.create(**{**texts, "publish_at": factories.PAST, **fields})


def _in_gallery(page: Any, picture: Picture) -> Any:
    page.gallery.create(picture=picture)
    return page


PICTURE_HOLDERS = {
    "a city": lambda picture, **fields: factories.city(picture=picture, **fields),
    "a person": lambda picture, **fields: factories.person(portrait=picture, **fields),
    "the gallery of a person": lambda picture, **fields: _in_gallery(factories.person(**fields), picture),
    "the gallery of an event": lambda picture, **fields: _in_gallery(factories.past_event(**fields), picture),
    "an unlisted event": lambda picture, **fields: _in_gallery(
        factories.past_event(visibility="unlisted", **fields), picture
    ),
    "a story": lambda picture, **fields: _in_gallery(_story(**fields), picture),
}


def _event_with(document: Document, **fields: Any) -> Any:
    event = factories.past_event(**fields)
    event.documents.create(document=document)
    return event


def _agreement_with(document: Document, **fields: Any) -> Any:
    agreement = factories.agreement(**fields)
    agreement.wordings.create(language="en", scan=document)
    return agreement


DOCUMENT_HOLDERS = {"an event": _event_with, "an agreement": _agreement_with}
HOLDERS = [(factories.picture, make) for make in PICTURE_HOLDERS.values()]
HOLDERS += [(factories.document, make) for make in DOCUMENT_HOLDERS.values()]  # type: ignore[list-item]
each_holder = pytest.mark.parametrize(("file", "held_by"), HOLDERS, ids=[*PICTURE_HOLDERS, *DOCUMENT_HOLDERS])


def _keys_in(html: str) -> list[str]:
    return [found.replace("&amp;", "&") for found in re.findall(r"/media/[^\s\"]+\?key=[^\s\"]+", html)]


# --- everybody, nobody ----------------------------------------------------------------------------------------


@each_holder
def test_file_is_public_while_a_public_page_shows_it(client: Client, file: Any, held_by: Any) -> None:
    kept = file()
    assert client.get(kept.url).status_code == 404
    page = held_by(kept)
    assert client.get(kept.url)["Cache-Control"] == FOR_GOOD
    withdraw(page)
    refused = client.get(kept.url)
    assert (refused.status_code, refused["Cache-Control"]) == (404, "no-store")
    publish(page)
    assert client.get(kept.url).status_code == 200


@each_holder
@pytest.mark.parametrize("hidden", [DRAFT, LATER], ids=["draft", "scheduled"])
def test_file_of_a_hidden_page_is_for_staff_alone(
    client: Client, staff: Client, member: Member, file: Any, held_by: Any, hidden: dict[str, Any]
) -> None:
    kept = file()
    held_by(kept, **hidden)
    assert client.get(kept.url).status_code == 404
    client.force_login(member)
    assert client.get(kept.url).status_code == 404
    shown = staff.get(kept.url)
    assert (shown.status_code, shown["Cache-Control"]) == (200, FOR_NOBODY_ELSE)
    assert shown["X-Robots-Tag"] == "noindex"


def test_scheduled_file_appears_with_its_page(client: Client) -> None:
    picture = factories.picture()
    factories.person(portrait=picture, **LATER)
    assert client.get(picture.url).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert client.get(picture.url).status_code == 200


def test_one_public_page_among_hidden_ones_is_enough(client: Client) -> None:
    picture = factories.picture()
    factories.person(portrait=picture, **DRAFT)
    assert client.get(picture.url).status_code == 404
    factories.city(picture=picture)
    assert client.get(picture.url).status_code == 200


@pytest.mark.parametrize("wanting", ["alt_en", "alt_zh_hans"])
def test_picture_that_nobody_described_is_given_to_staff_alone(
    client: Client, staff: Client, wanting: str
) -> None:
    picture = factories.picture(**{wanting: ""})
    factories.person(portrait=picture)
    assert client.get(picture.url).status_code == 404
    assert staff.get(picture.url).status_code == 200


def test_all_copies_of_a_public_picture_are_given_with_all_guards(client: Client) -> None:
    picture = factories.picture(1000, 500)
    factories.person(portrait=picture)
    for name in picture.file_names:
        response = client.get(f"/media/{name}", HTTP_ACCEPT_ENCODING="gzip")
        assert response["Content-Length"] == str(default_storage.size(name))
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        assert b"".join(response.streaming_content) == default_storage.open(name).read()
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies


def test_file_on_record_is_not_given_once_its_row_is_gone(client: Client, staff: Client) -> None:
    picture = factories.picture()
    Picture.objects.all()._raw_delete(using="default")
    assert default_storage.exists(picture.file.name)
    assert client.get(picture.url).status_code == staff.get(picture.url).status_code == 404


# --- at what cost ---------------------------------------------------------------------------------------------


def test_a_fetch_costs_one_query_and_two_where_it_is_not_public(
    client: Client, staff: Client, member: Member, django_assert_num_queries: Any
) -> None:
    shown, hidden = factories.picture(), factories.picture()
    person = factories.person(portrait=shown)
    draft = factories.person(portrait=hidden, **DRAFT)
    member_client = Client()
    member_client.force_login(member)
    for reader, picture, status, queries in (
        (client, shown, 200, 1),
        (member_client, shown, 200, 1),
        (staff, shown, 200, 1),
        (staff, hidden, 200, 2),
        (client, hidden, 404, 1),
        (member_client, hidden, 404, 2),
    ):
        with django_assert_num_queries(queries):
            assert reader.get(picture.url).status_code == status
    html = client.get(f"/en/preview/{make_link(draft, 1).secret}/").content.decode()
    with django_assert_num_queries(2):
        assert client.get(_keys_in(html)[0]).status_code == 200
    assert person.portrait == shown


def test_session_that_was_ended_or_forged_opens_nothing(client: Client, staff: Client) -> None:
    picture = factories.picture()
    assert staff.get(picture.url).status_code == 200
    cookie = staff.cookies["sessionid"].value
    staff.logout()
    client.cookies["sessionid"] = cookie
    assert client.get(picture.url).status_code == 404
    client.cookies["sessionid"] = "x" * 32
    assert client.get(picture.url).status_code == 404


def test_curator_who_left_is_given_nothing_more(staff: Client, curator: Member) -> None:
    picture = factories.picture()
    Member.objects.filter(pk=curator.pk).update(is_staff=False)
    assert staff.get(picture.url).status_code == 404
    Member.objects.filter(pk=curator.pk).update(is_staff=True, is_active=False)
    assert staff.get(picture.url).status_code == 404


# --- previews -------------------------------------------------------------------------------------------------


@each_holder
def test_preview_shows_the_files_of_its_draft(client: Client, file: Any, held_by: Any) -> None:
    kept = file()
    link = make_link(held_by(kept, **DRAFT), 7)
    keys = _keys_in(client.get(f"/en/preview/{link.secret}/").content.decode())
    assert any(kept.url in each for each in keys)
    for address in keys:
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (200, FOR_NOBODY_ELSE)


def test_key_opens_one_file_only_and_dies_with_its_link_and_its_day(client: Client) -> None:
    kept, other = factories.picture(), factories.picture()
    link = make_link(factories.person(portrait=kept, **DRAFT), 30)
    address = _keys_in(client.get(f"/en/preview/{link.secret}/").content.decode())[0]
    key = address.partition("?")[2]
    assert client.get(address).status_code == 200
    assert client.get(f"{other.url}?{key}").status_code == 404
    assert client.get(f"{kept.url}?{key[:-1]}").status_code == 404
    assert client.get(f"{kept.url}?key=1:1:1").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert client.get(address).status_code == 404
    revoke(link)
    assert client.get(address).status_code == 404


def test_addresses_carry_a_key_in_previews_only(client: Client, staff: Client) -> None:
    person = factories.person("bradley", portrait=factories.picture(), **DRAFT)
    assert "?key=" not in staff.get("/en/people/bradley/").content.decode()
    assert "?key=" in client.get(addresses_of(make_link(person, 1))[0].url).content.decode()
    publish(person)
    assert "?key=" not in client.get("/en/people/bradley/").content.decode()


# --- every relation there is ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("model", "holders"), [(Picture, PICTURE_HOLDERS), (Document, DOCUMENT_HOLDERS)])
def test_every_relation_to_a_file_leads_to_a_page_and_is_tried_above(
    model: type[models.Model], holders: dict[str, Any]
) -> None:
    kinds = {f"{holder._meta.label_lower}.{name}" for holder, name, _way, _page in relations_to(model)}
    every = {
        f"{relation.related_model._meta.label_lower}.{relation.field.name}"
        for relation in model._meta.related_objects
    }
    assert kinds == every
    assert len(kinds) == len([name for name in holders if name != "an unlisted event"])
    assert all(issubclass(page, Page) for _holder, _name, _way, page in relations_to(model))


# --- nothing else ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "../secret.jpg",
        "pictures/../../secret.jpg",
        "pictures/%2e%2e/secret.jpg",
        "/secret.jpg",
        "secret.jpg",
        "pictures/",
        "pictures/" + "0" * 32 + ".webp",
        "pictures/" + "0" * 32 + ".webp\n",
        "pictures/" + "0" * 32 + ".html",
        "originals/" + "0" * 32,
    ],
)
def test_no_path_leads_out_of_the_store(staff: Client, settings: Any, tmp_path: Path, path: str) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    for folder, name in (("pictures", "0" * 32 + ".html"), ("originals", "0" * 32)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(b"secret")
    for method in (staff.get, staff.post):
        response = method(f"/media/{path}")
        assert response.status_code in {404, 405}
        assert b"secret" not in response.content.replace(path.encode(), b"")
