"""Where staff work: the stock Django admin under the association's name, on the clock of whoever is signed in."""

from functools import wraps
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.admin.sites import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CuratorSite(AdminSite):
    """Everything a curator writes or reads that is no page for the public."""

    site_title = _("Curating")
    site_header = _("Curating")
    index_title = _("What would you like to do?")

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
