"""Signing in, and one's own account. Of two addresses alike the first counts: ours go before the library's."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from people import account_views, entrance, passkeys, password_link, recovery, second_factor

urlpatterns = [
    path("login/", entrance.entrance, name="account_login"),
    path("login/code/", entrance.entrance, name="account_request_login_code"),
    path("login/code/confirm/", entrance.enter_code, name="account_confirm_login_code"),
    path("login/password/", entrance.with_password, name="account_login_password"),
    path("devices/", account_views.devices, name="usersessions_list"),
    path("security/webauthn/login/", passkeys.sign_in_with_passkey, name="mfa_login_webauthn"),
    path("security/webauthn/add/", passkeys.add_passkey, name="mfa_add_webauthn"),
    path("security/recovery-codes/", recovery.recovery_codes, name="mfa_view_recovery_codes"),
    path("security/recovery-codes/download/", recovery.download, name="mfa_download_recovery_codes"),
    path("security/totp/activate/", passkeys.add_app, name="mfa_activate_totp"),
    path("security/staff/", second_factor.second_factor_of_staff, name="staff_second_factor"),
    path("security/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("security/", include("allauth.mfa.urls")),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        password_link.password_link,
        name="account_reset_password_from_key",
    ),
    path("", include("allauth.account.urls")),
]
