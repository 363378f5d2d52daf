"""Where a page is used: what refers to it, what becomes of that when the page goes, and the ways out.

A page to which others refer is withdrawn rather than deleted, or another page is put in its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sistercities.pages import referring
from sistercities.pages.admin_belonging import WithBelonging
from sistercities.pages.admin_copying import CopyViews
from sistercities.pages.admin_found import found_by
from sistercities.pages.models import Page
from sistercities.pages.referring import GOES, KEEPS, STAYS, Way

SHOWN = 50
EFFECTS = {
    KEEPS: _("These keep it from being deleted"),
    GOES: _("These would be deleted with it"),
    STAYS: _("These stay, and would no longer name it"),
}


@dataclass(frozen=True)
class Place:
    """One row that refers to a page: what it is called, and where it is edited."""

    words: str
    url: str
    kind: str = ""


@dataclass(frozen=True)
class Group:
    """All that refers to a page in one way."""

    label: str
    effect: str
    count: int
    places: list[Place]
    # Whether there is something of which whoever asks may only know that it is there.
    is_hidden: bool = False

    @property
    def more(self) -> int:
        return 0 if self.is_hidden else self.count - len(self.places)


class ReplaceForm(forms.Form):
    """Which page is to stand where this one stands."""

    def __init__(self, *args: Any, others: Any, admin_site: Any, field: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"] = forms.ModelChoiceField(
            queryset=others,
            label=_("Put in its place"),
            widget=AutocompleteSelect(field, admin_site) if field is not None else None,
            help_text=_("Begin to type a title, in either language."),
        )


class WhereUsed(WithBelonging, CopyViews):
    """Mixed into the admin of pages: with it come what belongs to a page, the copies, and the history."""

    def get_urls(self) -> list[Any]:
        wrap, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path("<int:pk>/used/", wrap(self.used_view), name=f"{name}_used"),
            path("<int:pk>/replace/", wrap(self.replace_view), name=f"{name}_replace"),
        ]
        return own + super().get_urls()

    def address_of(self, what: str, page: Page) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{what}", args=[page.pk])

    def used_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All that refers to the page, each with the way to it."""
        page = self.page_for(request, pk)
        context = {"groups": self.groups(request, page), "replace_url": self.replace_address(request, page)}
        return self.page_answer(request, "admin/page_used.html", page, str(_("Where it is used")), context)

    def replace_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put another page wherever this one is named; first with all that would change."""
        page = self.page_for(request, pk)
        if not self.may_replace(request, page):
            raise PermissionDenied
        # The search in the field is that of a form in which such a page is chosen.
        ways = [way for way in referring.replaceable(type(page)) if not way.is_generic]
        field = ways[0].holder._meta.get_field(ways[0].name) if ways else None
        sent = request.POST or (request.GET if "other" in request.GET else None)
        others = self.get_queryset(request).exclude(pk=page.pk)
        form = ReplaceForm(sent, others=others, admin_site=self.admin_site, field=field)
        other = form.cleaned_data["other"] if form.is_bound and form.is_valid() else None
        if request.method == "POST" and other and self.replace_by(request, page, other):
            return HttpResponseRedirect(self.address_of("used", page))
        groups = [group for way, group in self.each_group(request, page) if way.belongs_to_pages]
        context = {"form": form, "other": other, "groups": groups, "used_url": self.address_of("used", page)}
        title = str(_("Put another in its place"))
        answer = self.page_answer(request, "admin/page_replace.html", page, title, context)
        answer.status_code = 422 if request.method == "POST" and not other else 200
        return answer

    def replace_by(self, request: HttpRequest, page: Page, other: Page) -> bool:
        """Do it, and say how it went."""
        try:
            count = referring.replace(page, other, by=request.user)
        except ValidationError as refused:
            words = _("Nothing was changed. %(why)s") % {"why": " ".join(refused.messages)}
            self.message_user(request, words, messages.ERROR)
            return False
        self.log_change(request, page, str(_("Put “%(other)s” in its place.") % {"other": other}))
        told = ngettext(
            "%(count)d reference leads to “%(other)s” now.",
            "%(count)d references lead to “%(other)s” now.",
            count,
        )
        self.message_user(request, told % {"count": count, "other": other}, messages.SUCCESS)
        return True

    # --- on the form, and before deleting -------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if page := kwargs.get("obj"):
            context["used_url"] = self.address_of("used", page)
            context["used_count"] = sum(referring.counts(page).values())
            context["duplicate_url"] = self.duplicate_address(request, page)
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Before a page goes: what that would do to others, and the ways out."""
        page = self.get_object(request, object_id) if object_id.isdecimal() else None
        known = self.ways_out(request, page) if page and request.method != "POST" else {}
        return super().delete_view(request, object_id, {**known, **(extra_context or {})})

    def ways_out(self, request: HttpRequest, page: Page) -> dict[str, Any]:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        groups = self.groups(request, page)
        by_effect = [
            (words, [each for each in groups if each.effect == key]) for key, words in EFFECTS.items()
        ]
        may_publish = self.has_publish_permission(request, page)  # type: ignore[attr-defined]  # of every admin of pages
        return {
            "is_page": True,
            "effects": [(words, found) for words, found in by_effect if found],
            "withdraw_url": reverse(f"{name}_changelist")
            if may_publish and page.status == "published"
            else "",
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "replace_url": self.replace_address(request, page) if groups else "",
            "change_url": self.change_address(page),
        }

    def may_replace(self, request: HttpRequest, page: Page) -> bool:
        """Whoever may write this page, and all kinds of pages in which it is named."""
        return self.may_write(request, page) and all(
            request.user.has_perm(f"{meta.app_label}.change_{meta.model_name}")
            for meta in (way.holder._meta for way in referring.replaceable(type(page)))
        )

    def replace_address(self, request: HttpRequest, page: Page) -> str:
        ways = referring.replaceable(type(page))
        return self.address_of("replace", page) if ways and self.may_replace(request, page) else ""

    def groups(self, request: HttpRequest, page: Page) -> list[Group]:
        return [group for _way, group in self.each_group(request, page)]

    def each_group(self, request: HttpRequest, page: Page) -> Iterator[tuple[Way, Group]]:
        found = referring.counts(page)
        for way in referring.ways_to(type(page)):
            if count := found.get(way.key):
                is_hidden = not self.may_name(request, way)
                places = [] if is_hidden else list(self.places(request, way, page))
                yield way, Group(way.label, way.effect, count, places, is_hidden)

    def may_name(self, request: HttpRequest, way: Way) -> bool:
        """Pages and their parts are for all staff; what belongs to guests and members for those who have the right."""
        meta = way.holder._meta
        return way.belongs_to_pages or request.user.has_perm(f"{meta.app_label}.view_{meta.model_name}")

    def places(self, request: HttpRequest, way: Way, page: Page) -> Iterator[Place]:
        rows = way.rows(page)
        found = [
            (way.page_of(row), row) for row in (rows.prefetch_related(way.home) if way.home else rows)[:SHOWN]
        ]
        open_ones = found_by(request, [home for home, _row in found])
        for home, row in found:
            if (type(home), home.pk) in open_ones:
                kind = capfirst(str(home._meta.verbose_name)) if home is not row else ""
                yield Place(str(home), self.edited_at(home), kind)

    def edited_at(self, thing: Any) -> str:
        """Where a row is edited; nothing where it has no form of its own."""
        if not self.admin_site.is_registered(type(thing)):
            return ""
        return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])
