"""How staff curate the bonds between cities: who belongs to them, in which fields they work, when they rested."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from relationships.admin.filters import DateKnownFilter
from relationships.admin.guarded import GuardedAdmin, GuardedForm, message_of
from relationships.models import Party, Relationship, RelationshipSector, Suspension
from sistercities.pages import publishing, revisions
from sistercities.pages.admin import PageAdmin
from sistercities.pages.admin_citations import CitationInline
from sistercities.pages.admin_forms import PageForm
from sistercities.pages.admin_roles import Translatable
from sistercities.pages.curating import BilingualFields, PartFormSet, RowForm, Rows, date_in_words

SMALLEST_ALLIANCE, PAIR = 3, 2
ALLIANCE_OF_THREE = _("An alliance has three cities or more.")
PAIR_OF_TWO = _("A bond of this kind has two cities; only an alliance has more.")


def wrong_number(kind: str, cities: int) -> Any:
    """What is wrong with the number of present cities of a bond that lasts; None if nothing is."""
    if kind == Relationship.Kind.ALLIANCE:
        return ALLIANCE_OF_THREE if cities < SMALLEST_ALLIANCE else None
    return PAIR_OF_TWO if cities != PAIR else None


def kept_rows(formset: PartFormSet, field: str) -> list[dict[str, Any]]:
    """The rows of a formset that are filled in and stay."""
    valid = [form.cleaned_data for form in formset.forms if form.is_valid()]
    return [row for row in valid if row.get(field) and not row.get("DELETE")]


class PartyFormSet(PartFormSet):
    """The cities of one bond: two, or in an alliance three or more; no second live bond of a kind between them."""

    def clean(self) -> None:
        super().clean()
        bond: Relationship = self.instance
        now = [row["city"].pk for row in kept_rows(self, "city") if not row.get("left")]
        if len(now) > len(set(now)):
            raise ValidationError(_("This city is a party already."))
        if bond.ended:
            return
        if words := wrong_number(bond.kind, len(now)):
            raise ValidationError(words)
        twins = Relationship.objects.live().filter(kind=bond.kind, pair_key=Relationship.key_of(now))
        if twins.exclude(pk=bond.pk).exists():
            raise ValidationError(_("These cities have a live relationship of this kind already."))


class PartyInline(Rows):
    model = Party
    formset = PartyFormSet
    fields = ["city", "position", "joined", "left"]
    autocomplete_fields = ["city"]
    verbose_name_plural = _(
        "cities of the bond, with when they joined or left, if later or earlier than the rest"
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Party]:
        return super().get_queryset(request).select_related("city")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else PAIR


class SectorFormSet(PartFormSet):
    def clean(self) -> None:
        super().clean()
        lasting = [row["sector"] for row in kept_rows(self, "sector") if not row.get("until")]
        if len(lasting) > len(set(lasting)):
            raise ValidationError(message_of(RelationshipSector, "relationshipsector_once"))


class SectorInline(Rows):
    model = RelationshipSector
    formset = SectorFormSet
    fields = ["sector", "since", "until"]


class SuspensionFormSet(PartFormSet):
    def clean(self) -> None:
        super().clean()
        if len([row for row in kept_rows(self, "began") if not row.get("ended")]) > 1:
            raise ValidationError(message_of(Suspension, "suspension_one_at_a_time"))


SUSPENSION_FIELDS: list[str | list[str] | tuple[str, ...]] = ["began", "ended", "reason_en", "reason_zh_hans"]


class SuspensionInline(Rows):
    """A bond that is quiet is not suspended: somebody has to have decided it."""

    model = Suspension
    formset = SuspensionFormSet
    fields = SUSPENSION_FIELDS
    show_change_link = True
    verbose_name_plural = _("suspensions: only where one was decided; that a bond is quiet shows by itself")


@admin.register(Suspension)
class SuspensionAdmin(BilingualFields, Translatable):
    """Where the sources of a suspension are cited; it is entered with its bond, and listed nowhere else."""

    form = RowForm
    fields = ["relationship", *SUSPENSION_FIELDS]
    readonly_fields = ["relationship"]
    list_select_related = ["relationship"]
    inlines = [CitationInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


class RelationshipForm(GuardedForm):
    class Meta:
        help_texts = {
            "kind": _(
                "友好城市 are sister cities; 友好合作交流城市 are friendship cooperation cities, counted apart."
            ),
            "ended": _("Leave it empty while the bond lasts, however quiet it is."),
            "builds_on": _("Such as the sister city bonds on which an alliance rests."),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("superseded_by") and not values.get("ended") and "ended" not in self.errors:
            self.add_error("ended", message_of(Relationship, "relationship_superseded_once_ended"))
        return values


@admin.register(Relationship)
class RelationshipAdmin(GuardedAdmin):
    form: type[PageForm] = RelationshipForm
    list_display = [
        "titles",
        "is_ours",
        "kind",
        "established_date",
        "ended_date",
        *PageAdmin.list_display[1:],
    ]
    list_filter = ["is_ours", "kind", DateKnownFilter, "sectors", *PageAdmin.list_filter]
    autocomplete_fields = ["builds_on", "superseded_by"]
    inlines = [PartyInline, SectorInline, SuspensionInline, *PageAdmin.inlines]
    actions = [*PageAdmin.actions, "make_ours", "leave_to_directory"]
    own_fieldsets = [
        (
            _("The bond"),
            {"fields": [("kind", "is_ours"), ("established", "ended"), "superseded_by", "builds_on"]},
        ),
    ]

    def check_publishable(self, page: Relationship) -> None:
        super().check_publishable(page)
        words = None if page.ended else wrong_number(page.kind, page.parties.filter(left=None).count())
        if words:
            raise ValidationError(words)

    @admin.action(description=_("Count the chosen bonds among the association's own"), permissions=["change"])
    def make_ours(self, request: HttpRequest, queryset: QuerySet[Relationship]) -> None:
        self.set_ours(request, queryset, is_ours=True)

    @admin.action(description=_("Leave the chosen bonds to the directory"), permissions=["change"])
    def leave_to_directory(self, request: HttpRequest, queryset: QuerySet[Relationship]) -> None:
        self.set_ours(request, queryset, is_ours=False)

    @transaction.atomic
    def set_ours(self, request: HttpRequest, queryset: QuerySet[Relationship], *, is_ours: bool) -> None:
        changed = list(queryset.exclude(is_ours=is_ours))
        with translation.override(None):  # the log is translated when it is read
            label = str(Relationship._meta.get_field("is_ours").verbose_name)
        for bond in changed:
            revisions.record_first(bond)
            bond.is_ours = is_ours
            bond.save(update_fields=["is_ours", "updated_at"])
            revisions.record(publishing.hold(bond), request.user)
            self.log_change(request, bond, [{"changed": {"fields": [label]}}])
        words = ngettext("%(count)d bond is changed.", "%(count)d bonds are changed.", len(changed))
        self.message_user(request, words % {"count": len(changed)}, messages.SUCCESS)

    @admin.display(description=_("established"), ordering="established_first")
    def established_date(self, bond: Relationship) -> str:
        return date_in_words(bond.established)

    @admin.display(description=_("ended"), ordering="ended_first")
    def ended_date(self, bond: Relationship) -> str:
        return date_in_words(bond.ended)
