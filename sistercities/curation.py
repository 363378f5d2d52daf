"""Where staff work: the stock Django admin under the association's name, on the clock of whoever is signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.admin.sites import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sistercities import desk, navigation

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Desk:
    """A page for staff over all kinds of things, such as what lacks a source; ``place`` is its address in the admin."""

    place: str
    label: Promise | str
    view: View
    permissions: tuple[str, ...] = ()

    @property
    def url_name(self) -> str:
        return f"desk_{self.place.replace('-', '_')}"


def _guarded(view: View, permissions: tuple[str, ...]) -> View:
    @wraps(view)
    def only_for_some(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.may_everywhere(*permissions):  # type: ignore[union-attr]  # only members come here
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return only_for_some


class CuratorSite(AdminSite):
    """Everything a curator writes or reads that is no page for the public."""

    site_title = _("Curating")
    site_header = _("Curating")
    index_title = _("Desk")

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.desks: list[Desk] = []

    def desk(self, place: str, label: Promise | str, *permissions: str) -> Callable[[View], View]:
        """``@admin.site.desk("without-source", _("…"))``: a page of its own, that stands at the side.

        With permissions it is for those alone who have all of them.
        """

        def add(view: View) -> View:
            self.desks.append(Desk(place, label, _guarded(view, permissions), permissions))
            return view

        return add

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Without the stock way from any row to its address on the site, which asks nobody's rights."""
        own = [path(f"{desk.place}/", self.admin_view(desk.view), name=desk.url_name) for desk in self.desks]
        return [*own, *(each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site")]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Staff come in where members do, with all that is asked of them there; there is no second door."""
        following = request.GET.get("next", "")
        if self.has_permission(request):
            return redirect(following if following.startswith("/admin/") else "admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(following or reverse("admin:index"), resolve_url(settings.LOGIN_URL))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The desk: what needs somebody today."""
        about = {"desk": desk.desk_of(request), "greeting": desk.greeting(timezone.now())}
        return super().index(request, {**about, **(extra_context or {})})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With the ways that stand at the side of every page."""
        context, reader = super().each_context(request), cast(Any, request.user)
        if context["has_permission"]:
            open_ones = [each for each in self.desks if reader.may_everywhere(*each.permissions)]
            context["ways"] = navigation.ways(request, context["available_apps"], open_ones)
        return context

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        @wraps(view)
        def on_own_clock(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            own_zone = request.user.timezone if request.user.is_authenticated else ""
            with timezone.override(own_zone or settings.TIME_ZONE):
                response = inner(request, *args, **kwargs)
                # Templates are usually rendered later, when the clock would be another one again.
                return response.render() if isinstance(response, SimpleTemplateResponse) else response

        return on_own_clock

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The apps from the top floor down, as they are installed; what libraries bring comes last."""
        order = [config.label for config in apps.get_app_configs()]
        return sorted(super().get_app_list(request, app_label), key=lambda app: order.index(app["app_label"]))
