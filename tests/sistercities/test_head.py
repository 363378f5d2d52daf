"""How pages are passed on: the card behind each address, and what the head of every page tells others."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone, translation
from PIL import Image

from events.models import Event
from sistercities.cards.card import draw
from sistercities.cards.glyphs import face_of
from sistercities.pages import card_store, sharing
from sistercities.pages.models import Page, StandingPage
from sistercities.pages.originals import private_store
from sistercities.pages.publishing import refresh
from sistercities.pages.templatetags.sharing import shortened
from tests import factories
from tests.journeys.public_world import World

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")
SITE = "http://127.0.0.1:8000"
HOSTILE = "</script><b>\"'&amp; x\u202ey"


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Any) -> None:
    stores = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path}},
    }
    settings.STORAGES = stores


def head_of(client: Client, path: str) -> str:
    html = client.get(path).content.decode()
    return html[: html.index("</head>")]


def told(head: str, name: str) -> list[str]:
    """The content of all tags of the head with this name."""
    found = re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)"', head)
    return [unescape(each) for each in found]


def in_language(path: str, language: str) -> str:
    return path.replace("/en/", f"/{language}/", 1)


def card_address(page: Page, language: str = "en") -> str:
    with translation.override(language):
        kind = sharing.kind_of(type(page))
        assert kind
        return sharing.address_of(kind.load(type(page).objects.all()).get(pk=page.pk))


def all_addresses(client: Client) -> list[str]:
    """All pages that the sitemaps name, in English."""
    found: set[str] = set()
    todo = ["/sitemap.xml"]
    while todo:
        places = re.findall(r"<loc>([^<]*)</loc>", client.get(todo.pop()).getvalue().decode())
        addresses = [unescape(place).removeprefix(SITE) for place in places]
        todo += [each for each in addresses if each.endswith(".xml")]
        found.update(each for each in addresses if each.startswith("/en/"))
    return sorted(found)


def test_every_page_of_the_demonstration_has_a_card_in_both_languages(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # That each can be drawn is seen below; here the addresses count.
    monkeypatch.setattr(card_store, "draw", lambda *_: b"drawn")
    call_command("demo", verbosity=0)
    addresses = all_addresses(client)
    assert len(addresses) > 50
    for path in addresses:
        for language in LANGUAGES:
            head = head_of(client, in_language(path, language))
            image = "".join(told(head, "og:image"))
            answer = client.head(image.removeprefix(SITE))
            assert (answer.status_code, answer["Content-Type"][:6]) == (200, "image/"), path
            assert image.startswith(f"{SITE}/cards/{language}/"), path
            assert told(head, "og:url") == [f"{SITE}{in_language(path, language)}"]
            for name in ("og:title", "og:description", "og:image:alt"):
                assert told(head, name) != [""], (path, name)
            assert told(head, "description") == told(head, "og:description")
            assert 0 < len(told(head, "description")[0]) <= 160


def test_no_card_of_the_demonstration_lacks_a_character_and_each_kind_is_drawn() -> None:
    call_command("demo", verbosity=0)
    lacking = set()
    for language in LANGUAGES:
        with translation.override(language):
            for model in sharing.models_with_cards().values():
                kind = sharing.kind_of(model)
                assert kind
                cards = [kind.describe(page, {}) for page in kind.load(model.objects.published())]
                for card in cards:
                    texts = [card.title, card.other_title, card.kicker, card.notice, *card.lines]
                    lacking |= {
                        each for words in texts for each in words.text if not face_of(each, words.language)
                    }
                for card in cards[:1]:
                    content = draw(card, card_store.read_photograph)
                    assert Image.open(BytesIO(content)).size == (1200, 630)
    assert lacking == set()


def public_lists() -> list[str]:
    """The names of all views in two languages that need no argument; the members' own are not among them."""
    found = []
    resolvers = [("", "", get_resolver())]
    while resolvers:
        path, space, resolver = resolvers.pop()
        for pattern in resolver.url_patterns:
            whole = path + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                resolvers.append((whole, inner, pattern))
            elif whole.startswith("en/") and "<" not in whole and "/members/" not in whole:
                found.append(f"{space}{pattern.name}")
    return found


def test_every_public_list_has_a_card(client: Client) -> None:
    World()
    StandingPage.objects.create(**factories._page("contact", "Contact", "联系我们"))
    without = set()
    with translation.override("en"):
        addresses = {name: reverse(name) for name in public_lists()}
    for name, path in addresses.items():
        answer = client.get(path)
        is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        html = answer.content.decode() if is_page else ""
        if is_page and "noindex" not in html and not told(html, "og:image"):
            without.add(name)
    assert without == set()


def test_every_kind_of_public_page_has_a_card() -> None:
    from sistercities.pages.everything import page_models  # noqa: PLC0415 - beside what it is compared with

    assert {model._meta.label_lower for model in page_models()} == set(sharing.models_with_cards())


