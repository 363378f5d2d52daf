"""The history of a page in the admin: who did what and when, any two revisions side by side, and the way back."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sistercities.pages import publishing
from sistercities.pages.admin_roles import Translatable
from sistercities.pages.comparing import compare, label_of
from sistercities.pages.listing import page_of
from sistercities.pages.models import Page, Revision, Status
from sistercities.pages.revisions import revisions_of
from sistercities.pages.snapshots import columns_of, named, take

REVISIONS = 30
LOG = 100


class HistoryViews(Translatable):
    """Mixed into the admin of pages."""

    def get_urls(self) -> list[Any]:
        wrap, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path("<int:pk>/history/compare/", wrap(self.compare_view), name=f"{name}_compare"),
            path("<int:pk>/history/<int:number>/restore/", wrap(self.restore_view), name=f"{name}_restore"),
        ]
        return own + super().get_urls()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All revisions, the newest first, with the fields that each changed; below them the log of the admin."""
        page = self.page_for(request, unquote(object_id))
        page_obj = page_of(request, revisions_of(page).select_related("made_by"), REVISIONS)
        log = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(page), object_id=str(page.pk)
        )
        context = {
            "entries": self.entries(page, list(page_obj)),
            "page_obj": page_obj,
            "log": log.select_related("user").order_by("-action_time")[:LOG],
            "may_restore": self.may_write(request, page),
        }
        title = _("History: %s") % page
        return self.page_answer(request, "admin/page_history.html", page, title, context)

    def entries(self, page: Page, shown: list[Revision]) -> list[dict[str, Any]]:
        """Each revision with the names of the fields and parts in which it differs from the one before it."""
        older = revisions_of(page).filter(number__lt=shown[-1].number).first() if shown else None
        befores = [*shown[1:], older]
        return [
            {"revision": revision, "labels": changed_from(type(page), before, revision)}
            for revision, before in zip(shown, befores, strict=False)
        ]

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two revisions side by side, the older one first."""
        page = self.page_for(request, pk)
        numbers = sorted(number_from(request, name) for name in ("from", "to"))
        old, new = (get_object_or_404(revisions_of(page), number=number) for number in numbers)
        context = {"old": old, "new": new, "comparison": compare(type(page), old.snapshot, new.snapshot)}
        return self.page_answer(request, "admin/page_compare.html", page, _("Compare revisions"), context)

    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """What restoring a revision would change, to be confirmed; then the verb that does it."""
        page = self.page_for(request, pk)
        if not self.may_write(request, page):
            raise PermissionDenied
        revision = get_object_or_404(revisions_of(page), number=number)
        if request.method == "POST" and self.restore(request, page, revision):
            return HttpResponseRedirect(self.change_address(page))
        stays = {*page.not_restored, *self.kept_in_restore(page)}
        labels = [label_of(column, column.name) for column in columns_of(type(page)) if column.name in stays]
        wanted = {**revision.snapshot, "columns": unchanged(page, revision, stays)}
        context = {
            "revision": revision,
            "comparison": compare(type(page), named_now(page), wanted),
            "stays": labels,
        }
        title = _("Restore revision %d") % revision.number
        return self.page_answer(request, "admin/page_restore.html", page, title, context)

    def restore(self, request: HttpRequest, page: Page, revision: Revision) -> bool:
        """Do it, and say how it went."""
        try:
            publishing.restore(
                page,
                revision,
                by=request.user,
                leave=self.kept_in_restore(page),
                check=self.check_restored,
            )
        except ValidationError as refused:
            words = _("Nothing was restored. %s") % " ".join(told(refused))
            self.message_user(request, words, messages.ERROR)
            return False
        self.restored(request, page)
        self.log_change(request, page, _("Restored revision %d.") % revision.number)
        self.message_user(
            request, _("The page is as it was in revision %d.") % revision.number, messages.SUCCESS
        )
        return True

    def check_restored(self, page: Any) -> None:
        """A public page that comes back must be one that may be published."""
        if page.status == Status.PUBLISHED:
            self.check_publishable(page)

    def check_publishable(self, page: Any) -> None:
        """Raise ValidationError where a page cannot be shown to everybody yet."""

    def kept_in_restore(self, page: Any) -> set[str]:
        """The columns that restoring leaves alone, beside those which the page itself names."""
        return set()

    def restored(self, request: HttpRequest, page: Any) -> None:
        """What has to happen once a page was restored."""

    # --- shared ---------------------------------------------------------------------------------------

    def page_for(self, request: HttpRequest, pk: Any) -> Any:
        page = self.get_object(request, str(pk))
        if page is None:
            raise Http404
        if not self.has_view_or_change_permission(request, page):
            raise PermissionDenied
        return page

    def change_address(self, page: Page) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[page.pk])

    def page_answer(
        self, request: HttpRequest, template: str, page: Page, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        known = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "object": page,
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "changelist_url": reverse(f"{name}_changelist"),
            "change_url": self.change_address(page),
            "history_url": reverse(f"{name}_history", args=[page.pk]),
            "compare_url": reverse(f"{name}_compare", args=[page.pk]),
            "restore_name": f"{name}_restore",
        }
        return TemplateResponse(request, template, {**known, **context})


def number_from(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Http404
    return int(text)


def changed_from(model: type[Page], before: Revision | None, revision: Revision) -> list[str]:
    return compare(model, before.snapshot, revision.snapshot).labels if before else []


def named_now(page: Page) -> dict[str, Any]:
    """The page as it is now, with the names of what it refers to."""
    return named(type(page), take(page))


def unchanged(page: Page, revision: Revision, stays: set[str]) -> dict[str, Any]:
    """The columns as they would be after restoring: those that stay, and those the revision does not know, as now."""
    now = take(page)["columns"]
    return {
        **now,
        **{name: value for name, value in revision.snapshot["columns"].items() if name not in stays},
    }


def told(refused: ValidationError) -> list[str]:
    """All that was found wrong, each with the name of its field where it has one."""
    return [str(message) for message in refused.messages]
