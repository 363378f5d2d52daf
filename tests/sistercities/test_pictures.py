"""Pictures: judged by what they hold, stripped of what they tell, shown in the place of a seal."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image, ImageCms

from people.models import Member
from relationships.models import Signature
from sistercities.pages.models import Picture
from sistercities.pages.pictures import MEGAPIXELS, NOT_A_PICTURE, TOO_LARGE, prepare, widths_of
from tests import factories

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n"
ADD = "admin:pages_picture_add"
WORDS = {"alt_en": "A teal field", "alt_zh_hans": "一片青色", "rights": "Our own", "focus": "top"}


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _file(form: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: Any) -> bytes:
    stream = BytesIO()
    Image.new(mode, size).save(stream, form, **options)
    return stream.getvalue()


def _prepare(content: bytes, name: str = "picture.jpg") -> Any:
    return prepare(ContentFile(content, name=name))


def _refused(content: bytes, name: str = "picture.jpg") -> str:
    with pytest.raises(ValidationError) as refused:
        _prepare(content, name)
    return refused.value.code


def _opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def _stored(store: Path) -> list[str]:
    return sorted(path.name for path in store.rglob("*") if path.is_file())


def _with_exif() -> bytes:
    """Held upright, in Los Angeles, by somebody."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, "Cora Tor"
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 3.0, 8.0), 3: "W", 4: (118.0, 14.0, 37.0)})
    return _file(size=(80, 40), exif=exif, comment=b"taken at home")


# --- what is taken, and what is not ---------------------------------------------------------------------


def test_position_name_and_comment_are_gone_from_every_file() -> None:
    sent = _with_exif()
    assert _opened(sent).getexif().get_ifd(0x8825)
    made = _prepare(sent)
    for content in (made.original, *made.variants.values()):
        assert not _opened(content).getexif()
        assert not {"exif", "comment", "xmp"} & _opened(content).info.keys()
        assert b"Cora Tor" not in content
        assert b"at home" not in content


def test_picture_is_turned_the_way_the_camera_was_held() -> None:
    made = _prepare(_with_exif())
    assert (made.width, made.height) == (40, 80) == _opened(made.original).size
    assert _opened(made.variants[40]).size == (40, 80)


@pytest.mark.parametrize(
    ("form", "mode", "kept_as"),
    [
        ("JPEG", "RGB", "jpg"),
        ("JPEG", "CMYK", "jpg"),
        ("JPEG", "L", "jpg"),
        ("PNG", "RGBA", "png"),
        ("PNG", "P", "png"),
        ("PNG", "1", "png"),
        ("PNG", "I;16", "png"),
        ("WEBP", "RGB", "jpg"),
        ("WEBP", "RGBA", "png"),
        ("AVIF", "RGB", "jpg"),
    ],
)
def test_four_formats_are_taken_whatever_they_are_called(form: str, mode: str, kept_as: str) -> None:
    made = _prepare(_file(form, mode=mode), "picture.exe")
    assert made.extension == kept_as
    assert _opened(made.variants[64]).format == "WEBP"


def test_first_of_several_pictures_of_a_camera_is_taken() -> None:
    several = _file("MPO", save_all=True, append_images=[Image.new("RGB", (10, 10))])
    assert _opened(several).format == "MPO"
    assert (_prepare(several).extension, _prepare(several).width) == ("jpg", 64)


def test_transparent_ground_stays_transparent() -> None:
    made = _prepare(_file("PNG", mode="RGBA"))
    assert _opened(made.variants[64]).convert("RGBA").getpixel((0, 0))[3] == 0


def test_colour_profile_goes_and_a_broken_one_does_no_harm() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for each in (profile, b"no profile at all"):
        assert "icc_profile" not in _opened(_prepare(_file(icc_profile=each)).original).info


