"""How staff curate cities, the bodies that act in them, and the fields of their work."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relationships.admin.filters import ONLY_NAMED, PlaceKnownFilter
from relationships.admin.help import CITY_HELP
from relationships.models import City, CityName, Organisation, Sector
from sistercities.pages.admin import PageAdmin
from sistercities.pages.admin_citations import CitationInline
from sistercities.pages.admin_forms import PageForm
from sistercities.pages.admin_roles import Translatable
from sistercities.pages.curating import BilingualFields, RowFields, RowForm, date_in_words
from sistercities.pages.templatetags.bilingual import pair

CITY_NAME_HELP = {
    "name": _(
        "As older papers or foreign tongues have it: Canton, Kwangchow, 羊城. Search finds the city by it; pinyin and "
        "spellings without marks are known by themselves."
    ),
    "language": _(
        "A language tag: en, zh-Hans, zh-Latn for a Chinese name in Latin letters; may stay empty."
    ),
}


class CountryCodeField(forms.CharField):
    """Two letters, typed in capitals or not."""

    def to_python(self, value: Any) -> str:
        code = str(super().to_python(value) or "").upper()
        if code and not re.fullmatch("[A-Z]{2}", code):
            raise ValidationError(_("Two letters, such as CN for China or US for the United States."))
        return code


class CityForm(PageForm):
    """A city: where it lies is typed in by hand, so the form says how."""

    class Meta:
        field_classes = {"country_code": CountryCodeField}
        help_texts = {
            "latitude": _("In degrees, such as 34.05; south of the equator with a minus."),
            "longitude": _(
                "In degrees, such as 113.26; west of Greenwich with a minus: Los Angeles is −118.24."
            ),
            "romanisation": _("With tones: Guǎngzhōu."),
            "wikidata_id": _("Such as Q16572; the page links to it."),
            "flower_en": _("Shown only with a source: add a citation with the claim “flower”."),
        }


class CityNameInline(RowFields, admin.TabularInline):
    """Spellings and bynames under which people look for a city."""

    model = CityName
    form = RowForm
    extra = 0
    fields = ["name", "kind", "language", "position"]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in CITY_NAME_HELP:
            field.help_text = CITY_NAME_HELP[db_field.name]
        return field


@admin.register(City)
class CityAdmin(PageAdmin):
    form = CityForm
    helps = CITY_HELP
    list_display = ["titles", "country_name", "colour_mark", *PageAdmin.list_display[1:]]
    list_filter = [PlaceKnownFilter, "country_en", *PageAdmin.list_filter]
    own_fieldsets = [
        (
            _("Place"),
            {
                "fields": [
                    ("country_en", "country_zh_hans"),
                    ("region_en", "region_zh_hans"),
                    ("country_code", "timezone", "timezone_is_derived"),
                    ("latitude", "longitude"),
                    ("population", "population_year"),
                    ("romanisation", "wikidata_id"),
                ]
            },
        ),
        (_("Flower, colour, picture"), {"fields": [("flower_en", "flower_zh_hans"), "colour", "picture"]}),
    ]
    autocomplete_fields = ["picture"]
    inlines = [CityNameInline, *PageAdmin.inlines]

    @admin.display(description=_("country"), ordering="country_en")
    def country_name(self, city: City) -> str:
        return city.country

    @admin.display(description=_("colour"))
    def colour_mark(self, city: City) -> SafeString:
        return format_html('<span class="swatch {}"></span> {}', city.colour_class, city.get_colour_display())


class NamedAdmin(BilingualFields, Translatable):
    """Small things that have a name in both languages and no page."""

    search_fields = ["name_en", "name_zh_hans"]
    list_per_page = 50

    @admin.display(description=pgettext_lazy("of a thing", "name"), ordering="name_en")
    def names(self, thing: Any) -> SafeString:
        return pair(thing, "name")


@admin.register(Sector)
class SectorAdmin(NamedAdmin):
    fields = [("name_en", "name_zh_hans"), "slug"]
    list_display = ["names", "slug"]
    prepopulated_fields = {"slug": ["name_en"]}


@admin.register(Organisation)
class OrganisationAdmin(NamedAdmin):
    list_display = ["names", "kind", "city", "founded_date", "is_shown"]
    list_filter = ["kind", "is_shown", ("city", ONLY_NAMED)]
    list_select_related = ["city"]
    autocomplete_fields = ["city", "founders"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [CitationInline]
    fieldsets = [
        (None, {"fields": [("name_en", "name_zh_hans"), "slug", ("kind", "city"), "is_shown"]}),
        (
            _("Founding"),
            {
                "fields": ["founded", "founders"],
                "description": _(
                    "Founders are named on no page of the organisation, which has none: each founder’s own page says "
                    "what was founded, with the sources that you cite below."
                ),
            },
        ),
    ]

    @admin.display(description=_("founded"), ordering="founded_first")
    def founded_date(self, organisation: Organisation) -> str:
        return date_in_words(organisation.founded)
