"""Where a member is signed in."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.devices import devices_of, sign_out_everywhere, sign_out_on
from people.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def devices(request: HttpRequest) -> HttpResponse:
    """The devices, each with a button; and one for all."""
    member = cast(Member, request.user)
    if request.method != "POST":
        found = devices_of(member, request.session.session_key)
        with timezone.override(member.timezone or settings.TIME_ZONE):
            return render(request, "usersessions/usersession_list.html", {"devices": found})
    where, number = "usersessions_list", request.POST.get("device", "")
    if request.POST.get("everywhere") == "here too":
        sign_out_everywhere(request, member, but_here=False)
        logout(request)
        where = "home"
        messages.success(request, _("You are signed out on every device."))
    elif "everywhere" in request.POST:
        sign_out_everywhere(request, member, but_here=True)
        messages.success(request, _("You are signed out on all other devices."))
    elif number.isascii() and number.isdecimal() and len(number) < 12:
        sign_out_on(member, int(number))
        messages.success(request, _("You are signed out there."))
    response = HttpResponseRedirect(resolve_url(where))
    response.status_code = 303
    return response