@pytest.mark.parametrize(
    "content",
    [
        EPS,
        b"just words",
        b"",
        b"GIF89a" + bytes(40),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        _file("TIFF"),
    ],
    ids=["eps", "text", "empty", "gif", "svg", "tiff"],
)
def test_other_files_are_refused_whatever_they_are_called(content: bytes) -> None:
    assert _refused(content, "picture.jpg") == "not_a_picture"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_damaged_file_is_refused_wherever_it_breaks_off(form: str) -> None:
    whole = factories.jpeg(300, 300) if form == "JPEG" else _file(form, (300, 300))
    for share in (0.1, 0.3, 0.5, 0.8):
        assert _refused(whole[: int(len(whole) * share)]) in {"damaged", "not_a_picture"}


@pytest.mark.parametrize("side", [6_400, 13_000, 15_000])
def test_bomb_of_a_few_kilobytes_is_refused_before_it_is_unpacked(side: int) -> None:
    bomb = _file("PNG", (side, side), "1")
    assert len(bomb) < 60_000
    assert _refused(bomb) == "too_large"
    assert f" {MEGAPIXELS} million" in str(TOO_LARGE)


def test_ribbon_longer_than_the_format_of_the_web_is_refused() -> None:
    assert _refused(_file("PNG", (16_001, 2), "1")) == "too_long"


def test_file_beyond_the_limit_is_refused_unread() -> None:
    assert _refused(_file() + bytes(15_000_000)) == "too_heavy"


def test_what_hides_behind_a_picture_is_gone() -> None:
    assert b"<script>" not in _prepare(_file() + b"<script>alert(1)</script>").original


# --- what is stored ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "widths"),
    [(20, [20]), (480, [480]), (481, [480, 481]), (1200, [480, 960, 1200]), (5000, [480, 960, 1600])],
)
def test_no_width_is_beyond_the_pictures_own(width: int, widths: list[int]) -> None:
    assert widths_of(width) == widths


@pytest.mark.django_db
def test_picture_is_stored_in_all_widths_under_a_name_nobody_can_guess(store: Path) -> None:
    picture = factories.picture(1000, 500)
    assert (picture.width, picture.height) == (1000, 500)
    assert re.fullmatch(r"pictures/[0-9a-f]{32}\.jpg", picture.file.name)
    sizes = {name: Image.open(store / name).size for name in picture.file_names}
    assert list(sizes.values()) == [(1000, 500), (480, 240), (960, 480), (1000, 500)]
    assert len(_stored(store)) == 4


@pytest.mark.django_db
def test_what_is_no_picture_cannot_be_stored_past_the_form(store: Path) -> None:
    with pytest.raises(ValidationError):
        Picture.objects.create(file=ContentFile(EPS, name="picture.jpg"), **WORDS)
    assert _stored(store) == []


@pytest.mark.django_db
@pytest.mark.parametrize("wanting", ["alt_en", "alt_zh_hans"])
def test_picture_without_a_description_in_both_languages_is_refused(wanting: str) -> None:
    with pytest.raises(IntegrityError, match="picture_described_in_both_languages"):
        factories.picture(**{wanting: ""})


@pytest.mark.django_db
def test_new_file_takes_the_place_of_the_old(store: Path, django_capture_on_commit_callbacks: Any) -> None:
    picture = factories.picture()
    before = picture.file_names
    with django_capture_on_commit_callbacks(execute=True):
        picture.full_clean()
        picture.file = ContentFile(factories.jpeg(500, 20), name="other.jpg")
        picture.save()
    assert picture.widths == [480, 500]
    assert not set(before) & set(picture.file_names)
    assert len(_stored(store)) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("at_once", [True, False], ids=["from the list", "one"])
def test_files_go_when_it_is_certain_that_the_picture_is_gone(
    store: Path, django_capture_on_commit_callbacks: Any, *, at_once: bool
) -> None:
    picture = factories.picture()
    with django_capture_on_commit_callbacks(execute=True):
        (Picture.objects.all() if at_once else picture).delete()
        assert len(_stored(store)) == 2
    assert _stored(store) == []


