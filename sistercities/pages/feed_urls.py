"""What machines read: feeds, the sitemap, where to report a hole."""

from django.urls import include, path

from sistercities.pages import robots, sitemaps, views_cards
from sistercities.pages.feeds import feed

urlpatterns = [
    path("feed.<str:language>.atom", feed, name="feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap.<str:language>.<str:kind>.<int:number>.xml", sitemaps.sitemap, name="sitemap_part"),
    path("", include("sistercities.pages.open_data.urls")),
    path("robots.txt", robots.robots, name="robots"),
    path("cards/<str:language>/<str:kind>/<str:name>", views_cards.card, name="card"),
    path("manifest.<str:language>.webmanifest", views_cards.manifest, name="manifest"),
    path(".well-known/security.txt", robots.security, name="security"),
]
