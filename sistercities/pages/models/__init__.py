from sistercities.pages.models.correction import Correction
from sistercities.pages.models.document import Document
from sistercities.pages.models.history import FormerAddress, PreviewLink, Revision
from sistercities.pages.models.page import (
    MARKDOWN_HELP,
    Citation,
    Cited,
    ContentVersion,
    Dated,
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
    "Correction",
    "Dated",
    "Document",
    "FormerAddress",
    "Page",
    "PageQuerySet",
    "Picture",
    "PreviewLink",
    "Revision",
    "Source",
    "StandingPage",
    "Status",
]
