"""What staff do with a newsletter beside writing it: look at it, have it sent to themselves, send it to its readers."""

import hashlib
import json
import secrets
from typing import Any

from csp.constants import SELF
from csp.decorators import csp, csp_update
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from sistercities.mail import outbox
from sistercities.mail.kinds import Letter
from sistercities.mail.views import LETTER_POLICY
from sistercities.newsletter import composing, sending
from sistercities.newsletter.mail import Ways, letter
from sistercities.newsletter.models import Newsletter
from sistercities.pages.bilingual import html_language, language_name, languages


class SendingViews(admin.ModelAdmin):
    """Mixed into the admin of newsletters."""

    def get_urls(self) -> list[Any]:
        def own(place: str, name: str, view: Any) -> Any:
            return path(
                f"<int:pk>/{place}", self.admin_site.admin_view(view), name=f"newsletter_newsletter_{name}"
            )

        return [
            own("preview/", "preview", self.preview_view),
            own("preview/<str:language>/", "preview_html", self.html_view),
            own("test/", "test", self.test_view),
            own("send/", "send", self.send_view),
            *super().get_urls(),
        ]

    def newsletter_for(self, request: HttpRequest, pk: int) -> Newsletter:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Newsletter, pk=pk)

    def may_send(self, request: HttpRequest, newsletter: Newsletter) -> bool:
        return newsletter.is_draft and bool(request.user.has_perm("newsletter.send_newsletter"))

    @method_decorator(require_safe)
    @method_decorator(csp_update({"frame-src": [SELF]}))
    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What readers of each language get, as HTML and as text."""
        newsletter = self.newsletter_for(request, pk)
        context = {
            "parts": [_part(newsletter, code) for code in languages()],
            "send_url": self.url("send", pk) if self.may_send(request, newsletter) else "",
            "test_url": self.url("test", pk),
            "test_to": getattr(request.user, "email", ""),
        }
        return self.answer(request, "preview", newsletter, _("Preview"), context)

    @method_decorator(require_safe)
    @method_decorator(csp(LETTER_POLICY))
    @method_decorator(xframe_options_sameorigin)
    def html_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        newsletter = self.newsletter_for(request, pk)
        if language not in languages():
            raise Http404
        # Its links open beside it, for no page of the site lets itself be framed.
        html = _as_read(newsletter, language).html
        return HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))

    @method_decorator(require_POST)
    def test_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """To whoever is signed in, and to nobody else, in every language."""
        newsletter, to = self.newsletter_for(request, pk), getattr(request.user, "email", "")
        for code in languages():
            outbox.queue(
                key=f"newsletter-test-{pk}-{code}-{secrets.token_hex(8)}",
                kind="newsletter_test",
                to_email=to,
                language=code,
                snapshot={"newsletter": newsletter.pk},
            )
        self.message_user(request, _("A test goes to %(address)s.") % {"address": to}, messages.SUCCESS)
        return HttpResponseRedirect(self.url("preview", pk))

    def send_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How many will get it, and what to know before; the press here cannot be taken back."""
        newsletter = self.newsletter_for(request, pk)
        if not request.user.has_perm("newsletter.send_newsletter"):
            raise PermissionDenied
        seen = _fingerprint(newsletter)
        if request.method == "POST" and request.POST.get("seen") != seen and newsletter.is_draft:
            self.message_user(
                request, _("It has changed since you looked. Please look again."), messages.ERROR
            )
        elif request.method == "POST" and self.begin(request, newsletter):
            return HttpResponseRedirect(self.url("change", pk))
        numbers = sending.readers()
        context = {
            "numbers": [(language_name(code), number) for code, number in numbers.items()],
            "total": sum(numbers.values()),
            "doubts": doubts_by_name(newsletter),
            "why_not": sending.why_not(newsletter),
            "seen": seen,
            "preview_url": self.url("preview", pk),
        }
        return self.answer(request, "send", newsletter, _("Send the newsletter"), context)

    def begin(self, request: HttpRequest, newsletter: Newsletter) -> bool:
        try:
            begun = sending.begin(newsletter, request.user)
        except sending.NotReady as reason:
            self.message_user(request, str(reason), messages.ERROR)
            return False
        self.log_change(request, begun, _("Sent to its readers."))
        self.message_user(request, _("It is on its way; this page shows how far it is."), messages.SUCCESS)
        return True

    def url(self, view: str, pk: int) -> str:
        return reverse(f"admin:newsletter_newsletter_{view}", args=[pk])

    def answer(
        self, request: HttpRequest, name: str, newsletter: Newsletter, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "newsletter": newsletter,
            "change_url": self.url("change", newsletter.pk),
        }
        return TemplateResponse(request, f"admin/newsletter/newsletter/{name}.html", context)


def doubts_by_name(newsletter: Newsletter) -> dict[str, list[str]]:
    """What to know before it goes out, under what each language is called."""
    return {language_name(code): found for code, found in composing.doubts(newsletter).items()}


def _as_read(newsletter: Newsletter, language: str) -> Letter:
    """What goes out, or went out, without anybody's links."""
    content = newsletter.frozen.get(language) or composing.content_for(newsletter, language)
    return letter(content, language, Ways.nobodys(language))


def _part(newsletter: Newsletter, language: str) -> dict[str, Any]:
    written = _as_read(newsletter, language)
    doubts = composing.doubts(newsletter)[language] if newsletter.is_draft else []
    return {
        "code": language,
        "lang": html_language(language),
        "name": language_name(language),
        "subject": written.subject,
        "text": written.text,
        "doubts": doubts,
        "html_url": reverse("admin:newsletter_newsletter_preview_html", args=[newsletter.pk, language]),
    }


def _fingerprint(newsletter: Newsletter) -> str:
    """Stands for all that readers would get: what was looked at is what is sent."""
    contents = [composing.content_for(newsletter, code) for code in languages()]
    return hashlib.sha256(json.dumps(contents, sort_keys=True).encode()).hexdigest()[:32]
