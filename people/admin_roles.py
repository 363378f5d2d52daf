"""Who may do what: the table of roles for all staff, and giving and taking back the roles of one member."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from people.granting import Refused, beside_a_role, grant, strip, take_back
from people.models import Member, RoleGrant, RoleName
from people.role_matrix import matrix
from people.roles import ROLES
from people.second_factor import FACTORS
from sistercities.curation import CuratorSite

site: CuratorSite = admin.site  # type: ignore[assignment]  # the one that apps.py puts in place
FORMER = 50


class GiveForm(forms.Form):
    """A role to give, and until when."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=RoleName.choices, widget=forms.RadioSelect)
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "Empty: until somebody takes it back. Whoever has the role already has it until the day that stands here."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (name.value, format_html("<strong>{}</strong> {}", name.label, ROLES[name].about))
            for name in RoleName
        ]


@site.desk("roles", gettext_lazy("Who may do what"))
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The table of roles, and who has which: open to all staff, so that everybody knows whom to ask."""
    live = RoleGrant.objects.live().select_related("member").order_by("member__name", "member__email")
    holders: dict[str, list[RoleGrant]] = {name.value: [] for name in RoleName}
    for given in live:
        holders[given.role].append(given)
    context = {
        **site.each_context(request),
        "title": _("Who may do what"),
        "matrix": matrix(),
        "roles": [(name, ROLES[name], holders[name.value]) for name in RoleName],
        "beside": list(beside_a_role()) if request.user.is_superuser else [],
    }
    return TemplateResponse(request, "admin/roles.html", context)


def in_words(given: RoleGrant) -> str:
    """A role, and its last day if it has one."""
    if given.ends_on is None:
        return str(given)
    words = _("%(role)s, until %(day)s")
    return words % {"role": given, "day": date_format(given.ends_on, "SHORT_DATE_FORMAT")}


class RoleFilter(admin.SimpleListFilter):
    """Members by what they may do."""

    title = gettext_lazy("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("any", _("all staff")), ("none", _("no staff")), *RoleName.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        live, chosen = RoleGrant.objects.live(), self.value()
        if chosen is None:
            return queryset
        if chosen == "none":
            return queryset.exclude(pk__in=live.values("member"))
        return queryset.filter(
            pk__in=(live if chosen == "any" else live.filter(role=chosen)).values("member")
        )


class RolesOfMember:
    """Mixed into the admin of members: the roles of each, and the page on which administrators change them."""

    def get_queryset(self, request: HttpRequest) -> Any:
        live = Prefetch("grants", RoleGrant.objects.live().order_by("pk"), to_attr="live_grants")
        return super().get_queryset(request).prefetch_related(live)  # type: ignore[misc]

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<int:pk>/roles/", site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(roles_of_member)),
            name="people_member_roles",
        )  # fmt: skip
        return [page, *super().get_urls()]  # type: ignore[misc]

    @admin.display(description=gettext_lazy("roles"))
    def roles_in_words(self, member: Any) -> str:
        return ", ".join(in_words(each) for each in getattr(member, "live_grants", [])) or "–"

    @admin.display(description=gettext_lazy("roles"))
    def roles_with_link(self, member: Any) -> str:
        words = self.roles_in_words(member)
        if member.pk is None:
            return words
        address = reverse("admin:people_member_roles", args=[member.pk])
        return format_html('{}<div><a href="{}">{}</a></div>', words, address, _("Give or take back roles"))


def roles_of_member(request: HttpRequest, pk: int) -> HttpResponse:
    """The roles of one member; administrators alone see this page, and change them."""
    if not request.user.is_superuser:
        raise PermissionDenied
    member = get_object_or_404(Member, pk=pk)
    if request.method != "POST":
        return _page(request, member, GiveForm())
    act = {"give": _give, "take": _take, "strip": _strip}.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    return act(request, member)


def _give(request: HttpRequest, member: Member) -> HttpResponse:
    form = GiveForm(request.POST)
    if not form.is_valid():
        return _page(request, member, form, 422)
    role = RoleName(form.cleaned_data["role"])
    try:
        given = grant(member, role, by=_who(request), ends_on=form.cleaned_data["ends_on"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, member, form, 422)
    words = _("%(member)s has this role now: %(role)s.")
    return _done(request, member, words % {"member": member, "role": in_words(given)})


def _take(request: HttpRequest, member: Member) -> HttpResponse:
    number = request.POST.get("grant", "")
    given = get_object_or_404(member.grants, pk=int(number) if number.isdecimal() and len(number) < 18 else 0)
    try:
        take_back(given, by=_who(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, member, GiveForm(), 422)
    words = _("%(member)s no longer has this role: %(role)s. All sessions of the account have ended.")
    return _done(request, member, words % {"member": member, "role": given})


def _strip(request: HttpRequest, member: Member) -> HttpResponse:
    try:
        strip(member, by=_who(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, member, GiveForm(), 422)
    return _done(request, member, _("The rights beside roles are gone."))


def _who(request: HttpRequest) -> Member:
    who: Any = request.user
    return who


def _done(request: HttpRequest, member: Member, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("admin:people_member_roles", args=[member.pk]))


def _page(request: HttpRequest, member: Member, form: GiveForm, status: int = 200) -> HttpResponse:
    grants = list(member.grants.select_related("granted_by", "ended_by"))
    context = {
        **site.each_context(request),
        "title": _("Roles of %(member)s") % {"member": member.name or member.email},
        "member": member,
        "form": form,
        "present": [each for each in grants if each.is_live],
        "former": [each for each in grants if not each.is_live][:FORMER],
        "is_beside": beside_a_role().filter(pk=member.pk).exists(),
        "lacks_factor": settings.STAFF_SECOND_FACTOR and not is_mfa_enabled(member, FACTORS),
    }
    return TemplateResponse(request, "admin/people/member/roles.html", context, status=status)
