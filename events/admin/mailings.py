"""Free letters within the admin: written, looked at, tried, sent once, and watched. Mixed into the admin of events."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events import mailings as verbs
from events.admin.access import event_with_rules, may, row_of
from events.admin.letter_texts import framed, with_letters
from events.admin.mailing_forms import MailingForm
from events.admin.questions import SENSITIVE
from events.audience import Audience, Recipient
from events.letter_kinds import FREE, LINKS
from events.mail.mailings import samples
from events.models import Event, Mailing, Question
from sistercities.pages.bilingual import html_language, language_name, languages, texts

NAMED = 200  # of those who get it, or did not; more are counted only


class MailingViews:
    """Mixed into the admin of events."""

    admin_site: Any
    opts: Any
    message_user: Any
    log_change: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/mailings/", wrap(self.mailings), name="events_event_mailings"),
            path("<int:pk>/mailings/add/", wrap(self.add_mailing), name="events_mailing_add"),
            path("mailings/<int:pk>/", wrap(self.mailing), name="events_mailing"),
            path("mailings/<int:pk>/send/", wrap(self.send_mailing), name="events_mailing_send"),
            path("mailings/<int:pk>/delete/", wrap(self.delete_mailing), name="events_mailing_delete"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    @method_decorator(require_safe)
    def mailings(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All letters that were written to the guests of an event, the latest first."""
        event = event_with_rules(request, pk, "view_mailing")
        rows = Mailing.objects.filter(event=event).select_related("made_by", "sent_by")
        return self.mailing_page(request, "list", event, {"title": _("Letters to guests"), "rows": rows})

    def add_mailing(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write a new letter; it is kept as a draft."""
        may(request, "view_rsvp")
        mailing = Mailing(event=event_with_rules(request, pk, "add_mailing"), made_by=request.user)  # type: ignore[misc]
        return self.write(request, mailing)

    def mailing(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A draft to go on with, or what became of a letter that was sent."""
        mailing = _seen_by(request, pk, "change_mailing" if request.method == "POST" else "view_mailing")
        return self.progress(request, mailing) if mailing.sent_at else self.write(request, mailing)

    def write(self, request: HttpRequest, mailing: Mailing) -> HttpResponse:
        """The letter, who gets it, and beside both how it looks; a preview may be of words not saved yet."""
        sees = request.user.has_perm(SENSITIVE)
        form = MailingForm(request.POST or None, event=mailing.event, sensitive=sees, instance=mailing)
        if request.method == "POST" and form.is_valid() and "_preview" not in request.POST:
            return self.keep(request, mailing)
        found = None if form.errors else verbs.prospect(mailing)
        readers = found.people.recipients[:NAMED] if found else []
        reader = _chosen(readers, request.POST.get("to", request.GET.get("to", "")))
        context = {
            "title": str(mailing) or _("Write to guests"),
            "form": form,
            "sides": [(code, language_name(code), form.side(code)) for code in languages()],
            "placeholders": FREE["event_letter"].placeholders.items(),
            "in_lines": LINKS,
            "numbers": numbers(found) if found and mailing.audience else None,
            "readers": readers,
            "reader": reader,
            "parts": _parts(mailing, reader) if found and texts(mailing, "body") else [],
        }
        return self.mailing_page(request, "form", mailing.event, context, mailing)

    def keep(self, request: HttpRequest, mailing: Mailing) -> HttpResponse:
        """Save a draft, and go on to what was pressed: a test, sending, or the draft itself."""
        if not verbs.keep(mailing):
            self.message_user(request, _("It had been sent already; nothing was changed."), messages.ERROR)
            return _to("", mailing)
        if "_send" in request.POST:
            return _to("_send", mailing)
        if "_test" in request.POST:
            self.say_test(request, mailing)
        else:
            self.message_user(request, _("Saved as a draft; nobody has been written to."), messages.SUCCESS)
        return _to("", mailing, to=request.POST.get("to", ""))

    def say_test(self, request: HttpRequest, mailing: Mailing) -> None:
        """A test goes to whoever is signed in, and to nobody else."""
        to: Any = request.user
        reader = _chosen(verbs.prospect(mailing).people.recipients, request.POST.get("to", ""))
        count = verbs.try_out(mailing, to, reader)
        words = ngettext(
            "%(count)d test letter goes to %(address)s.", "%(count)d test letters go to %(address)s.", count
        )
        self.message_user(request, words % {"count": count, "address": to.email}, messages.SUCCESS)

    def send_mailing(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How many get it, in which language, and who does not; the press here cannot be taken back."""
        mailing, status = _seen_by(request, pk, "change_mailing"), 200
        if request.method == "POST":
            try:
                is_first = verbs.send(mailing, request.user, request.POST.get("seen", ""))  # type: ignore[arg-type]
                return self.sent(request, mailing, is_first)
            except verbs.NotReady as problem:
                self.message_user(request, str(problem.reason), messages.ERROR)
                status = 422
        if mailing.sent_at:
            return _to("", mailing)
        found = verbs.prospect(mailing)
        context = {
            "title": _("Send the letter"),
            "prospect": found,
            "numbers": numbers(found),
            "named": found.people.recipients[:NAMED],
            "unnamed": len(found.people.recipients[NAMED:]),
        }
        return self.mailing_page(request, "send", mailing.event, context, mailing, status)

    def sent(self, request: HttpRequest, mailing: Mailing, is_first: bool) -> HttpResponse:
        if is_first:
            self.log_change(request, mailing.event, f"Letter to guests sent: {mailing}")
            self.message_user(
                request, _("It is on its way; this page shows how far it is."), messages.SUCCESS
            )
        else:
            self.message_user(request, _("It had been sent already; nobody gets it twice."), messages.INFO)
        return _to("", mailing)

    def progress(self, request: HttpRequest, mailing: Mailing) -> HttpResponse:
        """How far it is: how many went out, and the names of those whom it did not reach."""
        troubled = list(verbs.in_trouble(mailing)[: NAMED + 1])
        names, counts = verbs.names_of(troubled), verbs.counts(mailing)
        context = {
            "title": str(mailing),
            "counts": counts,
            "forgotten": mailing.recipients - sum(counts.values()),
            "troubled": [(mail, names.get(mail.pk, mail.to_name)) for mail in troubled[:NAMED]],
            "has_more": len(troubled) > NAMED,
            "sees_outbox": request.user.has_perm("mail.view_message"),
            "words": [
                (html_language(code), texts(mailing, "subject")[code], body)
                for code, body in texts(mailing, "body").items()
            ],
        }
        return self.mailing_page(request, "progress", mailing.event, context, mailing)

    @method_decorator(require_POST)
    def delete_mailing(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A draft can be thrown away, a letter that was sent cannot."""
        mailing = _mailing(request, pk, "delete_mailing")
        if verbs.throw_away(mailing):
            self.message_user(request, _("The draft is gone."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:events_event_mailings", args=[mailing.event_id]))

    def mailing_page(
        self,
        request: HttpRequest,
        template: str,
        event: Event,
        context: dict[str, Any],
        mailing: Mailing | None = None,
        status: int = 200,
    ) -> HttpResponse:
        form, user = context.get("form"), request.user
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "event": event,
            "mailing": mailing,
            "tab": "mailings",
            "may_write": user.has_perm("events.change_mailing"),
            "may_delete": user.has_perm("events.delete_mailing"),
        }
        status = 422 if form and form.errors else status
        page = f"admin/events/mailing/{template}.html"
        answer = TemplateResponse(request, page, {**shared, **context}, status=status)
        return with_letters(answer, context.get("parts", []))


def numbers(found: verbs.Prospect) -> dict[str, Any]:
    """How many get it, by language, and who does not."""
    by_language = [(language_name(code), found.people.in_language(code)) for code in languages()]
    return {"total": len(found.people.recipients), "by_language": by_language, "people": found.people}


def _mailing(request: HttpRequest, pk: int, permission: str) -> Mailing:
    known = Mailing.objects.select_related("event__rsvp_policy", "made_by", "sent_by")
    return row_of(request, permission, known, pk)


def _seen_by(request: HttpRequest, pk: int, permission: str) -> Mailing:
    """A letter, for whoever may see whom it is for: what was said to a sensitive question is not for all of staff."""
    mailing = _mailing(request, pk, permission)
    may(request, "view_rsvp", mailing.event)
    question = Audience.of(mailing.audience).question
    if question and Question.objects.filter(pk=question, is_sensitive=True).exists():
        may(request, SENSITIVE.removeprefix("events."), mailing.event)
    return mailing


def _to(view: str, mailing: Mailing, **query: str) -> HttpResponse:
    asked = {name: value for name, value in query.items() if value}
    return HttpResponseRedirect(reverse(f"admin:events_mailing{view}", args=[mailing.pk], query=asked))


def _chosen(readers: list[Recipient], handle: str) -> Recipient | None:
    """The reader whom staff chose, else the first."""
    return next((each for each in readers if each.handle == handle), readers[0] if readers else None)


def _parts(mailing: Mailing, reader: Recipient | None) -> list[dict[str, Any]]:
    """The letter in each language as that reader would read it, with nobody's link."""
    codes = languages()
    letters = samples(mailing, [verbs.sample(mailing, reader, code) for code in codes])
    return [
        {
            "code": code,
            "lang": letter.headers["Content-Language"],
            "name": language_name(code),
            "is_other": code not in texts(mailing, "body"),
            **framed(letter),
        }
        for code, letter in zip(codes, letters, strict=True)
    ]
