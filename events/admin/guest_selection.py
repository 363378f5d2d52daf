"""What is done with many parties of the guest list: first a page that says what becomes of each, then the press."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from events import mailings, tagging
from events import rsvp as verbs
from events.admin.access import by_staff, event_with_rules, may
from events.admin.guest_deeds import LETTER, MOST_AT_ONCE, NAMED, TAG, UNTAG, ManyDeed, sorted_out
from events.admin.guest_forms import TagForm, still_so
from events.admin.guest_page import LAST_TAGGED, remember, remembered, tagged_in_words
from events.admin.guests import choice_of, list_of, questions_for, selected
from events.audience import Audience
from events.guest_prospects import Before
from events.invitation_overview import as_number
from events.models import Event, Mailing, Rsvp
from sistercities.busy import Busy
from sistercities.pages.safe_text import one_line
from sistercities.undoing import say_with_undo

NAMED_AT_MOST = 100  # on the page before the press; the others are counted
TROUBLES = 20


class GuestSelectionViews:
    """Mixed into the admin of events."""

    admin_site: Any
    answer: Any
    message_user: Any
    log_change: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/guests/do/<slug:deed>/", wrap(self.do_with_many), name="events_event_guests_do"),
            path("<int:pk>/guests/undo/", wrap(self.undo_tagging), name="events_event_guests_undo"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def do_with_many(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """Who is concerned and what becomes of each; the press on the button does it, to those who stand as shown."""
        if (act := NAMED.get(deed)) is None:
            raise Http404
        event = event_with_rules(request, pk, act.permission.removeprefix("events."))
        may(request, "view_rsvp", event)
        choice = choice_of(request.GET, questions_for(request, event))
        meant = shown_before(event, request) or [line.pk for line in selected(event, request.GET, choice)]
        rows, left = sorted_out(act, _answers(event, meant))
        form = act.form(request.POST or None, rows=rows, initial={"tag": request.GET.get("give")})
        if request.method == "POST" and _may_be(act, rows) and form.is_valid():
            following = self.act(request, event, act, form, [*rows, *left])
            return HttpResponseRedirect(following or list_of(event, choice))
        page = {"count": len(rows), "left": left, "back": list_of(event, choice)}
        return self.before(request, event, act, form, page)

    def before(
        self, request: HttpRequest, event: Event, deed: ManyDeed, form: Any, page: dict[str, Any]
    ) -> HttpResponse:
        """The page before the press."""
        rows, left = form.rows, page["left"]
        is_of_tags = isinstance(form, TagForm)
        told = _tags_before(event, deed, form, rows) if is_of_tags else deed.foresee(event, rows)
        context = {
            **page,
            "title": deed.title,
            "deed": deed,
            "form": form,
            "rows": told[:NAMED_AT_MOST],
            "more": max(len(told) - NAMED_AT_MOST, 0),
            "left": len(left),
            "left_names": [rsvp.name for rsvp in left[:TROUBLES]],
            "is_too_many": bool(rows) and not _may_be(deed, rows),
            "most": MOST_AT_ONCE,
            "may_add_tags": request.user.has_perm("events.add_guesttag"),
        }
        return self.answer(request, "guests_do", event, context)

    def act(self, request: HttpRequest, event: Event, deed: ManyDeed, form: Any, rows: list[Rsvp]) -> str:
        """Do it, and say what was done; where it goes on from there, if not at the list."""
        same, changed = still_so(rows, form.cleaned_data["parties"])
        troubles = defaultdict[str, list[str]](list)
        if changed:
            troubles[_("changed meanwhile; please look again")] = [rsvp.name for rsvp in changed]
        if deed is LETTER or deed in (TAG, UNTAG):
            self.tell_troubles(request, troubles)
            if deed is LETTER:
                # A letter to nobody would be one more draft in which nobody finds the way.
                return self.write_letter(request, event, same) if same else ""
            self.tag(request, event, deed, form, same)
            return ""
        done, others = _each(deed, same, form, request)
        self.tell(request, event, deed, done, {**others, **troubles})
        return ""

    def tell(
        self, request: HttpRequest, event: Event, deed: ManyDeed, done: int, troubles: dict[str, list[str]]
    ) -> None:
        """How many it was done with, and with whom not, each with the reason."""
        if done:
            self.log_change(request, event, f"{deed.title}: {done}")
        words = ngettext(
            "%(deed)s: done with %(count)d party.", "%(deed)s: done with %(count)d parties.", done
        )
        level = messages.SUCCESS if done else messages.WARNING
        self.message_user(request, words % {"deed": deed.title, "count": done}, level)
        self.tell_troubles(request, troubles)

    def tell_troubles(self, request: HttpRequest, troubles: dict[str, list[str]]) -> None:
        for why, names in troubles.items():
            shown = _(", ").join(names[:TROUBLES]) + ("…" if len(names) > TROUBLES else "")
            self.message_user(
                request, _("Not done with %(names)s: %(why)s") % {"names": shown, "why": why}, messages.ERROR
            )

    def tag(self, request: HttpRequest, event: Event, deed: ManyDeed, form: Any, rows: list[Rsvp]) -> None:
        tag = form.cleaned_data["tag"]
        act = tagging.tag if deed is TAG else tagging.untag
        done = act(event, [rsvp.pk for rsvp in rows], tag)
        words = tagged_in_words(done, tag)
        if not done:
            self.message_user(request, words, messages.WARNING)
            return
        remember(request, event, done)
        self.log_change(request, event, words)
        asked = choice_of(request.GET, questions_for(request, event)).asked
        say_with_undo(request, words, reverse("admin:events_event_guests_undo", args=[event.pk]), **asked)

    @method_decorator(require_POST)
    def undo_tagging(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the last giving or taking of a tag back."""
        event = event_with_rules(request, pk, "change_rsvp")
        if done := remembered(request, event):
            tagging.undo(event, done)
            del request.session[LAST_TAGGED]
            self.log_change(request, event, _("Taken back: the tags are as they were."))
            self.message_user(request, _("Taken back: the tags are as they were."), messages.SUCCESS)
        else:
            self.message_user(request, _("There is nothing to undo any more."), messages.WARNING)
        return HttpResponseRedirect(list_of(event, choice_of(request.POST, questions_for(request, event))))

    def write_letter(self, request: HttpRequest, event: Event, rows: list[Rsvp]) -> str:
        """A draft of a letter for these parties alone, to be gone on with at its own page."""
        audience = Audience(parties=tuple(rsvp.pk for rsvp in rows))
        mailing = Mailing(event=event, made_by=request.user, audience=audience.kept())  # type: ignore[misc]
        mailings.keep(mailing)
        self.log_change(request, event, f"{LETTER.title}: {len(rows)}")
        return reverse("admin:events_mailing", args=[mailing.pk])


