"""A name keeps its script and its order, in every language."""

import pytest

from people.names import Name, display_name, name_for, script_language
from people.seal import seal_of, seal_text

LIANG = [
    Name("Latn", "Liang", "Lingguang", family_first=True),
    Name("Hans", "梁", "灵光", family_first=True, romanisation="Liáng Língguāng"),
    Name("Hant", "梁", "靈光", family_first=True, is_variant=True),
]
BRADLEY = [
    Name("Latn", "Bradley", "Tom", family_first=False),
    Name("Hans", "布拉德利", "汤姆", family_first=False),
]
AHMANSON = [Name("Latn", "Ahmanson", "Caroline", family_first=False)]


@pytest.mark.parametrize(
    ("names", "language", "shown"),
    [
        (LIANG, "en", "Liang Lingguang"),
        (LIANG, "zh-hans", "梁灵光"),
        (BRADLEY, "en", "Tom Bradley"),
        (BRADLEY, "zh-hans", "汤姆·布拉德利"),
        (AHMANSON, "zh-hans", "Caroline Ahmanson"),
        ([], "en", ""),
    ],
)
def test_name_is_shown_in_the_readers_script_and_its_own_order(
    names: list[Name], language: str, shown: str
) -> None:
    assert display_name(names, language) == shown


def test_variant_is_shown_only_where_there_is_nothing_else() -> None:
    assert name_for([LIANG[2], LIANG[1]], "zh-hans") == LIANG[1]
    assert name_for([LIANG[2]], "zh-hans") == LIANG[2]


@pytest.mark.parametrize(
    ("name", "index"),
    [
        (BRADLEY[0], "Bradley, Tom"),
        (LIANG[0], "Liang Lingguang"),
        (Name("Latn", "Plato", "", False), "Plato"),
    ],
)
def test_name_in_an_index_leads_with_the_family(name: Name, index: str) -> None:
    assert name.sorting == index


def test_script_tells_the_language_to_read_it_in() -> None:
    assert [script_language(name.script) for name in LIANG] == ["en", "zh-hans", "zh-hant"]


@pytest.mark.parametrize(("names", "cut"), [(LIANG, "梁"), (BRADLEY, "TB"), (AHMANSON, "CA")])
def test_seal_is_cut_from_the_family_character_or_initials(names: list[Name], cut: str) -> None:
    name = seal_of(names)
    assert name is not None
    assert seal_text(name) == cut
