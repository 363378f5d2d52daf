"""A guest with a plain browser and no JavaScript: opens the form, fills it in, follows where it leads."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from tests.forms import shown_a_minute_ago


@dataclass(frozen=True)
class Answered:
    """What the guest saw in the end."""

    code: int
    url: str
    page: str

    @property
    def status(self) -> str:
        match = re.search(r'data-rsvp-status="([a-z]+)"', self.page)
        return match[1] if match else ""


class Guest:
    """One browser with its own cookies."""

    def __init__(self) -> None:
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def open(self, url: str, fields: dict[str, str] | None = None) -> Answered:
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            with self.opener.open(url, data, timeout=60) as response:
                return Answered(response.status, response.url, response.read().decode())
        except urllib.error.HTTPError as error:
            return Answered(error.code, error.url or url, error.read().decode())

    def rsvp(self, form_url: str, **fields: Any) -> Answered:
        """Open the form and send it with these fields changed, again if the connection breaks, as a person would."""
        return self.open(form_url, self.filled(form_url, **fields))

    def filled(self, form_url: str, **fields: Any) -> dict[str, str]:
        page = self.open(form_url).page
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        if "shown" in hidden:
            hidden["shown"] = shown_a_minute_ago()  # a guest takes the time to read
        return {
            **hidden,
            "answer": "going",
            "seats": "1",
            "message": "",
            **{key: str(value) for key, value in fields.items()},
        }
