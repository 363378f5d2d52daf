from django.urls import path

from relationships.views import anniversaries, bond, overview

app_name = "relationships"
urlpatterns = [
    path("", overview.relationship_list, name="relationship_list"),
    path("anniversaries/", anniversaries.anniversaries, name="anniversaries"),
    path("anniversaries.ics", anniversaries.anniversaries_ics, name="anniversaries_ics"),
    path("<slug:slug>/", bond.relationship_detail, name="relationship_detail"),
]
