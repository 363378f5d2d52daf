"""Nothing unpublished leaks: words planted in all that is hidden are looked for wherever a stranger can get."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urlencode, urlsplit

import pytest
from django.test import Client
from django.utils import timezone, translation

from sistercities.pages.models import FormerAddress, Page
from tests.journeys.planting import CONDITIONS, WORD, Garden, Hidden, lean_on
from tests.journeys.public_world import World

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans"]
# Beside what links lead to: what machines read.
TABLES = ["relationships", "agreements", "people", "events", "cities"]
MACHINES = ["/sitemap.xml", "/robots.txt", "/feed.en.atom", "/feed.zh-hans.atom"]
MACHINES += [f"/data/{name}.{form}" for name in TABLES for form in ("csv", "json")]
# What differs from one answer to the next by itself.
KEYS = r'name="(?:csrfmiddlewaretoken|nonce|shown)" value="[^"]*"'
MOMENTS = r"<lastmod>.*?</lastmod>|<updated>.*?</updated>|DTSTAMP:\w+|max-age=\d+"
MARKS = r"'(?:Expires|ETag|Last-Modified|Content-Length)': '[^']*'"
# When a row of a table was last changed, in its last column or under its name.
CHANGED = r""""changed_at": "[^"]*"|,[-0-9T:]+\+00:00\r\n"""
PASSING = re.compile(f"{KEYS}|{MOMENTS}|{MARKS}|{CHANGED}")
# A calendar goes on for ever; these years have all that was planted.
MONTH = re.compile(r"/events/calendar/(\d+)/")
YEARS = {"2014", str(timezone.localdate().year)}


class Ways(HTMLParser):
    """All addresses on a page: its links, and every choice that its search forms offer."""

    def __init__(self, html: str, here: str) -> None:
        super().__init__()
        self.here, self.found = here, set[str]()
        self.action = self.select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in pairs}
        if tag in ("a", "link") and known.get("href"):
            self.add(known["href"])
        elif tag == "form":
            self.action = "" if known.get("method") == "post" else known.get("action") or self.here
        elif tag == "select":
            self.select = known.get("name", "")
        elif self.action and tag == "option" and known.get("value"):
            self.add(f"{self.action}?{urlencode({self.select: known['value']})}")
        elif (
            self.action
            and tag == "input"
            and known.get("type") in ("checkbox", "radio")
            and known.get("value")
        ):
            self.add(f"{self.action}?{urlencode({known['name']: known['value']})}")

    def handle_endtag(self, tag: str) -> None:
        self.action = "" if tag == "form" else self.action

    def add(self, link: str) -> None:
        address = urldefrag(link).url
        self.found.add(urlsplit(self.here).path + address if address.startswith("?") else address)


def walk(client: Client, language: str) -> dict[str, str]:
    """The text behind every address that a stranger can reach, feeds and calendars too.

    Choices are tried one at a time, not with each other: from a narrowed list only pages are gone on to.
    """
    texts: dict[str, str] = {}
    todo = [f"/{language}/", *MACHINES]
    while todo:
        address = todo.pop()
        answer = client.get(address)
        content = answer.getvalue().decode(errors="replace")
        texts[address] = PASSING.sub("", content + str(dict(answer.headers)))
        if address == "/sitemap.xml":
            todo += [urlsplit(place).path for place in re.findall("<loc>(.*?)</loc>", content)]
        if answer.get("Content-Type", "").startswith("text/html"):
            ways = {way for way in Ways(content, address).found if is_new(way, address, language)}
            todo += sorted(ways - texts.keys() - set(todo))
    return texts


def is_new(way: str, here: str, language: str) -> bool:
    month = MONTH.search(way)
    return (
        way.startswith(f"/{language}/")
        and not ("?" in way and "?" in here)
        and not (month and (month[1] not in YEARS or "?" in way))
    )


def difference(old: str, new: str) -> str:
    """Where two texts part; empty where they are the same."""
    at = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    return "" if old == new else f"{old[at - 60 : at + 60]!r} became {new[at - 60 : at + 60]!r}"


