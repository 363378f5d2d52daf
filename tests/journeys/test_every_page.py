"""Every public template in a real browser: accessible in light and dark, quiet, light, no wider than a phone."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from events.links import invitation_url, manage_path
from events.models import Event, Remark, SeatHold, Series
from people.companions import remember
from relationships.models import Agreement, City, Relationship
from sistercities.news.models import Story
from sistercities.newsletter.links import Purpose, path_of
from sistercities.newsletter.models import Subscriber
from sistercities.pages.dates import parse
from sistercities.pages.models import Page, Source
from tests import factories
from tests.events.delegates import NEW, block, page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAVIEST_BYTES, MOST_REQUESTS = 60_000, 8
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def addresses(language: str) -> list[str]:
    """One of each public template, filled with the demonstration."""
    coming = Event.objects.upcoming().get()
    paths = [
        "/",
        "/relationships/",
        "/relationships/guangzhou-los-angeles/",
        "/relationships/tripartite-economic-alliance/",
        "/cities/guangzhou/",
        "/relationships/anniversaries/",
        "/timeline/",
        "/timeline/?kind=event",
        "/agreements/",
        "/events/",
        "/events/calendar/2014/",
        "/remarks/",
        "/remarks/?order=newest",
        "/sources/",
        "/events/calendar/2015/06/",
        "/events/calendar/2026/12/?city=guangzhou",
        "/people/",
        "/people/liang-lingguang/",
        "/people/katherine-whitman/",
        "/people/offices/",
        "/people/offices/?on=2014",
        "/correction/?page=/en/people/liang-lingguang/",
        "/correction/thanks/?page=/en/people/liang-lingguang/",
        "/search/",
        "/search/?q=%E5%8F%8B%E5%A5%BD",
        "/about/",
        "/privacy/",
        "/news/",
        "/contact/",
        "/contact/thanks/",
        "/newsletter/",
        "/newsletter/sent/",
        "/newsletter/confirm/unknown/",
        "/nowhere-at-all/",
        "/rsvp/unknown/",
        "/members/login/",
    ]
    past = Event.objects.published().filter(remarks__isnull=False).first()
    remark = Remark.objects.published().first()
    assert past
    assert remark
    pages: list[Page] = [past, remark, *Agreement.objects.published(), *Source.objects.published()[:2]]
    pages += [
        *Series.objects.published()[:1],
        *Story.objects.published()[:1],
        *what_the_demonstration_lacks(),
    ]
    paths += [page.get_absolute_url().removeprefix("/en") for page in pages]
    paths += [f"/remarks/{remark.slug}/?show={show}" for show in ("en", "zh-hans")]
    paths += [f"/events/{coming.slug}/", f"/events/{coming.slug}/rsvp/", f"/events/{coming.slug}/rsvp/sent/"]
    answers = [factories.rsvp(coming, seats) for seats in (2, 0)]
    paths += [manage_path(rsvp.link_handle, rsvp.link_version, "en").removeprefix("/en") for rsvp in answers]
    invited = factories.invitation(coming, "Liang Wen", greeting="We hope to see you.")
    paths.append(invitation_url(invited).partition("/en")[2])
    paths += [page_of(hold).removeprefix("/en") for hold in delegations(coming)]
    reader = Subscriber.objects.create(email="mei@example.org", state="active", confirmed_at=timezone.now())
    asked = Subscriber.objects.create(email="wei@example.org")
    links = [(reader, Purpose.MANAGE), (reader, Purpose.LEAVE), (asked, Purpose.CONFIRM)]
    paths += [path_of(*link, "en").removeprefix("/en") for link in links]
    return list(dict.fromkeys(f"/{language}{path}" for path in paths))


def delegations(coming: Event) -> list[SeatHold]:
    """A block whose names can be changed, and one of which they are fixed."""
    open_block = block(coming, 4, NEW[:2], freezes_at=timezone.now() + timedelta(hours=9))
    fixed = block(coming, 3, NEW[:3], name="Auckland Council")
    SeatHold.objects.filter(pk=fixed.pk).update(freezes_at=timezone.now() - timedelta(hours=1))
    return [open_block, fixed]


def what_the_demonstration_lacks() -> list[Page]:
    """Pages in states that it has not: an event that goes on, called off, put off; a bond that rests, or is over."""
    bond = Relationship.objects.get(slug="auckland-guangzhou")
    notice: dict[str, Any] = {"notice_en": "Because of the storm.", "notice_zh_hans": "因暴雨。"}
    now = factories.event("now", days_ahead=-0.01)
    for each, hours in enumerate((-2, 1, 2)):
        at = (now.local_start + timedelta(hours=hours)).time()
        now.programme.create(position=each, at=at, title_en="A talk", title_zh_hans="演讲")
    now.documents.create(document=factories.document())
    off = [factories.event(state, state=state, **notice) for state in ("cancelled", "postponed")]
    session = factories.past_event("session", part_of=Event.objects.published().past().first())
    rests = factories.relationship(factories.city("lyon", "Lyon", "里昂"), City.objects.get(slug="auckland"))
    rests.suspensions.create(began=parse("2020-03"), reason_en="By decision.", reason_zh_hans="经决定。")
    over = factories.relationship(*rests.cities, slug="over", established="1971", ended=parse("1980"))
    renewal = factories.agreement(bond, expires=parse("2030"), renews=bond.agreements.first())
    renewal.wordings.create(language="en", text="*Both* agree.")
    renewal.wordings.create(language="zh-Hans", text="双方同意。", scan=factories.document("Scan"))
    half = factories.past_event("half", title_zh_hans="", summary_zh_hans="", body_en="Told once.")
    return [now, *off, session, rests, over, renewal, half]


def pages_of_a_member(browsing: Any, site: str, language: str) -> list[str]:
    """Signs a member in, of whom there is something of everything, and names the pages that only members see."""
    member = factories.member(name="Mei Chen", member_until=localdate() + timedelta(days=30))
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    remember(member, ["Wei Chen", "梁文"])
    for seats in (2, 1):
        full = factories.reception(2, promotion="offer")
        factories.rsvp(full, seats, member=member, email=member.email)
    factories.invitation(
        factories.reception(), member=member, email="", answer_by=timezone.now() + timedelta(3)
    )
    for_members = factories.reception(mode="members")
    client = Client()
    client.force_login(member)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    browsing.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
    places = [
        "members/",
        *(f"members/{place}/" for place in ("preferences", "companions", "calendar", "data")),
    ]
    return [f"/{language}/{place}" for place in (*places, f"events/{for_members.slug}/rsvp/")]


def everything(browsing: Any, site: str, language: str, scheme: str) -> Iterator[str]:
    """The public pages as strangers see them; then those of a member, wide in English, on a phone in Chinese."""
    yield from addresses(language)
    if (language, scheme) in (("en", "light"), ("zh-hans", "dark")):
        yield from pages_of_a_member(browsing, site, language)


# Colours and sizes do not depend on the language: each language, each scheme and each width is among the quick ones.
@pytest.mark.parametrize(
    ("language", "scheme"),
    [
        ("en", "light"),
        ("zh-hans", "dark"),
        pytest.param("en", "dark", marks=pytest.mark.thorough),
        pytest.param("zh-hans", "light", marks=pytest.mark.thorough),
    ],
)
def test_every_page_is_accessible_and_quiet(
    browser: Any, live_server: Any, language: str, scheme: str
) -> None:
    call_command("demo", verbosity=0)
    width = 1280 if scheme == "light" else 390
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    found: dict[str, Any] = {}
    for address in everything(context, live_server.url, language, scheme):
        complaints.clear()
        answer = page.goto(live_server.url + address)
        expected_error = answer.status in (404, 410)
        report = Axe().run(page, options={"runOnly": TAGS})
        problems = [
            f"{each['id']}: {node['html'][:120]}"
            for each in report.response["violations"]
            for node in each["nodes"]
        ]
        heard = [text for text in complaints if not (expected_error and "status of 4" in text)]
        too_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        if problems or heard or too_wide:
            found[address] = (problems, heard, "wider than the window" if too_wide else "")
    context.close()
    assert found == {}


def weight_of(answer: Any) -> int:
    """Bytes over the wire; the test's own file server does not compress, the real one does it beforehand."""
    if "/static/" in answer.url:
        return len(gzip.compress(answer.body()))
    return int(answer.request.sizes()["responseBodySize"])


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.thorough), "zh-hans"])
def test_the_first_view_of_every_page_is_light_and_asks_nobody_else(
    browser: Any, live_server: Any, language: str
) -> None:
    call_command("demo", verbosity=0)
    found: dict[str, Any] = {}
    for address in addresses(language):
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        answers: list[Any] = []
        page.on("response", lambda answer, seen=answers: seen.append(answer))
        page.goto(live_server.url + address, wait_until="networkidle")
        strangers = [
            answer.url for answer in answers if not answer.url.startswith((live_server.url, "data:"))
        ]
        weight = sum(weight_of(answer) for answer in answers)
        if strangers or len(answers) > MOST_REQUESTS or weight > HEAVIEST_BYTES:
            found[address] = (strangers, len(answers), weight)
        context.close()
    assert found == {}
