"""The letters of an event within the admin: which there are, in which words, and how they look to a guest."""

import base64
import hashlib
import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.admin.access import event_with_rules, may
from events.admin.letter_forms import WordsForm
from events.letter_kinds import KINDS, LINKS, READERS, LetterKind
from events.letter_previews import MOST, OwnWords, Person, people, preview
from events.models import Event, LetterText
from sistercities.mail.kinds import Letter, Overtaken
from sistercities.pages.bilingual import column, html_language, language_name, languages

STYLES = re.compile("<style>(.*?)</style>", re.DOTALL)


class LetterViews:
    """Mixed into the admin of events."""

    admin_site: Any
    opts: Any
    message_user: Any
    log_change: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/letters/", wrap(self.letters), name="events_event_letters"),
            path("<int:pk>/letters/<slug:kind>/", wrap(self.letter_words), name="events_letter"),
            path("<int:pk>/letters/<slug:kind>/usual/", wrap(self.usual_words), name="events_letter_usual"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def letters(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All letters of an event: when each goes out, and whether it has words of its own."""
        event = event_with_rules(request, pk, "view_rsvp")
        written = {text.kind: text for text in event.letter_texts.select_related("changed_by")}
        by_reader = sorted(KINDS.items(), key=lambda each: list(READERS).index(each[1].reader))
        groups = [
            (
                READERS[reader],
                [(kind, known, written.get(kind), _worded(written.get(kind))) for kind, known in kinds],
            )
            for reader, kinds in groupby(by_reader, key=lambda each: each[1].reader)
        ]
        context = {"title": pgettext_lazy("mail", "Letters"), "tab": "letters", "groups": groups}
        return self.letter_page(request, "list", event, context)

    def letter_words(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """The hosts' own words in one letter, beside how it looks; a preview may be of words not saved yet."""
        event, known, text = letter_of(request, pk, kind, "view_rsvp")
        form = WordsForm(request.POST or None, instance=text)
        if request.method == "POST":
            may(request, "change_lettertext", event)
            if form.is_valid() and "_preview" not in request.POST:
                return self.save_words(request, event, known, form)
        person, choices = chosen(event, kind, request.POST.get("to", request.GET.get("to", "")))
        parts = (
            [] if form.errors else [part(event, kind, code, form.instance, person) for code in languages()]
        )
        context = {
            "title": known.name,
            "kind": kind,
            "known": known,
            "form": form,
            "sides": [
                (code, html_language(code), language_name(code), form.side(code)) for code in languages()
            ],
            "in_lines": sorted(LINKS & known.placeholders.keys()),
            "parts": parts,
            "person": person,
            "choices": choices,
            "may_edit": request.user.has_perm("events.change_lettertext"),
        }
        return self.letter_page(request, "words", event, context)

    def save_words(
        self, request: HttpRequest, event: Event, known: LetterKind, form: WordsForm
    ) -> HttpResponse:
        text = form.save_by(request.user)
        done = _("Saved: %(letter)s has words of its own.") if text else _("%(letter)s has the usual words.")
        words = done % {"letter": known.name}
        self.log_change(request, event, str(words))
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:events_letter", args=[event.pk, form.instance.kind]))

    def usual_words(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """Back to the usual words: the page shows what would be gone, the press on it takes it away."""
        event, known, text = letter_of(request, pk, kind, "change_lettertext")
        if request.method == "POST":
            if text.pk:
                text.delete()
                words = _("%(letter)s has the usual words.") % {"letter": known.name}
                self.log_change(request, event, str(words))
                self.message_user(request, words, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:events_event_letters", args=[event.pk]))
        sides = [(html_language(code), *words_in(text, code)) for code in languages()]
        context = {
            "title": _("Back to the usual words"),
            "kind": kind,
            "known": known,
            "text": text,
            "sides": sides,
        }
        return self.letter_page(request, "usual", event, context)

    def letter_page(
        self, request: HttpRequest, template: str, event: Event, context: dict[str, Any]
    ) -> HttpResponse:
        form = context.get("form")
        answer = TemplateResponse(
            request,
            f"admin/events/letters/{template}.html",
            {**self.admin_site.each_context(request), "opts": self.opts, "event": event, **context},
            status=422 if form and form.errors else 200,
        )
        return with_letters(answer, context.get("parts", []))


def letter_of(
    request: HttpRequest, pk: int, kind: str, permission: str
) -> tuple[Event, LetterKind, LetterText]:
    """An event, one of its letters, and the hosts' words in it: as yet empty ones where there are none."""
    event = event_with_rules(request, pk, permission)
    if kind not in KINDS:
        raise Http404
    written = LetterText.objects.filter(event=event, kind=kind).select_related("changed_by").first()
    return event, KINDS[kind], written or LetterText(event=event, kind=kind)


def chosen(event: Event, kind: str, asked: str) -> tuple[Person | None, list[Person]]:
    """Whom the preview is for: as asked, else the latest; and who else could be chosen."""
    choices = list(people(event, kind)[:MOST])
    if asked == "nobody":
        return None, choices
    if asked.isdecimal() and len(asked) < 19:
        return get_object_or_404(people(event, kind), pk=asked), choices
    return (choices[0] if choices else None), choices


def words_in(text: LetterText, language: str) -> tuple[str, str]:
    """Subject and words in one language."""
    return getattr(text, column("subject", language)), getattr(text, column("body", language))


def part(event: Event, kind: str, language: str, text: LetterText, person: Person | None) -> dict[str, Any]:
    """The letter in one language, or that it would not be sent as things stand."""
    words = OwnWords(*words_in(text, language))
    shown = {"code": language, "lang": html_language(language), "name": language_name(language), "html": ""}
    try:
        letter = preview(event, kind, language, words, person)
    except Overtaken:
        return shown
    return shown | framed(letter)


def framed(letter: Letter) -> dict[str, Any]:
    """What a page shows of a letter; its links open beside it, for no page of the site lets itself be framed."""
    html = letter.html.replace("<head>", '<head><base target="_blank">', 1)
    reply_to = letter.headers.get("Reply-To", "")
    return {"subject": letter.subject, "text": letter.text, "html": html, "reply_to": reply_to}


def with_letters(answer: HttpResponse, parts: Iterable[dict[str, Any]]) -> HttpResponse:
    """A page that nobody keeps. Letters bring their styles with them: exactly these may be applied, in their frames."""
    answer.headers["Cache-Control"] = "no-store"
    allowed = sorted({prints_of(each["html"]) for each in parts if each["html"]})
    answer._csp_update = {"style-src": allowed} if allowed else None  # type: ignore[attr-defined]
    return answer


def _worded(text: LetterText | None) -> list[str]:
    """In which languages there are own words."""
    return [language_name(code) for code in languages() if text and any(words_in(text, code))]


def prints_of(html: str) -> str:
    """By which a browser knows the styles of a letter."""
    found = STYLES.search(html)
    digest = hashlib.sha256((found[1] if found else "").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
