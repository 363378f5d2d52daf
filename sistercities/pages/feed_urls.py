"""What machines read: feeds, the sitemap, where to report a hole."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from sistercities.pages import views
from sistercities.pages.feeds import feed
from sistercities.pages.sitemaps import SITEMAPS

urlpatterns = [
    path("feed.<str:language>.atom", feed, name="feed"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path(".well-known/security.txt", views.security, name="security"),
]
