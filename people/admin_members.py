"""How staff look after who signs in: members, their memberships, and the way to their roles."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.admin_membership import EndingFilter, MemberForm, MembershipFilter, Renewing
from people.admin_roles import RoleFilter, RolesOfMember
from people.granting import is_last_administrator, may_touch
from people.models import Member
from sistercities.mail.addresses import address_key, comparable
from sistercities.pages.curating import ADDRESSES

ABOUT_MEMBERSHIP = _(
    "A membership opens the events that are for members, from its first day to its last; without a last day it goes "
    "on. A household or corporate membership also covers those who sign in by themselves and name it in the last field "
    "here: they need no dates of their own. Two months and two weeks before the end, and on the day after, we write a "
    "letter; not to whoever is covered by somebody else."
)


class PasswordForm(AdminPasswordChangeForm):
    """The stock form, which says in English alone what it does."""

    usable_password_help_text = format_lazy(  # type: ignore[assignment]  # as good as a text
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        _("Without a password a member signs in by a code that comes by mail, or by a passkey."),
        _("The present password is lost then."),
    )


class NewMemberForm(forms.ModelForm):
    """A new account: it has no password, for members sign in with a code that comes by mail."""

    class Meta:
        model = Member
        fields = ["email", "name", "language"]

    def save(self, commit: bool = True) -> Member:
        self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(Member)
class MemberAdmin(RolesOfMember, Renewing, UserAdmin):
    form = MemberForm
    add_form = NewMemberForm
    change_password_form = PasswordForm
    formfield_overrides = ADDRESSES
    ordering = ["email"]
    list_display = [
        "email",
        "name",
        "is_member",
        "membership",
        "member_since",
        "member_until",
        "roles_in_words",
        "is_active",
    ]
    list_filter = [MembershipFilter, EndingFilter, "membership", "language", RoleFilter, "is_active"]
    # Whether somebody is a member may be decided by whoever covers them.
    list_select_related = ["covered_by"]
    actions = ["renew_by_a_year"]
    search_fields = ["email", "name", "household"]
    autocomplete_fields = ["person", "covered_by"]
    readonly_fields = [
        "covers_whom",
        "roles_in_words",
        "roles_with_link",
        "password_in_words",
        "password_with_link",
        "last_login",
        "date_joined",
    ]
    fieldsets = [
        (None, {"fields": [("email", "name"), ("language", "timezone"), "person"]}),
        (
            _("Membership"),
            {
                "fields": [
                    "membership",
                    ("member_since", "member_until"),
                    "household",
                    "covers_whom",
                    "covered_by",
                ],
                "description": ABOUT_MEMBERSHIP,
            },
        ),
        (_("Letters to them"), {"fields": [("wants_reminders", "wants_greetings")]}),
        (
            _("Signing in"),
            {
                "fields": ["roles_in_words", "is_active", "password_in_words"],
                "description": _(
                    "What somebody may do in the admin follows from their roles, which administrators give."
                ),
            },
        ),
        (_("History"), {"fields": [("date_joined", "last_login")]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": ["email", "name", "language"],
                "description": _("Nobody needs a password: members sign in with a code that comes by mail."),
            },
        )
    ]

    def save_model(self, request: HttpRequest, obj: Member, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            # The sign-in library keeps addresses of its own: the old one must not open the account any longer.
            addresses = EmailAddress.objects.filter(user=obj).alias(key=address_key("email"))
            addresses.exclude(key=comparable(obj.email)).delete()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the ways on for those who may go them: to the roles, and to a password."""
        further: dict[Any, Any] = {"roles_in_words": "roles_with_link"} if request.user.is_superuser else {}
        if self.has_change_permission(request, obj):
            further |= {"password_in_words": "password_with_link"}
        return [
            (title, {**options, "fields": [further.get(name, name) for name in options["fields"]]})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and may_touch(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj) and may_touch(request.user, obj)
        return may and not (obj is not None and is_last_administrator(obj))

    @admin.display(description=_("password"))
    def password_in_words(self, member: Member) -> str:
        """Whether there is one; what is kept of it tells nobody anything."""
        if member.has_usable_password():
            return gettext("has a password")
        return gettext("none: signs in with a code or a passkey")

    @admin.display(description=_("password"))
    def password_with_link(self, member: Member) -> str:
        address = reverse("admin:auth_user_password_change", args=[member.pk])
        return format_html(
            '{}<div><a href="{}">{}</a></div>',
            self.password_in_words(member),
            address,
            gettext("Set a password"),
        )

    @admin.display(description=_("member"), boolean=True)
    def is_member(self, member: Member) -> bool:
        return member.is_current_member
