"""Cities and agreements have addresses of their own."""

from django.urls import path

from relationships import views

urlpatterns = [
    path("cities/<slug:slug>/", views.city_detail, name="city_detail"),
    path("agreements/<slug:slug>/", views.agreement_detail, name="agreement_detail"),
]
