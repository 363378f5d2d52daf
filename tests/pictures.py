"""`make pictures`: the pictures of the handbook in both languages, of a site of its own with the demonstration.

What they show was made up: the demonstration, and some guests of it. The files are small: few colours, and no more of
a page than a reader of the handbook needs to see where they are.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.chromium import CHROMIUM, CHROMIUM_OPTIONS
from tests.journeys.site import ROOT, Site

FOLDER = ROOT / "docs" / "pictures"
LANGUAGES = ("en", "zh-hans")
WIDTH, COLOURS, UNTIL_DRAWN = 1120, 48, 6000
# Guests of the next reception, invitations to it, and who is signed in while the pictures are taken.
WORLD = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.conf import settings
from events.models import Event, GuestTag
from people.models import Member, Person
from tests import factories
event = Event.objects.upcoming().get()
names = ["Mei Chen", "梁文", "Tom Bradley Jr", "陈嘉欣", "Ana Gutiérrez", "黄志明", "Grace Lee", "Kwame Mensah"]
answers = [factories.rsvp(event, 1 + at % 3, name) for at, name in enumerate(names)]
for name in ["周海燕", "Robert Garcia", "Li Na"]:
    factories.invitation(event, name)
for answer, tag in zip(answers, GuestTag.objects.all()):
    answer.tags.add(tag)
member = Member.objects.get(email="curator@example.org")
session = SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(member.pk), settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = member.get_session_auth_hash()
session.save()
print(session.session_key, event.pk, Person.objects.get(slug="tom-bradley").pk)
"""


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the address that it shows, from where on down how far, and what is pressed before."""

    name: str
    address: str
    height: int = 720
    start: str = ""
    press: str = ""
    width: int = WIDTH


def shots(event: str, person: str) -> list[Shot]:
    room = f"/admin/events/event/{event}"
    return [
        Shot("desk", "/admin/", 900),
        Shot("room", f"{room}/room/", 900),
        Shot("guests", f"{room}/guests/", 800),
        Shot("event", f"{room}/change/", 760),
        Shot("roles", "/admin/roles/", 900),
        # The last: it stays open on the pages after it.
        Shot("preview", f"/admin/people/person/{person}/change/", 800, press="[data-live-open]", width=1500),
    ]


def small(png: bytes) -> Image.Image:
    return (
        Image.open(BytesIO(png))
        .convert("RGB")
        .quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    )


def take(page: Any, site: Site, shot: Shot, target: Path) -> None:
    page.set_viewport_size({"width": shot.width, "height": 900})
    answer = page.goto(site.url + shot.address)
    if answer.status != 200:
        raise SystemExit(f"{shot.address} answers {answer.status}")
    if shot.press:
        page.locator(shot.press).first.click()
        page.wait_for_timeout(UNTIL_DRAWN)
    begin = page.locator(shot.start).bounding_box()["y"] if shot.start else 0
    end = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": begin, "width": shot.width, "height": min(shot.height, end - begin)}
    target.parent.mkdir(parents=True, exist_ok=True)
    small(page.screenshot(clip=clip, full_page=True)).save(target, optimize=True)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} kB")


@contextmanager
def signed_in(site: Site, session: str, language: str) -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        context = browser.new_context(
            viewport={"width": WIDTH, "height": 900}, color_scheme="light", reduced_motion="reduce"
        )
        for name, value in (("sessionid", session), ("django_language", language)):
            context.add_cookies([{"name": name, "value": value, "url": site.url}])
        yield context.new_page()
        browser.close()


def main(wanted: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, Site(Path(folder)) as site:
        site.run("demo")
        session, event, person = site.python(WORLD).split()
        for language in LANGUAGES:
            with signed_in(site, session, language) as page:
                for shot in shots(event, person):
                    if not wanted or shot.name in wanted:
                        take(page, site, shot, FOLDER / language / f"{shot.name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
