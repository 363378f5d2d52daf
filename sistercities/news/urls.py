"""News and contact; included before the standing pages, one of which the contact form stands below."""

from django.urls import path

from sistercities.news import views

urlpatterns = [
    path("news/", views.story_list, name="story_list"),
    path("news/<slug:slug>/", views.story_detail, name="story_detail"),
]
