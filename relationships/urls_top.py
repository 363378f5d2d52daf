"""Cities and agreements have addresses of their own."""

from django.conf import settings
from django.urls import path

from relationships.styleguide import styleguide
from relationships.views import agreement, cities, city, offices, timeline

urlpatterns = [
    path("timeline/", timeline.timeline, name="timeline"),
    path("cities/", cities.city_list, name="city_list"),
    path("cities/<slug:slug>/", city.city_detail, name="city_detail"),
    path("people/offices/", offices.offices, name="offices"),
    path("agreements/", agreement.agreement_list, name="agreement_list"),
    path("agreements/<slug:slug>/", agreement.agreement_detail, name="agreement_detail"),
]
if settings.DEVELOPMENT:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
