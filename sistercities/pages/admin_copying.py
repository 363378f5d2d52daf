"""Duplicating a page in the admin: one button, which leads to the copy."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from sistercities.pages.admin_history import HistoryViews
from sistercities.pages.copying import duplicate
from sistercities.pages.models import Page


class CopyViews(HistoryViews):
    """Mixed into the admin of pages."""

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_duplicate"
        return [
            path("<int:pk>/duplicate/", self.admin_site.admin_view(self.duplicate_view), name=name),
            *super().get_urls(),
        ]

    def duplicate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make the copy, and go there; where there can be no second one, say why and stay."""
        page = self.page_for(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            copy = duplicate(page, by=request.user)
        except ValidationError as refused:
            told = _("No copy was made. %(why)s") % {"why": " ".join(refused.messages)}
            self.message_user(request, told, messages.ERROR)
            return HttpResponseRedirect(self.change_address(page))
        self.copied(request, copy)
        self.log_addition(request, copy, [{"added": {}}])
        words = _(
            "This is the copy: a draft at an address of its own. The page that it was made from is as it was."
        )
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(self.change_address(copy))

    def copied(self, request: HttpRequest, copy: Page) -> None:
        """What has to happen once there is a copy."""

    def duplicate_address(self, request: HttpRequest, page: Page) -> str:
        """Where the button leads; nothing for whoever may not add pages."""
        if not self.has_add_permission(request):
            return ""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_duplicate", args=[page.pk])
