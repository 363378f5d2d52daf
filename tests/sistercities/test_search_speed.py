"""Search among 20,000 pages of all kinds stays under 50 ms in the database, and goes by its indexes."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from events.models import Event
from people.models import Person
from relationships.models import City, Party, Relationship
from sistercities.pages.dates import parse
from sistercities.pages.indexing import refill
from sistercities.pages.models import Source, Status
from sistercities.pages.searching import find
from sistercities.pages.similar import similar_names, suggestions

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MILLISECONDS = 50
TRIES = 7  # the best counts: the machine has other work too
ASKED = [
    "友好",
    "广州",
    "梁",
    "liang",
    "lingguang",
    "llg",
    "liang ling-kuang",
    "bradley",
    "receptions",
    "歡迎",
    "100%",
]
ASKED += ["_", "市", "cities", "bradly", "zanzibar"]
HAN = "广州洛杉矶奥克兰上海北京深圳重庆天津武汉成都西安南京杭苏青岛大连宁波厦门长沙郑济昆明沈阳福哈尔滨"
_SYLLABLES = (
    "gu ang zhou san los an ge les ber lin mo na ko vi ta ra ni ka port ham burg ton ville ster lan do"
)
SYLLABLES = _SYLLABLES.split()
FAMILIES, GIVEN = (
    "梁陈张李王刘黄林吴周徐孙马朱胡郭何高罗郑",
    "灵光建华硕辅志明国强文丽芳伟军平东海春秋晓红玉兰",
)
_ENGLISH = "the cities signed an agreement on trade education culture students reception harbour university"
ENGLISH = _ENGLISH.split()
CHINESE = [
    "两市签署友好城市协议",
    "推动经贸合作",
    "教育往来",
    "举行招待会",
    "庆祝结好周年",
    "欢迎来宾",
    "友好往来",
]


class Sayings:
    """Names and sentences, the same in every run."""

    def __init__(self) -> None:
        self.dice = random.Random(7)

    def latin(self) -> str:
        return "".join(self.dice.choices(SYLLABLES, k=self.dice.randint(2, 4))).capitalize()

    def han(self, letters: str, size: int) -> str:
        return "".join(self.dice.choices(letters, k=size))

    def texts(self, length: int) -> dict[str, str]:
        english, chinese = self.dice.choices(ENGLISH, k=length), self.dice.choices(CHINESE, k=length // 5)
        return {"summary_en": f"{' '.join(english)}.", "summary_zh_hans": f"{'，'.join(chinese)}。"}


@pytest.fixture(scope="module")
def archive(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """Loaded once for this file: how many queries it took to fill the words of all bonds."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 0")
            count = _fill(Sayings())
            # What is checked at the end of a transaction would else be checked after each test anew.
            cursor.execute("analyze relationships_party")
            connection.check_constraints()
        yield count
        transaction.set_rollback(True)


