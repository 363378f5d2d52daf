from django.urls import path

from events.views import calendar, public, rsvp

app_name = "events"
urlpatterns = [
    path("", public.event_list, name="event_list"),
    path("calendar.ics", calendar.calendar_ics, name="calendar_ics"),
    path("calendar/", calendar.calendar_now, name="calendar"),
    path("calendar/<str:year>/", calendar.calendar_year, name="calendar_year"),
    path("calendar/<str:year>/<str:month>/", calendar.calendar_month, name="calendar_month"),
    path("series/<slug:slug>/", public.series_detail, name="series_detail"),
    path("<slug:slug>/", public.event_detail, name="event_detail"),
    path("<slug:slug>/pictures/<int:number>/", public.event_picture, name="event_picture"),
    path("<slug:slug>/calendar.ics", public.event_ics, name="event_ics"),
    path("<slug:slug>/rsvp/", rsvp.answer, name="rsvp"),
    path("<slug:slug>/rsvp/sent/", rsvp.sent, name="rsvp_sent"),
]
