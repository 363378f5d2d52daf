"""How staff keep pictures: seen in the list, described in both languages, each with the file that was handed in."""

import logging
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sistercities.pages.admin_documents import link_to
from sistercities.pages.admin_focus import choose_focus
from sistercities.pages.admin_found import KnowsItsReader, named_to_reader
from sistercities.pages.admin_roles import Translatable
from sistercities.pages.admin_uploads import UploadViews
from sistercities.pages.beside import ErrorsBeside
from sistercities.pages.bilingual import WRITTEN_OUT, column
from sistercities.pages.curating import BilingualFields, pill
from sistercities.pages.models import Picture
from sistercities.pages.models.picture import described
from sistercities.pages.picture_files import extension_of
from sistercities.pages.shown import is_shown_to_all, pages_with
from sistercities.pages.templatetags.bilingual import pair

log = logging.getLogger(__name__)
ACCEPTED = "image/jpeg,image/png,image/webp"
SHOWN_TO_ALL = _(
    "A public page shows this picture: whoever cannot see it needs a description in both languages."
)


class DescribedFilter(admin.SimpleListFilter):
    title = _("description")
    parameter_name = "described"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("wanting")), ("yes", _("in both languages"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted: dict[str | None, Q] = {"no": ~described(), "yes": described()}
        return queryset.filter(wanted.get(self.value(), Q()))


class PictureForm(ErrorsBeside):
    """A picture may be uploaded and described later; once readers see it, it keeps a description."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_focus(self)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        wanting = [name for code in WRITTEN_OUT if not values.get(name := column("alt", code))]
        if wanting and self.instance.pk and is_shown_to_all(self.instance):
            for name in wanting:
                self.add_error(name, SHOWN_TO_ALL)
        return values


class PictureAdmin(KnowsItsReader, UploadViews, BilingualFields, Translatable):
    """Pictures are kept apart from the pages that show them: one may stand on several."""

    form = PictureForm
    change_list_template = "admin/pages/picture/change_list.html"
    fields = [
        ("file", "seen"),
        ("alt_en", "alt_zh_hans"),
        ("caption_en", "caption_zh_hans"),
        ("credit", "licence"),
        "rights",
        "focus",
        "handed_in",
        "where_used",
    ]
    readonly_fields = ["seen", "handed_in", "where_used"]
    list_display = ["seen", "descriptions", "credit", "licence", "rights", "size", "uploaded_at"]
    list_display_links = ["descriptions"]
    list_filter = [DescribedFilter, "licence"]
    search_fields = ["alt_en", "alt_zh_hans", "caption_en", "caption_zh_hans", "credit", "rights"]
    list_per_page = 50
    save_on_top = True
    actions = ["make_copies_again"]

    def get_urls(self) -> list[Any]:
        own = path(
            "<int:pk>/original/",
            self.admin_site.admin_view(self.original_view),
            name="pages_picture_original",
        )
        return [own, *super().get_urls()]

    @admin.display(description=_("picture"))
    def seen(self, picture: Picture) -> SafeString | str:
        if not picture.is_stored:
            return "–"
        mark = '<img class="thumb focus-{}" src="{}" alt="" width="96" height="96">'
        return format_html(mark, picture.focus, picture.thumbnail)

    @admin.display(description=_("description"), ordering="alt_en")
    def descriptions(self, picture: Picture) -> SafeString:
        words = pair(picture, "alt") if picture.alt else picture.provisional_name
        state = "" if picture.is_described else pill("incomplete", _("not described in both languages"))
        return format_html("{} {}", words, state)

    @admin.display(description=_("pixels"))
    def size(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"

    @admin.display(description=_("the file as it was handed in"))
    def handed_in(self, picture: Picture) -> SafeString | str:
        if not picture.pk or not picture.original:
            return "–"
        url = reverse("admin:pages_picture_original", args=[picture.pk])
        warning = _("It may say where and by whom it was taken: keep it to yourselves.")
        return format_html('<a href="{}">{}</a> {}', url, _("Download the original"), warning)

    @admin.display(description=_("where it is used"))
    def where_used(self, picture: Picture) -> SafeString | str:
        pages = pages_with(picture) if picture.pk else []
        return named_to_reader(picture, pages, map(link_to, pages)) or str(_("nowhere yet"))

    @admin.action(description=_("Make the copies of the chosen pictures again"), permissions=["change"])
    def make_copies_again(self, request: HttpRequest, queryset: QuerySet[Picture]) -> None:
        for picture in queryset:
            picture.remake()
            self.log_change(request, picture, str(_("Made its copies again.")))
        count = len(queryset)
        words = ngettext("%(count)d picture was made again.", "%(count)d pictures were made again.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)

    def original_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What was handed in, to be saved and not shown: nobody looked at what it holds beside the picture."""
        picture: Any = self.get_object(request, str(pk))
        if picture is None or not picture.original:
            raise Http404
        if not self.may_write(request, picture):
            raise PermissionDenied
        file = picture.original.open("rb")
        name = f"picture-{pk}.{extension_of(file.read(64))}"
        file.seek(0)
        self.log_change(request, picture, str(_("Downloaded the original.")))
        log.info("Member %s downloaded the original of picture %s", request.user.pk, pk)
        headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
        return FileResponse(
            file, as_attachment=True, filename=name, content_type="application/octet-stream", headers=headers
        )

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "file":
            # The stock widget links to the store, which knows nothing of who may see what.
            kwargs["widget"] = forms.FileInput(attrs={"accept": ACCEPTED})
        return super().formfield_for_dbfield(db_field, request, **kwargs)
