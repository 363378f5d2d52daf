"""Stories for machines (schema.org)."""

from collections.abc import Mapping
from typing import Any

from sistercities.news.models import Story
from sistercities.pages.linked import (
    Node,
    address,
    association,
    describes,
    image,
    reference_of,
    title_of,
    written_in,
)

FEW = 3


@describes(Story, "NewsArticle")
def story(page: Story, shown: Mapping[str, Any]) -> Node:
    """A piece of news, with the pictures and the subjects that its page shows."""
    pictures = [shown.get("lead"), *shown.get("pictures", [])]
    return {
        "headline": title_of(page),
        "datePublished": page.publish_at.isoformat(timespec="seconds"),
        "dateModified": max(page.updated_at, page.publish_at).isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": page.byline} if page.byline else association(),
        "publisher": association(),
        "inLanguage": written_in(page),
        "mainEntityOfPage": address(page),
        "image": [image(picture) for picture in pictures[:FEW]],
        "keywords": [str(topic.name) for topic in page.topics.all()],
        "about": [reference_of(subject) for subject in shown.get("subjects", [])[:FEW]],
    }