def addresses_of(page: Page) -> Iterator[str]:
    """Where one might guess a page: by its name and by its former one, with all that hangs on it."""
    former = FormerAddress.objects.filter(kind=page._meta.label_lower, object_id=page.pk)
    for language in LANGUAGES:
        with translation.override(language):
            own = page.get_absolute_url()
        for slug in [page.slug, *former.values_list("slug", flat=True)]:
            address = own.replace(page.slug, slug)
            yield address
            if page._meta.model_name == "event":
                yield from (address + more for more in ("calendar.ics", "rsvp/", "rsvp/sent/"))


@pytest.fixture
def garden() -> Garden:
    return Garden()


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture(params=CONDITIONS)
def hidden(request: pytest.FixtureRequest, garden: Garden, world: World) -> Hidden:
    return Hidden(garden, world, CONDITIONS[request.param])


@pytest.mark.parametrize(
    ("condition", "language"), [("draft", "en"), ("scheduled", "zh-hans"), ("withdrawn", "en")]
)
def test_no_word_of_anything_hidden_is_found_anywhere(
    client: Client, garden: Garden, world: World, condition: str, language: str
) -> None:
    lean_on(Hidden(garden, world, CONDITIONS[condition]), world)
    leaks = [
        f"{what} on {address}: {words}"
        for address, text in walk(client, language).items()
        for what, words in garden.found_in(text).items()
    ]
    assert not leaks, "\n".join(sorted(leaks))


def test_nothing_hidden_is_opened_by_guessing_its_address(client: Client, hidden: Hidden) -> None:
    for page in hidden.pages:
        answers = {address: client.get(address) for address in addresses_of(page)}
        assert {
            address: each.status_code for address, each in answers.items() if each.status_code != 404
        } == {}
        assert not any(WORD.search(each.content.decode().replace(page.slug, "")) for each in answers.values())


def test_nothing_hidden_is_found_by_searching_for_its_words(
    client: Client, garden: Garden, world: World, hidden: Hidden
) -> None:
    lean_on(hidden, world)
    leaks = []
    for word, what in garden.planted.items():
        if what == "source":  # its address stands in the texts that staff wrote, as a mark
            continue
        groups = client.get("/en/search/", {"q": word}).context["groups"]
        leaks += [f"{what} by {result['url']}" for group in groups for result in group["results"]]
        leaks += [
            f"{what} suggested" for _ in client.get("/en/search/suggest/", {"q": word}).json()["suggestions"]
        ]
    assert not leaks, "\n".join(leaks)


def test_a_hidden_address_in_a_filter_finds_and_tells_nothing(
    client: Client, garden: Garden, world: World
) -> None:
    hidden = Hidden(garden, world, CONDITIONS["draft"])
    asked = {
        "city": (hidden.city, ["events/", "timeline/", "agreements/"]),
        "relationship": (hidden.bond, ["events/", "timeline/"]),
        "speaker": (hidden.person, ["remarks/"]),
        "series": (hidden.series, ["events/"]),
    }
    for name, (page, paths) in asked.items():
        for path in paths:
            answer = client.get(f"/en/{path}", {name: page.slug})
            told = answer.content.decode().replace(f"={page.slug}", "").replace(f'"{page.slug}"', "")
            assert not WORD.search(told), f"{path}?{name}"


def test_what_is_hidden_changes_nothing_that_others_see(client: Client, garden: Garden, world: World) -> None:
    before = walk(client, "en")
    for hide in CONDITIONS.values():
        Hidden(garden, world, hide)
    after = walk(client, "en")
    assert sorted(before) == sorted(after)
    changed = [f"{address}: {difference(text, after[address])}" for address, text in before.items()]
    leaks = [line for line in changed if not line.endswith(": ")]
    assert not leaks, "\n".join(leaks)


def test_the_words_are_seen_where_they_may_be_seen(client: Client, garden: Garden, world: World) -> None:
    """Or else the tests above would find nothing whatever leaks."""
    hidden = Hidden(garden, world, lambda page: None)
    seen = {
        word
        for language in LANGUAGES
        for text in walk(client, language).values()
        for word in WORD.findall(text)
    }
    assert {page.slug for page in hidden.pages} - seen == set()


def test_forms_and_links_are_both_followed() -> None:
    html = '<a href="?a=1">x</a><form><select name="kind"><option value="b">B</option></select></form>'
    assert Ways(html, "/en/").found == {"/en/?a=1", "/en/?kind=b"}
