"""What stands on the cards of sources, standing pages and the lists that belong to no floor above."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sistercities.cards.card import Card
from sistercities.cards.emblems import Sheet
from sistercities.pages.bilingual import current_language
from sistercities.pages.dates import spell
from sistercities.pages.models import Source, StandingPage
from sistercities.pages.sharing import draws, joined, local, stands_for, titled, words


def site_name() -> str:
    return str(settings.SITE_NAME[current_language()])


stands_for("home", lazy(site_name, str)(), "home", "search")
stands_for("sources", _("Sources"), "source_list")
stands_for("data", _("Open data"), "open_data")
stands_for("newsletter", _("Newsletter"), "newsletter")


@draws(Source)
def source(page: Source, _shown: Mapping[str, Any]) -> Card:
    """What kind of source it is, who wrote and published it, and when."""
    published = spell(page.published_on, current_language()) if page.published_on else ""
    return titled(
        page,
        kicker=words(capfirst(str(page.get_kind_display()))),
        lines=(joined([page.author, page.publisher, published]),),
        emblem=Sheet(note="1"),
    )


@draws(StandingPage)
def standing_page(page: StandingPage, _shown: Mapping[str, Any]) -> Card:
    return titled(page, lines=(local(page, "summary"),))
