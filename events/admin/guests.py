"""The guest list of an event within the admin: who comes, who waits, who asks to come; narrowed, sorted, handed out."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from events import guest_columns
from events.admin.access import event_with_rules
from events.admin.deeds import open_to
from events.admin.guest_deeds import DEEDS
from events.admin.guest_page import ListPage
from events.admin.mailing_forms import replies_among
from events.admin.questions import SENSITIVE
from events.guest_choice import Choice
from events.guest_lines import Line, lines
from events.guest_list import asked_of, count, parties
from events.invitation_overview import as_number
from events.models import Event, GuestTag, Question
from sistercities.tables import writing

A_PAGE = 100
KEPT_COLUMNS = "guest_columns"


class GuestListViews:
    """Mixed into the admin of events."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/guests/", wrap(self.guest_list), name="events_event_guests"),
            path("<int:pk>/guests/columns/", wrap(self.guest_columns), name="events_event_guest_columns"),
            path(
                "<int:pk>/guests.csv",
                wrap(self.guest_list_file),
                {"form": writing.Form.CSV},
                name="events_event_guests_csv",
            ),
            path(
                "<int:pk>/guests.xlsx",
                wrap(self.guest_list_file),
                {"form": writing.Form.XLSX},
                name="events_event_guests_xlsx",
            ),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    @method_decorator(require_safe)
    def guest_list(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everybody who answered, with the counts above; apart whoever has not confirmed the address yet."""
        event = event_with_rules(request, pk, "view_rsvp")
        questions = questions_for(request, event)
        known, choice = lines(event), choice_of(request.GET, questions)
        shown = choice.of(event, known)
        every = guest_columns.columns(questions)
        columns = guest_columns.chosen(every, names_of(request))
        page = Paginator([line for line in shown if line.counts], A_PAGE).get_page(request.GET.get("page"))
        tags = list(GuestTag.objects.all())
        rows = parties(list(page.object_list), tags, [each.question for each in columns if each.question])
        context = {
            "title": _("Guest list"),
            "tab": "guests",
            "counts": count(event.rsvp_policy, known),
            "parties": rows,
            "rows": [(party, open_to(party.rsvp)) for party in rows],
            "unverified": [] if page.number > 1 else parties([line for line in shown if not line.counts]),
            "page_obj": page,
            "list": ListPage(choice, every, columns, known, questions),
            "tags": tags,
            "many": [deed for deed in DEEDS if request.user.has_perm(deed.permission)],
            "printed_at": timezone.now(),
            "may_change": request.user.has_perm("events.change_rsvp"),
        }
        return self.answer(request, "guest_list", event, context)

    @method_decorator(require_POST)
    def guest_columns(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose the columns of the list; they are kept for as long as somebody stays signed in."""
        event = event_with_rules(request, pk, "view_rsvp")
        wanted = request.POST.getlist("columns")
        every = guest_columns.columns(questions_for(request, event))
        if "_usual" in request.POST or not wanted:
            request.session.pop(KEPT_COLUMNS, None)
        else:
            request.session[KEPT_COLUMNS] = [each.name for each in guest_columns.chosen(every, wanted)]
        return HttpResponseRedirect(list_of(event, choice_of(request.POST, questions_for(request, event))))

    @method_decorator(require_safe)
    def guest_list_file(self, request: HttpRequest, pk: int, form: str) -> HttpResponse:
        """The list as it is shown, or those ticked of it: a line for each guest. Without a choice, all there is."""
        event = event_with_rules(request, pk, "view_rsvp")
        questions = questions_for(request, event)
        found = selected(event, request.GET, choice_of(request.GET, questions))
        every = guest_columns.columns(questions if "columns" in request.GET else ())
        names = request.GET.getlist("columns") or [column.name for column in every]
        columns = guest_columns.chosen(every, names)
        rows = parties(found, GuestTag.objects.all(), [each.question for each in columns if each.question])
        with timezone.override(event.zone):
            heads, cells = guest_columns.sheet(rows, columns)
            return writing.as_file(f"guests-{event.slug}", heads, cells, form)

    def answer(
        self, request: HttpRequest, template: str, event: Event, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        """A page about the guests of an event; a form that was not valid makes it one of errors."""
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "event": event}
        has_errors = "form" in context and context["form"].is_bound
        answer = TemplateResponse(
            request,
            f"admin/events/event/{template}.html",
            {**shared, **context},
            status=422 if has_errors and status == 200 else status,
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer


# --- steps ----------------------------------------------------------------------------------------------


def questions_for(request: HttpRequest, event: Event) -> list[Question]:
    """The questions of an event whose replies may be shown to whoever looks."""
    return asked_of(event, sensitive=request.user.has_perm(SENSITIVE))


def choice_of(query: QueryDict, questions: Sequence[Question]) -> Choice:
    return Choice.read(query, {value for value, _words in replies_among(questions)})


def names_of(request: HttpRequest) -> list[str]:
    """The columns that somebody chose: in the address, or some time before."""
    kept: list[str] = request.GET.getlist("columns") or request.session.get(KEPT_COLUMNS, [])
    return kept


def selected(event: Event, query: QueryDict, choice: Choice) -> list[Line]:
    """The answers that are ticked, or all of the choice where none is; what is no answer yet is never among them."""
    ticked = {as_number(text) for text in query.getlist("chosen")}
    found = [line for line in choice.of(event, lines(event)) if line.counts]
    return [line for line in found if line.pk in ticked] if ticked else found


def list_of(event: Event, choice: Choice | None = None) -> str:
    address = reverse("admin:events_event_guests", args=[event.pk])
    return f"{address}?{choice.query}" if choice and choice.asked else address
