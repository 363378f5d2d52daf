"""What staff see of how members sign in: that there is a passkey or an app, never what opens the account."""

from typing import Any

from allauth.account import admin as addresses
from allauth.account.adapter import get_adapter
from allauth.mfa import admin as factors
from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from allauth.usersessions import admin as sessions
from django.contrib import admin
from django.contrib.auth import admin as rights
from django.db.models import QuerySet
from django.http import HttpRequest

from people.devices import end_sessions
from people.granting import may_touch

# The library's own pages show the keys of apps, search by a user name that members do not have, and confirm addresses
# unasked. Groups are no way to a right here: roles are.
groups = rights.Group  # type: ignore[attr-defined]  # taken from where its page is registered
admin.site.unregister([factors.Authenticator, sessions.UserSession, addresses.EmailAddress, groups])

GONE = {
    Authenticator.Type.WEBAUTHN: "mfa/email/webauthn_removed",
    Authenticator.Type.TOTP: "mfa/email/totp_deactivated",
}


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin):
    """To take out what a member has lost who cannot come in any more; nothing else."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__name"]
    fields = ["user", "type", "created_at", "last_used_at"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("people.change_member")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request) and may_touch(request.user, obj.user if obj else None)

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        """Whoever held it is signed out and told so; recovery codes of nothing go with it."""
        member, kind = obj.user, obj.type
        super().delete_model(request, obj)
        delete_dangling_recovery_codes(member)
        end_sessions(member)
        if kind in GONE:
            get_adapter().send_notification_mail(GONE[kind], member)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Authenticator]) -> None:
        for each in queryset:
            self.delete_model(request, each)


@admin.register(addresses.EmailAddress)
class EmailAddressAdmin(admin.ModelAdmin):
    """The addresses with which members sign in: whoever could add one to an account would have that account."""

    list_display = ["email", "user", "primary", "verified"]
    list_filter = ["primary", "verified"]
    list_select_related = ["user"]
    search_fields = ["email", "user__email", "user__name"]
    autocomplete_fields = ["user"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("people.delete_member") and may_touch(
            request.user, obj.user if obj else None
        )
