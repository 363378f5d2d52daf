"""The questions of an event within the admin: written, ordered, copied, asked no longer; and what guests answered."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events import questions as verbs
from events.admin.access import RowsOfOwnEvents, by_staff, event_with_rules, may, row_of
from events.admin.question_forms import ChoiceFormSet, CopyForm, QuestionForm
from events.admin.reply_forms import RepliesForm
from events.models import Event, Question, QuestionChoice, Rsvp
from events.questionnaire import questionnaire
from events.refusals import tell
from events.rsvp import Refused, change
from events.tallies import as_csv, table
from sistercities.busy import Busy
from sistercities.pages.curating import BilingualFields, Rows

# Who may see what guests eat or need: the right to read answers one by one.
SENSITIVE = "events.view_questionanswer"
STEPS = {"up": -1, "down": 1}


class QuestionViews:
    """Mixed into the admin of events."""

    admin_site: Any
    message_user: Any
    answer: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/questions/", wrap(self.questions), name="events_event_questions"),
            path("<int:pk>/replies/", wrap(self.replies), name="events_event_replies"),
            path("<int:pk>/replies.csv", wrap(self.replies_csv), name="events_event_replies_csv"),
            path("guests/<int:pk>/replies/", wrap(self.replies_of_party), name="events_party_replies"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def questions(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All questions of an event in their order; each button does one thing."""
        event, form = event_with_rules(request, pk, "view_question"), None
        if request.method == "POST":
            may(request, "change_question", event)
            if "copy" not in request.POST:
                self.do_with_question(request, event)
                return to_questions(event)
            form = CopyForm(request.POST, event=event, reader=request.user)
            if form.is_valid():
                self.copy_questions(request, event, form.cleaned_data["source"])
                return to_questions(event)
        shown = event.questions.select_related("depends_on", "depends_on_choice").prefetch_related("choices")
        context = {
            "title": _("Questions to guests"),
            "tab": "questions",
            "asked": [question for question in shown if not question.retired_at],
            "retired": [question for question in shown if question.retired_at],
            "may_change": request.user.has_perm("events.change_question"),
            "copying": form or CopyForm(event=event, reader=request.user),
        }
        return self.answer(request, "questions", event, context, 422 if form else 200)

    def do_with_question(self, request: HttpRequest, event: Event) -> None:
        """Move it, ask it no longer, or again."""
        number = request.POST.get("question", "")
        question = get_object_or_404(event.questions, pk=int(number) if number.isdecimal() else 0)
        deed = request.POST.get("deed", "")
        if deed in STEPS:
            verbs.move(question, STEPS[deed])
        elif deed == "retire":
            self.say(request, verbs.retire(question), gone=True)
        elif deed == "again":
            self.say(request, verbs.ask_again(question), gone=False)

    def say(self, request: HttpRequest, count: int, *, gone: bool) -> None:
        less = ngettext(
            "%(count)d question is asked no longer; what was answered stays.",
            "%(count)d questions are asked no longer; what was answered stays.",
            count,
        )
        more = ngettext("%(count)d question is asked again.", "%(count)d questions are asked again.", count)
        self.message_user(request, (less if gone else more) % {"count": count}, messages.SUCCESS)

    def copy_questions(self, request: HttpRequest, event: Event, source: Event) -> None:
        count = verbs.copy(source, event)
        words = ngettext("%(count)d question was taken over.", "%(count)d questions were taken over.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS if count else messages.WARNING)

    # --- what was answered ----------------------------------------------------------------------------

    def replies(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What guests answered, counted and guest by guest."""
        event = event_with_rules(request, pk, "view_rsvp")
        context = {"title": _("Answers to questions"), "tab": "replies", **self.found(request, event)}
        return self.answer(request, "replies", event, context)

    def replies_csv(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = event_with_rules(request, pk, "view_rsvp")
        sheet = as_csv(self.found(request, event)["table"])
        response = HttpResponse(sheet, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="answers-{event.slug}.csv"'
        response.headers["Cache-Control"] = "no-store"
        return response

    def replies_of_party(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write down what a guest said on the telephone."""
        known = Rsvp.objects.live().filter(hold=None).select_related("event__rsvp_policy")
        rsvp = row_of(request, "change_rsvp", known, pk)
        asked = questionnaire(rsvp.event, sensitive=request.user.has_perm(SENSITIVE))
        form, status = RepliesForm(request.POST or None, rsvp=rsvp, asked=asked), 200
        if form.is_valid():
            heard = form.cleaned_data
            try:
                change(rsvp, form.said(), by_staff(request, heard["reason"], heard["source"]))
            except (Refused, Busy) as problem:
                status = tell(form, problem)
            else:
                self.message_user(request, _("Saved: “%(name)s”.") % {"name": rsvp.name}, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:events_rsvp_change", args=[pk]))
        context = {"title": _("Answers to questions"), "form": form, "rsvp": rsvp}
        return self.answer(request, "party_form", rsvp.event, context, status)

    def found(self, request: HttpRequest, event: Event) -> dict[str, Any]:
        waiting = request.GET.get("of") == "all"
        may_see = request.user.has_perm(SENSITIVE)
        return {"table": table(event, sensitive=may_see, waiting=waiting), "waiting": waiting}


def to_questions(event: Event) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:events_event_questions", args=[event.pk]))


class ChoiceInline(Rows):
    model = QuestionChoice
    formset = ChoiceFormSet
    fields = ["position", "label_en", "label_zh_hans"]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 4


@admin.register(Question)
class QuestionAdmin(RowsOfOwnEvents, BilingualFields, admin.ModelAdmin):
    """One question; the list of them belongs to its event."""

    form = QuestionForm
    inlines = [ChoiceInline]
    list_display = ["__str__", "event", "kind", "scope"]
    list_select_related = ["event"]
    search_fields = ["label_en", "label_zh_hans"]
    fields = [
        ("label_en", "label_zh_hans"),
        ("help_en", "help_zh_hans"),
        ("kind", "scope"),
        ("is_required", "is_sensitive"),
        ("depends_on", "depends_on_choice"),
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """From the page of an event only."""
        return super().has_add_permission(request) and bool(request.GET.get("event"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What somebody has answered, or another question waits for, is asked no longer instead."""
        is_used = obj is not None and (obj.replies.exists() or obj.followed_by.exists())
        return super().has_delete_permission(request, obj) and not is_used

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Another kind of answer would make nothing of those that were given."""
        return ["kind", "scope"] if obj and obj.replies.exists() else []

    def event_of(self, request: HttpRequest, obj: Question | None) -> Event:
        number = request.GET.get("event", "")
        wanted = int(number) if number.isdecimal() and len(number) < 19 else 0
        return obj.event if obj else event_with_rules(request, wanted, "add_question")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, change=change, **kwargs)
        event = self.event_of(request, obj)

        class OfEvent(made):  # type: ignore[misc,valid-type]
            def __init__(self, *args: Any, **own: Any) -> None:
                super().__init__(*args, event=event, **own)

        return OfEvent

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        if not change:
            obj.position = verbs.last_place(obj.event)
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs["obj"]
        context |= {"event": self.event_of(request, obj), "event_opts": Event._meta}
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        context["is_answered"] = bool(obj and obj.replies.exists())
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(
        self, request: HttpRequest, obj: Question, post_url_continue: Any = None
    ) -> HttpResponse:
        return self.saved(request, obj)

    def response_change(self, request: HttpRequest, obj: Question) -> HttpResponse:
        return self.saved(request, obj)

    def saved(self, request: HttpRequest, obj: Question) -> HttpResponse:
        self.message_user(request, _("Saved: “%(name)s”.") % {"name": obj}, messages.SUCCESS)
        return to_questions(obj.event)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        self.message_user(request, _("Deleted: “%(name)s”.") % {"name": obj_display}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:events_event_changelist"))
