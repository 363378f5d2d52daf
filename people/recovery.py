"""Recovery codes, as their owner sees and keeps them. Looking at them changes nothing."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.models import Member


@require_safe
@never_cache
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Those that have not been used."""
    codes = _unused_by(cast(Member, request.user))
    return render(request, "mfa/recovery_codes/index.html", {"unused_codes": codes})


@require_safe
@never_cache
@reauthentication_required(app="allauth.mfa")
def download(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    text = "".join(f"{code}\n" for code in _unused_by(cast(Member, request.user)))
    headers = {"Content-Disposition": 'attachment; filename="recovery-codes.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _unused_by(member: Member) -> list[str]:
    found = get_object_or_404(Authenticator, user=member, type=Authenticator.Type.RECOVERY_CODES)
    codes: list[str] = found.wrap().get_unused_codes()
    return codes
