"""The sitemap: every public page in every language, each naming its counterparts."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from sistercities.pages.everything import Found, all_listed, found

LISTS = (
    "home",
    "relationships:relationship_list",
    "timeline",
    "events:event_list",
    "remark_list",
    "people:person_list",
    "source_list",
)


class SiteSitemap(Sitemap):
    """Both languages, at the address by which the site is known to the world."""

    i18n = True
    alternates = True
    protocol = settings.SITE_URL.partition("://")[0]

    def get_domain(self, site: Any = None) -> str:
        return settings.SITE_URL.partition("://")[2]


class ListSitemap(SiteSitemap):
    """The front page and the lists."""

    def items(self) -> list[str]:
        return list(LISTS)

    def location(self, item: str) -> str:
        return reverse(item)


class PageSitemap(SiteSitemap):
    """All pages that lists may name."""

    def items(self) -> list[Found]:
        return [found(row) for row in all_listed().order_by("page_model", "slug")]

    def lastmod(self, item: Found) -> Any:
        return item.updated_at


SITEMAPS: dict[str, type[SiteSitemap]] = {"lists": ListSitemap, "pages": PageSitemap}
