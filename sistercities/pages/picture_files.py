"""What the first bytes of a picture file tell, before any library opens it."""

import re
import struct
from dataclasses import dataclass
from typing import IO

from django.core.files.base import File

# A photograph that builds up on a slow line has about ten scans; thousands would only keep the machine busy.
MOST_SCANS = 60
# Markers without a length, and those that begin a frame: its measures and colours.
BARE = {0x01, 0xD8}
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
START_OF_SCAN, END = 0xDA, 0xD9
# In the points of a picture such a byte is followed by a zero, or by a mark from which reading may begin anew.
MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")

# What people send who have something else, as they know it.
FOREIGN = (
    (b"GIF8", 0, "GIF"),
    (b"II*\0", 0, "TIFF"),
    (b"MM\0*", 0, "TIFF"),
    (b"%!PS", 0, "EPS"),
    (b"\xc5\xd0\xd3\xc6", 0, "EPS"),
    (b"%PDF", 0, "PDF"),
    (b"BM", 0, "BMP"),
    (b"8BPS", 0, "PSD"),
    (b"ftypavi", 4, "AVIF"),
    (b"ftyphei", 4, "HEIC"),
    (b"ftyphev", 4, "HEIC"),
    (b"ftypmif", 4, "HEIC"),
    (b"<svg", 0, "SVG"),
    (b"<?xml", 0, "SVG"),
)


@dataclass(frozen=True)
class JpegLayout:
    """How a JPEG is built: in how many scans, and of how many samples to a pixel; 3 is colour in full."""

    scans: int
    samples: float


def is_ours(head: bytes) -> bool:
    """Whether a file begins like a JPEG, a PNG or a WebP, whatever it is called."""
    is_webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return is_webp or head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def extension_of(head: bytes) -> str:
    """What a file of ours is usually called."""
    return "jpg" if head.startswith(b"\xff\xd8") else "png" if head.startswith(b"\x89PNG") else "webp"


def foreign_kind(head: bytes) -> str:
    """What else it is, where that can be told."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, at, kind in FOREIGN:
        if (head if at else text)[at:].startswith(mark):
            return kind
    return ""


def jpeg_layout(upload: IO[bytes] | File) -> JpegLayout:
    """Read from the markers alone. Raises ValueError, IndexError or struct.error where they make no sense."""
    upload.seek(0)
    data = upload.read()
    at, scans, samples, is_progressive = 2, 0, 3.0, False
    while found := MARKER.search(data, at):
        marker, at = data[found.end() - 1], found.end()
        if marker == END or scans > MOST_SCANS:
            break
        if marker in BARE:
            continue
        if marker in FRAMES:
            samples, is_progressive = samples_of(data[at + 2 : at + 64]), marker in PROGRESSIVE
        scans += marker == START_OF_SCAN
        (length,) = struct.unpack_from(">H", data, at)
        at += length
    return JpegLayout(max(scans, 2) if is_progressive else scans, samples)


def samples_of(frame: bytes) -> float:
    """Samples to a pixel, from the parts of the frame: 1.5 for the usual halved colours."""
    parts = [frame[7 + 3 * number] for number in range(frame[5])]
    shares = [(part >> 4) * (part & 15) for part in parts]
    largest = max(shares, default=0)
    return sum(shares) / largest if largest else 3.0
