"""Publishing, withdrawing and deleting in the admin: each by its verb, which keeps a revision.

What is done to several pages at once is asked first: the pages are named, and what is wanting in them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sistercities.pages import publishing
from sistercities.pages.admin_previews import PreviewViews
from sistercities.pages.admin_translations import language_pills
from sistercities.pages.models import Page, Status
from sistercities.pages.unsourced import statements_without_source
from sistercities.undoing import say_with_undo


@dataclass(frozen=True)
class Line:
    """A page that was chosen: what is wanting in it, and what keeps it from being done at all."""

    page: Page
    publication: SafeString
    url: str
    languages: SafeString
    unsourced: list[str]
    obstacles: list[str]


@dataclass(frozen=True)
class Deed:
    """What is done to several pages at once, in the words of the page that asks first."""

    action: str
    contrary: str
    title: Promise | str
    about: Promise | str
    button: Promise | str
    verb: Callable[..., None]
    told: Callable[[int], str]


def _published(count: int) -> str:
    return ngettext("%(count)d page is published.", "%(count)d pages are published.", count)


def _withdrawn(count: int) -> str:
    return ngettext("%(count)d page is a draft again.", "%(count)d pages are drafts again.", count)


PUBLISH = Deed(
    "publish",
    "withdraw",
    _("Publish these pages?"),
    _("Everybody can read them then: at once, or from the moment on for which a page is scheduled."),
    _("Publish them"),
    publishing.publish,
    _published,
)
WITHDRAW = Deed(
    "withdraw",
    "publish",
    _("Withdraw these pages?"),
    _(
        "They become drafts, which only staff can read. Nothing in them is lost, and they can be published again; "
        "links that lead to them find nothing until then."
    ),
    _("Withdraw them"),
    publishing.withdraw,
    _withdrawn,
)


class Publishing(PreviewViews):
    """Mixed into the admin of pages: with it come their history and their preview links."""

    @admin.action(description=_("Publish the chosen pages"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self.to_several(request, queryset, PUBLISH)

    @admin.action(description=_("Withdraw the chosen pages to drafts"), permissions=["publish"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self.to_several(request, queryset, WITHDRAW)

    def to_several(self, request: HttpRequest, queryset: QuerySet[Any], deed: Deed) -> HttpResponse | None:
        """Ask first; once that is answered, do it to all that allow it, and say why the others do not."""
        pages = list(queryset)
        if request.POST.get("post"):
            self.do(request, pages, deed)
            return None
        lines = [self.line(page, deed) for page in pages]
        context = {
            **self.admin_site.each_context(request),
            "title": deed.title,
            "deed": deed,
            "opts": self.opts,
            "lines": lines,
            "possible": [line.page.pk for line in lines if not line.obstacles],
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/several_pages.html", context)

    def do(self, request: HttpRequest, pages: Sequence[Any], deed: Deed) -> None:
        done = []
        for page in pages:
            if obstacles := self.obstacles(page, deed):
                words = _("“%(page)s” stays as it is: %(why)s")
                told = words % {"page": page, "why": " ".join(obstacles)}
                self.message_user(request, told, messages.ERROR)
                continue
            deed.verb(page, by=request.user)
            self.log_change(request, page, [{"changed": {"fields": ["status"]}}])
            done.append(page.pk)
        if done:
            url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
            contrary = {"action": deed.contrary, "post": "yes", ACTION_CHECKBOX_NAME: done}
            say_with_undo(request, deed.told(len(done)) % {"count": len(done)}, url, **contrary)

    def line(self, page: Any, deed: Deed) -> Line:
        return Line(
            page,
            self.publication(page),  # type: ignore[attr-defined]  # of every admin of pages
            self.change_address(page),
            language_pills(page.missing_languages, page.stale_in),
            statements_without_source(page) if deed is PUBLISH else [],
            self.obstacles(page, deed),
        )

    def obstacles(self, page: Any, deed: Deed) -> list[str]:
        """What keeps a page from being published or withdrawn, in words."""
        is_published = page.status == Status.PUBLISHED
        if deed is WITHDRAW:
            return [] if is_published else [str(_("It is a draft already."))]
        if is_published:
            return [str(_("It is published already."))]
        try:
            self.check_publishable(page)
            publishing.check(page)
        except ValidationError as error:
            return list(error.messages)
        finally:
            page.status = Status.DRAFT
        return []

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        publishing.delete(obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for page in queryset:
            publishing.delete(page, by=request.user)
