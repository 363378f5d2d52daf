"""My data: what is kept about a member in words, all of it as a file, and its end."""

import json
import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.models import Member
from people.my_data import may_go, whose_account
from sistercities.busy import Busy
from sistercities.links import personal
from sistercities.my_data import Hand, erase, everything, in_words

FRESH_SECONDS = 15 * 60


class EraseForm(forms.Form):
    """One tick: what is erased does not come back."""

    understood = forms.BooleanField(
        label=_("I have read what goes, and what stays"),
        error_messages={"required": _("Please tick this first: what is erased does not come back.")},
    )


@require_safe
@personal
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """What is kept about whoever is signed in, in words."""
    return render(request, "members/data.html", {"parts": in_words(whose_account(_member(request)))})


@require_safe
@personal
@login_required
def download(request: HttpRequest) -> HttpResponse:
    """All of it as a file."""
    return as_file(everything(whose_account(_member(request))))


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@login_required
def erase_me(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; then, by who has just shown that it is them, the end of it."""
    member = _member(request)
    whose, status = whose_account(member), 200
    form = EraseForm(request.POST if request.method == "POST" else None)
    fresh, allowed = is_fresh(request), may_go(member)
    if request.method == "POST":
        status = 422
        if fresh and allowed and form.is_valid():
            try:
                erase(whose, Hand())
            except Busy:
                form.add_error(None, BUSY)
                status = 503
            else:
                logout(request)
                return see_erased()
    context = {"parts": in_words(whose), "form": form, "is_fresh": fresh, "may_go": allowed}
    return render(request, "members/erase.html", context, status=status)


@require_POST
@personal
@login_required
def prove(request: HttpRequest) -> HttpResponse:
    """Show once more that it is you: in a way of one's own, else by signing in anew with a code by mail."""
    onwards = urlencode({"next": reverse("my_data_erase")})
    if ways := get_adapter().get_reauthentication_methods(request.user):
        return HttpResponseRedirect(f"{ways[0]['url']}?{onwards}")
    logout(request)
    return HttpResponseRedirect(f"{reverse('account_login')}?{onwards}")


@require_safe
@personal
def erased(request: HttpRequest) -> HttpResponse:
    """It is done."""
    return render(request, "members/erased.html")


BUSY = _(
    "Many people answer just now. A part may be erased already; please press the button once more in a minute."
)


def is_fresh(request: HttpRequest) -> bool:
    """Whether whoever is signed in has shown a short while ago that it is them."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < FRESH_SECONDS for record in records)


def as_file(told: dict[str, Any]) -> HttpResponse:
    """A file to keep, readable to people as well."""
    content = json.dumps(told, ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def see_erased() -> HttpResponse:
    response = HttpResponseRedirect(reverse("my_data_erased"))
    response.status_code = 303
    return response


def _member(request: HttpRequest) -> Member:
    return request.user  # type: ignore[return-value]  # only whoever is signed in comes here
