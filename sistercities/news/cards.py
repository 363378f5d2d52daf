"""What stands on the card of a story: its first picture, its date and how it begins."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sistercities.cards.card import Card
from sistercities.cards.emblems import Thread
from sistercities.news.models import Story
from sistercities.pages.bilingual import current_language
from sistercities.pages.dates import from_date, spell
from sistercities.pages.sharing import draws, joined, local, photograph, stands_for, titled

stands_for("news", _("News"), "story_list")


@draws(Story, og_type="article", load=lambda rows: rows.prefetch_related("gallery__picture"), is_dated=True)
def story(page: Story, _shown: Mapping[str, Any]) -> Card:
    day = spell(from_date(localdate(page.publish_at)), current_language())
    return titled(
        page,
        kicker=joined([capfirst(str(Story._meta.verbose_name)), day]),
        lines=(local(page, "summary"),),
        emblem=photograph(*(row.picture for row in page.gallery.all())) or Thread(),
    )
