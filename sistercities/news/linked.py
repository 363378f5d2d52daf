"""Stories for machines (schema.org)."""

from collections.abc import Mapping
from typing import Any

from sistercities.news.models import Story
from sistercities.pages.linked import Node, address, association, describes, image, references, written_in


@describes(Story, "NewsArticle")
def story(page: Story, shown: Mapping[str, Any]) -> Node:
    """A piece of news; its pictures, topics and subjects where the view has them at hand."""
    return {
        "headline": str(page.title),
        "datePublished": page.publish_at.isoformat(timespec="seconds"),
        "dateModified": max(page.updated_at, page.publish_at).isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": page.byline} if page.byline else association(),
        "publisher": association(),
        "inLanguage": written_in(page),
        "mainEntityOfPage": address(page),
        "image": [image(picture) for picture in shown.get("pictures", [])],
        "keywords": [str(topic.name) for topic in shown.get("topics", [])],
        "about": references(shown.get("subjects", [])),
    }
