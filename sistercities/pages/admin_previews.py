"""Preview links in the admin: made for somebody who is to read a draft, listed, and taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from sistercities.pages.admin_where_used import WhereUsed
from sistercities.pages.curating import pill
from sistercities.pages.models import Page, PreviewLink
from sistercities.pages.previews import addresses_of, links_to, make_link, revoke

DAYS = [(1, _("one day")), (7, _("a week")), (30, _("thirty days"))]


class PreviewForm(forms.ModelForm):
    """For how long a link works, and for whom it is."""

    days = forms.TypedChoiceField(label=_("How long it works"), choices=DAYS, coerce=int, initial=7)

    class Meta:
        model = PreviewLink
        fields = ["note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("For whom")


class PreviewViews(WhereUsed):
    """Mixed into the admin of pages, beside their history and where they are used."""

    def get_urls(self) -> list[Any]:
        wrap, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path("<int:pk>/previews/", wrap(self.previews_view), name=f"{name}_previews"),
            path("<int:pk>/previews/<int:link>/revoke/", wrap(self.revoke_view), name=f"{name}_revoke"),
        ]
        return own + super().get_urls()

    def previews_address(self, page: Page) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_previews", args=[page.pk])

    def previews_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The open links to a page, and the form that makes one more."""
        page = self.draft_for(request, pk)
        form = PreviewForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and not page.is_public:
            days, note = form.cleaned_data["days"], form.cleaned_data["note"]
            make_link(page, days, note, request.user)
            self.log_change(request, page, str(_("Made a preview link.")))
            self.message_user(request, _("The link is made: copy it from the list."), messages.SUCCESS)
            return HttpResponseRedirect(self.previews_address(page))
        links = links_to(page).select_related("made_by")
        context = {
            "form": form,
            "rows": [{"link": link, "addresses": addresses_of(link)} for link in links],
            "is_public": page.is_public,
            "revoke_name": f"admin:{self.opts.app_label}_{self.opts.model_name}_revoke",
            "open_pill": pill("published", _("works")),
        }
        return self.page_answer(request, "admin/page_previews.html", page, str(_("Preview links")), context)

    def revoke_view(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        page = self.draft_for(request, pk)
        if request.method == "POST":
            revoke(get_object_or_404(links_to(page), pk=link))
            self.log_change(request, page, str(_("Took a preview link back.")))
            self.message_user(request, _("The link leads nowhere any more."), messages.SUCCESS)
        return HttpResponseRedirect(self.previews_address(page))

    def draft_for(self, request: HttpRequest, pk: int) -> Any:
        """The page, for somebody who may change it: a link shows all of it."""
        page = self.page_for(request, pk)
        if not self.may_write(request, page):
            raise PermissionDenied
        return page
