"""Finding and erasing a person, for staff: by address, or by a name that stands only with others."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Member
from people.my_data import may_go, whoever_has
from sistercities.busy import Busy
from sistercities.curation import CuratorSite
from sistercities.my_data import Hand, Whose, erase, in_words
from sistercities.pages.fields import single_line

MAY_ERASE = ("people.delete_member", "events.change_rsvp")
TITLE = gettext_lazy("Find and erase a person")
site: CuratorSite = admin.site  # type: ignore[assignment]  # the one that apps.py puts in place


class WhoForm(forms.Form):
    """Whom to look for."""

    email = forms.CharField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        validators=[single_line],
        help_text=gettext_lazy(
            "Also finds the account with this address, and its other confirmed addresses."
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=150,
        validators=[single_line],
        help_text=gettext_lazy(
            "Only if the person was named by others, as a companion. Exactly as it was written; make sure that it is "
            "not somebody else of the same name."
        ),
    )

    def clean(self) -> dict[str, str]:
        said = super().clean() or {}
        if not self.errors and not said.get("email", "").strip() and not said.get("name", "").strip():
            self.add_error("email", _("Please give an address or a name."))
        return said

    def whose(self) -> Whose:
        name = self.cleaned_data["name"].strip()
        return whoever_has(self.cleaned_data["email"], (name,) if name else ())


class EraseForm(WhoForm):
    """The same, once it was read what goes, with the reason."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        validators=[single_line],
        help_text=gettext_lazy(
            "Stays on record with each event; name nobody in it. Such as: asked by letter of 3 May."
        ),
        error_messages={"required": gettext_lazy("Please say why; it is kept with the change.")},
    )

    def clean(self) -> dict[str, str]:
        said = super().clean()
        if not self.errors and names_somebody(said["reason"], said):
            self.add_error("reason", _("The reason stays; please name nobody in it."))
        return said


def names_somebody(reason: str, said: dict[str, str]) -> bool:
    """Whether the reason repeats what is to be erased."""
    words = [said.get("email", "").strip().lower(), said.get("name", "").strip().lower()]
    return "@" in reason or any(word and word in reason.lower() for word in words)


@site.desk("erase-person", TITLE, *MAY_ERASE)
def erase_person(request: HttpRequest) -> HttpResponse:
    """First what is kept and what would become of it, then a button: nothing is erased by looking."""
    if request.method == "POST" and "erase" in request.POST:
        return _erase(request, EraseForm(request.POST))
    form = WhoForm(request.POST or None)
    if form.is_valid():
        return _page(request, EraseForm(initial=form.cleaned_data), form.whose())
    return _page(request, form, status=422 if form.is_bound else 200)


def _erase(request: HttpRequest, form: EraseForm) -> HttpResponse:
    who = WhoForm(form.data)
    whose = who.whose() if who.is_valid() else None
    if not form.is_valid() or whose is None:
        return _page(request, form, whose, status=422)
    is_oneself = whose.account == request.user
    if whose.account is not None and (why_not := _why_not(request.user, whose.account)):
        form.add_error(None, why_not)
        return _page(request, form, whose, status=422)
    try:
        erased = erase(whose, Hand(None if is_oneself else request.user, form.cleaned_data["reason"]))
    except Busy:
        form.add_error(
            None,
            _("Many people answer just now. A part may be erased already; please try again in a minute."),
        )
        return _page(request, form, whose, status=503)
    if not is_oneself:
        messages.success(request, _("Erased: %(count)d entries.") % {"count": sum(erased.values())})
    return HttpResponseRedirect(reverse("admin:desk_erase_person"))


def _why_not(user: Any, account: Member) -> str:
    """Why this account cannot be erased by whoever asks; empty where it can."""
    if not may_go(account):
        return _("This is the only one who administers this site. Please name somebody else first.")
    if account.is_staff and account != user and not user.is_superuser:
        return _("This account is one of the staff: only who administers this site may erase it.")
    return ""


def _page(
    request: HttpRequest, form: forms.Form, whose: Whose | None = None, status: int = 200
) -> HttpResponse:
    """The page is sent by POST also to look: an address in its own address would stand in logs."""
    context = {
        **site.each_context(request),
        "title": TITLE,
        "form": form,
        "parts": in_words(whose) if whose else [],
        "is_found": whose is not None,
        "whose": whose,
    }
    answer = TemplateResponse(request, "admin/erase_person.html", context, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
