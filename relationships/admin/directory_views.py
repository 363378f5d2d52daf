"""The pages of one directory in the admin: its state, its columns, its lines, its doubtful places."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from relationships.admin.directory_forms import ColumnsForm, DoubtsForm
from relationships.admin.directory_report import as_csv, decide, doubts_of, shown_line
from relationships.directory import checking, running, undoing
from relationships.directory.words import problem_in_words, verdicts
from relationships.models import City, Directory, DirectoryRow, Relationship
from sistercities.pages.models import Status
from sistercities.tables.reading import Unreadable
from sistercities.tables.words import fault_in_words

LINES_ON_A_PAGE, DOUBTS_ON_A_PAGE, FIRST_LINES = 100, 20, 5
SECONDS_BETWEEN_LOOKS = 3
State, Task = Directory.State, Directory.Task
AT_WORK = (State.QUEUED, State.RUNNING)
# What a task asks of whoever starts it, beside the right to change directories.
RIGHTS = {
    Task.CHECK: (),
    Task.RUN: ("relationships.add_city", "relationships.add_relationship"),
    Task.WITHDRAW: ("relationships.change_city", "relationships.change_relationship"),
    Task.DELETE: ("relationships.delete_city", "relationships.delete_relationship"),
}


class DirectoryViews(admin.ModelAdmin):
    """Views that the admin of directories has beside the stock ones."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        views: dict[str, tuple[str, Callable[..., HttpResponseBase]]] = {
            "columns": ("columns/", self.columns_view),
            "lines": ("lines/", self.lines_view),
            "lines_csv": ("lines.csv", self.lines_csv_view),
            "doubts": ("doubts/", self.doubts_view),
            "task": ("task/<slug:task>/", self.task_view),
            "stop": ("stop/", self.stop_view),
        }
        own = [
            path(f"<int:pk>/{place}", wrap(view), name=f"relationships_directory_{name}")
            for name, (place, view) in views.items()
        ]
        return [*own, *super().get_urls()]

    def found(self, request: HttpRequest, pk: Any) -> Directory:
        directory = self.get_object(request, str(pk))
        if directory is None:
            raise Http404
        if not self.has_change_permission(request, directory):
            raise PermissionDenied
        return directory

    def page(
        self, request: HttpRequest, name: str, directory: Directory, title: Any, **more: Any
    ) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        template = f"admin/relationships/directory/{name}.html"
        return TemplateResponse(request, template, {**context, "directory": directory, **more})

    def back(self, directory: Directory, name: str = "change", query: str = "") -> HttpResponse:
        address = reverse(f"admin:relationships_directory_{name}", args=[directory.pk])
        return HttpResponseRedirect(f"{address}{query}")

    # --- its state -----------------------------------------------------------------------------------------------

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        directory = self.found(request, object_id)
        bonds, cities = undoing.brought(directory)
        response = self.page(
            request,
            "detail",
            directory,
            directory.filename,
            counts=list(verdicts(directory)),
            at_work=directory.state in AT_WORK,
            problem=problem_in_words(directory.problem),
            doubts=len(doubts_of(directory)),
            brought={"bonds": len(bonds), "cities": len(cities)},
            allowed=[task for task, rights in RIGHTS.items() if request.user.has_perms(rights)],
            first=Relationship.objects.filter(pk__in=bonds[:FIRST_LINES]),
        )
        if directory.state in AT_WORK:
            response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
        return response

    def task_view(self, request: HttpRequest, pk: int, task: str) -> HttpResponse:
        """What it would do is said first; a press then asks the worker for it."""
        directory = self.found(request, pk)
        if task not in RIGHTS:
            raise Http404
        if not request.user.has_perms(RIGHTS[Task(task)]):
            raise PermissionDenied
        if directory.state in AT_WORK or directory.state == State.HANDED_IN:
            return self.back(directory)
        if request.method == "POST":
            running.ask_for(directory, Task(task))
            return self.back(directory)
        return self.page(
            request, "task", directory, capfirst(Task(task).label), task=task, **_concerned(directory, task)
        )

    def stop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        directory = self.found(request, pk)
        if request.method == "POST":
            running.stop(directory)
        return self.back(directory)

    # --- its columns ---------------------------------------------------------------------------------------------

    def columns_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        directory = self.found(request, pk)
        if directory.state in AT_WORK:
            return self.back(directory)
        try:
            table = checking.table(directory)
        except Unreadable as wrong:
            self.message_user(request, fault_in_words(wrong.fault, **wrong.values), messages.ERROR)
            return self.back(directory)
        known = {name: getattr(directory, name) for name in ("encoding", "delimiter", "publish")}
        initial = {**known, "given_kind": directory.kind, **directory.columns}
        form = ColumnsForm(directory, table, request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            form.save(directory)
            if form.asks_again:
                return self.back(directory, "columns")
            running.ask_for(directory, Task.CHECK)
            return self.back(directory)
        first = table.lines[:FIRST_LINES]
        title = _("Which column holds what")
        status = 422 if form.errors else 200
        response = self.page(
            request, "columns", directory, title, form=form, header=table.header, first=first
        )
        response.status_code = status
        return response

    # --- its lines -----------------------------------------------------------------------------------------------

    def lines_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        directory = self.found(request, pk)
        chosen = _verdict(request)
        rows = directory.rows.select_related("relationship").defer("relationship__search").order_by("line")
        shown = Paginator(rows.filter(verdict=chosen) if chosen else rows, LINES_ON_A_PAGE)
        page = shown.get_page(request.GET.get("page"))
        return self.page(
            request,
            "lines",
            directory,
            _("The lines, and what becomes of them"),
            counts=list(verdicts(directory)),
            chosen=chosen,
            page_obj=page,
            query=f"verdict={chosen}" if chosen else "",
            lines=[shown_line(row) for row in page],
        )

    def lines_csv_view(self, request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
        directory = self.found(request, pk)
        chosen = _verdict(request)
        rows = directory.rows.select_related("relationship").defer("relationship__search").order_by("line")
        content = as_csv(rows.filter(verdict=chosen) if chosen else rows)
        response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="directory-{directory.pk}.csv"'
        return response

    # --- its doubtful places -------------------------------------------------------------------------------------

    def doubts_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        directory = self.found(request, pk)
        if directory.state in AT_WORK:
            return self.back(directory)
        pages = Paginator(doubts_of(directory), DOUBTS_ON_A_PAGE)
        page = pages.get_page(request.GET.get("page"))
        form = DoubtsForm(list(page), request.POST or None)
        if request.method == "POST" and form.is_valid():
            number = decide(directory, form.decisions(), request.user)
            words = ngettext(
                "Noted for %(number)s place. Its lines are taken in with the next run.",
                "Noted for %(number)s places. Their lines are taken in with the next run.",
                number,
            )
            self.message_user(request, words % {"number": number}, messages.SUCCESS)
            if page.has_next():
                return self.back(directory, "doubts", f"?page={page.next_page_number()}")
            return self.back(directory)
        response = self.page(
            request, "doubts", directory, _("Which cities are meant"), form=form, page_obj=page, query=""
        )
        response.status_code = 422 if form.errors else 200
        return response


def _concerned(directory: Directory, task: str) -> dict[str, Any]:
    """How many lines or pages a task concerns."""
    status = Status.PUBLISHED if task == Task.WITHDRAW else Status.DRAFT
    bonds, cities = undoing.brought(directory)
    return {
        # What an earlier run made keeps its verdict, and is not made again.
        "new": directory.rows.filter(verdict=DirectoryRow.Verdict.NEW, relationship=None).count(),
        "bonds": len(undoing.untouched(Relationship, bonds, status)),
        "cities": len(undoing.untouched(City, cities, status)),
    }


def _verdict(request: HttpRequest) -> str:
    chosen = request.GET.get("verdict", "")
    return chosen if chosen in DirectoryRow.Verdict.values else ""
