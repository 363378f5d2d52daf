"""Addresses of the newsletter, behind the language prefix."""

from django.urls import path

from sistercities.newsletter import views

urlpatterns = [
    path("", views.subscribe, name="newsletter"),
    path("sent/", views.sent, name="newsletter_sent"),
    path("confirm/<str:token>/", views.confirm, name="newsletter_confirm"),
    path("manage/<str:token>/", views.manage, name="newsletter_manage"),
    path("leave/<str:token>/", views.leave, name="newsletter_leave"),
]
