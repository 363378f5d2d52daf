"""A name keeps its script and its order, in every language."""

import re
from pathlib import Path

import pytest

from people.names import Form, Name, display_name, name_for, script_language, tidy
from people.readings import fits, has_tones
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
        (Name("Latn", "de la Cruz", "María", False), "Cruz, María de la"),
        (Name("Latn", "De La Cruz", "Maria", False), "De La Cruz, Maria"),
        (Name("Latn", "LaBonge", "Tom", False), "LaBonge, Tom"),
        (Name("Latn", "d’Estaing", "Valéry", False), "Estaing, Valéry d’"),
        (Name("Latn", "al-Assad", "Hafez", False), "Assad, Hafez al-"),
        (Name("Latn", "Bartók", "Béla", True), "Bartók Béla"),
        (BRADLEY[1], "布拉德利，汤姆"),
        (Name("Hans", "欧阳", "修", True), "欧阳修"),
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


@pytest.mark.parametrize(
    ("name", "full"),
    [
        (Name("Hans", "欧阳", "修", True), "欧阳修"),
        (Name("Hant", "司馬", "光", True), "司馬光"),
        (Name("Hans", "阿沛", "阿旺晋美", True, dotted=True), "阿沛·阿旺晋美"),
        (Name("Hans", "柏拉图", "", False), "柏拉图"),
        (Name("Latn", "Bartók", "Béla", True), "Bartók Béla"),
        (Name("Latn", "de la Cruz", "María", False), "María de la Cruz"),
        (Name("Latn", "", "Suharto", False), "Suharto"),
    ],
)
def test_name_of_any_kind_is_put_together_in_its_own_order(name: Name, full: str) -> None:
    assert name.full == full


def test_names_stand_in_the_order_of_their_letters_without_marks_and_of_their_readings() -> None:
    names = [
        Name("Latn", "Liang", "Anna", False),
        Name("Latn", "Liang", "Lingguang", True),
        Name("Latn", "Li", "Zhao", True),
        Name("Hans", "区", "志强", True),
        Name("Hans", "单", "田芳", True, romanisation="Shàn Tiānfāng"),
        Name("Latn", "Ångström", "Anders", False),
        Name("Latn", "de la Cruz", "María", False),
        Name("Latn", "O’Brien", "Conan", False),
    ]
    keys = sorted(name.sort_key for name in names)
    assert keys == [
        "angstrom anders",
        "cruz maria de la",
        "li zhao",
        "liang anna",
        "liang lingguang",
        "obrien conan",
        "ou zhiqiang",
        "shan tianfang",
    ]


@pytest.mark.parametrize(
    ("names", "language", "honorific", "formal", "family"),
    [
        (AHMANSON, "en", "Dr", "Dr Caroline Ahmanson", "Dr Ahmanson"),
        (AHMANSON, "zh-hans", "女士", "Caroline Ahmanson女士", "Ahmanson女士"),
        (LIANG, "zh-hans", "先生", "梁灵光先生", "梁先生"),
        (LIANG, "en", "", "Liang Lingguang", "Liang"),
        ([Name("Latn", "Plato", "", False)], "en", "", "Plato", "Plato"),
    ],
)
def test_honorific_stands_before_a_name_in_english_and_behind_it_in_chinese(
    names: list[Name], language: str, honorific: str, formal: str, family: str
) -> None:
    assert display_name(names, language, Form.FORMAL, honorific=honorific) == formal
    assert display_name(names, language, Form.FAMILY, honorific=honorific) == family
    assert honorific not in display_name(names, language, honorific=honorific) or not honorific


def test_traditional_characters_are_shown_where_the_reader_writes_them() -> None:
    names = [LIANG[1], Name("Hant", "梁", "靈光", family_first=True)]
    assert display_name(names, "zh-hant") == "梁靈光"
    assert display_name(names, "zh-hans") == "梁灵光"


@pytest.mark.parametrize("typed", ["汤姆·布拉德利", "汤姆・布拉德利", " 汤姆 • 布拉德利 "])
def test_every_kind_of_middle_dot_becomes_the_chinese_one(typed: str) -> None:
    assert tidy(typed, "Hans") == "汤姆·布拉德利"


@pytest.mark.parametrize(
    ("reading", "name", "right"),
    [
        ("Liáng Língguāng", "梁灵光", True),
        ("Liáng Líng", "梁灵光", False),
        ("Ōuyáng Xiū", "欧阳修", True),
        ("Lǚ Bù", "吕布", True),
        ("Xī’ān", "西安", True),
        ("Tāngmǔ Bùlādélì", "汤姆·布拉德利", True),
        ("Tanaka", "田中", False),
    ],
)
def test_reading_has_a_syllable_for_each_character(reading: str, name: str, right: bool) -> None:
    assert fits(reading, name) is right


def test_reading_without_tones_is_known() -> None:
    assert has_tones("Liáng Língguāng")
    assert not has_tones("Liang Lingguang")
    assert not has_tones("Lü Bu")


def test_no_template_puts_a_name_together_itself() -> None:
    parts = re.compile(r"\{[{%][^}]*\.(?:family|given|family_first|first_name|last_name)\b[^}]*[%}]\}")
    templates = [*Path("templates").rglob("*.html"), *Path("templates").rglob("*.txt")]
    assert len(templates) > 50
    assert [str(path) for path in templates if parts.search(path.read_text())] == []
