from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("", views.person_list, name="person_list"),
    path("<slug:slug>/", views.person_detail, name="person_detail"),
    path("<slug:slug>/pictures/<int:number>/", views.person_picture, name="person_picture"),
]
