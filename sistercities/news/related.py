"""Stories on the pages that they are about, and those pages on a story: in both directions only what is public."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from sistercities.news.models import Story
from sistercities.pages.bilingual import columns
from sistercities.pages.everything import Found, found, together
from sistercities.pages.models import Page

ON_A_PAGE, ON_THE_FRONT = 5, 3
_COLUMNS = ("slug", *columns("title"), "publish_at")


def told_in(model: type[Page], pk: str = "pk") -> ArraySubquery:
    """The newest stories about each page of a query, in one column of it: ``.annotate(stories=told_in(Event))``.

    ``pk`` is the path from the query's rows to the page, where these are not pages themselves.
    """
    about = Story.objects.listed().filter(
        subjects__content_type__app_label=model._meta.app_label,
        subjects__content_type__model=model._meta.model_name,
        subjects__object_id=OuterRef(pk),
    )
    rows = about.order_by("-publish_at", "slug").values_list(JSONObject(**{name: name for name in _COLUMNS}))
    return ArraySubquery(rows[:ON_A_PAGE])


def stories_of(rows: Iterable[dict[str, Any]]) -> list[Story]:
    """The stories that ``told_in`` has brought, without another query."""
    return [Story(**{**row, "publish_at": parse_datetime(row["publish_at"])}) for row in rows]


def subjects_of(story: Story) -> list[Found]:
    """The pages that a story is about, in its order; of whatever kinds they are, by two queries."""
    rows = story.subjects.values_list("content_type__app_label", "content_type__model", "object_id")
    places = {(f"{app}.{model}", pk): place for place, (app, model, pk) in enumerate(rows)}
    wanted: dict[str, list[int]] = defaultdict(list)
    for kind, pk in places:
        wanted[kind].append(pk)
    if not wanted:
        return []
    listed = [
        apps.get_model(kind)._default_manager.listed().filter(pk__in=pks) for kind, pks in wanted.items()
    ]
    return [
        found(row) for row in sorted(together(listed), key=lambda row: places[row["page_model"], row["pk"]])
    ]


def newest() -> QuerySet[Story]:
    """What the front page tells."""
    newest_of_all = Story.objects.listed().order_by("-publish_at", "slug")
    return Story.objects.filter(pk__in=newest_of_all.values("pk")[:ON_THE_FRONT])


def story_of(page: Found) -> Story:
    """A story that was found among pages of other kinds, as far as lists show it."""
    return Story(slug=page.slug, publish_at=page.publish_at, **page.texts)


def neighbours(story: Story) -> tuple[Story | None, Story | None]:
    """The stories published just before and just after this one."""
    same_moment = Q(publish_at=story.publish_at)
    earlier = Q(publish_at__lt=story.publish_at) | same_moment & Q(slug__gt=story.slug)
    later = Q(publish_at__gt=story.publish_at) | same_moment & Q(slug__lt=story.slug)
    listed = Story.objects.listed()
    return (
        listed.filter(earlier).order_by("-publish_at", "slug").first(),
        listed.filter(later).order_by("publish_at", "-slug").first(),
    )