# --- steps ----------------------------------------------------------------------------------------------


def shown_before(event: Event, request: HttpRequest) -> list[int]:
    """The answers that stood on the page whose button was pressed, whatever the filters would show by now."""
    stamps = request.POST.get("parties", "").split(",")
    return [number for stamp in stamps if (number := as_number(stamp.partition("-")[0]))]


def _answers(event: Event, meant: list[int]) -> list[Rsvp]:
    """These answers to this event, in this order."""
    rows = event.rsvps.select_related("event__rsvp_policy", "hold", "member").in_bulk(meant)
    return [rows[pk] for pk in meant if pk in rows]


def _may_be(deed: ManyDeed, rows: list[Rsvp]) -> bool:
    """Whether there are any, and not so many that everybody else would have to wait."""
    return bool(rows) and (deed.verb is None or len(rows) <= MOST_AT_ONCE)


def _each(
    deed: ManyDeed, rows: list[Rsvp], form: Any, request: HttpRequest
) -> tuple[int, dict[str, list[str]]]:
    """One after the other, each by itself: with how many it was done, and with whom not, by the reason."""
    said, troubles = form.cleaned_data, defaultdict[str, list[str]](list)
    by = by_staff(request, said.get("reason", ""), said.get("source", Rsvp.Source.WEB))
    done = 0
    for before in deed.foresee(rows[0].event, rows) if rows else []:
        try:
            deed.verb and deed.verb(before.rsvp, form, by)
            done += 1
        except (verbs.Refused, Busy) as problem:
            troubles[one_line(str(problem.args[0]))].append(before.rsvp.name)
    return done, troubles


def _tags_before(event: Event, deed: ManyDeed, form: TagForm, rows: list[Rsvp]) -> list[Before]:
    """The tags of each, and those it would have."""
    of_parties, known = tagging.tags_of(event), {tag.pk: str(tag) for tag in form.tags}
    meant = {form.meant.pk} if form.meant else set()
    found = []
    for rsvp in rows:
        has = of_parties.get(rsvp.pk, frozenset())
        gets = has | meant if deed is TAG else has - meant
        was, becomes = (
            _(", ").join(words for pk, words in known.items() if pk in tags) for tags in (has, gets)
        )
        found.append(Before(rsvp, was or "–", becomes or "–"))
    return found
