"""Search, sources and the standing pages; included last, since a standing page may have any address that is left."""

from django.urls import path

from sistercities.pages import views, views_corrections, views_qr, views_search

urlpatterns = [
    path("search/", views_search.search, name="search"),
    path("search/suggest/", views_search.suggest, name="suggest"),
    path("sources/", views.source_list, name="source_list"),
    path("sources/<slug:slug>/", views.source_detail, name="source_detail"),
    path("correction/", views_corrections.correction, name="correction"),
    path("correction/thanks/", views_corrections.thanks, name="correction_thanks"),
    path("qr.svg", views_qr.qr, name="qr"),
    path("preview/<str:secret>/", views.preview, name="preview"),
    path("<slug:slug>/", views.standing_page, name="standing_page"),
]
