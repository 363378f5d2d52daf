"""What becomes of an uploaded picture: judged by its content, stripped of all but its points, kept in several widths.

Of the file that was sent readers get nothing; whatever hid in it, a position or a second file, is in no copy of ours.
"""

import secrets
import struct
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from sistercities.pages.picture_files import MOST_SCANS, JpegLayout, foreign_kind, is_ours, jpeg_layout

MEGABYTES = 25
LONGEST_SIDE = 16_000
LARGEST = 2400  # the longer side of our largest copy
WIDTHS = (480, 960, 1600)
FORMATS = ["JPEG", "PNG", "WEBP"]
# What the library takes to read one pixel, in bytes: measured, and held below 200 MB with MEMORY.
MEMORY = 120_000_000
PNG_COST = {"RGBA": 9, "LA": 9, "P": 9, "PA": 9}
PLAIN_COST, WEBP_COST, JPEG_COST = 5, 12, 2.4
# What the library raises on files that are broken, each of its readers in its own way.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, RuntimeError, struct.error)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
warnings.simplefilter("error", Image.DecompressionBombWarning)

NOT_A_PICTURE = _("This is not a picture that we can take. Please choose a JPEG, PNG or WebP file.")
OF_ANOTHER_KIND = _("This is a file of the kind %(kind)s. Please save the picture as JPEG, PNG or WebP.")
DAMAGED = _("This picture is damaged or incomplete. Please try to save or to send it once more.")
TOO_HEAVY = _("This file has more than %(limit)d megabytes. Please choose a smaller one.")
FAR_TOO_LARGE = _("This picture has far more pixels than we can take. Please scale it down first.")
TOO_LARGE = _(
    "This picture has %(pixels)s pixels. Of a file like this we take %(limit)s at most. Please scale it down first, or "
    "save it as a plain JPEG."
)
TOO_LONG = _("This picture is more than %(limit)d pixels wide or high. Please scale it down first.")
MOVING = _("This picture moves. Please choose one of its %(frames)d frames, and save that alone.")


@dataclass(frozen=True)
class Prepared:
    """Our largest copy of a picture, upright, as WebP, and smaller ones by their width."""

    largest: bytes
    width: int
    height: int
    variants: dict[int, bytes]


def widths_of(width: int) -> list[int]:
    """The widths of the smaller copies, none of them as wide as the largest one."""
    return [each for each in WIDTHS if each < width]


def new_name() -> str:
    """A place in the store that nobody can guess, and that tells nothing."""
    return f"pictures/{secrets.token_hex(16)}.webp"


def variant_name(name: str, width: int) -> str:
    return str(PurePosixPath(name).with_suffix("")) + f"-{width}.webp"


def prepare(upload: File) -> Prepared:
    """Our own copies of an upload. Raises ValidationError, in words, on what is no picture or too large."""
    if upload.size > MEGABYTES * 1_000_000:
        raise ValidationError(TOO_HEAVY, code="too_heavy", params={"limit": MEGABYTES})
    found = [examine(upload)]
    try:
        # Handed over, not kept: all points of the file need no more room once there is a smaller copy.
        pixels = bare(found.pop())
        variants = {width: as_webp(smaller(pixels, width), 80) for width in widths_of(pixels.width)}
        # The largest one takes half the time so, for a tenth more bytes.
        largest = as_webp(pixels, 82, method=2)
    except BROKEN as error:
        raise ValidationError(DAMAGED, code="damaged") from error
    return Prepared(largest, pixels.width, pixels.height, variants)


def examine(upload: IO[bytes] | File) -> Image.Image:
    """Open a picture of a kind that we take, having looked at its measures before anything of it is unpacked."""
    upload.seek(0)
    head = upload.read(64)
    if not is_ours(head):
        if kind := foreign_kind(head):
            raise ValidationError(OF_ANOTHER_KIND, code="not_a_picture", params={"kind": kind})
        raise ValidationError(NOT_A_PICTURE, code="not_a_picture")
    upload.seek(0)
    try:
        found = Image.open(upload, formats=FORMATS)
        limit = most_pixels(found, upload)
    except BOMBS as error:
        raise ValidationError(FAR_TOO_LARGE, code="too_large") from error
    except BROKEN as error:
        raise ValidationError(DAMAGED, code="damaged") from error
    check_measures(found, limit)
    return found


