"""Passkeys: the device shows that its owner is there; nothing can be guessed, forgotten or passed on."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.models import Login
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import auto_generate_recovery_codes
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic.edit import FormView


@method_decorator(never_cache, name="dispatch")
class AddPasskey(AddWebAuthnView):
    """A passkey that opens the account alone, and so asks its owner for a finger, a face or a number.

    Staff, of whom a second factor is asked, get recovery codes with the first one; to others a code by mail is as good.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        options = auth.begin_registration(self.request.user, passwordless=True)
        return FormView.get_context_data(self, **kwargs) | {"options": options}

    def form_valid(self, form: Any) -> HttpResponse:
        raise_if_reauthentication_required(self.request, app="allauth.mfa")
        made = auth.WebAuthn.add(
            self.request.user, form.cleaned_data["name"], form.cleaned_data["credential"]
        )
        # The device has just shown that its owner is there: staff need not show it again to go on to the admin.
        post_authentication(self.request, made.instance, reauthenticated=True)
        messages.success(self.request, _("The passkey is ready: with it you sign in without a code."))
        get_adapter().send_notification_mail("mfa/email/webauthn_added", self.request.user)
        has_codes = self.request.user.is_staff and auto_generate_recovery_codes(self.request)
        return HttpResponseRedirect(resolve_url("mfa_view_recovery_codes" if has_codes else "mfa_index"))


@method_decorator(never_cache, name="dispatch")
class AddApp(ActivateTOTPView):
    """An app that shows codes; the first one is entered here, and is not asked for again in this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        made = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        post_authentication(self.request, made, reauthenticated=True)
        return response


@method_decorator(never_cache, name="dispatch")
class SignInWithPasskey(LoginWebAuthnView):
    """The way in with a passkey: a script fetches what the device is to sign, and sends what it has signed."""

    def form_valid(self, form: Any) -> HttpResponse:
        passkey = form.cleaned_data["credential"]
        # Whoever has just shown the passkey need not show it again before they change the account.
        post_authentication(self.request, passkey, reauthenticated=True, passwordless=True)
        return perform_login(self.request, Login(user=passkey.user))


add_passkey = AddPasskey.as_view()
add_app = AddApp.as_view()
sign_in_with_passkey = SignInWithPasskey.as_view()
