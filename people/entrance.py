"""The way in: an address, then a code; or a passkey; or, for whoever wants one, a password."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url
from allauth.account.views import LoginView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people import signing_in
from people.account_letters import NEW_DEVICE
from people.devices import device_of
from people.forms import AddressForm, CodeForm
from sistercities.limits.networks import sender
from sistercities.pages.bilingual import current_language

METHODS = ["GET", "HEAD", "POST"]
TOO_OFTEN = _("This code cannot be used any more. Please ask for a new one.")


@require_http_methods(METHODS)
@never_cache
def entrance(request: HttpRequest) -> HttpResponse:
    """The address, and no more; the answer is the same for every address."""
    following = get_next_redirect_url(request) or ""
    if request.user.is_authenticated:
        return HttpResponseRedirect(get_login_redirect_url(request, following))
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        pending = signing_in.begin(email, sender(request), current_language(), following)
        signing_in.keep(request.session, pending)
        return _see_other("account_confirm_login_code")
    context = {"form": form, "next": following, "pending": signing_in.pending_in(request.session)}
    return render(request, "account/login.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@never_cache
def enter_code(request: HttpRequest) -> HttpResponse:
    """The code; three tries, then another has to be asked for."""
    pending = signing_in.pending_in(request.session)
    if request.user.is_authenticated:
        return _see_other("account_login")
    if pending is None:
        return _too_late(request)
    if request.method == "POST" and request.POST.get("action") == "resend":
        signing_in.send(pending, sender(request), current_language())
        signing_in.keep(request.session, pending)
        messages.success(request, _("A new code is on its way."))
        return _see_other("account_confirm_login_code")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return _let_in(request, pending, form.cleaned_data["code"])
        except signing_in.Ended:
            return _ended(request, pending)
        except signing_in.WrongCode:
            form.add_error("code", form.WRONG)
    context = {"form": form, "pending": pending}
    return render(request, "account/confirm_login_code.html", context, status=422 if form.errors else 200)


def _let_in(request: HttpRequest, pending: signing_in.Pending, typed: str) -> HttpResponse:
    member = signing_in.enter(pending, typed, sender(request))
    signing_in.let_go(request.session)
    signing_in.prove(member, pending.email)
    # Whoever has just read the mailbox need not show again who they are before they change the account.
    record_authentication(request, member, method="code", email=pending.email, reauthenticated=True)
    return perform_login(request, Login(user=member, email=pending.email, redirect_url=pending.following))


def _too_late(request: HttpRequest) -> HttpResponse:
    """No sign-in waits any more; whoever entered a code is told so, and still gets where they were going."""
    following = signing_in.following_in(request.session)
    signing_in.let_go(request.session)
    if request.method == "POST":
        messages.error(request, TOO_OFTEN)
    return _see_other("account_login", following)


def _ended(request: HttpRequest, pending: signing_in.Pending) -> HttpResponse:
    signing_in.let_go(request.session)
    messages.error(request, TOO_OFTEN)
    return _see_other("account_login", pending.following)


def _see_other(name: str, following: str = "") -> HttpResponse:
    """The next page, asked for with GET, so that a browser sends nothing twice."""
    query = f"?{urlencode({'next': following})}" if following else ""
    response = HttpResponseRedirect(resolve_url(name) + query)
    response.status_code = 303
    return response


class WithPassword(LoginView):
    """For those who have a password, and like it."""

    template_name = "account/login_password.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if self.request.user.is_authenticated:
            reauthenticate_by_password(self.request)  # it has just been typed
            tell_of_new_device(self.request)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def tell_of_new_device(request: HttpRequest) -> None:
    """Write to the member where a password was used on a kind of device on which they are not signed in otherwise.

    A code and a passkey need no such letter: they show that their owner was there.
    """
    here = device_of(request.headers.get("User-Agent", ""))
    elsewhere = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    if here not in {device_of(each.user_agent) for each in elsewhere}:
        get_adapter().send_notification_mail(NEW_DEVICE, request.user, {"device": here})


with_password = WithPassword.as_view()
