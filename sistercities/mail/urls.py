"""Addresses of the development mailbox; sistercities/urls.py includes them only in development."""

from django.urls import path

from sistercities.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.mailbox_list, name="mailbox_list"),
    path("<str:file>/<int:number>/", views.mailbox_letter, name="mailbox_letter"),
    path("<str:file>/<int:number>/html/", views.mailbox_html, name="mailbox_html"),
    path("<str:file>/<int:number>/files/<int:place>/", views.mailbox_file, name="mailbox_file"),
]
