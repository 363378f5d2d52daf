"""Pictures: stored in several widths, described in both languages, shown in the place of a seal."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from PIL import Image

from people.models import Member
from relationships.models import Signature
from sistercities.pages.models import Picture
from tests import factories
from tests.sistercities.picture_files import EPS, polyglot, with_position

ADD = "admin:pages_picture_add"
WORDS = {"alt_en": "A teal field", "alt_zh_hans": "一片青色", "rights": "Our own", "focus": "top"}
WORDS |= {"licence": "permission"}


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    """What readers may be given; the originals lie beside it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    place = {"location": tmp_path / "private", "base_url": None}
    private = {**settings.STORAGES["private"], "OPTIONS": place}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    return tmp_path / "media"


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _stored(store: Path) -> list[str]:
    return sorted(path.name for path in store.rglob("*") if path.is_file())


# --- what is stored ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_picture_is_stored_in_all_widths_under_a_name_nobody_can_guess(store: Path) -> None:
    picture = factories.picture(1000, 500)
    assert (picture.width, picture.height) == (1000, 500)
    assert re.fullmatch(r"pictures/[0-9a-f]{32}\.webp", picture.file.name)
    sizes = {name: Image.open(store / name).size for name in picture.file_names}
    assert list(sizes.values()) == [(1000, 500), (480, 240), (960, 480)]
    assert len(_stored(store)) == 3


@pytest.mark.django_db
def test_original_is_kept_byte_for_byte_where_nobody_finds_it(store: Path) -> None:
    sent = polyglot()
    picture = Picture.objects.create(file=ContentFile(sent, name="梁灵光 at home.jpg"), **WORDS)
    kept = store.parent / "private" / picture.original.name
    assert kept.read_bytes() == sent
    assert re.fullmatch(r"originals/[0-9a-f]{32}", picture.original.name)
    assert [b"script" in path.read_bytes() for path in store.rglob("*.webp")] == [False]
    with pytest.raises(NotImplementedError):
        picture.original.url  # noqa: B018 - a private store gives no address


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["originals/{}", "media/originals/{}", "private/originals/{}"])
def test_original_is_served_under_no_address(client: Client, curator: Member, path: str) -> None:
    picture = factories.picture()
    factories.person(portrait=picture)
    client.force_login(curator)
    name = picture.original.name.rpartition("/")[2]
    assert client.get(f"/{path.format(name)}").status_code == 404
    assert client.get(f"/media/{path.format(name)}").status_code == 404


@pytest.mark.django_db
def test_what_is_no_picture_cannot_be_stored_past_the_form(store: Path) -> None:
    with pytest.raises(ValidationError):
        Picture.objects.create(file=ContentFile(EPS, name="picture.jpg"), **WORDS)
    assert _stored(store.parent) == []


@pytest.mark.django_db
def test_new_file_takes_the_place_of_the_old(store: Path, django_capture_on_commit_callbacks: Any) -> None:
    picture = factories.picture()
    before = [*picture.file_names, picture.original.name]
    with django_capture_on_commit_callbacks(execute=True):
        picture.full_clean()
        picture.file = ContentFile(factories.jpeg(500, 20), name="other.jpg")
        picture.save()
    assert picture.widths == [480]
    assert not set(before) & {*picture.file_names, picture.original.name}
    assert len(_stored(store)) == 2
    assert len(_stored(store.parent / "private")) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("at_once", [True, False], ids=["from the list", "one"])
def test_files_go_when_it_is_certain_that_the_picture_is_gone(
    store: Path, django_capture_on_commit_callbacks: Any, *, at_once: bool
) -> None:
    picture = factories.picture(700, 500)
    with django_capture_on_commit_callbacks(execute=True):
        (Picture.objects.all() if at_once else picture).delete()
        assert len(_stored(store.parent)) == 3
    assert _stored(store.parent) == []


@pytest.mark.django_db
def test_picture_in_use_is_not_deleted(store: Path) -> None:
    portrait, scene, view, further = (factories.picture() for _ in range(4))
    factories.person(portrait=portrait).gallery.create(picture=further)
    factories.past_event().gallery.create(picture=scene)
    factories.city(picture=view)
    for picture in (portrait, scene, view, further):
        with pytest.raises(ProtectedError):
            picture.delete()
    assert len(_stored(store)) == 4


# --- the copies again -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_copies_are_made_again_from_the_original_under_new_names(
    store: Path, django_capture_on_commit_callbacks: Any
) -> None:
    picture = factories.picture(1000, 500)
    before, original = picture.file_names, picture.original.name
    (store / before[1]).write_bytes(b"spoilt")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("remake_pictures", verbosity=0)
    picture.refresh_from_db()
    assert picture.original.name == original
    assert not set(before) & set(picture.file_names)
    assert [Image.open(store / name).size for name in picture.file_names] == [
        (1000, 500),
        (480, 240),
        (960, 480),
    ]
    assert len(_stored(store.parent)) == 4


