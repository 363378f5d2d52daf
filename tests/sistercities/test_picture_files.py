"""What is handed in as a picture: judged by what it holds, refused in words or made right, at a bounded cost."""

import json
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image, ImageCms

from people.models import Member
from sistercities.pages.models import Picture
from sistercities.pages.picture_files import MOST_SCANS, jpeg_layout
from sistercities.pages.pictures import Prepared, prepare, widths_of
from tests.sistercities import picture_files as files
from tests.sistercities.picture_files import BLUE, LARGEST, RED, REFUSED, TAKEN, plain, saved

ADD = "admin:pages_picture_add"
WORDS = {
    "alt_en": "A field",
    "alt_zh_hans": "一片田野",
    "rights": "Our own",
    "focus": "top",
    "licence": "cc-by-4.0",
}
MEGABYTE = 1_000_000

each_refused = pytest.mark.parametrize(("make", "code", "named"), REFUSED.values(), ids=REFUSED)
each_taken = pytest.mark.parametrize("make", TAKEN.values(), ids=TAKEN)


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _prepare(content: bytes, name: str = "picture.jpg") -> Prepared:
    return prepare(ContentFile(content, name=name))


def _opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def _colour(content: bytes, at: tuple[int, int]) -> Any:
    return _opened(content).convert("RGB").getpixel(at)


def _is_like(found: Any, wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) <= 8 for one, other in zip(found, wanted, strict=True))


def _refusal(content: bytes) -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        _prepare(content)
    return refused.value


def _sent(staff: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("picture.jpg", content, "image/jpeg")
    return staff.post(reverse(ADD), {**WORDS, "file": file})


# --- refused in words ---------------------------------------------------------------------------------------


@each_refused
def test_file_that_cannot_be_taken_is_refused_whatever_it_is_called(
    make: Callable[[], bytes], code: str, named: str
) -> None:
    refused = _refusal(make())
    assert refused.code == code
    assert named in refused.messages[0]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@each_refused
def test_refusal_stands_beside_the_field_in_the_language_of_the_screen(
    staff: Client, make: Callable[[], bytes], code: str, named: str, language: str
) -> None:
    staff.cookies["django_language"] = language
    said = " ".join(_sent(staff, make()).context["adminform"].form.errors["file"])
    has_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in said)
    assert has_chinese is (language == "zh-hans")
    assert named in said
    assert not Picture.objects.exists()


def test_bomb_of_the_done_line_is_as_small_and_as_large_as_it_says() -> None:
    content = files.bomb()
    assert 1_500 < len(content) < 1_700
    assert "pixels" in _refusal(content).messages[0]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_damaged_file_is_called_damaged_wherever_it_breaks_off(form: str) -> None:
    whole = saved(files.halves((300, 300)), form)
    for share in (0.1, 0.3, 0.5, 0.8):
        assert _refusal(whole[: max(16, int(len(whole) * share))]).code == "damaged"


@pytest.mark.parametrize(
    ("form", "mode", "side", "most"),
    [
        ("PNG", "RGB", 5000, "24,000,000"),
        ("PNG", "1", 5000, "24,000,000"),
        ("PNG", "RGBA", 3700, "13,000,000"),
        ("WEBP", "RGB", 3200, "10,000,000"),
        ("JPEG", "L", 7100, "50,000,000"),
    ],
)
def test_limit_follows_from_what_reading_such_a_file_takes(
    form: str, mode: str, side: int, most: str
) -> None:
    refused = _refusal(plain(form, (side, side), mode))
    assert refused.code == "too_large"
    assert f"we take {most} at most" in refused.messages[0]


def test_jpeg_that_builds_up_in_steps_has_a_lower_limit() -> None:
    large = files.sheet(4300, 4300)
    assert _prepare(saved(large, quality=30)).width == 2400
    assert _refusal(saved(large, quality=30, progressive=True, subsampling=0)).code == "too_large"


def test_jpeg_of_endless_scans_is_refused_unread() -> None:
    once = plain()
    scan = once[once.rindex(b"\xff\xda") : -2]
    endless = once[:-2] + scan * 5_000 + once[-2:]
    assert jpeg_layout(BytesIO(endless)).scans == MOST_SCANS + 1
    assert _refusal(endless).code == "damaged"


def test_preview_inside_a_photograph_is_no_scan_of_it() -> None:
    exif = Image.Exif()
    exif[0x010E] = plain(size=(16, 16))
    assert jpeg_layout(BytesIO(plain(exif=exif))).scans == 1
    assert jpeg_layout(BytesIO(plain())).samples == 1.5
    assert jpeg_layout(BytesIO(plain(progressive=True))).scans > 5


def test_ribbon_longer_than_the_formats_of_the_web_is_refused() -> None:
    assert _refusal(plain("PNG", (16_001, 2), "1")).code == "too_long"


def test_file_beyond_the_limit_is_refused_unread() -> None:
    assert _refusal(plain() + bytes(25_000_000)).code == "too_heavy"


