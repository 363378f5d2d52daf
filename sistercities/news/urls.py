"""News and contact; included before the standing pages, one of which the contact form stands below."""

from django.urls import path

from sistercities.news import views

urlpatterns = [
    path("news/", views.story_list, name="story_list"),
    path("news/<slug:slug>/", views.story_detail, name="story_detail"),
    path("news/<slug:slug>/pictures/<int:number>/", views.story_picture, name="story_picture"),
    # Under the name of the standing pages: it is one of them, with its address, its preview and its corrections.
    path("contact/", views.contact, {"slug": "contact"}, name="standing_page"),
    path("contact/thanks/", views.contact_thanks, name="contact_thanks"),
]
