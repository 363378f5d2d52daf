"""The ways to narrow the list of stories. They live in the address, as those of other lists do."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from sistercities.news.models import Story, Topic

YEAR = re.compile("[1-9][0-9]{3}")
SLUG = re.compile("[a-zA-Z0-9_-]+")


@dataclass(frozen=True)
class StoryFilters:
    """A topic by its key, and a year; empty means all."""

    topic: str = ""
    year: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "StoryFilters":
        """Raises Http404 for what cannot be: an unknown topic, a year that is none."""
        wanted = cls(*(query.get(name, "") for name in ("topic", "year")))
        if wanted.year and not YEAR.fullmatch(wanted.year):
            raise Http404(_("That is not a year."))
        if wanted.topic and not (
            SLUG.fullmatch(wanted.topic) and Topic.objects.filter(slug=wanted.topic).exists()
        ):
            raise Http404(_("There is no such topic."))
        return wanted

    def __bool__(self) -> bool:
        return bool(self.topic or self.year)

    @property
    def url(self) -> str:
        query = urlencode({name: value for name, value in vars(self).items() if value})
        return f"{reverse('story_list')}{'?' if query else ''}{query}"

    def narrow(self, stories: QuerySet[Story]) -> QuerySet[Story]:
        if self.topic:
            stories = stories.filter(topics__slug=self.topic)
        return stories.filter(publish_at__year=self.year) if self.year else stories

    def groups(self, stories: QuerySet[Story]) -> list[dict[str, Any]]:
        """What components/_filters.html takes: every choice there is, with how many stories it would leave."""
        found = [
            self._group("topic", _("Topic"), self._topics(stories)),
            self._group("year", _("Year"), self._years(stories)),
        ]
        return [group for group in found if len(group["options"]) > 2 or getattr(self, group["name"])]

    def _topics(self, stories: QuerySet[Story]) -> list[tuple[str, str, int]]:
        among = replace(self, topic="").narrow(stories).order_by().values("pk")
        topics = Topic.objects.filter(Q(stories__in=stories.order_by().values("pk")) | Q(slug=self.topic))
        counted = topics.annotate(found=Count("stories", filter=Q(stories__in=among), distinct=True))
        return [(topic.slug, topic.name, topic.found) for topic in counted]

    def _years(self, stories: QuerySet[Story]) -> list[tuple[str, str, int]]:
        among = replace(self, year="").narrow(stories).order_by().values("pk")
        dated = stories.order_by().annotate(year=ExtractYear("publish_at")).values_list("year")
        counted = dict(dated.annotate(found=Count("pk", filter=Q(pk__in=among), distinct=True)))
        found = {int(self.year): 0, **counted} if self.year else counted
        return [(str(year), str(year), found[year]) for year in sorted(found, reverse=True)]

    def _group(self, name: str, label: str, choices: list[tuple[str, str, int]]) -> dict[str, Any]:
        current = getattr(self, name)
        options = [
            {
                "label": words,
                "url": replace(self, **{name: value}).url,
                "current": value == current,
                "count": count,
            }
            for value, words, count in [("", _("All"), None), *choices]
        ]
        return {"name": name, "label": label, "options": options}