def test_card_is_kept_for_good_and_drawn_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = card_address(factories.relationship())
    answer = client.get(address)
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    monkeypatch.setattr(card_store, "draw", lambda *_: pytest.fail("drawn twice"))
    assert client.get(address).content == answer.content


def test_card_costs_a_page_no_further_question(client: Client, django_assert_max_num_queries: Any) -> None:
    address = card_address(factories.relationship())
    with django_assert_max_num_queries(3):
        client.get(address)


def test_address_changes_with_the_title_and_not_with_the_text() -> None:
    city = factories.city()
    before = card_address(city)
    city.body_en, city.wikidata_id = "Another text.", "Q16572"
    city.save()
    refresh(city)
    assert card_address(city) == before
    city.title_en = "Canton"
    city.save()
    assert card_address(city) != before


def test_old_address_of_a_card_leads_to_the_one_of_now(client: Client) -> None:
    city = factories.city()
    before = card_address(city)
    city.title_en = "Canton"
    city.save()
    answer = client.get(before)
    assert (answer.status_code, answer["Location"]) == (302, card_address(city))
    assert answer["Cache-Control"] == "no-cache"


def test_card_of_a_page_that_was_renamed_is_found(client: Client) -> None:
    city = factories.city()
    before = card_address(city)
    city.slug = "canton"
    city.save()
    assert client.get(before)["Location"] == card_address(city)


@pytest.mark.parametrize(
    "address",
    [
        "/cards/fr/relationships.city/guangzhou-0123456789ab.png",
        "/cards/en/relationships.sector/trade-0123456789ab.png",
        "/cards/en/people.member/curator-0123456789ab.png",
        "/cards/en/list/nowhere-0123456789ab.png",
        "/cards/en/relationships.city/guangzhou.png",
        "/cards/en/relationships.city/guangzhou-0123456789ab.gif",
        "/cards/en/relationships.city/nowhere-0123456789ab.png",
        "/cards/en/relationships.city/..%2F..%2Fsecret-0123456789ab.png",
        "/cards/en/relationships.city/%00-0123456789ab.png",
    ],
)
def test_nothing_is_drawn_at_addresses_that_nobody_was_given(client: Client, address: str) -> None:
    factories.city()
    assert client.get(address).status_code in (400, 404)
    assert not private_store().exists("cards")


def test_card_of_what_is_not_public_is_not_found(client: Client) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    hidden: list[Page] = [
        factories.city("draft", status="draft"),
        factories.source("later", publish_at=tomorrow),
        factories.remark(slug="embargo", embargo_until=tomorrow),
        factories.remark(factories.past_event("secret", status="draft"), slug="of-a-draft"),
    ]
    for page in hidden:
        assert client.get(card_address(page)).status_code == 404, page.slug


def test_card_names_no_city_that_is_not_public() -> None:
    bond = factories.relationship(
        factories.city("gz", "Guangzhou"), factories.city("x", "Secretville", status="draft")
    )
    with translation.override("en"):
        card = sharing.card_of(bond)
        assert card
        assert "Secretville" not in repr((card.emblem, card.phrases, card.lines))


def test_cancelled_event_says_so_on_its_card(client: Client) -> None:
    event = factories.event("gala", state="cancelled", notice_en="Storm.", notice_zh_hans="暴雨。")
    for language, word in (("en", "Cancelled"), ("zh-hans", "取消")):
        with translation.override(language):
            kind = sharing.kind_of(Event)
            assert kind
            card = kind.describe(kind.load(Event.objects.all()).get(pk=event.pk), {})
            assert card.notice.text == word
            assert card.spoken.startswith(word)


def test_page_and_card_agree_on_the_address(client: Client) -> None:
    """A page knows what its view has loaded; the card asks by itself. Both must come to the same."""
    for page in World().pages:
        for language in LANGUAGES:
            with translation.override(language):
                path = page.get_absolute_url()
            assert told(head_of(client, path), "og:image") == [SITE + card_address(page, language)], page.slug


def test_portrait_stands_on_the_card_of_a_person(client: Client) -> None:
    person = factories.person("liang", "Liang Lingguang", "梁灵光", portrait=factories.picture(640, 480))
    address = card_address(person)
    answer = client.get(address)
    assert address.endswith(".jpg")
    assert Image.open(BytesIO(answer.content)).format == "JPEG"


def test_picture_that_is_gone_from_its_store_stops_no_card(client: Client) -> None:
    person = factories.person("liang", "Liang Lingguang", portrait=factories.picture(640, 480))
    address = card_address(person)
    person.portrait.file.storage.delete(str(person.portrait.file))
    for width in (480, 640):
        person.portrait.file.storage.delete(str(person.portrait.file).rpartition(".")[0] + f"-{width}.webp")
    assert client.get(address).status_code == 200


