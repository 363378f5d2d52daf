from django.urls import path

from events.views import public, rsvp

app_name = "events"
urlpatterns = [
    path("", public.event_list, name="event_list"),
    path("calendar.ics", public.calendar_ics, name="calendar_ics"),
    path("series/<slug:slug>/", public.series_detail, name="series_detail"),
    path("<slug:slug>/", public.event_detail, name="event_detail"),
    path("<slug:slug>/calendar.ics", public.event_ics, name="event_ics"),
    path("<slug:slug>/rsvp/", rsvp.answer, name="rsvp"),
    path("<slug:slug>/rsvp/sent/", rsvp.sent, name="rsvp_sent"),
]
