"""Lists in the admin: handed in, looked through line by line, taken over; and every list handed out as a file."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sistercities.busy import Busy
from sistercities.intake.admin_files import ListFiles
from sistercities.intake.admin_forms import ENCODING_NAMES, ColumnsForm, HandInForm
from sistercities.intake.kinds import VERDICTS, Kind, Verdict, all_kinds, kind_named
from sistercities.intake.models import Intake
from sistercities.intake.reviewing import Changed, Review, kind_for, review, take_over

SHOWN = 200


def kinds_open_to(user: Any) -> list[type[Kind]]:
    return [kind for kind in all_kinds() if kind.may(user)]


@admin.register(Intake)
class IntakeAdmin(ListFiles, admin.ModelAdmin):
    """Whoever may change what a list is a list of may hand it in; nobody else sees it."""

    list_display = ["filename", "what", "made_at", "made_by", "came_of_it"]
    list_select_related = ["made_by"]
    list_per_page = 50
    actions = None

    # --- may I --------------------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return any(kind.may_at_all(request.user) for kind in all_kinds())

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return self.has_module_permission(request)
        return kind_for(obj, request.user) is not None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(kinds_open_to(request.user))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and self.has_view_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Intake]:
        own = Q(pk__in=[])
        for kind in all_kinds():
            own |= Q(kind=kind.name) & kind.scope(request.user)
        return super().get_queryset(request).filter(own).defer("content", "rows", "header", "columns")

    def found(self, request: HttpRequest, pk: Any) -> tuple[Intake, Kind]:
        intake = self.get_object(request, str(pk))
        kind = intake and kind_for(intake, request.user)
        if not intake or not kind:
            raise Http404
        return intake, kind

    # --- the list -------------------------------------------------------------------------------------------

    @admin.display(description=_("what it is a list of"), ordering="kind")
    def what(self, intake: Intake) -> str:
        kind = kind_named(intake.kind)
        return capfirst(str(kind.label)) if kind else intake.kind

    @admin.display(description=_("what came of it"))
    def came_of_it(self, intake: Intake) -> str:
        return told(intake.report) if intake.taken_at else str(_("not taken over yet"))

    # --- pages ----------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/columns/", wrap(require_POST(self.choose)), name="intake_intake_columns"),
            path("<int:pk>/take/", wrap(require_POST(self.take)), name="intake_intake_take"),
        ]
        return [*own, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Hand in a list; nothing of it counts by that."""
        kinds, about = self.asked_for(request)
        form = HandInForm(kinds, request.POST or None, request.FILES or None, initial={"kind": kinds[0].name})
        if form.is_valid():
            return to_list(form.save(request.user, about))
        shown = [(kind, [each for each in kind.columns() if not each.only_shown]) for kind in kinds]
        context = {"title": _("Take in a list"), "form": form, "kinds": shown, "chosen": kinds[0]}
        if about is not None:
            context["kind"] = kinds[0](request.user, about)
        return self.page(request, "add", context, 422 if form.is_bound else 200)

    def asked_for(self, request: HttpRequest) -> tuple[list[type[Kind]], int | None]:
        """What lists may be handed in at this address: all that are about nothing else, or the one asked for."""
        name, about = request.GET.get("kind", ""), request.GET.get("about", "")
        if not name:
            found = kinds_open_to(request.user)
            if not found:
                raise PermissionDenied
            return found, None
        kind = kind_named(name)
        if kind is None or not (about.isdecimal() or not about) or len(about) > 18:
            raise Http404
        number = int(about) if about else None
        if not kind.may_at_all(request.user):
            raise PermissionDenied
        if not kind.may(request.user, number):
            raise Http404
        return [kind], number

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        intake, kind = self.found(request, object_id)
        if intake.taken_at:
            left = intake.rows[:SHOWN]
            context = {"title": intake.filename, "intake": intake, "kind": kind, "left": left}
            context["counts"] = [(VERDICTS[name], intake.report.get(name, 0)) for name in Verdict]
            return self.page(request, "done", {**context, "more": len(intake.rows) - len(left)})
        return self.look(request, intake, kind, ColumnsForm(intake, type(kind)))

    def look(
        self, request: HttpRequest, intake: Intake, kind: Kind, form: ColumnsForm, status: int = 200
    ) -> HttpResponse:
        """What would come of each line, if the list were taken over now."""
        found = review(intake, kind)
        before = Intake.objects.filter(digest=intake.digest, kind=intake.kind, about=intake.about)
        context = {
            "title": intake.filename,
            "intake": intake,
            "kind": kind,
            "form": form,
            "is_open": bool(form.errors or found.wanting),
            "encoding": ENCODING_NAMES.get(intake.encoding, intake.encoding),
            "unread": [head for head in intake.header if head not in intake.columns.values()],
            "review": found,
            "groups": groups(found),
            "warnings": kind.warnings(found.to_write),
            "before": before.exclude(taken_at=None).exclude(pk=intake.pk).order_by("-taken_at").first(),
        }
        return self.page(request, "look", context, status)

    def choose(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say which column holds what."""
        intake, kind = self.found(request, pk)
        if intake.taken_at:
            return to_list(intake)
        form = ColumnsForm(intake, type(kind), request.POST)
        if not form.is_valid():
            return self.look(request, intake, kind, form, 422)
        form.save()
        return to_list(intake)

    def take(self, request: HttpRequest, pk: int) -> HttpResponse:
        intake, kind = self.found(request, pk)
        try:
            found = take_over(intake, kind, request.POST.get("seen", ""))
        except Changed:
            words = _("Nothing was taken over: others worked meanwhile. This is what would come of it now.")
            self.message_user(request, words, messages.WARNING)
            return to_list(intake)
        except Busy:
            words = _("Nothing was taken over: others are at work here. Try once more in a moment.")
            self.message_user(request, words, messages.WARNING)
            return to_list(intake)
        if found:
            level = messages.WARNING if found.counts[Verdict.FAULTY] else messages.SUCCESS
            words = _("Taken over: %(counts)s.")
            self.message_user(request, words % {"counts": told(found.counts)}, level)
        return to_list(intake)

    def page(
        self, request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        template = f"admin/intake/intake/{name}.html"
        answer = TemplateResponse(request, template, {**shared, **context}, status=status)
        answer.headers["Cache-Control"] = "no-store"
        return answer


def to_list(intake: Intake) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:intake_intake_change", args=[intake.pk]))


def groups(found: Review) -> Sequence[dict[str, Any]]:
    """The lines by what would come of them, what needs somebody first; of very many the first ones."""
    order = [Verdict.FAULTY, Verdict.CHANGED, Verdict.NEW, Verdict.SAME]
    named = [(verdict, found.of(verdict)) for verdict in order]
    return [
        {
            "verdict": verdict.value,
            "label": VERDICTS[verdict],
            "rows": rows[:SHOWN],
            "count": len(rows),
            "more": max(len(rows) - SHOWN, 0),
            "is_open": verdict in (Verdict.FAULTY, Verdict.CHANGED) or len(rows) <= 12,
        }
        for verdict, rows in named
        if rows
    ]


def told(counts: dict[str, int]) -> str:
    """``12 new, 3 changed, 140 as before, 2 left out``, without what there is none of."""
    number = {name: counts.get(name, 0) for name in Verdict}
    words = {
        Verdict.NEW: ngettext("%(count)d new", "%(count)d new", number[Verdict.NEW]),
        Verdict.CHANGED: ngettext("%(count)d changed", "%(count)d changed", number[Verdict.CHANGED]),
        Verdict.SAME: ngettext("%(count)d as before", "%(count)d as before", number[Verdict.SAME]),
        Verdict.FAULTY: ngettext("%(count)d left out", "%(count)d left out", number[Verdict.FAULTY]),
    }
    parts = [text % {"count": number[name]} for name, text in words.items() if number[name]]
    return str(_(", ")).join(parts) or str(_("nothing"))
