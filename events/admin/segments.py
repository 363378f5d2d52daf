"""Where staff paste a speech and arrange its paragraphs; nothing is written until they save."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from events import paragraphs
from events.admin.access import may
from events.admin.bench import LANGUAGES, Bench, PasteForm, as_texts, rows_of
from events.arranging import Impossible, Step, place_of
from events.models import Remark
from events.scoping import within
from sistercities.pages.bilingual import html_language, language_label

DAMAGED = _("The page did not come back whole, so nothing was done. Paste the texts again.")
NOT_POSSIBLE = _("That cannot be done here; nothing was changed.")
NOT_ONCE = _("These words do not stand in the paragraph exactly once. Write some more of them.")
INCOMPLETE = _(
    "A part of the texts would be lost or doubled, so nothing was saved. Go back to the texts and paste them again."
)
CHANGED = _(
    "Somebody has changed this remark since you opened it, so nothing was saved. Your arrangement is still here: "
    "compare it with what is there now, then save."
)


class SegmentViews:
    """Mixed into the admin of remarks."""

    admin_site: Any
    opts: Any
    message_user: Any
    log_change: Any
    may_write: Any
    warn_of_lost_marks: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/paragraphs/", wrap(self.paste), name="events_remark_paste"),
            path("<int:pk>/paragraphs/arrange/", wrap(self.arrange), name="events_remark_arrange"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def paste(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Both texts in two fields; they come back as pairs of paragraphs."""
        remark = self.remark_for(request, pk)
        if request.method != "POST":
            pairs = paragraphs.pairs_of(remark)
            return self.paste_page(
                request, remark, PasteForm(initial=as_texts(pairs)), Bench.of(remark, pairs)
            )
        try:
            known = Bench.unsealed(request.POST.get("bench", ""), remark)
        except signing.BadSignature:
            known = Bench.of(remark, [])
        form = PasteForm(request.POST)
        if not form.is_valid():
            return self.paste_page(request, remark, form, known)
        made = form.bench(remark, known.arrangement.pairs)
        return self.bench_page(request, remark, made)

    def arrange(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One step after the other; ``do`` says which."""
        remark = self.remark_for(request, pk)
        if request.method != "POST":
            return self.bench_page(request, remark, Bench.of(remark, paragraphs.pairs_of(remark)))
        try:
            bench = Bench.unsealed(request.POST.get("bench", ""), remark)
        except signing.BadSignature:
            self.message_user(request, DAMAGED, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:events_remark_paste", args=[pk]))
        match request.POST.get("do", "").split():
            case ["save"]:
                return self.save_bench(request, remark, bench)
            case ["texts"]:
                form = PasteForm(initial=as_texts(bench.arrangement.pairs))
                return self.paste_page(request, remark, form, bench)
            case ["undo"]:
                bench = bench.with_arrangement(bench.arrangement.undone())
                return self.bench_page(request, remark, bench)
            case ["compare"]:
                return self.bench_page(request, remark, bench.reopened(remark))
            case ["open", side, row] if side.isdecimal() and row.isdecimal():
                return self.bench_page(request, remark, bench, opened=[int(side), int(row)])
            case ["words", side, row]:
                return self.split_at_words(request, remark, bench, f"{side} {row}")
            case step:
                return self.step(request, remark, bench, " ".join(step))

    def step(self, request: HttpRequest, remark: Remark, bench: Bench, words: str) -> HttpResponse:
        try:
            step = Step.read(words)
            bench = bench.with_arrangement(bench.arrangement.then(step))
        except Impossible:
            return self.bench_page(request, remark, bench, error=NOT_POSSIBLE)
        moved = {"up": -1, "down": 1, "insert": 1}.get(step.act, 0)
        row = min(max(0, step.row + moved), len(bench.arrangement.pairs) - 1)
        act = "open" if step.act == "split" else step.act
        return self.bench_page(request, remark, bench, focus=[act, step.side, row])

    def split_at_words(self, request: HttpRequest, remark: Remark, bench: Bench, place: str) -> HttpResponse:
        """Split where some words begin that staff have written down."""
        try:
            step = Step.read(f"split {place} 0")
            text = bench.arrangement.pairs[step.row][step.side]
            at = place_of(text, request.POST.get("words", "").strip())
        except (Impossible, IndexError):
            opened = [int(each) for each in place.split() if each.isdecimal()]
            return self.bench_page(request, remark, bench, error=NOT_ONCE, opened=opened)
        return self.step(request, remark, bench, f"split {place} {at}")

    def save_bench(self, request: HttpRequest, remark: Remark, bench: Bench) -> HttpResponse:
        if not bench.is_whole:
            return self.bench_page(request, remark, bench, error=INCOMPLETE)
        try:
            made = paragraphs.replace(
                remark, bench.arrangement.pairs, opened_at=bench.moment, by=request.user
            )
        except paragraphs.ChangedMeanwhile:
            return self.bench_page(request, remark, bench, error=CHANGED, is_overtaken=True)
        self.log_change(request, remark, [{"changed": {"fields": ["segments"]}}])
        counts = {state: made.count(state) for state in ("kept", "changed", "new")} | {"gone": len(made.gone)}
        told = _(
            "Saved. Paragraphs unchanged: %(kept)d, changed: %(changed)d, new: %(new)d, taken out: %(gone)d."
        )
        self.message_user(request, told % counts, messages.SUCCESS)
        remark.refresh_from_db()
        self.warn_of_lost_marks(request, remark)
        return HttpResponseRedirect(reverse("admin:events_remark_change", args=[remark.pk]))

    # --- pages ----------------------------------------------------------------------------------------

    def remark_for(self, request: HttpRequest, pk: int) -> Remark:
        may(request, "change_remark")
        known = within(
            request.user, "events.change_remark", Remark.objects.prefetch_related("segments"), "event"
        )
        remark: Remark = get_object_or_404(known, pk=pk)
        if not self.may_write(request, remark):
            raise PermissionDenied
        return remark

    def paste_page(self, request: HttpRequest, remark: Remark, form: PasteForm, bench: Bench) -> HttpResponse:
        context = {
            "title": _("Paste the speech"),
            "form": form,
            "bench": bench.sealed(),
            "has_paragraphs": bool(remark.segments.all()),
        }
        return self.answer(request, "paste", remark, context, status=422 if form.is_bound else 200)

    def bench_page(
        self,
        request: HttpRequest,
        remark: Remark,
        bench: Bench,
        *,
        error: Any = "",
        opened: Sequence[int] = (),
        focus: Sequence[Any] = (),
        is_overtaken: bool = False,
    ) -> HttpResponse:
        pairs = bench.arrangement.pairs
        plan = paragraphs.plan(list(remark.segments.all()), pairs)
        context = {
            "title": _("Arrange the paragraphs"),
            "bench": bench.sealed(),
            "rows": rows_of(pairs, plan, opened, focus or ("", -1, -1)),
            "opened": " ".join(map(str, opened)),
            "plan": plan,
            "counts": {state: plan.count(state) for state in ("kept", "changed", "new")},
            "languages": [(language_label(code), html_language(code)) for code in LANGUAGES],
            "can_undo": bool(bench.arrangement.steps),
            "is_overtaken": is_overtaken,
            "error": error,
        }
        return self.answer(request, "arrange", remark, context, status=422 if error else 200)

    def answer(
        self, request: HttpRequest, template: str, remark: Remark, context: dict[str, Any], status: int
    ) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "remark": remark}
        return TemplateResponse(
            request, f"admin/events/remark/{template}.html", {**shared, **context}, status=status
        )
