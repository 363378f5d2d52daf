"""What a newsletter may tell of beside what is new: higher floors say it in a module ``newsletter`` of their app.

``@offers`` marks a function that names pages worth telling of before their day, such as events ahead; ``@describes``
one that knows a line more of pages of a kind than their titles say, such as when and where.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.module_loading import autodiscover_modules

from sistercities.pages.models import Page

Offer = Callable[[datetime], Iterable[Page]]
# In the language being spoken: the line under the title, by the number of the page.
Describe = Callable[[list[int]], dict[int, str]]
_offers: list[Offer] = []
_describing: dict[str, Describe] = {}


def offers(offer: Offer) -> Offer:
    """Mark what is to be proposed for a newsletter that goes out at this moment."""
    _offers.append(offer)
    return offer


def describes(kind: str) -> Callable[[Describe], Describe]:
    """``@describes("events.event")``: the line under the title of such a page."""

    def register(describe: Describe) -> Describe:
        _describing[kind] = describe
        return describe

    return register


def offered(now: datetime) -> list[Page]:
    autodiscover_modules("newsletter")
    return [page for offer in _offers for page in offer(now)]


def lines(kind: str, pks: list[int]) -> dict[int, str]:
    autodiscover_modules("newsletter")
    return _describing[kind](pks) if kind in _describing else {}
