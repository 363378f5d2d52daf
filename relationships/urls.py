from django.urls import path

from relationships.views import bond, overview

app_name = "relationships"
urlpatterns = [
    path("", overview.relationship_list, name="relationship_list"),
    path("<slug:slug>/", bond.relationship_detail, name="relationship_detail"),
]