# --- made right ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "mode"),
    [("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L")]
    + [("PNG", mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")]
    + [("WEBP", "RGB"), ("WEBP", "RGBA")],
)
def test_three_formats_are_taken_whatever_they_are_called(form: str, mode: str) -> None:
    made = _prepare(plain(form, mode=mode), "picture.exe")
    assert (made.width, made.height) == (64, 48)
    assert _opened(made.largest).format == "WEBP"


@pytest.mark.django_db
@each_taken
def test_odd_file_is_made_right_through_the_form(staff: Client, make: Callable[[], bytes]) -> None:
    assert _sent(staff, make()).status_code == 302
    with Picture.objects.get().file.open("rb") as kept:
        copy = kept.read()
    assert _opened(copy).mode == "RGB"
    assert not {"exif", "comment", "xmp", "icc_profile"} & _opened(copy).info.keys()


def test_position_name_and_comment_are_gone_from_every_copy() -> None:
    sent = files.with_position()
    assert _opened(sent).getexif().get_ifd(0x8825)
    made = _prepare(sent)
    for content in (made.largest, *made.variants.values()):
        assert not _opened(content).getexif()
        assert b"Cora Tor" not in content
        assert b"at home" not in content


def test_what_hides_in_and_behind_a_picture_is_gone() -> None:
    made = _prepare(files.polyglot() * 1)
    assert b"script" in files.polyglot()
    assert b"script" not in made.largest


def test_printers_colours_become_those_of_the_web() -> None:
    assert _is_like(_colour(_prepare(files.cmyk()).largest, (32, 24)), (254, 0, 0))


def test_sixteen_bits_keep_their_brightness_and_their_colour() -> None:
    grey = _prepare(files.sixteen_bit_grey()).largest
    for at, wanted in ((15, 0), (45, 128), (75, 255)):
        assert _is_like(_colour(grey, (at, 15)), (wanted, wanted, wanted))
    assert _is_like(_colour(_prepare(files.sixteen_bit_colour()).largest, (32, 24)), RED)


def test_picture_is_turned_the_way_the_camera_was_held() -> None:
    made = _prepare(files.rotated())
    assert (made.width, made.height) == (40, 80) == _opened(made.largest).size
    assert _is_like(_colour(made.largest, (20, 10)), RED)
    assert _is_like(_colour(made.largest, (20, 70)), BLUE)


def test_large_rotated_picture_is_turned_after_it_was_made_smaller() -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    made = _prepare(saved(files.halves((5000, 2500)), exif=exif))
    assert (made.width, made.height) == (1200, 2400)
    assert _is_like(_colour(made.largest, (600, 100)), BLUE)


def test_first_of_several_pictures_of_a_camera_is_taken() -> None:
    several = plain("MPO", save_all=True, append_images=[Image.new("RGB", (10, 10))])
    assert _opened(several).format == "MPO"
    assert _prepare(several).width == 64


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparent_ground_stays_transparent(mode: str) -> None:
    assert _opened(_prepare(plain("PNG", mode=mode)).largest).convert("RGBA").getpixel((0, 0))[3] == 0


def test_colour_that_stands_for_nothing_is_transparent_too() -> None:
    made = _prepare(plain("PNG", (64, 48), "RGB", transparency=(0, 0, 0)))
    assert _opened(made.largest).convert("RGBA").getpixel((9, 9))[3] == 0


def test_colour_profile_goes_and_a_broken_one_does_no_harm() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for each in (profile, b"no profile at all"):
        assert "icc_profile" not in _opened(_prepare(plain(icc_profile=each)).largest).info


def test_colours_of_a_profile_are_kept_when_it_goes() -> None:
    lab = ImageCms.createProfile("LAB", 5000)
    web = ImageCms.createProfile("sRGB")
    assert ImageCms.getProfileName(ImageCms.ImageCmsProfile(lab)) != ImageCms.getProfileName(
        ImageCms.ImageCmsProfile(web)
    )
    profile = ImageCms.ImageCmsProfile(web).tobytes()
    sent = saved(Image.new("RGB", (64, 48), RED), icc_profile=profile, quality=95)
    assert _is_like(_colour(_prepare(sent).largest, (9, 9)), RED)


# --- in which widths ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "widths"),
    [(20, []), (480, []), (481, [480]), (1200, [480, 960]), (2400, [480, 960, 1600])],
)
def test_smaller_copies_are_narrower_than_the_largest(width: int, widths: list[int]) -> None:
    assert widths_of(width) == widths


def test_largest_copy_is_no_longer_than_a_screen_needs() -> None:
    made = _prepare(saved(files.sheet(5000, 1000)))
    assert (made.width, made.height) == (2400, 480)
    sizes = {width: _opened(content).size for width, content in made.variants.items()}
    assert sizes == {480: (480, 96), 960: (960, 192), 1600: (1600, 320)}


def test_picture_of_one_line_stays_one_line() -> None:
    made = _prepare(plain("PNG", (9000, 1)))
    assert (made.width, made.height) == (2400, 1)


# --- at what cost -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "code"),
    [(make, code) for make, code, _named in REFUSED.values()]
    + [(make, "taken") for make in (*TAKEN.values(), *LARGEST.values())],
    ids=[*REFUSED, *TAKEN, *(f"the largest {name}" for name in LARGEST)],
)
def test_no_file_takes_two_seconds_or_200_megabytes(
    tmp_path: Path, make: Callable[[], bytes], code: str
) -> None:
    sent = tmp_path / "picture.jpg"
    sent.write_bytes(make())
    command = [sys.executable, "-m", "tests.sistercities.measure_picture", str(sent)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    cost = json.loads(done.stdout)
    assert cost["code"] == code
    assert cost["grown"] < 200 * MEGABYTE
    assert cost["seconds"] < 2


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    with translation.override("zh-hans"):
        assert "24,000,000像素" in _refusal(plain("PNG", (5000, 5000), "1")).messages[0]


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"no picture", plain("JPEG")])
def test_form_with_faults_shows_no_picture_that_is_not_stored(staff: Client, content: bytes) -> None:
    """The rights are wanting too, so that a good file is not stored either."""
    file = SimpleUploadedFile("picture.jpg", content, "image/jpeg")
    page = staff.post(reverse(ADD), {"file": file})
    assert "rights" in page.context["adminform"].form.errors
    assert "focus-cuts" not in page.content.decode()
