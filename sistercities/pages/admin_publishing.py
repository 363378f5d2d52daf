"""Publishing, withdrawing and deleting in the admin: each by its verb, which keeps a revision."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sistercities.pages import publishing
from sistercities.pages.admin_previews import PreviewViews


class Publishing(PreviewViews):
    """Mixed into the admin of pages: with it come their history and their preview links."""

    @admin.action(description=_("Publish the chosen pages"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        done = 0
        for page in queryset:
            try:
                self.check_publishable(page)
                publishing.publish(page, by=request.user)
            except ValidationError as error:
                words = _("“%(page)s” cannot be published: %(why)s")
                self.message_user(
                    request, words % {"page": page, "why": " ".join(error.messages)}, messages.ERROR
                )
            else:
                done += 1
                self.log_change(request, page, [{"changed": {"fields": ["status"]}}])
        if done:
            told = ngettext("%(count)d page is published.", "%(count)d pages are published.", done)
            self.message_user(request, told % {"count": done}, messages.SUCCESS)

    @admin.action(description=_("Withdraw the chosen pages to drafts"), permissions=["publish"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for page in queryset:
            publishing.withdraw(page, by=request.user)
            self.log_change(request, page, [{"changed": {"fields": ["status"]}}])
        words = ngettext(
            "%(count)d page is a draft again.", "%(count)d pages are drafts again.", len(queryset)
        )
        self.message_user(request, words % {"count": len(queryset)}, messages.SUCCESS)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        publishing.delete(obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for page in queryset:
            publishing.delete(page, by=request.user)