@pytest.mark.django_db
def test_picture_older_than_the_store_of_originals_is_made_again_from_its_copy(store: Path) -> None:
    picture = factories.picture(1000, 500)
    Picture.objects.update(original="")
    call_command("remake_pictures", str(picture.pk), verbosity=0)
    picture.refresh_from_db()
    assert (picture.width, picture.original.name) == (1000, "")


@pytest.mark.django_db
def test_picture_that_cannot_be_made_again_is_named_and_the_others_are_made(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost, kept = factories.picture(), factories.picture()
    (store.parent / "private" / lost.original.name).unlink()
    with pytest.raises(SystemExit):
        call_command("remake_pictures")
    assert f"{lost.pk}: " in capsys.readouterr().err
    assert Picture.objects.get(pk=lost.pk).file == lost.file
    assert Picture.objects.get(pk=kept.pk).file != kept.file


# --- what curators see ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_curator_uploads_a_picture_and_sees_it_in_the_list(staff: Client) -> None:
    sent = SimpleUploadedFile("广州.JPG", with_position(), "image/jpeg")
    assert staff.post(reverse(ADD), {**WORDS, "file": sent}).status_code == 302
    picture = Picture.objects.get()
    assert picture.height == 80
    listed = staff.get(reverse("admin:pages_picture_changelist")).content.decode()
    assert f'<img class="thumb focus-top" src="{picture.thumbnail}"' in listed
    change = reverse("admin:pages_picture_change", args=[picture.pk])
    assert staff.post(change, {**WORDS, "alt_en": "Another"}).status_code == 302
    assert Picture.objects.get().file.name == picture.file.name


@pytest.mark.django_db
def test_empty_file_is_called_empty(staff: Client) -> None:
    page = staff.post(reverse(ADD), {**WORDS, "file": SimpleUploadedFile("picture.jpg", b"", "image/jpeg")})
    assert "empty" in str(page.context["adminform"].form.errors["file"])


@pytest.mark.django_db
def test_picture_may_be_uploaded_without_words_and_is_found_by_that(staff: Client) -> None:
    sent = SimpleUploadedFile("picture.jpg", factories.jpeg(), "image/jpeg")
    terms = {"rights": "Our own", "focus": "top", "licence": "cc0-1.0"}
    assert staff.post(reverse(ADD), {**terms, "file": sent}).status_code == 302
    picture = Picture.objects.get()
    factories.picture()
    listed = staff.get(reverse("admin:pages_picture_changelist"), {"described": "no"})
    assert list(listed.context["cl"].queryset) == [picture]
    assert f"picture {picture.pk}, not described yet" in listed.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("wanting", ["alt_en", "alt_zh_hans"])
def test_description_of_a_picture_that_readers_see_cannot_be_taken_away(staff: Client, wanting: str) -> None:
    picture = factories.picture()
    change = reverse("admin:pages_picture_change", args=[picture.pk])
    person = factories.person(portrait=picture)
    errors = staff.post(change, {**WORDS, wanting: ""}).context["adminform"].form.errors
    assert "A public page shows this picture" in str(errors[wanting])
    type(person).objects.update(status="draft")
    assert staff.post(change, {**WORDS, wanting: ""}).status_code == 302


@pytest.mark.django_db
def test_curator_sees_where_a_picture_is_used(staff: Client) -> None:
    picture = factories.picture()
    change = reverse("admin:pages_picture_change", args=[picture.pk])
    assert "nowhere yet" in staff.get(change).content.decode()
    event = factories.past_event("signing", status="draft")
    event.gallery.create(picture=picture)
    event_change = reverse("admin:events_event_change", args=[event.pk])
    assert f'<a href="{event_change}">Event signing</a>' in staff.get(change).content.decode()


@pytest.mark.django_db
def test_curator_makes_the_copies_again_from_the_list(staff: Client) -> None:
    picture = factories.picture()
    chosen = {"action": "make_copies_again", "_selected_action": [picture.pk]}
    staff.post(reverse("admin:pages_picture_changelist"), chosen)
    assert Picture.objects.get().file != picture.file
    assert staff.get(reverse("admin:pages_picture_history", args=[picture.pk])).status_code == 200


@pytest.mark.django_db
def test_original_is_given_to_staff_to_save_and_that_is_noted(
    staff: Client, caplog: pytest.LogCaptureFixture
) -> None:
    sent = polyglot()
    picture = Picture.objects.create(file=ContentFile(sent, name="picture.jpg"), **WORDS)
    with caplog.at_level("INFO"):
        answer = staff.get(reverse("admin:pages_picture_original", args=[picture.pk]))
    assert b"".join(answer.streaming_content) == sent
    assert answer["Content-Disposition"] == f'attachment; filename="picture-{picture.pk}.jpg"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Cache-Control"].startswith("private, no-store")
    assert answer["X-Content-Type-Options"] == "nosniff"
    history = staff.get(reverse("admin:pages_picture_history", args=[picture.pk])).content.decode()
    assert "Downloaded the original." in history
    assert f"downloaded the original of picture {picture.pk}" in caplog.text


@pytest.mark.django_db
def test_original_is_given_to_nobody_without_the_right_to_it(client: Client) -> None:
    address = reverse("admin:pages_picture_original", args=[factories.picture().pk])
    assert client.get(address).status_code == 302
    client.force_login(factories.member())
    assert client.get(address).status_code == 302
    client.force_login(factories.member(is_staff=True))
    assert client.get(address).status_code == 403


# --- what readers see -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_portrait_takes_the_place_of_the_seal(client: Client) -> None:
    portrait = factories.picture(1000, 1200, credit="Mei Chen", focus="top")
    factories.person("bradley", portrait=portrait)
    for address in ("/en/people/bradley/", "/en/people/", "/en/"):
        html = client.get(address).content.decode()
        assert f'srcset="{portrait.srcset}"' in html
        assert 'class="seal' not in html.split("<main", 1)[1].split("</main>", 1)[0]
    page = client.get("/zh-hans/people/bradley/").content.decode()
    assert 'alt="一片青色" width="128" height="128"' in page
    assert "focus-top" in page
    assert "Mei Chen" in page


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 12])
def test_portraits_cost_no_query_of_their_own(
    client: Client, django_assert_max_num_queries: Any, number: int
) -> None:
    bond, event = factories.relationship(slug="bond"), factories.past_event("signing")
    event.relationships.add(bond)
    agreement = factories.agreement(bond, "accord")
    for _ in range(number):
        person = factories.person(portrait=factories.picture())
        factories.milestone(bond).people.add(person)
        factories.remark(event, person, slug=f"remark-of-{person.slug}")
        Signature.objects.create(agreement=agreement, person=person)
        event.gallery.create(picture=factories.picture())
    speech = f"/en/remarks/remark-of-{person.slug}/"
    for address in ("/en/people/", "/en/", "/en/relationships/bond/", "/en/events/signing/", speech):
        with django_assert_max_num_queries(12):
            html = client.get(address).content.decode()
        assert 'class="portrait' in html


