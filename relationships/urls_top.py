"""Cities and agreements have addresses of their own."""

from django.conf import settings
from django.urls import path

from relationships import views
from relationships.styleguide import styleguide

urlpatterns = [
    path("cities/<slug:slug>/", views.city_detail, name="city_detail"),
    path("agreements/<slug:slug>/", views.agreement_detail, name="agreement_detail"),
]
if settings.DEVELOPMENT:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
