"""Lists of many parts: the way to any of them."""

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory

from sistercities.pages.listing import page_of
from sistercities.pages.templatetags.page_tags import near_pages


@pytest.mark.parametrize(
    ("parts", "here", "shown"),
    [
        (10, 1, [1, 2, 0, 5, 0, 7, 0, 10]),
        (10, 5, [1, 2, 0, 4, 5, 6, 7, 0, 10]),
        (360, 200, [1, 0, 90, 0, 180, 0, 199, 200, 201, 0, 270, 0, 360]),
        (360, 360, [1, 0, 90, 0, 180, 0, 270, 0, 359, 360]),
    ],
)
def test_long_list_leads_to_its_ends_and_in_leaps_between(parts: int, here: int, shown: list[int]) -> None:
    assert near_pages(Paginator(range(parts), 1).page(here)) == shown


def test_part_of_a_list_is_asked_for_by_its_number() -> None:
    request = RequestFactory().get("/", {"page": "3"})
    assert list(page_of(request, list(range(10)), 4)) == [8, 9]
