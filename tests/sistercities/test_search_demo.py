"""What the archive is asked for most, over the demonstration: which pages come first, and that nothing silly comes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans"]

# All that is found, in its order: of people, agreements and so on the best few.
LIANG = {
    "person": ["liang-lingguang", "tom-bradley"],
    "agreement": ["sister-city-agreement-1981"],
    "event": ["agreement-signing-1981"],
    "remark": ["zhang-ping-2021"],
    "relationship": ["guangzhou-los-angeles"],
    "story": ["guangzhou-los-angeles-45-years"],
}
FOUND: dict[str, dict[str, list[str]]] = {
    # 桥梁, a bridge, is in the title of the one source that does not speak of him.
    "梁": {**LIANG, "source": ["wikipedia-liang", "newsroom-2019"]},
    "liang": {**LIANG, "source": ["wikipedia-liang"]},
    "Liáng": {**LIANG, "source": ["wikipedia-liang"]},
    "lingguang": {**LIANG, "source": ["wikipedia-liang"]},
    "liang2 ling2guang1": {**LIANG, "source": ["wikipedia-liang"]},
    "llg": {"person": ["liang-lingguang"], "source": ["wikipedia-liang"]},
    "ＬＬＧ": {"person": ["liang-lingguang"], "source": ["wikipedia-liang"]},
    "liang ling-kuang": {"person": ["liang-lingguang"]},
    "bradley": {**LIANG, "person": ["tom-bradley", "liang-lingguang"]},
    "canton": {"city": ["guangzhou"]},
    "Kuang-chou": {"city": ["guangzhou"]},
    "歡迎": {"event": ["guangzhou-los-angeles-45th-anniversary"]},
    "欢迎": {"event": ["guangzhou-los-angeles-45th-anniversary"]},
    "100%": {},
    "100_": {},
    "_": {},
    "%": {},
    "*": {},
}
# Of much that is found: what the first group holds, and what leads the others.
FIRST: dict[str, tuple[tuple[str, list[str]], dict[str, str]]] = {
    "友好": (
        (
            "event",
            [
                "agreement-signing-1981",
                "guangzhou-los-angeles-45th-anniversary",
                "fortieth-anniversary-reception-2021",
                "golden-anniversary-reception-2022",
            ],
        ),
        {"relationship": "guangzhou-los-angeles", "city": "guangzhou", "source": "gz-2022"},
    ),
    "广州": (
        ("city", ["guangzhou", "los-angeles", "auckland"]),
        {
            "relationship": "guangzhou-los-angeles",
            "agreement": "sister-city-agreement-1981",
            "source": "gz-2022",
        },
    ),
    "廣州": (
        ("city", ["guangzhou", "los-angeles", "auckland"]),
        {
            "relationship": "guangzhou-los-angeles",
            "agreement": "sister-city-agreement-1981",
            "source": "gz-2022",
        },
    ),
    "guang zhou": (
        ("city", ["guangzhou"]),
        {"relationship": "guangzhou-los-angeles", "agreement": "sister-city-agreement-1981"},
    ),
    "receptions": (
        (
            "event",
            [
                "guangzhou-los-angeles-45th-anniversary",
                "fortieth-anniversary-reception-2021",
                "golden-anniversary-reception-2022",
            ],
        ),
        {"person": "zhang-ping", "relationship": "guangzhou-los-angeles", "source": "consulate-2021"},
    ),
}
# What is found where nothing is: names like these.
SIMILAR = {
    "bradly": ["tom-bradley"],
    "bardley": ["tom-bradley"],
    "Tom Bradly": ["tom-bradley"],
    "lian linguang": ["liang-lingguang", "wikipedia-liang"],
    "guangzou": ["guangzhou", "auckland-guangzhou", "guangzhou-los-angeles"],
    "zanzibar": [],
    "qwertyuiop": [],
    "brdl": [],
}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", verbosity=0)
        yield
        transaction.set_rollback(True)


def ask(client: Any, language: str, asked: str) -> Any:
    caches["pages"].clear()  # so that the page is made anew, and its context is here
    answer = client.get(f"/{language}/search/", {"q": asked})
    assert answer.status_code == 200
    return answer.context


def groups(context: Any) -> dict[str, list[str]]:
    """The kinds in their order, each with the addresses of its best pages."""
    return {
        group["kind"]: [result["page"].slug for result in group["results"]] for group in context["groups"]
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", FOUND)
def test_search_finds_exactly_this(demo: None, client: Any, language: str, asked: str) -> None:
    context = ask(client, language, asked)
    assert groups(context) == FOUND[asked]
    assert context["similar"] == []
    if FOUND[asked]:
        assert next(iter(groups(context))) == next(iter(FOUND[asked]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", FIRST)
def test_search_finds_this_first(demo: None, client: Any, language: str, asked: str) -> None:
    found = groups(ask(client, language, asked))
    first, others = FIRST[asked]
    assert next(iter(found.items())) == first
    assert {kind: found[kind][0] for kind in others} == others


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", SIMILAR)
def test_search_forgives_a_slip_in_a_name(demo: None, client: Any, language: str, asked: str) -> None:
    context = ask(client, language, asked)
    assert groups(context) == {}
    assert [result["page"].slug for result in context["similar"]][: len(SIMILAR[asked]) or None][
        :3
    ] == SIMILAR[asked]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_and_standing_pages_stand_behind_what_they_speak_of(
    demo: None, client: Any, language: str
) -> None:
    assert list(groups(ask(client, language, "友好")))[-2:] == ["source", "standingpage"]
