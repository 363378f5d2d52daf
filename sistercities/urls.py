"""All addresses: public pages behind a language prefix, the rest without."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from sistercities.health import healthz, readyz
from sistercities.media import media
from sistercities.pages import views
from sistercities.pages.open_data.views import open_data

urlpatterns = [
    path("", views.to_reader_language, name="root"),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    # Where programs that keep passwords send their owner.
    path(".well-known/change-password", RedirectView.as_view(pattern_name="account_change_password")),
    path("media/<path:path>", media, name="media"),
    path("", include("sistercities.pages.feed_urls")),
    *i18n_patterns(
        path("", include("relationships.urls_top")),
        path("relationships/", include("relationships.urls")),
        path("events/", include("events.urls")),
        path("", include("events.urls_top")),
        path("people/", include("people.urls")),
        path("", include("people.urls_my_data")),
        path("members/", include("people.account_urls")),
        path("", include("sistercities.news.urls")),
        path("newsletter/", include("sistercities.newsletter.urls")),
        path("data/", open_data, name="open_data"),
        path("", include("sistercities.pages.urls")),
    ),
]
if settings.DEVELOPMENT:
    urlpatterns.insert(0, path("mail/", include("sistercities.mail.urls")))
