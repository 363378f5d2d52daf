"""Every list that can be handed in: its own heads are recognised in both languages, each as what it is."""

from typing import Any

import pytest
from django.utils import translation

from sistercities.intake.kinds import Kind, all_kinds, guess


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_heads_that_we_write_are_read_as_the_same_columns(kind: type[Kind], language: str) -> None:
    with translation.override(language):
        heads = {each.name: str(each.label) for each in kind.columns() if not each.only_shown}
        assert guess(kind.columns(), list(heads.values())) == heads


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_no_head_stands_for_two_columns_of_a_list(kind: type[Kind]) -> None:
    seen: dict[str, Any] = {}
    twice = [
        (each.name, seen[head], head)
        for each in kind.columns()
        for head in each.known_as
        if seen.setdefault(head, each.name) != each.name
    ]
    assert twice == []