@pytest.mark.django_db
def test_record_shows_its_pictures_the_first_at_its_head(client: Client) -> None:
    event = factories.past_event("signing")
    first, second = factories.picture(1000, 500, caption_zh_hans="签约"), factories.picture(300, 200)
    event.gallery.create(picture=second, position=2)
    event.gallery.create(picture=first, position=1)
    html = client.get("/en/events/signing/").content.decode()
    assert f'rel="preload" as="image" href="{first.url}" imagesrcset="{first.srcset}"' in html
    lead, further = html.index(f'src="{first.url}"'), html.index(f'src="{second.url}"')
    assert html.index("</h1>") < lead < html.index('id="pictures"') < further
    assert 'width="1000" height="500" alt="A teal field" fetchpriority="high"' in html
    assert 'width="300" height="200" alt="A teal field" loading="lazy"' in html
    assert '<span lang="zh-Hans">签约</span> <span class="only-in">only in Chinese</span>' in html


@pytest.mark.django_db
def test_invitation_keeps_its_card_at_the_head(client: Client) -> None:
    event = factories.event("gala")
    event.gallery.create(picture=factories.picture())
    html = client.get("/en/events/gala/").content.decode()
    assert 'rel="preload"' not in html
    assert html.index("</h1>") < html.index('id="pictures"') < html.index('class="picture"')


@pytest.mark.django_db
def test_kept_pages_are_dropped_when_a_picture_changes(client: Client) -> None:
    event = factories.past_event("signing")
    factories.city("guangzhou", picture=factories.picture())
    assert "A teal field" in client.get("/en/cities/guangzhou/").content.decode()
    assert "A teal field" not in client.get("/en/events/signing/").content.decode()
    event.gallery.create(picture=Picture.objects.get())
    assert "A teal field" in client.get("/en/events/signing/").content.decode()
    Picture.objects.update(alt_en="The Pearl River")
    assert "The Pearl River" in client.get("/en/cities/guangzhou/").content.decode()
