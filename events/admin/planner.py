"""Plan an anniversary: the next ones in a table, and one press that makes the draft of an event from one of them."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from events import planner
from events.admin.access import may
from events.models import Event, RsvpPolicy
from events.planner import Prospect
from events.scoping import entrust, is_within
from relationships.models import Relationship


class PlanForm(forms.Form):
    """Which anniversary; of a bond whose day is not known also on which day."""

    bond = forms.ModelChoiceField(Relationship.objects.all(), widget=forms.HiddenInput)
    years = forms.IntegerField(min_value=1, max_value=9999, widget=forms.HiddenInput)
    day = forms.DateField(required=False, widget=AdminDateWidget, label=_("Day"))


class PlannerViews:
    """Mixed into the admin of events."""

    admin_site: Any
    opts: Any
    message_user: Any
    log_addition: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [path("plan/", wrap(self.plan_anniversary), name="events_event_plan")]
        return own + super().get_urls()  # type: ignore[misc]

    def plan_anniversary(self, request: HttpRequest) -> HttpResponse:
        """GET shows what comes next; POST makes the draft, or leads to the one that there is."""
        may(request, "add_event")
        offered = planner.prospects()
        form = PlanForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            chosen, years = form.cleaned_data["bond"], form.cleaned_data["years"]
            if not any((each.bond, each.anniversary.years) == (chosen, years) for each in offered):
                form.add_error(None, _("This anniversary is not among those that come next."))
            else:
                day, by = form.cleaned_data["day"], cast(Any, request.user)
                try:
                    event, is_new = planner.plan(chosen, years, day, by=by)
                except ValidationError as refused:
                    form.add_error("day" if "day" in form.data else None, " ".join(refused.messages))
                else:
                    return self.planned(request, event, is_new=is_new)
        return self.show_prospects(request, offered, form)

    def planned(self, request: HttpRequest, event: Event, *, is_new: bool) -> HttpResponse:
        if is_new:
            entrust(event, request.user)
            self.log_addition(request, event, [{"added": {}}])
            words = _("This is a draft, made after last time: read it over, and publish it when it is right.")
            self.message_user(request, words, messages.SUCCESS)
            if not RsvpPolicy.objects.filter(event=event).exists():
                words = _(
                    "Last time guests did not answer here. If they shall now, add RSVP rules further down."
                )
                self.message_user(request, words, messages.INFO)
        elif not is_within(request.user, "events.view_event", event.pk):
            words = _("This anniversary has its event already; others look after it. Nothing was changed.")
            self.message_user(request, words, messages.INFO)
            return HttpResponseRedirect(reverse("admin:events_event_plan"))
        else:
            words = _("This anniversary has its event already: here it is. Nothing was changed.")
            self.message_user(request, words, messages.INFO)
        return HttpResponseRedirect(reverse("admin:events_event_change", args=[event.pk]))

    def show_prospects(self, request: HttpRequest, offered: list[Prospect], form: PlanForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Plan an anniversary"),
            "prospects": [(each, form if form.is_bound and is_of(form, each) else None) for each in offered],
            "errors": form.non_field_errors() if form.is_bound else [],
        }
        status = 422 if form.is_bound else 200
        answer = TemplateResponse(request, "admin/events/event/plan.html", context, status=status)
        answer.headers["Cache-Control"] = "no-store"
        return answer


def is_of(form: PlanForm, prospect: Prospect) -> bool:
    """Whether a form that was sent is that of this row."""
    sent = form.data.get("bond"), form.data.get("years")
    return sent == (str(prospect.bond.pk), str(prospect.anniversary.years))