def check_measures(found: Image.Image, limit: int) -> None:
    """Refuse what moves, what is too long for the formats of the web, and what would take too much memory."""
    frames = getattr(found, "n_frames", 1)
    # A camera's second view, of which the file shows nothing, is no film.
    if frames > 1 and found.format != "MPO":
        raise ValidationError(MOVING, code="moving", params={"frames": frames})
    if max(found.size) > LONGEST_SIDE:
        raise ValidationError(TOO_LONG, code="too_long", params={"limit": LONGEST_SIDE})
    if (pixels := found.width * found.height) > limit:
        numbers = {"pixels": spelled(pixels), "limit": spelled(limit)}
        raise ValidationError(TOO_LARGE, code="too_large", params=numbers)


def spelled(number: int) -> str:
    return f"{number:,}"


def most_pixels(found: Image.Image, upload: IO[bytes] | File) -> int:
    """How many pixels of such a file we can take in; the rest of a million is given up for a round number."""
    if found.format == "PNG":
        cost: float = PNG_COST.get(found.mode, PLAIN_COST)
    elif found.format == "WEBP":
        cost = WEBP_COST
    else:
        cost = jpeg_cost(jpeg_layout(upload))
    return int(MEMORY / cost) // 1_000_000 * 1_000_000


def jpeg_cost(layout: JpegLayout) -> float:
    """A photograph is scaled down while it is read, unless it is built up in several scans and has to be held whole."""
    if layout.scans > MOST_SCANS:
        raise ValueError("too many scans")
    return JPEG_COST if layout.scans == 1 else 1 + 2 * layout.samples


def bare(found: Image.Image) -> Image.Image:
    """The points alone, turned the way the camera was held, in the colours of the web; no position, date or name."""
    found.draft(None, measures(found, LARGEST))
    reduced = in_plain_colours(found)
    if max(reduced.size) > LARGEST:
        reduced = reduced.resize(measures(reduced, LARGEST), Image.Resampling.LANCZOS, reducing_gap=3.0)
    ImageOps.exif_transpose(reduced, in_place=True)
    coloured = in_web_colours(reduced)
    pixels = coloured.convert("RGBA" if coloured.has_transparency_data else "RGB")
    pixels.info.clear()
    return pixels


def measures(picture: Image.Image, longest: int) -> tuple[int, int]:
    """Width and height once the longer side is no longer than that."""
    share = min(1, longest / max(picture.size))
    width, height = (max(1, round(side * share)) for side in picture.size)
    return width, height


def in_plain_colours(found: Image.Image) -> Image.Image:
    """In a mode that can be scaled: of palettes the colours themselves, of sixteen bits the higher eight."""
    found.load()
    if found.mode.startswith("I"):
        # A plain conversion would clip instead of scale, and leave nothing but white.
        return found.point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if found.mode in ("P", "PA", "1"):
        return found.convert("RGBA" if found.has_transparency_data else "RGB")
    # A single colour that stands for nothing would be blurred away with the scaling.
    return found.convert("RGBA") if "transparency" in found.info else found


def in_web_colours(picture: Image.Image) -> Image.Image:
    """In sRGB, so that the colours stay when the profile goes; a broken profile is passed over."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        web = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, own, web, outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture


def smaller(pixels: Image.Image, width: int) -> Image.Image:
    height = max(1, round(pixels.height * width / pixels.width))
    return pixels.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def as_webp(pixels: Image.Image, quality: int, **options: Any) -> bytes:
    stream = BytesIO()
    pixels.save(stream, "WEBP", quality=quality, **options)
    return stream.getvalue()
