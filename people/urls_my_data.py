"""My data: for members, and the page that says that all is erased."""

from django.urls import path

from people import views_my_data as views

urlpatterns = [
    path("members/data/", views.my_data, name="my_data"),
    path("members/data/download/", views.download, name="my_data_download"),
    path("members/data/erase/", views.erase_me, name="my_data_erase"),
    path("members/data/proof/", views.prove, name="my_data_prove"),
    path("my-data/erased/", views.erased, name="my_data_erased"),
]
