"""What staff see of how members sign in: that there is a passkey or an app, never what opens the account."""

from typing import Any

from allauth.mfa import admin as factors
from allauth.mfa.models import Authenticator
from allauth.usersessions import admin as sessions
from django.contrib import admin
from django.http import HttpRequest

# The library's own pages show the keys of apps, and search by a user name that members do not have.
admin.site.unregister([factors.Authenticator, sessions.UserSession])


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin):
    """To take out what a member has lost who cannot come in any more; nothing else."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__name"]
    fields = ["user", "type", "created_at", "last_used_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
