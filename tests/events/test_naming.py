"""Whether two writings of a name mean the same person."""

import pytest

from events.naming import same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tom Bradley", "tom  BRADLEY"),
        ("Bradley, Tom", "Tom Bradley"),
        ("欧阳 明", "欧阳明"),
        ("José Núñez", "Jose Nunez"),
        ("Ｔｏｍ Bradley", "Tom Bradley"),
        ("O’Brien", "O'Brien"),
        ("مُحَمَّد علي", "محمد  علي"),
    ],
)
def test_a_name_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tom Bradley", "Tom Bradly"),
        ("梁灵光", "梁灵"),
        ("梁灵光", "Liang Lingguang"),
        ("Tom Bradley", "Ethel Bradley"),
        ("Tom Bradley", ""),
        ("नीना", "नैना"),
    ],
)
def test_another_name_is_another_guest(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_a_title_may_stand_with_the_name_or_not() -> None:
    assert same_name("Prof. Tom Bradley", "Tom Bradley", but_for="Prof.")
    assert same_name("Tom Bradley", "Dr Tom Bradley", but_for="Dr.")
    assert not same_name("Prof. Bradley", "Dr. Bradley", but_for="Prof.")
