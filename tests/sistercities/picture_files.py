"""Files that somebody may send as a picture: drawn here, each as real as its kind allows."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n"
SVG = b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(document.domain)</script>"
RED, BLUE = (200, 16, 46), (0, 56, 168)


def saved(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    stream = BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()


def plain(form: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: Any) -> bytes:
    return saved(Image.new(mode, size), form, **options)


def halves(size: tuple[int, int] = (80, 40)) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, BLUE)
    picture.paste(RED, (0, 0, size[0] // 2, size[1]))
    return picture


def rotated() -> bytes:
    """Taken with the camera on its side: what is left in the file is above in the picture."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(halves(), exif=exif, quality=95)


def with_position() -> bytes:
    """Held upright, in Los Angeles, by somebody."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, "Cora Tor"
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 3.0, 8.0), 3: "W", 4: (118.0, 14.0, 37.0)})
    return plain(size=(80, 40), exif=exif, comment=b"taken at home")


def polyglot() -> bytes:
    """A picture to one program, a page with a script to another."""
    return plain(comment=HTML) + HTML


def truncated() -> bytes:
    return saved(halves((300, 300)))[:-400]


def cmyk() -> bytes:
    """As a printer delivers it: magenta and yellow make red."""
    return saved(Image.new("CMYK", (64, 48), (0, 255, 255, 0)), quality=95)


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, depth: int, colour: int, rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def bomb() -> bytes:
    """1.6 kB that call themselves 13,000 × 13,000 pixels."""
    return png(13_000, 13_000, 8, 0, bytes(1_500_000))


def sixteen_bit_grey() -> bytes:
    """Three columns: black, the middle, white."""
    row = b"\0" + struct.pack(">90H", *[0] * 30, *[32_896] * 30, *[65_535] * 30)
    return png(90, 30, 16, 0, row * 30)


def sixteen_bit_colour() -> bytes:
    row = b"\0" + struct.pack(">3H", *(part * 257 for part in RED)) * 64
    return png(64, 48, 16, 2, row * 48)


def moving(form: str, frames: int = 600) -> bytes:
    every = [Image.new("RGB", (16, 16), (number % 256, number // 3, 90)) for number in range(frames)]
    return saved(every[0], form, save_all=True, append_images=every[1:], duration=40, lossless=True)


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "an EPS": (lambda: EPS, "not_a_picture", "EPS"),
    "an SVG": (lambda: SVG, "not_a_picture", "SVG"),
    "a TIFF": (lambda: plain("TIFF"), "not_a_picture", "TIFF"),
    "a moving GIF": (lambda: moving("GIF"), "not_a_picture", "GIF"),
    "a moving WebP": (lambda: moving("WEBP"), "moving", "600"),
    "a moving PNG": (lambda: moving("PNG"), "moving", "600"),
    "an AVIF": (lambda: plain("AVIF"), "not_a_picture", "AVIF"),
    "a photograph of a telephone": (lambda: b"\0\0\0\x18ftypheic" + bytes(40), "not_a_picture", "HEIC"),
    "a page": (lambda: HTML, "not_a_picture", "JPEG"),
    "a bomb": (bomb, "too_large", ""),
    "a truncated JPEG": (truncated, "damaged", ""),
    "a truncated PNG": (lambda: plain("PNG", (300, 300))[:-60], "damaged", ""),
    "a truncated WebP": (lambda: saved(halves(), "WEBP")[:-20], "damaged", ""),
}

TAKEN: dict[str, Callable[[], bytes]] = {
    "a JPEG with a position": with_position,
    "a polyglot": polyglot,
    "CMYK": cmyk,
    "sixteen bits of grey": sixteen_bit_grey,
    "sixteen bits of colour": sixteen_bit_colour,
    "a rotated file": rotated,
}


def sheet(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A large picture that is quickly drawn and not all of one colour."""
    return Image.linear_gradient("L").resize((width, height)).convert(mode)


LARGEST: dict[str, Callable[[], bytes]] = {
    "PNG": lambda: saved(sheet(6000, 3990), "PNG", compress_level=1),
    "PNG with holes": lambda: saved(sheet(3600, 3600, "RGBA"), "PNG", compress_level=1),
    "WebP": lambda: saved(sheet(3160, 3160), "WEBP", method=0),
    "JPEG": lambda: saved(sheet(8160, 6120), quality=80),
    "JPEG in steps": lambda: saved(sheet(4120, 4120), progressive=True, subsampling=0),
    "CMYK": lambda: saved(sheet(4790, 4790, "CMYK"), quality=80),
}
