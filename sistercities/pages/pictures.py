"""What becomes of an uploaded picture: judged by its content, stripped of all but its points, kept in several widths.

Nothing of the file that was sent is ever stored or served; whatever hid in it, a position or a second file, is gone.
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
from PIL import Image, ImageCms, ImageOps, features

MEGABYTES = 15
MEGAPIXELS = 40  # a number in words below: Chinese counts in ten thousands
LONGEST_SIDE = 16_000  # WebP ends at 16,383
WIDTHS = (480, 960, 1600)
FORMATS = ["JPEG", "PNG", "WEBP", *(["AVIF"] if features.check("avif") else [])]
# What the library raises on files that are broken, each of its readers in its own way.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, RuntimeError, struct.error)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
warnings.simplefilter("error", Image.DecompressionBombWarning)

NOT_A_PICTURE = _("This is not a picture that we can take. Please choose a JPEG, PNG, WebP or AVIF file.")
DAMAGED = _("This picture is damaged or incomplete. Please try to save or to send it once more.")
TOO_HEAVY = _("This file has more than %(limit)d megabytes. Please choose a smaller one.")
TOO_LARGE = _("This picture has more than 40 million pixels. Please scale it down first.")
TOO_LONG = _("This picture is more than %(limit)d pixels wide or high. Please scale it down first.")


@dataclass(frozen=True)
class Prepared:
    """Our own copy of a picture, upright, and the same as WebP by width."""

    original: bytes
    extension: str
    width: int
    height: int
    variants: dict[int, bytes]


def widths_of(width: int) -> list[int]:
    """The widths in which a picture is kept as WebP, none beyond its own: 480, 960 and 1200 for one of 1200."""
    return sorted({*(each for each in WIDTHS if each < width), min(width, WIDTHS[-1])})


def new_name(extension: str) -> str:
    """A place in the store that nobody can guess: a draft's picture is known to nobody but its curators."""
    return f"pictures/{secrets.token_hex(16)}.{extension}"


def variant_name(name: str, width: int) -> str:
    return str(PurePosixPath(name).with_suffix("")) + f"-{width}.webp"


def prepare(upload: File) -> Prepared:
    """Our own copy of an upload in all widths. Raises ValidationError, in words, on what is no picture or too large."""
    if upload.size > MEGABYTES * 1_000_000:
        raise ValidationError(TOO_HEAVY, code="too_heavy", params={"limit": MEGABYTES})
    found = examine(upload)
    try:
        pixels = bare(found)
        variants = {width: as_webp(pixels, width) for width in widths_of(pixels.width)}
        extension, original = for_keeping(pixels, lossless=found.format == "PNG")
    except BROKEN as error:
        raise ValidationError(DAMAGED, code="damaged") from error
    return Prepared(original, extension, pixels.width, pixels.height, variants)


def examine(upload: IO[bytes] | File) -> Image.Image:
    """Open a picture of a kind that we take, having looked at its size before anything of it is unpacked."""
    try:
        upload.seek(0)
        found = Image.open(upload, formats=FORMATS)
    except BOMBS as error:
        raise ValidationError(TOO_LARGE, code="too_large") from error
    except BROKEN as error:
        raise ValidationError(NOT_A_PICTURE, code="not_a_picture") from error
    if found.width * found.height > MEGAPIXELS * 1_000_000:
        raise ValidationError(TOO_LARGE, code="too_large")
    if max(found.size) > LONGEST_SIDE:
        raise ValidationError(TOO_LONG, code="too_long", params={"limit": LONGEST_SIDE})
    return found


def bare(found: Image.Image) -> Image.Image:
    """The points alone, turned the way the camera was held, in the colours of the web; no position, date or name."""
    ImageOps.exif_transpose(found, in_place=True)
    coloured = in_web_colours(found)
    pixels = coloured.convert("RGBA" if coloured.has_transparency_data else "RGB")
    pixels.info.clear()
    return pixels


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


def for_keeping(pixels: Image.Image, *, lossless: bool) -> tuple[str, bytes]:
    """The copy from which every other can be made again; WebP cannot hold so many points with certainty."""
    if lossless or pixels.mode == "RGBA":
        return "png", encoded(pixels, "PNG")
    return "jpg", encoded(pixels, "JPEG", quality=90, progressive=True)


def as_webp(pixels: Image.Image, width: int) -> bytes:
    height = max(1, round(pixels.height * width / pixels.width))
    smaller = pixels.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return encoded(smaller, "WEBP", quality=80)


def encoded(pixels: Image.Image, form: str, **options: Any) -> bytes:
    stream = BytesIO()
    pixels.save(stream, form, **options)
    return stream.getvalue()
