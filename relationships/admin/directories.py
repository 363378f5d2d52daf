"""How staff take in a list of bonds: handed in, its columns named, checked, its doubts decided, run, or undone."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from relationships.admin.directory_forms import HandInForm
from relationships.admin.directory_views import DirectoryViews
from relationships.models import Directory
from sistercities.pages.curating import pill

PILLS = {"done": "published", "stopped": "incomplete", "checked": "complete"}


@admin.register(Directory)
class DirectoryAdmin(DirectoryViews, admin.ModelAdmin):
    form = HandInForm
    fields = ["file", "source", "kind", "publish"]
    autocomplete_fields = ["source"]
    list_display = ["filename", "state_pill", "lines", "source", "handed_in_at", "handed_in_by"]
    list_filter = ["state"]
    list_select_related = ["source", "handed_in_by"]

    @admin.display(description=_("state"), ordering="state")
    def state_pill(self, directory: Directory) -> SafeString:
        return pill(PILLS.get(directory.state, "draft"), directory.get_state_display())

    @admin.display(description=_("lines"), ordering="rows_total")
    def lines(self, directory: Directory) -> int:
        return directory.rows_total

    def save_model(self, request: HttpRequest, obj: Directory, form: Any, change: bool) -> None:
        obj.handed_in_by = request.user  # type: ignore[assignment]  # nobody else comes here
        super().save_model(request, obj, form, change)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """One button leads on to the columns; the stock ones beside it lead nowhere."""
        without = {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().add_view(request, form_url, {**without, **(extra_context or {})})

    def response_add(
        self, request: HttpRequest, obj: Directory, post_url_continue: Any = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:relationships_directory_columns", args=[obj.pk]))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        at_work = obj is not None and obj.state in (Directory.State.QUEUED, Directory.State.RUNNING)
        return not at_work and super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Directory) -> None:
        """The file goes with its report; the pages that came of it stay."""
        super().delete_model(request, obj)
        obj.file.delete(save=False)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Directory]) -> None:
        for directory in queryset:
            self.delete_model(request, directory)