def test_old_cards_are_let_go(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for slug in ("one", "two", "three"):
        client.get(card_address(factories.city(slug, slug.title())))
    assert card_store.sweep() == 0
    monkeypatch.setattr(card_store, "MOST_KEPT", 2)
    assert card_store.sweep() == 1
    monkeypatch.setattr(card_store, "KEPT_FOR", timedelta(0))
    assert card_store.sweep() == 2
    assert client.get(card_address(factories.city("four", "Four"))).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_head_tells_language_and_kind(client: Client, language: str) -> None:
    person = factories.person("liang", "Liang Lingguang", "梁灵光")
    head = head_of(client, in_language(person.get_absolute_url(), language))
    locales = {"en": "en_US", "zh-hans": "zh_CN"}
    assert told(head, "og:locale") == [locales.pop(language)]
    assert told(head, "og:locale:alternate") == list(locales.values())
    assert told(head, "og:type") == ["profile"]
    assert told(head, "twitter:card") == ["summary_large_image"]
    assert (told(head, "og:image:width"), told(head, "og:image:height")) == (["1200"], ["630"])


def test_search_engines_learn_of_all_languages(client: Client) -> None:
    path = factories.city().get_absolute_url()
    links = dict(re.findall(r'hreflang="([^"]*)" href="([^"]*)"', head_of(client, f"{path}?page=1")))
    chinese = in_language(path, "zh-hans")
    assert links == {"en": SITE + path, "zh-Hans": SITE + chinese, "x-default": SITE + path}
    assert 'hreflang="x-default" href="http://127.0.0.1:8000/"' in head_of(client, "/zh-hans/")


@pytest.mark.parametrize(
    "path", ["/en/members/login/", "/en/rsvp/unknown/", "/en/nowhere/", "/en/events/gala/rsvp/"]
)
def test_forms_and_personal_pages_are_not_passed_on(client: Client, path: str) -> None:
    World()
    head = head_of(client, path)
    assert "og:" not in head
    assert told(head, "description") != [""]


def test_draft_that_staff_read_is_not_passed_on(client: Client, curator: Any) -> None:
    city = factories.city(status="draft")
    client.force_login(curator)
    head = head_of(client, city.get_absolute_url())
    assert "og:" not in head
    assert told(head, "robots") == ["noindex"]


def test_hostile_words_stay_words(client: Client) -> None:
    page = StandingPage.objects.create(**factories._page("about", HOSTILE, HOSTILE), position=1)
    StandingPage.objects.filter(pk=page.pk).update(summary_en=f"{HOSTILE}\nsecond\x07line")
    head = head_of(client, page.get_absolute_url())
    assert told(head, "og:title") == ["</script><b>\"'&amp; xy"]
    assert told(head, "og:description") == ["</script><b>\"'&amp; xy secondline"]
    assert "<b>" not in head
    assert client.get(card_address(page)).status_code == 200


def test_description_falls_back_to_the_text_and_then_to_the_site(client: Client) -> None:
    told_at_length = factories.city(
        "a", "A", summary_en="", summary_zh_hans="", body_en="**Founded** by traders."
    )
    silent = factories.city("b", "B", summary_en="", summary_zh_hans="")
    assert told(head_of(client, told_at_length.get_absolute_url()), "description") == ["Founded by traders."]
    assert told(head_of(client, silent.get_absolute_url()), "description")[0].startswith(
        "The bonds between sister cities"
    )


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Short.", "Short."),
        ("A sentence. " * 20, "A sentence. " * 12 + "A sentence."),
        ("word " * 50, "word " * 30 + "word…"),
        ("友好城市" * 50, "友好城市" * 39 + "友好城…"),
        ("今年是结好周年。" * 30, "今年是结好周年。" * 19),
    ],
)
def test_long_description_ends_with_a_sentence_or_a_word(text: str, short: str) -> None:
    assert shortened(text.strip()) == short.strip()
    assert len(shortened(text)) <= 160


@pytest.mark.parametrize(
    ("language", "short", "tag"), [("en", "Sister cities", "en"), ("zh-hans", "友好城市", "zh-Hans")]
)
def test_manifest_speaks_its_language(
    client: Client, settings: Any, language: str, short: str, tag: str
) -> None:
    answer = client.get(f"/manifest.{language}.webmanifest")
    content = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (content["name"], content["short_name"], content["lang"]) == (
        settings.SITE_NAME[language],
        short,
        tag,
    )
    assert content["start_url"] == f"/{language}/"
    sizes = [(icon["sizes"], icon["purpose"]) for icon in content["icons"]]
    assert sizes == [("192x192", "any"), ("512x512", "any"), ("192x192", "maskable"), ("512x512", "maskable")]
    for icon in content["icons"]:
        found = Image.open(BytesIO(b"".join(client.get(icon["src"]).streaming_content)))  # type: ignore[attr-defined]
        assert f"{found.width}x{found.height}" == icon["sizes"]


def test_manifest_of_another_language_does_not_exist(client: Client) -> None:
    assert client.get("/manifest.fr.webmanifest").status_code == 404


@pytest.mark.parametrize(("path", "side"), [("/favicon.ico", 48), ("/apple-touch-icon.png", 180)])
def test_icons_answer_at_the_root(client: Client, path: str, side: int) -> None:
    answer: Any = client.get(path)
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).size == (side, side)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
