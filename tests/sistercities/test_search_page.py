"""The page of finds: grouped, narrowed, literal where a sign is meant so, and silent about what is hidden."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.models import Event
from people.models import Person
from sistercities.pages.excerpts import excerpt
from sistercities.pages.indexing import fill_missing, refill
from sistercities.pages.models import Source, Status
from sistercities.pages.publishing import refresh
from sistercities.pages.searching import MANY, find, rows_of
from tests import factories

pytestmark = pytest.mark.django_db
TYPED = ["zanzibar", "zanz", "zanzibr", "桑给巴尔", "桑给", "sangjibaer"]


def search(client: Any, query: dict[str, Any], language: str = "en") -> Any:
    return client.get(f"/{language}/search/", query)


def found(answer: Any) -> dict[str, list[str]]:
    return {
        group["kind"]: [result["page"].slug for result in group["results"]]
        for group in answer.context["groups"]
    }


def suggested(client: Any, typed: str, language: str = "en") -> list[str]:
    answer = client.get(f"/{language}/search/suggest/", {"q": typed})
    return [page["url"] for page in answer.json()["suggestions"]]


def hide(what: str) -> None:
    """A page named Zanzibar that nobody may find."""
    names = {"title_en": "Zanzibar", "title_zh_hans": "桑给巴尔", "body_en": "Of Zanzibar."}
    if what == "a draft":
        refresh(factories.source("hidden", status=Status.DRAFT, **names))
    elif what == "for later":
        refresh(factories.source("hidden", publish_at=timezone.now() + timedelta(days=1), **names))
    elif what == "an unlisted event":
        refresh(factories.past_event("hidden", visibility=Event.Visibility.UNLISTED, **names))
    else:
        soon = timezone.now() + timedelta(days=1)
        refresh(factories.remark(factories.past_event(), slug="hidden", embargo_until=soon, **names))


@pytest.mark.parametrize("what", ["a draft", "for later", "an unlisted event", "a remark under embargo"])
@pytest.mark.parametrize("typed", TYPED)
def test_what_is_hidden_is_neither_found_nor_suggested(client: Any, what: str, typed: str) -> None:
    hide(what)
    answer = search(client, {"q": typed})
    assert found(answer) == {}
    assert answer.context["similar"] == answer.context["meant"] == []
    assert suggested(client, typed) == []


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_public_is_found_or_suggested_by_the_same_words(client: Any, typed: str) -> None:
    refresh(factories.source("shown", title_en="Zanzibar", title_zh_hans="桑给巴尔"))
    answer = search(client, {"q": typed})
    assert found(answer) or answer.context["similar"]
    assert suggested(client, typed) == ["/en/sources/shown/"]


@pytest.mark.parametrize("typed", ["100%", "100％", "１００%"])
def test_a_percent_sign_is_meant_so(client: Any, typed: str) -> None:
    factories.source("all", title_en="100% cotton")
    factories.source("hundred", title_en="100 percent, and 100 more")
    assert found(search(client, {"q": typed})) == {"source": ["all"]}
    assert set(found(search(client, {"q": "100"}))["source"]) == {"all", "hundred"}


def test_a_full_width_percent_sign_in_the_text_is_found_too(client: Any) -> None:
    factories.source("all", summary_en="", summary_zh_hans="投票率100％。")
    assert found(search(client, {"q": "100%"})) == {"source": ["all"]}


@pytest.mark.parametrize("typed", ["_", "%", "__", "%%", "*", "?", "\\", "_ %"])
def test_signs_alone_find_nothing(client: Any, typed: str) -> None:
    factories.source("all", title_en="100% cotton_wool *")
    answer = search(client, {"q": typed})
    assert found(answer) == {}
    assert "Nothing found for" in answer.content.decode()


def test_an_underscore_is_no_wildcard(client: Any) -> None:
    factories.source("all", title_en="cotton_wool")
    factories.source("other", title_en="cotton wool")
    assert found(search(client, {"q": "cotton_wool"})) == {"source": ["all"]}
    assert found(search(client, {"q": "co_ton"})) == {}


@pytest.mark.parametrize(
    "typed", ["-velvet", "velvet -kind", "velvet or nothing", '"velvet', "velvet & !x | (", "vel:*"]
)
def test_operators_mean_nothing(typed: str) -> None:
    factories.source("kept", title_en="Velvet of another kind")
    factories.source("apart", title_en="Something else")
    assert [row["slug"] for _hit, row in rows_of(find(typed).hits)] in (["kept"], [])


def test_finds_are_grouped_and_a_group_leads_to_all_of_it(client: Any) -> None:
    for at in range(6):
        factories.source(f"harbour-{at}", title_en="The harbour")
    factories.past_event("opening", title_en="Opening of the harbour")
    answer = search(client, {"q": "harbour"})
    assert [(group["kind"], group["count"], len(group["results"])) for group in answer.context["groups"]] == [
        ("event", 1, 1),
        ("source", 6, 4),
    ]
    assert 'href="?q=harbour&amp;kind=source"' in answer.content.decode()
    assert len(found(search(client, {"q": "harbour", "kind": "source"}))["source"]) == 6


def test_finds_can_be_narrowed_to_a_language(client: Any) -> None:
    factories.source("both", title_en="The harbour", title_zh_hans="港口")
    factories.source("english", title_en="The harbour", title_zh_hans="", summary_zh_hans="", body_zh_hans="")
    assert found(search(client, {"q": "harbour", "language": "zh-hans"})) == {"source": ["both"]}
    assert len(found(search(client, {"q": "harbour", "language": "en"}))["source"]) == 2


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "nonsense"},
        {"kind": "citation"},
        {"language": "tlh"},
        {"page": "0"},
        {"page": "2"},
        {"page": "2", "kind": "source"},
        {"page": "x"},
    ],
)
def test_an_address_that_cannot_be_is_not_there(client: Any, query: dict[str, str]) -> None:
    factories.source("harbour", title_en="The harbour")
    assert search(client, {"q": "harbour", **query}).status_code == 404


def test_the_second_part_of_a_list_follows_the_first(client: Any) -> None:
    for _ in range(25):
        factories.source(title_en="The harbour")
    first = found(search(client, {"q": "harbour", "kind": "source"}))["source"]
    second = found(search(client, {"q": "harbour", "kind": "source", "page": 2}))["source"]
    assert (len(first), len(second), len({*first, *second})) == (20, 5, 25)


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "harbour"}, 6),
        ({"q": "harbour", "kind": "source"}, 6),
        ({"q": "harbur"}, 10),
        ({"q": "zebra crossing"}, 11),
    ],
)
def test_a_search_costs_the_same_however_much_there_is(
    client: Any, number: int, query: dict[str, str], count: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(number):
        refresh(factories.source(title_en="The harbour", body_en="A long walk. " * 40))
    with django_assert_max_num_queries(count):
        assert search(client, query).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_a_suggestion_costs_two_queries(client: Any, number: int, django_assert_num_queries: Any) -> None:
    for _ in range(number):
        refresh(factories.source(title_en="The harbour"))
    with django_assert_num_queries(2):
        assert len(suggested(client, "harb")) == min(number, 8)


def test_suggestions_say_in_which_language_each_name_is(client: Any) -> None:
    refresh(factories.city("foshan", "Foshan", "佛山"))
    answer = client.get("/zh-hans/search/suggest/", {"q": "fosh"})
    assert answer.json() == {
        "q": "fosh",
        "suggestions": [
            {
                "title": "佛山",
                "lang": "zh-Hans",
                "kind": "城市",
                "url": "/zh-hans/cities/foshan/",
                "other": [{"title": "Foshan", "lang": "en"}],
            }
        ],
    }
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("typed", ["", "f", "%", "_", "\u202e", "<script>", "'" * 300, "%" * 300, "佛" * 300])
def test_suggestions_answer_to_any_input(client: Any, typed: str) -> None:
    refresh(factories.city("foshan", "Foshan", "佛山"))
    assert suggested(client, typed) == []


def test_a_hostile_title_stays_text_in_suggestions_and_finds(client: Any) -> None:
    refresh(factories.source("bad", title_en='</script><img src=x onerror="alert(1)"> harbour'))
    answer = client.get("/en/search/suggest/", {"q": "img"})
    assert answer["Content-Type"] == "application/json"
    assert "<img" not in search(client, {"q": "harbour"}).content.decode()


@pytest.mark.parametrize("typed", ["Sao Paulo", "são paulo", "SAO PAULO"])
def test_marks_may_be_left_out(typed: str) -> None:
    refresh(factories.city("sao-paulo", "São Paulo", "圣保罗"))
    assert [row["slug"] for _hit, row in rows_of(find(typed).hits)] == ["sao-paulo"]


@pytest.mark.parametrize("typed", ["Xi'an", "Xi’an", "xian", "xi an", "西安"])
def test_an_apostrophe_may_be_left_out(typed: str) -> None:
    refresh(factories.city("xian", "Xi’an", "西安"))
    assert [row["slug"] for _hit, row in rows_of(find(typed).hits)] == ["xian"]


@pytest.mark.parametrize("typed", ["zhaodaihui", "zhao dai hui", "zhao1dai4hui4", "招待會"])
def test_any_title_is_found_by_its_pinyin(typed: str) -> None:
    refresh(factories.source("evening", title_en="An evening", title_zh_hans="纪念招待会"))
    assert [row["slug"] for _hit, row in rows_of(find(typed).hits)] == ["evening"]


def test_a_syllable_of_a_title_is_no_english_word() -> None:
    refresh(factories.source("evening", title_en="An evening", title_zh_hans="我们的谅解备忘录"))
    assert find("me").total == find("liang").total == find("men").total == 0


def test_an_office_a_milestone_and_another_name_lead_to_their_page(client: Any) -> None:
    bond = factories.relationship()
    factories.milestone(bond, title_en="A velodrome was opened", title_zh_hans="自行车馆落成")
    bond.cities[0].other_names.create(name="Canton")
    mayor = factories.person("mayor", "Tom Bradley")
    mayor.tenures.create(office_en="Harbourmaster of Avalon")
    for page in (bond, bond.cities[0], mayor):
        refresh(page)
    assert found(search(client, {"q": "velodrome"})) == {"relationship": [bond.slug]}
    assert found(search(client, {"q": "自行车馆"})) == {"relationship": [bond.slug]}
    assert found(search(client, {"q": "harbourmaster"})) == {"person": ["mayor"]}
    canton = search(client, {"q": "canton"})
    assert found(canton) == {"city": ["guangzhou"]}
    assert "Found under: <mark>Canton</mark>" in canton.content.decode()


def test_what_was_meant_can_be_searched_for(client: Any) -> None:
    refresh(factories.person("bradley", "Tom Bradley"))
    page = search(client, {"q": "bradly"}).content.decode()
    assert "Nothing found for “bradly”" in page
    assert '<a href="?q=bradley">bradley</a>' in page
    assert "没有找到“bradly”" in search(client, {"q": "bradly"}, "zh-hans").content.decode()


def test_a_chinese_passage_is_cut_between_words_and_says_its_language() -> None:
    before = "代表团先后访问了港口大学和植物园" * 3
    body = f"{before}并与市长会见后缔结友好关系。{'随后举行招待会' * 20}"
    refresh(factories.source("report", summary_en="A report.", summary_zh_hans="报告", body_zh_hans=body))
    [(_hit, row)] = rows_of(find("缔结").hits)
    text = excerpt(row, "缔结")
    assert text.startswith('<span lang="zh-Hans">……')
    passage = text.removeprefix('<span lang="zh-Hans">……').removesuffix("……</span>")
    assert "<mark>缔结</mark>" in passage
    # 招待会, 代表团 and 植物园 are words: neither end stands within one.
    assert not passage.startswith(("表团", "团", "物园", "园", "口", "学"))
    assert not passage.endswith(("招", "招待", "举", "随"))


def test_traditional_characters_are_marked_as_such() -> None:
    text = (
        "兩市締結友好關係，市長們在廣州簽署協議，其後舉行招待會，賓主盡歡，相約來年再會於洛杉磯，永誌不忘。"
    )
    remark = factories.remark(factories.past_event(), summary_en="Words.", summary_zh_hans="")
    remark.segments.create(position=2, text_en="", text_zh_hans=text)
    refresh(remark)
    [(_hit, row)] = [each for each in rows_of(find("締結").hits) if each[1]["slug"] == remark.slug]
    assert 'lang="zh-Hant"' in excerpt(row, "締結")


def test_pages_written_past_the_verbs_are_filled_at_once_and_only_once() -> None:
    person = factories.person("liang", "Liang Lingguang", "梁灵光")
    Person.objects.update(search_text="", names_folded="")
    sources = [factories.source(title_en="Zanzibar") for _ in range(3)]
    assert refill(Source, [page.pk for page in sources[:2]]) == 2
    assert Source.objects.exclude(names_folded="").count() == 2
    assert fill_missing() == 2
    assert refill(Source) == refill(Person) == fill_missing() == 0
    person.refresh_from_db()
    assert "\nllg\n" in person.names_folded


def test_many_finds_are_not_counted_to_the_end() -> None:
    Source.objects.bulk_create(
        Source(slug=f"s{at}", title_en="The harbour", status=Status.PUBLISHED) for at in range(MANY + 5)
    )
    refresh(factories.source("best", title_en="Harbour"))
    finds = find("harbour")
    assert finds.of_kind("source") == MANY
    assert next(row["slug"] for _hit, row in rows_of(finds.hits)) == "best"


def test_a_milestone_is_found_as_soon_as_it_is_saved_and_no_more_once_it_is_gone(
    client: Any, curator: Any
) -> None:
    bond = factories.relationship()
    far = factories.city("foshan", "Foshan", "佛山"), factories.city("nadi", "Nadi", "楠迪")
    other = factories.relationship(*far, slug="far")
    milestone = factories.milestone(bond)
    client.force_login(curator)
    address = f"/admin/relationships/milestone/{milestone.pk}/change/"
    kept = {
        name: value for name, value in client.get(address).context["adminform"].form.initial.items() if value
    }
    management = {f"pages-citation-content_type-object_id-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    sent = {
        **kept,
        **management,
        "title_en": "A velodrome",
        "happened": "1987",
        "is_shown": "on",
        "people": [],
    }
    assert client.post(address, {**sent, "relationship": bond.pk}).status_code == 302
    assert found(search(client, {"q": "velodrome"})) == {"relationship": [bond.slug]}
    assert client.post(address, {**sent, "relationship": other.pk}).status_code == 302
    assert found(search(client, {"q": "velodrome"})) == {"relationship": [other.slug]}
    client.post(f"/admin/relationships/milestone/{milestone.pk}/delete/", {"post": "yes"})
    assert found(search(client, {"q": "velodrome"})) == {}


def test_milestones_deleted_from_the_list_are_found_no_more(client: Any, curator: Any) -> None:
    bond = factories.relationship()
    gone = factories.milestone(bond, title_en="A velodrome")
    refresh(bond)
    assert found(search(client, {"q": "velodrome"})) == {"relationship": [bond.slug]}
    client.force_login(curator)
    chosen = {"action": "delete_selected", "_selected_action": [gone.pk], "post": "yes"}
    assert client.post("/admin/relationships/milestone/", chosen).status_code == 302
    client.logout()
    assert found(search(client, {"q": "velodrome"})) == {}
