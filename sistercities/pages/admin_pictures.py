"""How staff keep pictures: seen in the list, described in both languages."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sistercities.pages.curating import BilingualFields
from sistercities.pages.models import Picture
from sistercities.pages.templatetags.bilingual import pair

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"


class PictureAdmin(BilingualFields, admin.ModelAdmin):
    """Pictures are kept apart from the pages that show them: one may stand on several."""

    fields = [
        ("file", "seen"),
        ("alt_en", "alt_zh_hans"),
        ("caption_en", "caption_zh_hans"),
        ("credit", "rights"),
        "focus",
    ]
    readonly_fields = ["seen"]
    list_display = ["seen", "descriptions", "credit", "rights", "size"]
    list_display_links = ["descriptions"]
    search_fields = ["alt_en", "alt_zh_hans", "caption_en", "caption_zh_hans", "credit", "rights"]
    list_per_page = 50
    save_on_top = True

    @admin.display(description=_("picture"))
    def seen(self, picture: Picture) -> SafeString | str:
        if not picture.pk:
            return "–"
        mark = '<img class="thumb focus-{}" src="{}" alt="" width="96" height="96">'
        return format_html(mark, picture.focus, picture.thumbnail)

    @admin.display(description=_("description"), ordering="alt_en")
    def descriptions(self, picture: Picture) -> SafeString:
        return pair(picture, "alt")

    @admin.display(description=_("pixels"))
    def size(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "file":
            field.widget.attrs["accept"] = ACCEPTED
        return field
