"""Lists of people to be invited, in the admin: handed in, looked through, taken over, sent, and watched."""

import csv
from io import StringIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from events.admin.access import event_with_rules, may, row_of
from events.admin.invitation_forms import FORMS, PeopleForm, SharedForm
from events.admin.invitation_views import as_file, overview_of
from events.invitation_lists import Looked, Review, review, take_over
from events.invitation_overview import numbers
from events.models import Event, InvitationList
from sistercities.pages.safe_text import harmless

SECONDS_BETWEEN_LOOKS = 5
# Whoever takes people from there sees who they are.
TAKES = {"members": "people.view_member", "guests": "events.view_rsvp"}
SHOWN = 300


class InvitationListViews:
    """Mixed into the admin of invitations."""

    admin_site: Any
    message_user: Any
    invitation_page: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("of/<int:pk>/people/", wrap(self.people), name="events_invitation_people"),
            path("lists/<int:pk>/", wrap(self.invitation_list), name="events_invitation_list"),
            path("lists/<int:pk>/left-out.csv", wrap(self.left_out), name="events_invitation_left_out"),
            path(
                "lists/<int:pk>/throw-away/",
                wrap(require_POST(self.throw_away)),
                name="events_invitation_list_away",
            ),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def people(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand in a list, from wherever its people come; nobody is invited by that."""
        event = event_with_rules(request, pk, "add_invitation")
        source = request.GET.get("from", "file")
        if source not in FORMS:
            raise Http404
        if not may_take(request, source):
            raise PermissionDenied
        form = FORMS[source](request.POST or None, request.FILES or None, event=event, reader=request.user)
        if form.is_valid():
            return HttpResponseRedirect(list_page(self.hand_in(request, event, form)))
        context = {
            "title": _("Invite a list of people"),
            "form": form,
            "source": source,
            "sources": [
                (name, label)
                for name, label in InvitationList.Source.choices
                if name in FORMS and may_take(request, name)
            ],
            "earlier": event.invitation_lists.order_by("-made_at")[:20],
        }
        return self.invitation_page(request, "people", event, context, 422 if form.is_bound else 200)

    def hand_in(self, request: HttpRequest, event: Event, form: PeopleForm) -> InvitationList:
        read = form.cleaned_data["people"]
        if read.unread:
            words = _("Not read, for nobody can tell what these columns hold: %(columns)s.")
            columns = _(", ").join(read.unread[:20])
            self.message_user(request, words % {"columns": columns}, messages.WARNING)
        return InvitationList.objects.create(
            event=event,
            name=form.cleaned_data["name"][:100],
            source=form.source,
            rows=read.rows,
            made_by_id=request.user.pk,
        )

    def invitation_list(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A list: before it is taken over what would come of each row; afterwards how far its letters are."""
        batch = list_of(request, pk, "view_invitation")
        if not batch.taken_over_at:
            return self.dry_run(request, batch)
        count = numbers(batch.event, batch)
        context = {
            "title": batch.name,
            "batch": batch,
            "numbers": count,
            "left": review(batch).left_out,
            "overview": overview_of(batch.event, {"batch": str(batch.pk)}),
        }
        answer = self.invitation_page(request, "list", batch.event, context)
        if count.waiting:
            answer.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
        return answer

    def dry_run(self, request: HttpRequest, batch: InvitationList) -> HttpResponse:
        found = review(batch)
        form = SharedForm(request.POST or None, event=batch.event)
        if request.method == "POST":
            may(request, "add_invitation", batch.event)
            if form.is_valid():
                return self.taken_over(request, batch, form)
        context = {
            "title": batch.name,
            "batch": batch,
            "form": form,
            "review": found,
            "left_out": found.left_out[:SHOWN],
            "good": found.good[:SHOWN],
            "more_good": max(len(found.good) - SHOWN, 0),
            "more_left_out": max(len(found.left_out) - SHOWN, 0),
        }
        return self.invitation_page(request, "dry_run", batch.event, context, 422 if form.is_bound else 200)

    def taken_over(self, request: HttpRequest, batch: InvitationList, form: SharedForm) -> HttpResponse:
        made = take_over(batch, form.shared)
        words = ngettext(
            "%(count)d invitation is made; nothing is sent yet.",
            "%(count)d invitations are made; nothing is sent yet.",
            len(made),
        )
        level = messages.SUCCESS if made else messages.WARNING
        self.message_user(request, words % {"count": len(made)}, level)
        return HttpResponseRedirect(list_page(batch))

    def left_out(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The rows that were left out, as a file: to be mended, and handed in again."""
        batch = list_of(request, pk, "view_invitation")
        return as_file(to_mend(review(batch)), f"to-mend-{batch.pk}.csv")

    def throw_away(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Forget a list that was not taken over, or the rows that were left out of one that was."""
        batch = list_of(request, pk, "add_invitation")
        if batch.taken_over_at:
            InvitationList.objects.filter(pk=batch.pk).update(rows=[])
            return HttpResponseRedirect(list_page(batch))
        batch.delete()
        self.message_user(request, _("The list is thrown away. Nobody was invited by it."), messages.SUCCESS)
        return HttpResponseRedirect(overview_of(batch.event))


# --- steps ----------------------------------------------------------------------------------------------


def list_of(request: HttpRequest, pk: int, permission: str) -> InvitationList:
    known = InvitationList.objects.select_related("event__rsvp_policy", "made_by")
    return row_of(request, permission, known, pk)


def may_take(request: HttpRequest, source: str) -> bool:
    return source not in TAKES or request.user.has_perm(TAKES[source])


def list_page(batch: InvitationList) -> str:
    return reverse("admin:events_invitation_list", args=[batch.pk])


def to_mend(found: Review) -> str:
    """Rows as they were given, under heads that are read in again, with the line and what is wrong before them."""
    sheet = StringIO()
    sheet.write("\ufeff")
    writer = csv.writer(sheet)
    heads = _heads()
    writer.writerow([_("Line"), _("What is wrong"), *heads.values()])
    for row in found.left_out:
        writer.writerow([row.line, row.why, *(harmless(_cell(row, name)) for name in heads)])
    return sheet.getvalue()


def _cell(row: Looked, name: str) -> str:
    if name == "name":
        return row.named
    return str(row.given.get(name) or "")


def _heads() -> dict[str, str]:
    return {
        "name": _("Name"),
        "title": _("Title"),
        "salutation": _("Salutation"),
        "organisation": _("Organisation"),
        "email": _("E-mail"),
        "language": _("Language"),
        "greeting": _("Personal words"),
        "largest_party": _("Party size"),
        "answer_by": _("Answer by"),
        "is_bound": _("For this guest only"),
        "note": _("Note"),
    }
