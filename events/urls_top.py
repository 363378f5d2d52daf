"""The front page, speeches and personal links have addresses of their own."""

from django.urls import path

from events.views import calendar, delegations, member, my_data, party, public, remarks, rsvp

urlpatterns = [
    path("", public.home, name="home"),
    path("relationships/<slug:slug>/calendar.ics", calendar.bond_ics, name="bond_ics"),
    path("remarks/", remarks.remark_list, name="remark_list"),
    path("remarks/<slug:slug>/", remarks.remark_detail, name="remark_detail"),
    path("rsvp/verify/<str:token>/", rsvp.verify, name="rsvp_verify"),
    path("rsvp/<str:token>/", party.manage, name="rsvp_manage"),
    path("rsvp/<str:token>/data/", my_data.answer_data, name="rsvp_data"),
    path("rsvp/<str:token>/data/download/", my_data.answer_file, name="rsvp_data_file"),
    path("invitation/<str:token>/", rsvp.invitation, name="invitation"),
    path("invitation/<str:token>/data/", my_data.invitation_data, name="invitation_data"),
    path("invitation/<str:token>/data/download/", my_data.invitation_file, name="invitation_data_file"),
    path("delegation/<str:token>/", delegations.delegation, name="delegation"),
    path("members/", member.my_page, name="my_page"),
    path("members/calendar/<str:token>.ics", calendar.member_ics, name="member_calendar"),
    path("members/calendar/", member.my_calendar, name="my_calendar"),
    path("members/preferences/", member.preferences, name="my_preferences"),
    path("members/companions/", member.companions, name="my_companions"),
]
