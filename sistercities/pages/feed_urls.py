"""What machines read: feeds, the sitemap, where to report a hole."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from sistercities.pages import views, views_cards
from sistercities.pages.feeds import feed
from sistercities.pages.sitemaps import SITEMAPS

urlpatterns = [
    path("feed.<str:language>.atom", feed, name="feed"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("cards/<str:language>/<str:kind>/<str:name>", views_cards.card, name="card"),
    path("manifest.<str:language>.webmanifest", views_cards.manifest, name="manifest"),
    path(".well-known/security.txt", views.security, name="security"),
]
