"""What staff have done, all of it, in one list that a person can read."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import MaxValueValidator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from people.models import Member, RoleGrant
from sistercities.chronicle import Search, entries, strands
from sistercities.curation import CuratorSite

site: CuratorSite = admin.site  # type: ignore[assignment]  # the one that apps.py puts in place
TITLE = _("What staff have done")
ON_A_PAGE = 50
# Nobody turns so many pages; whoever looks for something older gives a day.
PAGES = 200


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class LogForm(forms.Form):
    """By whom, what, and when."""

    who = forms.ModelChoiceField(
        Member.objects.none(), label=_("By whom"), required=False, empty_label=_("anybody")
    )
    kind = forms.ChoiceField(label=_("What"), required=False)
    since = day_field(_("From"))
    until = day_field(_("Up to"))
    page = forms.IntegerField(
        required=False, min_value=1, widget=forms.HiddenInput, validators=[MaxValueValidator(PAGES)]
    )

    def __init__(self, data: Any, reader: Any) -> None:
        super().__init__(data, auto_id="log_%s")
        known = Q(is_staff=True) | Q(pk__in=RoleGrant.objects.values("member"))
        self.fields["who"].queryset = Member.objects.filter(known).order_by("name", "email")  # type: ignore[attr-defined]
        kinds = [(each.key, each.label) for each in strands(reader)]
        self.fields["kind"].choices = [("", _("everything")), *kinds]  # type: ignore[attr-defined]

    def search(self) -> Search:
        """What is asked for; what cannot be read is left out, and marked beside its field."""
        said = self.cleaned_data
        who = said.get("who")
        until = said.get("until")
        return Search(
            member=who.pk if who else None,
            kind=said.get("kind", ""),
            since=midnight(said.get("since")),
            until=midnight(until + timedelta(days=1)) if until and until < date.max else None,
        )


def midnight(day: date | None) -> datetime | None:
    """When a day begins, on the clock of whoever reads."""
    return datetime.combine(day, time(), get_current_timezone()) if day else None


@site.desk("log", TITLE, "pages.view_log")
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The newest first, fifty on a page; looking changes nothing."""
    form = LogForm(request.GET, request.user)
    is_good = form.is_valid()
    page = form.cleaned_data.get("page") or 1
    begin = (page - 1) * ON_A_PAGE
    found = entries(request.user, form.search(), begin, begin + ON_A_PAGE + 1) if is_good else []
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **site.each_context(request),
        "title": TITLE,
        "form": form,
        "entries": found[:ON_A_PAGE],
        "newer": page - 1,
        "older": page + 1 if len(found) > ON_A_PAGE and page < PAGES else 0,
        "query": query.urlencode(),
        "is_searched": any(request.GET.get(name) for name in ("who", "kind", "since", "until")),
    }
    return TemplateResponse(request, "admin/log.html", context, status=200 if is_good else 422)
