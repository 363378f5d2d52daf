"""How staff curate cities, the bonds between them, what was signed and what happened."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people.admin import PersonAdmin
from relationships.models import (
    Agreement,
    City,
    Milestone,
    Organisation,
    Party,
    Relationship,
    RelationshipSector,
    Sector,
    Signature,
    Suspension,
    Tenure,
)
from sistercities.pages.admin import CitationInline, PageAdmin
from sistercities.pages.admin_forms import PageForm
from sistercities.pages.curating import BilingualFields, PartFormSet, Rows, Stack, date_in_words
from sistercities.pages.models import Status
from sistercities.pages.templatetags.bilingual import pair

TWO_PARTIES = _("A published agreement needs at least two parties.")


@admin.register(City)
class CityAdmin(PageAdmin):
    list_display = ["titles", "country_name", "colour_mark", *PageAdmin.list_display[1:]]
    list_filter = ["country_en", *PageAdmin.list_filter]
    own_fieldsets = [
        (
            _("Place"),
            {
                "fields": [
                    ("country_en", "country_zh_hans"),
                    ("region_en", "region_zh_hans"),
                    ("country_code", "timezone"),
                    ("latitude", "longitude"),
                    ("romanisation", "wikidata_id"),
                ]
            },
        ),
        (_("Flower, colour, picture"), {"fields": [("flower_en", "flower_zh_hans"), "colour", "picture"]}),
    ]
    autocomplete_fields = ["picture"]

    @admin.display(description=_("country"), ordering="country_en")
    def country_name(self, city: City) -> str:
        return city.country

    @admin.display(description=_("colour"))
    def colour_mark(self, city: City) -> SafeString:
        return format_html('<span class="swatch {}"></span> {}', city.colour_class, city.get_colour_display())


class NamedAdmin(BilingualFields, admin.ModelAdmin):
    """Small things that have a name in both languages and no page."""

    search_fields = ["name_en", "name_zh_hans"]
    list_per_page = 50

    @admin.display(description=_("name"), ordering="name_en")
    def names(self, thing: Any) -> SafeString:
        return pair(thing, "name")


@admin.register(Sector)
class SectorAdmin(NamedAdmin):
    fields = [("name_en", "name_zh_hans"), "slug"]
    list_display = ["names", "slug"]
    prepopulated_fields = {"slug": ["name_en"]}


@admin.register(Organisation)
class OrganisationAdmin(NamedAdmin):
    fields = [("name_en", "name_zh_hans"), "slug", ("kind", "city")]
    list_display = ["names", "kind", "city"]
    list_filter = ["kind"]
    list_select_related = ["city"]
    autocomplete_fields = ["city"]
    prepopulated_fields = {"slug": ["name_en"]}


class PartyFormSet(PartFormSet):
    """The cities of one bond: two, or in an alliance three or more; no second live bond of a kind between them."""

    def clean(self) -> None:
        super().clean()
        bond: Relationship = self.instance
        rows = [form.cleaned_data for form in self.forms if form.is_valid() and form.cleaned_data.get("city")]
        now = [row["city"].pk for row in rows if not row.get("DELETE") and not row.get("left")]
        if len(now) > len(set(now)):
            raise ValidationError(_("This city is a party already."))
        if bond.ended:
            return
        if bond.kind == Relationship.Kind.ALLIANCE and len(now) < 3:
            raise ValidationError(_("An alliance has three cities or more."))
        if bond.kind != Relationship.Kind.ALLIANCE and len(now) != 2:
            raise ValidationError(_("A bond of this kind has two cities; only an alliance has more."))
        twins = Relationship.objects.live().filter(kind=bond.kind, pair_key=Relationship.key_of(now))
        if twins.exclude(pk=bond.pk).exists():
            raise ValidationError(_("These cities have a live relationship of this kind already."))


class PartyInline(Rows):
    model = Party
    formset = PartyFormSet
    fields = ["city", "position", "joined", "left"]
    autocomplete_fields = ["city"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Party]:
        return super().get_queryset(request).select_related("city")


class SectorInline(Rows):
    model = RelationshipSector
    fields = ["sector", "since", "until"]


class SuspensionInline(Rows):
    model = Suspension
    fields = ["began", "ended", "reason_en", "reason_zh_hans"]


@admin.register(Relationship)
class RelationshipAdmin(PageAdmin):
    list_display = ["titles", "kind", "established_date", "ended_date", *PageAdmin.list_display[1:]]
    list_filter = ["kind", "sectors", *PageAdmin.list_filter]
    search_fields = [*PageAdmin.search_fields, "parties__city__title_en", "parties__city__title_zh_hans"]
    autocomplete_fields = ["builds_on", "superseded_by"]
    inlines = [PartyInline, SectorInline, SuspensionInline, *PageAdmin.inlines]
    own_fieldsets = [
        (_("The bond"), {"fields": ["kind", ("established", "ended"), "superseded_by", "builds_on"]}),
    ]

    @admin.display(description=_("established"), ordering="established_first")
    def established_date(self, bond: Relationship) -> str:
        return date_in_words(bond.established)

    @admin.display(description=_("ended"), ordering="ended_first")
    def ended_date(self, bond: Relationship) -> str:
        return date_in_words(bond.ended)


class AgreementForm(PageForm):
    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("status") == Status.PUBLISHED and len(values.get("parties", ())) < 2:
            self.add_error("parties", TWO_PARTIES)
        return values


class SignatureInline(Rows):
    model = Signature
    fields = ["person", "capacity_en", "capacity_zh_hans", "party", "position"]
    autocomplete_fields = ["person", "party"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Signature]:
        return super().get_queryset(request).select_related("person", "party")


@admin.register(Agreement)
class AgreementAdmin(PageAdmin):
    form = AgreementForm
    list_display = ["titles", "kind", "signed_date", "signature_count", *PageAdmin.list_display[1:]]
    list_filter = ["kind", *PageAdmin.list_filter]
    autocomplete_fields = ["relationship", "parties", "renews"]
    inlines = [SignatureInline, *PageAdmin.inlines]
    own_fieldsets = [
        (
            _("What was signed"),
            {
                "fields": [
                    ("kind", "relationship"),
                    "parties",
                    ("signed", "expires"),
                    ("place_en", "place_zh_hans"),
                    ("term_en", "term_zh_hans"),
                    "renews",
                ]
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agreement]:
        return super().get_queryset(request).annotate(signature_count=Count("signatures", distinct=True))

    def check_publishable(self, page: Agreement) -> None:
        if page.parties.count() < 2:
            raise ValidationError(TWO_PARTIES)

    @admin.display(description=_("signed on"), ordering="signed_first")
    def signed_date(self, agreement: Agreement) -> str:
        return date_in_words(agreement.signed)

    @admin.display(description=_("signatures"), ordering="signature_count")
    def signature_count(self, agreement: Any) -> int:
        return agreement.signature_count


@admin.register(Milestone)
class MilestoneAdmin(BilingualFields, admin.ModelAdmin):
    list_display = ["titles", "date", "relationship", "city", "is_shown", "citation_count"]
    list_filter = ["relationship", "city", "is_shown"]
    list_select_related = ["relationship", "city"]
    search_fields = ["title_en", "title_zh_hans", "text_en", "text_zh_hans", "place_en", "place_zh_hans"]
    autocomplete_fields = ["relationship", "city", "people"]
    inlines = [CitationInline]
    list_per_page = 50
    fieldsets = [
        (None, {"fields": [("title_en", "title_zh_hans"), "happened", ("place_en", "place_zh_hans")]}),
        (_("Where it is shown"), {"fields": [("relationship", "city"), "people", "is_shown"]}),
        (_("Text"), {"fields": [("text_en", "text_zh_hans")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Milestone]:
        return super().get_queryset(request).annotate(citation_count=Count("citations", distinct=True))

    @admin.display(description=_("what"), ordering="title_en")
    def titles(self, milestone: Milestone) -> SafeString:
        return pair(milestone, "title")

    @admin.display(description=_("when"), ordering="happened_first")
    def date(self, milestone: Milestone) -> str:
        return date_in_words(milestone.happened)

    @admin.display(description=_("sources"), ordering="citation_count")
    def citation_count(self, milestone: Any) -> int:
        return milestone.citation_count


TENURE_FIELDS: list[str | list[str] | tuple[str, ...]] = [
    ("office_en", "office_zh_hans"),
    ("city", "organisation"),
    ("began", "ended", "attested"),
    ("note_en", "note_zh_hans"),
]


class TenureInline(Stack):
    """On a person's page; the sources of an office are cited on the office's own page."""

    model = Tenure
    fields = TENURE_FIELDS
    autocomplete_fields = ["city", "organisation"]
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tenure]:
        return super().get_queryset(request).select_related("city", "organisation")


@admin.register(Tenure)
class TenureAdmin(BilingualFields, admin.ModelAdmin):
    fields = ["person", *TENURE_FIELDS]
    list_display = ["person", "office", "city", "organisation", "began_date", "ended_date", "attested"]
    list_filter = ["city", "organisation"]
    list_select_related = ["person", "city", "organisation"]
    search_fields = [
        "office_en",
        "office_zh_hans",
        "person__title_en",
        "person__title_zh_hans",
        "person__search_text",
    ]
    autocomplete_fields = ["person", "city", "organisation"]
    inlines = [CitationInline]
    list_per_page = 50

    @admin.display(description=_("office"), ordering="office_en")
    def office(self, tenure: Tenure) -> SafeString:
        return pair(tenure, "office")

    @admin.display(description=_("from"), ordering="began_first")
    def began_date(self, tenure: Tenure) -> str:
        return date_in_words(tenure.began)

    @admin.display(description=_("to"), ordering="ended_first")
    def ended_date(self, tenure: Tenure) -> str:
        return date_in_words(tenure.ended)


# Offices belong on a person's page, yet people know nothing of cities: the higher floor brings its part along.
PersonAdmin.inlines = [PersonAdmin.inlines[0], TenureInline, *PersonAdmin.inlines[1:]]
