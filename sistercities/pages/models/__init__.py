from sistercities.pages.models.page import (
    MARKDOWN_HELP,
    Citation,
    Cited,
    ContentVersion,
    Page,
    PageQuerySet,
    Source,
    StandingPage,
    Status,
)
from sistercities.pages.models.picture import Picture

__all__ = [
    "MARKDOWN_HELP",
    "Citation",
    "Cited",
    "ContentVersion",
    "Page",
    "PageQuerySet",
    "Picture",
    "Source",
    "StandingPage",
    "Status",
]
