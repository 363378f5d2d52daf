"""What happens at an event and what was said there, on one page: the programme as a table, the remarks as a list."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from events.admin.access import any_event
from events.admin.parts import ProgrammeInline
from events.models import Event, ProgrammeItem, Remark, RsvpPolicy
from sistercities.pages import publishing, revisions
from sistercities.pages.bilingual import html_language, language_label, languages

FIELDS = ("pk", "position", "at", "title_en", "title_zh_hans", "person")


class ProgrammeViews:
    """Mixed into the admin of events."""

    admin_site: Any
    answer: Any
    message_user: Any
    log_change: Any
    get_inline_instances: Any
    get_inline_formsets: Any
    media: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [path("<int:pk>/programme/", wrap(self.programme), name="events_event_programme")]
        return own + super().get_urls()  # type: ignore[misc]

    def programme(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The lines of the programme to be written and ordered, and the remarks with the state of their languages."""
        event = any_event(request, pk, "view_event")
        inline = self.programme_inline(request, event)
        may_change = bool(inline and inline.has_change_permission(request, event))
        if request.method != "POST":
            return self.programme_page(request, event, inline, self.rows_of(request, event, inline))
        if not may_change:
            raise PermissionDenied
        with transaction.atomic():
            hold(event)
            rows = self.rows_of(request, event, inline)
            is_same = request.POST.get("opened", "") == state_of(event)
            if is_same and rows.is_valid():
                self.save_programme(request, event, rows)
                return HttpResponseRedirect(reverse("admin:events_event_programme", args=[pk]))
        return self.programme_page(request, event, inline, rows, is_overtaken=not is_same)

    def programme_inline(self, request: HttpRequest, event: Event) -> Any:
        """The programme as the form of the event has it, with what the reader may do in it, if anything."""
        found = self.get_inline_instances(request, event)
        return next((each for each in found if isinstance(each, ProgrammeInline)), None)

    def rows_of(self, request: HttpRequest, event: Event, inline: Any) -> Any:
        if inline is None:
            return None
        made = inline.get_formset(request, event)
        data = request.POST if request.method == "POST" else None
        return made(data, instance=event, prefix="programme", queryset=inline.get_queryset(request))

    def save_programme(self, request: HttpRequest, event: Event, rows: Any) -> None:
        if not rows.has_changed():
            self.message_user(request, _("Nothing was changed."), messages.INFO)
            return
        revisions.record_first(event)
        rows.save()
        number_anew(event)
        publishing.refresh(event, by=request.user)
        self.log_change(request, event, [{"changed": {"fields": ["programme"]}}])
        self.message_user(request, _("The programme is saved."), messages.SUCCESS)

    def programme_page(
        self, request: HttpRequest, event: Event, inline: Any, rows: Any, *, is_overtaken: bool = False
    ) -> HttpResponse:
        shown = self.get_inline_formsets(request, [rows], [inline], event) if inline else []
        context = {
            "title": _("Programme and remarks"),
            "tab": "programme",
            "formset": shown[0] if shown else None,
            "errors": rows is not None and rows.is_bound and not rows.is_valid(),
            "media": self.media + (shown[0].media if shown else self.media),
            "opened": state_of(event),
            "is_overtaken": is_overtaken,
            "items": list(event.programme.select_related("person")) if is_overtaken else [],
            "may_change": bool(inline and inline.has_change_permission(request, event)),
            **self.remarks_of(request, event),
        }
        status = 409 if is_overtaken else 422 if context["errors"] else 200
        return self.answer(request, "programme", event, context, status)

    def remarks_of(self, request: HttpRequest, event: Event) -> dict[str, Any]:
        """Each remark with what readers see of it and how far its languages are."""
        admin_of = self.admin_site.get_model_admin(Remark)
        if not admin_of.has_view_permission(request):
            return {"remarks": None}
        counts = {
            f"paragraphs_{code.replace('-', '_')}": Count(
                "segments", filter=~Q(**{f"segments__text_{code.replace('-', '_')}": ""}), distinct=True
            )
            for code in languages()
        }
        found = admin_of.get_queryset(request).filter(event=event).select_related("speaker", "event")
        found = found.prefetch_related("speaker__names")
        rows = []
        for remark in found.annotate(**counts).order_by("position", "pk"):
            paragraphs = [
                (
                    language_label(code),
                    html_language(code),
                    getattr(remark, f"paragraphs_{code.replace('-', '_')}"),
                )
                for code in languages()
            ]
            states = admin_of.publication(remark), admin_of.language_state(remark)
            rows.append((remark, *states, paragraphs, admin_of.has_change_permission(request, remark)))
        return {"remarks": rows, "may_add_remark": admin_of.has_add_permission(request)}


def hold(event: Event) -> None:
    """Lock the rules before the event, as every answer does; whoever else saves this programme waits."""
    RsvpPolicy.objects.select_for_update().filter(event=event).first()
    get_object_or_404(Event.objects.select_for_update(no_key=True, of=("self",)).only("pk"), pk=event.pk)


def state_of(event: Event) -> str:
    """Stands for the programme as it is, so that what somebody else saved meanwhile is not written over."""
    rows = ProgrammeItem.objects.filter(event=event).order_by("pk").values_list(*FIELDS)
    return hashlib.sha256(json.dumps([list(map(str, row)) for row in rows]).encode()).hexdigest()[:32]


def number_anew(event: Event) -> None:
    """1, 2, 3 …, so that a line between two others is always possible."""
    for number, item in enumerate(event.programme.order_by("position", "pk"), start=1):
        if item.position != number:
            ProgrammeItem.objects.filter(pk=item.pk).update(position=number)
