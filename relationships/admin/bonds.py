"""How staff curate the bonds between cities: who belongs to them, in which fields they work, when they rested."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from relationships.models import Party, Relationship, RelationshipSector, Suspension
from sistercities.pages.admin import PageAdmin
from sistercities.pages.curating import PartFormSet, Rows, date_in_words


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
