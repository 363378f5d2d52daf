"""Who is asked for more than a code from the mailbox."""

from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest


class SecondFactorStage(AuthenticateStage):
    """A passkey is another way in, so that who loses it comes in by mail. Staff, and who uses an app, need both."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if not super()._should_handle(request):
            return False
        user = self.login.user
        return user.is_staff or is_mfa_enabled(user, [Authenticator.Type.TOTP])