def _fill(say: Sayings) -> int:
    shown = {"status": Status.PUBLISHED}
    place = {"country_code": "CN", "country_en": "China", "country_zh_hans": "中国"}
    names = [(say.latin(), say.han(HAN, say.dice.randint(2, 4))) for _ in range(3000)]
    cities = City.objects.bulk_create(
        City(slug=f"c{at}", title_en=en, title_zh_hans=zh, **place, **say.texts(15), **shown)
        for at, (en, zh) in enumerate(names)
    )
    pairs = sorted({tuple(sorted(say.dice.sample(range(3000), 2))) for _ in range(12_500)})[:12_000]
    bonds = Relationship.objects.bulk_create(
        Relationship(
            slug=f"b{one}-{other}",
            kind=Relationship.Kind.SISTER_CITIES,
            title_en=f"{cities[one].title_en} and {cities[other].title_en}",
            title_zh_hans=f"{cities[one].title_zh_hans}与{cities[other].title_zh_hans}",
            summary_en="Sister cities since 1985.",
            summary_zh_hans="1985年结为友好城市。",
            pair_key=f"{cities[one].pk}-{cities[other].pk}",
            **shown,
        )
        for one, other in pairs
    )
    Party.objects.bulk_create(
        Party(relationship=bond, city=cities[at], position=position)
        for bond, pair in zip(bonds, pairs, strict=True)
        for position, at in enumerate(pair)
    )
    people = [f"{say.latin()} {say.latin()}" for _ in range(2000)]
    Person.objects.bulk_create(
        Person(
            slug=f"p{at}",
            title_en=name,
            title_zh_hans=say.han(FAMILIES, 1) + say.han(GIVEN, 2),
            **say.texts(90),
            **shown,
        )
        for at, name in enumerate(people)
    )
    day = {"held": parse("1990-05-04"), "held_first": 1, "held_last": 1}
    Event.objects.bulk_create(
        Event(
            slug=f"e{at}",
            title_en=f"Reception of {say.latin()}",
            title_zh_hans=f"{say.han(HAN, 3)}招待会",
            body_en=say.texts(300)["summary_en"],
            body_zh_hans=say.texts(300)["summary_zh_hans"],
            **day,
            **shown,
        )
        for at in range(1500)
    )
    Source.objects.bulk_create(
        Source(
            slug=f"s{at}",
            title_en=say.texts(8)["summary_en"],
            title_zh_hans=say.han(HAN, 6),
            **say.texts(20),
            **shown,
        )
        for at in range(1500)
    )
    for model in (City, Person, Event, Source):
        refill(model)
    with CaptureQueriesContext(connection) as queries:
        assert refill(Relationship) == len(bonds)
    return len(queries)


def _milliseconds(act: Callable[[], Any]) -> float:
    """What the database takes for it at best."""
    best = float("inf")
    for _ in range(TRIES):
        with CaptureQueriesContext(connection) as queries:
            act()
        best = min(best, 1000 * sum(float(query["time"]) for query in queries.captured_queries))
    return best


def _count() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from generate_series(1, 500000)")


def assert_quick(act: Callable[[], Any]) -> None:
    """Within 50 ms; on a machine that is busy or slow, within what it takes there to count to half a million."""
    took = _milliseconds(act)
    assert took < max(MILLISECONDS, _milliseconds(_count))


@pytest.mark.parametrize("asked", ASKED)
def test_search_among_20_000_pages_is_quick(archive: int, asked: str) -> None:
    assert_quick(lambda: find(asked))


@pytest.mark.parametrize("asked", ["bradly", "guangzou", "whitmann", "bardley", "liang linguang"])
def test_a_slip_among_20_000_pages_is_quick(archive: int, asked: str) -> None:
    assert_quick(lambda: similar_names(asked))


@pytest.mark.parametrize("typed", ["li", "lia", "guang", "广", "广州", "llg", "zz", "bradl"])
def test_suggestions_among_20_000_pages_are_quick(archive: int, typed: str) -> None:
    assert_quick(lambda: suggestions(typed))


@pytest.mark.parametrize(
    ("act", "index"),
    [
        (lambda: find("zanzibar zoo"), "relationship_search"),
        (lambda: similar_names("zanzibrr"), "relationship_names"),
        (lambda: suggestions("zanzi"), "relationship_names"),
    ],
)
def test_search_goes_by_its_indexes(archive: int, act: Any, index: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        act()
    with connection.cursor() as cursor:
        cursor.execute(f"explain {queries.captured_queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert f"Bitmap Index Scan on {index}" in plan
    assert "Seq Scan on relationships_relationship" not in plan


def test_12_000_bonds_are_filled_in_bulk(archive: int) -> None:
    # Their numbers; for each 500 of them themselves, four relations, and one statement that writes; then the indexes.
    assert archive <= 1 + 24 * 6 + 3
    assert not Relationship.objects.filter(names_folded="").exists()
