"""The page beside its form: both languages as they would be read, drawn from what is typed and not saved yet."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sistercities.pages.admin_forms import stamp
from sistercities.pages.admin_panel import panel_of
from sistercities.pages.admin_previews import PreviewViews
from sistercities.pages.as_visitor import Seen, seen_by_visitors, seen_if_public
from sistercities.pages.bilingual import html_language, language_label, language_name, languages
from sistercities.pages.models import Citation, Page


class Said:
    """Takes the place of the messages to staff while a form is only tried: what they warn of is shown beside it."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def add(self, level: int, message: Any, extra_tags: str = "") -> None:
        if level == messages.WARNING:
            self.warnings.append(str(message))


class Tried(Exception):
    """Ends the trying of a form, so that nothing of it is kept: with the page as it would be, or what is wrong."""

    def __init__(self, parts: list[Seen] | None = None, faults: list[str] | None = None) -> None:
        super().__init__()
        self.parts, self.faults = parts or [], faults or []


class LivePreview(PreviewViews):
    """Mixed into the admin of pages, whose ``publication`` and ``why_unseen`` say where one stands."""

    publication: Any
    why_unseen: Any

    def get_urls(self) -> list[Any]:
        wrap, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path("add/preview/", wrap(self.live_view), name=f"{name}_preview_new"),
            path("<int:pk>/preview/", wrap(self.live_view), name=f"{name}_preview"),
            path("<int:pk>/as-visitor/", wrap(self.as_visitor_view), name=f"{name}_as_visitor"),
        ]
        return own + super().get_urls()

    # --- from what is typed ---------------------------------------------------------------------------

    def live_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The form is saved as ever, the page drawn, and all of it taken back: no revision stays, no mail goes out."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        own_messages, said = request._messages, Said()  # type: ignore[attr-defined]
        self.only_try(request, pk)
        request._messages = said  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                self.changeform_view(request, str(pk) if pk else None)
        except Tried as tried:
            return self.live_answer(request, pk, tried, said.warnings)
        finally:
            request._messages = own_messages  # type: ignore[attr-defined]
        raise Http404

    def only_try(self, request: HttpRequest, pk: int | None) -> None:
        """Mark the request; files would outlive the trying, so there are none."""
        sent = request.POST.copy()
        request._files = MultiValueDict()  # type: ignore[attr-defined]
        request.is_tried = True  # type: ignore[attr-defined]  # for the answers below
        if page := self.model._default_manager.filter(pk=pk).only("updated_at").first():
            # To look is no contest: what others saved meanwhile is for the saving to say.
            sent["opened_at"] = stamp(page.updated_at)
        request.POST = sent  # type: ignore[assignment]

    def live_answer(
        self, request: HttpRequest, pk: int | None, tried: Tried, warnings: list[str]
    ) -> HttpResponse:
        status = 422 if tried.faults else 200
        if request.headers.get("Accept") == "application/json":
            pages = {part.html_lang: part.html for part in tried.parts}
            found = {"pages": pages, "faults": tried.faults, "warnings": warnings}
            return JsonResponse(found, status=status)
        context = {"parts": tried.parts, "faults": tried.faults, "warnings": warnings, "is_tried": True}
        answer = self.seen_answer(request, pk, _("Preview"), context)
        answer.status_code = status
        return answer

    def seen_answer(
        self, request: HttpRequest, pk: int | None, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        if pk:
            return self.page_answer(
                request, "admin/page_seen.html", self.page_for(request, pk), title, context
            )
        known = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, "admin/page_seen.html", {**known, **context})

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.end_trying(request, obj)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self.end_trying(request, obj)
        return super().response_change(request, obj)

    def end_trying(self, request: HttpRequest, obj: Any) -> None:
        if hasattr(request, "is_tried"):
            saved = self.model._default_manager.get(pk=obj.pk)
            raise Tried(parts=seen_if_public(request, saved))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if hasattr(request, "is_tried"):
            raise Tried(faults=list(faults_in(context)))
        page = kwargs.get("obj")
        context["live_url"] = "" if context["is_popup"] else self.live_address(request, page)
        context["live_languages"] = [
            {
                "html_lang": html_language(code),
                "suffix": f"_{code.replace('-', '_')}",
                "name": language_name(code),
            }
            | {"label": language_label(code)}
            for code in languages()
        ]
        if page and not context["is_popup"]:
            context |= self.head_of(request, page)
        context["mark_url"] = reverse("admin:pages_source_mark", args=[0])
        return super().render_change_form(request, context, *args, **kwargs)

    def live_address(self, request: HttpRequest, page: Page | None) -> str:
        """Where the form of a page is tried; nowhere for who may only read it."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        if page is None:
            return reverse(f"{name}_preview_new") if self.has_add_permission(request) else ""
        return reverse(f"{name}_preview", args=[page.pk]) if self.has_change_permission(request, page) else ""

    def head_of(self, request: HttpRequest, page: Any) -> dict[str, Any]:
        """What stands over the form of a page that exists."""
        if request.method == "POST":
            # A form that is shown again has written into the page what was typed; the head tells what is kept.
            page = self.get_object(request, str(page.pk))
        cites = any(inline.model is Citation for inline in self.inlines)
        panel = panel_of(page, self.publication(page), page.citation_count if cites else None)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_as_visitor"
        return {"panel": panel, "visitor_url": reverse(name, args=[page.pk])}

    # --- as it is -------------------------------------------------------------------------------------

    def as_visitor_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page as somebody sees it who is not signed in, or in words that they do not."""
        page = self.page_for(request, pk)
        context = {"parts": seen_by_visitors(request, page), "why_unseen": self.why_unseen(page)}
        return self.page_answer(request, "admin/page_seen.html", page, _("As visitors see it"), context)


def faults_in(context: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a form and its parts, each with the name of the field where it has one."""
    yield from faults_of(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        if not any(formset.errors):
            yield from (str(each) for each in formset.non_form_errors())
        named = capfirst(str(inline.opts.verbose_name))
        for number, form in enumerate(formset.forms, start=1):
            yield from (f"{named} {number}: {words}" for words in faults_of(form))


def faults_of(form: BaseForm) -> Iterator[str]:
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for words in errors:
            yield f"{capfirst(str(label))}: {words}" if label else str(words)
