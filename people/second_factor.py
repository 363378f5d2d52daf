"""Who is asked for more than a code from the mailbox: staff always, and nobody of them gets into the admin without."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.models import Member

# Recovery codes stand in for one of these; alone they are nothing.
FACTORS = [Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP]
# Pages of the admin at which nobody works.
OPEN = {"login", "logout", "jsi18n"}


class SecondFactorStage(AuthenticateStage):
    """A passkey is another way in, so that who loses it comes in by mail. Staff, and who uses an app, need both."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if not super()._should_handle(request):
            return False
        user = self.login.user
        return user.is_staff or is_mfa_enabled(user, [Authenticator.Type.TOTP])


def has_shown(request: HttpRequest) -> bool:
    """Whether a passkey, an app or a recovery code was shown in this session."""
    member = cast(Member, request.user)
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, member))


def is_wanting(request: HttpRequest) -> bool:
    """Whether somebody of staff has no second factor, or has come in without it."""
    user: Any = request.user
    if not settings.STAFF_SECOND_FACTOR or not (user.is_authenticated and user.is_staff):
        return False
    return not (has_shown(request) and is_mfa_enabled(user, FACTORS))


class SecondFactorOfStaff:
    """Leads staff to their second factor before any page of the admin; until then they are readers like others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        # Who has no session is nobody of staff, and costs nothing.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not is_wanting(request):
            return None
        # Drafts and files of staff lie outside the admin, too.
        cast(Member, request.user).is_half_in = True
        where = request.resolver_match
        if where is None or where.app_name != "admin" or where.url_name in OPEN:
            return None
        # What was sent by POST is not sent on: it would have to wait in the session.
        following = request.get_full_path() if request.method == "GET" else reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('staff_second_factor')}?{urlencode({'next': following})}")


@require_safe
@never_cache
@login_required
def second_factor_of_staff(request: HttpRequest) -> HttpResponse:
    """What is still wanting, with the ways to it; once nothing is, on to the page that was asked for."""
    asked = request.GET.get("next", "")
    following = asked if asked.startswith("/admin/") else reverse("admin:index")
    if not is_wanting(request):
        return HttpResponseRedirect(
            following if cast(Member, request.user).is_staff else resolve_url("mfa_index")
        )
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
        "has_app": Authenticator.Type.TOTP in kinds,
        "query": urlencode({"next": following}),
    }
    return render(request, "mfa/staff.html", context)
