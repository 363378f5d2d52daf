"""The files of open data, without a language: each holds all of them."""

from django.urls import path

from sistercities.pages.open_data import views

urlpatterns = [
    path("data/datapackage.json", views.package, name="data_package"),
    path("data/<slug:name>.schema.json", views.schema, name="data_schema"),
    path("data/<slug:name>.<str:form>", views.table, name="data_table"),
]
