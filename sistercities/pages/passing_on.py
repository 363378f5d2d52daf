"""Telling somebody of a page, by the reader's own means: no third party learns of it, our server sends nothing."""

from io import BytesIO
from urllib.parse import quote

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from sistercities.pages.models import Page


def whole_address(page: Page) -> str:
    """The address of a page in the present language, as one gives it to somebody."""
    return settings.SITE_URL + page.get_absolute_url()


def mail_to_a_friend(title: str, address: str) -> str:
    """A link that opens the reader's own mail program with a letter begun (RFC 6068); to whom, they say there."""
    body = f"{title}\r\n{address}\r\n"
    return f"mailto:?subject={quote(title, safe='')}&body={quote(body, safe='')}"


def qr_path(page: Page) -> str:
    """Where the code is drawn that leads a telephone to a page."""
    return f"{reverse('qr')}?{urlencode({'page': page.get_absolute_url()})}"


def qr_code(address: str) -> bytes:
    """An address as an SVG for cameras: black on white also in the dark, with the quiet margin that they need."""
    stream = BytesIO()
    segno.make(address, error="m", micro=False).save(
        stream, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False, nl=False
    )
    return stream.getvalue()
