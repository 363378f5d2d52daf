"""A curator enters by hand, in a real browser, what the archive is made of, and reads it in both languages."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Member
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CITATION = "pages-citation-content_type-object_id"


class Desk:
    """The admin as a curator uses it: labels, autocompletes, buttons; and the site as a stranger reads it."""

    def __init__(self, browser: Any, site: str, session: str) -> None:
        self.site = site
        self.own, self.stranger = browser.new_context(locale="en-GB"), browser.new_context(locale="en-GB")
        self.own.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "url": site, "value": session}])
        self.form, self.reader = self.own.new_page(), self.stranger.new_page()

    def open(self, name: str, *args: Any) -> None:
        self.form.goto(self.site + reverse(f"admin:{name}", args=args))

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.form.fill(f"[name={name}]", value)

    def row(self, prefix: str, **fields: str) -> None:
        for name, value in fields.items():
            self.form.fill(f"[name='{prefix}-{name}']", value)

    def another(self, what: str) -> None:
        self.form.get_by_text(f"Add another {what}", exact=True).click()

    def choose(self, name: str, words: str) -> None:
        """Type into an autocomplete, and take the entry that is found."""
        self.form.locator(f"select[name='{name}'] + .select2 .select2-selection").click()
        self.form.keyboard.type(words)
        self.form.locator(".select2-results__option", has_text=words).first.click()

    def publish(self) -> str:
        """Save; the address of the page, without its language."""
        self.form.select_option("[name=status]", "published")
        return self.save()

    def send(self) -> list[str]:
        """Save and go on; what the form has to say against it."""
        with self.form.expect_navigation():
            self.form.locator("[name=_continue]").first.click()
        return self.errors()

    def save(self) -> str:
        self.send()
        assert self.form.locator(".messagelist .success").count() == 1, self.errors()
        address: str = self.form.get_by_role("link", name="See it in English").get_attribute("href")
        return address.removeprefix("/en")

    def errors(self) -> list[str]:
        return self.form.locator(".errorlist li").all_inner_texts()

    def reads(self, address: str, **sentences: list[str]) -> None:
        """What a stranger finds on the page of each language."""
        for language, wanted in sentences.items():
            code = language.replace("_", "-")
            assert self.reader.goto(f"{self.site}/{code}{address}").status == 200
            text = " ".join(self.reader.locator("main").inner_text().split())
            for words in wanted:
                assert words in text, f"{words} is not on {code}{address}: {text}"

    def close(self) -> None:
        self.own.close()
        self.stranger.close()


@pytest.fixture
def desk(browser: Any, live_server: Any, client: Client, curator: Member) -> Any:
    client.force_login(curator)
    found = Desk(browser, live_server.url, client.cookies[settings.SESSION_COOKIE_NAME].value)
    yield found
    found.close()


def test_a_person_with_tones_variant_and_office(desk: Desk) -> None:
    factories.los_angeles()
    factories.source("harbour-daily", title_en="Harbour Daily", title_zh_hans="港口日报")
    desk.open("people_person_add")
    desk.row("names-0", family="Shen", given="Molan")
    desk.form.check("[name=names-0-family_first]")
    desk.another("Name")
    desk.form.select_option("[name=names-1-script]", "Hans")
    desk.row("names-1", family="沈", given="墨兰", romanisation="Shěn Mòlán")
    desk.another("Name")
    desk.row("names-2", family="Shum", given="Maak-laan")
    desk.form.check("[name=names-2-is_variant]")
    desk.fill(born="about 1920", died="1910", body_en="She proposed it.[^harbour-daily]")
    desk.another("Office held")
    desk.row("tenures-0", office_en="Mayor of Los Angeles", office_zh_hans="洛杉矶市长", began="1960")
    desk.choose("tenures-0-city", "Los Angeles")
    desk.another("Citation")
    desk.choose(f"{CITATION}-0-source", "Harbour Daily")
    desk.row(f"{CITATION}-0", claim="life")
    assert desk.send() == ["Nobody dies before being born."]

    desk.fill(died="2001年11月4日")
    address = desk.publish()
    assert "墨兰·沈" in desk.form.locator(".messagelist .warning").inner_text()
    desk.form.check("[name=names-1-family_first]")
    assert desk.save() == address == "/people/shen-molan/"
    desk.reads(
        address,
        en=["Shen Molan", "Shěn Mòlán", "about 1920", "4 November 2001", "Shum", "Harbour Daily"],
        zh_hans=["沈墨兰", "Shěn Mòlán", "约1920年", "2001年11月4日", "洛杉矶市长", "港口日报"],
    )


def test_a_city_its_bond_and_a_source_that_contradicts_its_date(desk: Desk) -> None:
    factories.los_angeles()
    factories.source("harbour-daily", title_en="Harbour Daily", title_zh_hans="港口日报")
    factories.source("yearbook", title_en="Yearbook", title_zh_hans="年鉴")
    desk.open("relationships_city_add")
    desk.fill(title_en="Port Verity", title_zh_hans="真港", country_en="Testland", country_zh_hans="试验国")
    desk.fill(country_code="tl", timezone="Pacific/Auckland", latitude="-36.9", longitude="174.8")
    desk.reads(desk.publish(), en=["Port Verity", "36.90° S"], zh_hans=["真港", "南纬36.90°"])

    desk.open("relationships_relationship_add")
    desk.fill(title_en="Los Angeles–Port Verity", title_zh_hans="洛杉矶与真港", established="5/3/1987")
    desk.form.get_by_label("Kind:").select_option(label="sister cities")
    desk.choose("parties-0-city", "Los Angeles")
    desk.choose("parties-1-city", "Port Verity")
    for number, source in enumerate(("Harbour Daily", "Yearbook")):
        desk.another("Citation")
        desk.choose(f"{CITATION}-{number}-source", source)
        desk.row(f"{CITATION}-{number}", claim="established")
    desk.form.get_by_label("Stance").nth(1).select_option(label="contradicts")
    note = {"note_en": "The yearbook gives 8 May 1987.", "note_zh_hans": "年鉴记为1987年5月8日。"}
    desk.row(f"{CITATION}-1", **note)
    assert "Day and month can be taken for each other" in desk.send()[0]
    desk.fill(established="1987-05-03")
    address = desk.publish()
    assert address == "/relationships/los-angeles-port-verity/"
    desk.reads(
        address,
        en=["3 May 1987", "Sources disagree", "The yearbook gives 8 May 1987."],
        zh_hans=["1987年5月3日", "来源说法不一", "年鉴记为1987年5月8日。"],
    )


def test_a_renewal_is_entered_from_what_it_renews(desk: Desk) -> None:
    first = factories.agreement(signed="2014-11-16", title_en="Memorandum", title_zh_hans="备忘录")
    desk.open("relationships_agreement_change", first.pk)
    with desk.form.expect_navigation():
        desk.form.get_by_text("Enter the agreement that renews this one").click()
    desk.fill(title_en="Renewed memorandum", title_zh_hans="备忘录（续签）", signed="2017-12-01")
    desk.another("Text of an agreement")
    desk.row("wordings-0", language="zh_hans", text="双方续签。")
    address = desk.publish()
    warnings = " ".join(desk.form.locator(".messagelist .warning").all_inner_texts())
    assert "It is published without a source." in warnings
    desk.reads(
        address, en=["Simplified Chinese", "双方续签。", "16 November 2014"], zh_hans=["2014年11月16日"]
    )
    desk.reads(first.get_absolute_url().removeprefix("/en"), en=["Renewed memorandum"], zh_hans=["（续签）"])


def test_an_event_is_postponed_and_gets_a_new_day(desk: Desk) -> None:
    event = factories.event(days_ahead=20, title_en="Harbour evening", title_zh_hans="港口之夜")
    old_day = timezone.localtime(event.starts_at, event.zone)
    new_day = old_day + timedelta(days=40)
    # Late in the evening, by the clock of whoever runs this, an event ends on the day after.
    last_day = timezone.localtime(event.ends_at, event.zone) + timedelta(days=40)
    desk.open("events_event_change", event.pk)
    desk.form.select_option("[name=state]", label="postponed")
    assert desk.send() == ["Say in a notice what became of the event."]
    desk.fill(notice_en="The pier is under repair.", notice_zh_hans="码头正在维修。")
    address = desk.save()
    desk.reads(
        address,
        en=["This event has been postponed.", "there is no new date yet", "The pier is under repair."],
        zh_hans=["本次活动已延期。", "新日期尚未确定", "码头正在维修。"],
    )
    desk.fill(starts_at_0=f"{new_day:%Y-%m-%d}", ends_at_0=f"{last_day:%Y-%m-%d}")
    desk.save()
    planned, now = (f"{day.day} {day:%B %Y}" for day in (old_day, new_day))
    planned_zh, now_zh = (f"{day.year}年{day.month}月{day.day}日" for day in (old_day, new_day))
    desk.reads(address, en=[f"planned for {planned}", now], zh_hans=[planned_zh, now_zh])