@pytest.mark.django_db
def test_picture_in_use_is_not_deleted(store: Path) -> None:
    portrait, scene, view = factories.picture(), factories.picture(), factories.picture()
    factories.person(portrait=portrait)
    factories.past_event().gallery.create(picture=scene)
    factories.city(picture=view)
    for picture in (portrait, scene, view):
        with pytest.raises(ProtectedError):
            picture.delete()
    assert len(_stored(store)) == 6


# --- what curators see ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_curator_uploads_a_picture_and_sees_it_in_the_list(staff: Client) -> None:
    sent = SimpleUploadedFile("广州.JPG", _with_exif(), "image/jpeg")
    assert staff.post(reverse(ADD), {**WORDS, "file": sent}).status_code == 302
    picture = Picture.objects.get()
    assert picture.height == 80
    listed = staff.get(reverse("admin:pages_picture_changelist")).content.decode()
    assert f'<img class="thumb focus-top" src="{picture.thumbnail}"' in listed
    change = reverse("admin:pages_picture_change", args=[picture.pk])
    assert staff.post(change, {**WORDS, "alt_en": "Another"}).status_code == 302
    assert Picture.objects.get().file.name == picture.file.name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "told"),
    [(EPS, str(NOT_A_PICTURE)), (factories.jpeg(300, 300)[:-400], "damaged"), (b"", "empty")],
    ids=["eps", "damaged", "empty"],
)
def test_curator_is_told_beside_the_field_what_is_wrong(staff: Client, content: bytes, told: str) -> None:
    sent = SimpleUploadedFile("picture.jpg", content, "image/jpeg")
    page = staff.post(reverse(ADD), {**WORDS, "file": sent})
    assert told in str(page.context["adminform"].form.errors["file"])


@pytest.mark.django_db
def test_curator_must_describe_the_picture_in_both_languages(staff: Client) -> None:
    sent = SimpleUploadedFile("picture.jpg", _file(), "image/jpeg")
    page = staff.post(reverse(ADD), {"rights": "Our own", "focus": "top", "file": sent})
    assert {"alt_en", "alt_zh_hans"} <= page.context["adminform"].form.errors.keys()


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
    assert f'<meta property="og:image" content="http://127.0.0.1:8000{portrait.url}">' in page


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


# --- the files themselves ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_picture_is_served_for_good_with_all_guards(client: Client) -> None:
    picture = factories.picture()
    for name, kind in zip(picture.file_names, ["image/jpeg", "image/webp"], strict=True):
        response = client.get(default_storage.url(name))
        assert (response.status_code, response.headers["Content-Type"]) == (200, kind)
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert not response.cookies


@pytest.mark.parametrize(
    "path",
    [
        "../secret.jpg",
        "pictures/../../secret.jpg",
        "pictures/%2e%2e/secret.jpg",
        "/secret.jpg",
        "secret.jpg",
        "pictures/",
        "pictures/" + "0" * 32 + ".jpg",
        "pictures/" + "0" * 32 + ".jpg\n",
        "pictures/" + "0" * 32 + ".html",
    ],
)
def test_no_path_leads_out_of_the_store(client: Client, store: Path, path: str) -> None:
    (store / "secret.jpg").write_bytes(b"secret")
    (store / "pictures").mkdir()
    (store / "pictures" / ("0" * 32 + ".html")).write_bytes(b"secret")
    for method in (client.get, client.post):
        response = method(f"/media/{path}")
        assert response.status_code in {404, 405}
        assert b"secret" not in response.content.replace(path.encode(), b"")


def test_refusal_speaks_chinese_to_who_reads_chinese() -> None:
    with translation.override("zh-hans"), pytest.raises(ValidationError) as refused:
        _prepare(EPS)
    with translation.override("zh-hans"):
        assert "JPEG" in refused.value.messages[0]
        assert "图片" in refused.value.messages[0]
