"""How staff curate what cities signed: the ledger entry, who signed it, its texts, and what to look at again."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from relationships.admin.guarded import GuardedAdmin, GuardedForm
from relationships.admin.help import AGREEMENT_HELP
from relationships.doubts import Doubt, doubted, doubts_of, ready_for_doubt
from relationships.guards import RENEWAL_LOOP
from relationships.models import Agreement, City, Signature, Wording
from sistercities.pages.admin import PageAdmin
from sistercities.pages.admin_forms import PageForm
from sistercities.pages.curating import RowForm, Rows, Stack, date_in_words
from sistercities.pages.language_tags import TagForm
from sistercities.pages.models import Status

TWO_PARTIES = _("A published agreement needs at least two parties.")


class AgreementForm(GuardedForm):
    """An agreement; parties left empty are the present cities of its relationship."""

    class Meta:
        help_texts = {
            "relationship": _(
                "The bond that it founded, or under which it was signed. Enter the bond first."
            ),
            "parties": _("Left empty, they are the present cities of the relationship."),
            "place_en": _("As the source has it, such as Los Angeles City Hall."),
            "term_en": _("In words, such as: three years, and longer if both cities agree."),
            "expires": _("Only if the text names a date, or a term that can be counted. Empty: without end."),
            "renews": _(
                "The agreement that this one renews or prolongs, one step back; the chain follows from it."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parties" in self.fields:
            self.fields["parties"].required = False

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        bond = values.get("relationship")
        if bond and "parties" in values and not values["parties"]:
            values["parties"] = City.objects.filter(memberships__relationship=bond, memberships__left=None)
        if values.get("status") == Status.PUBLISHED:
            if len(values.get("parties", ())) < 2 and "parties" not in self.errors:
                self.add_error("parties", TWO_PARTIES)
            if not values.get("signed") and "signed" not in self.errors:
                self.add_error("signed", _("A published agreement needs the date of its signing."))
        self.check_chain(values.get("renews"))
        return values

    def check_chain(self, renewed: Agreement | None) -> None:
        """Follow “renews” from one to the next; it must not lead back here."""
        passed: set[int] = set()
        while renewed and renewed.pk not in passed:
            if renewed.pk == self.instance.pk:
                self.add_error("renews", RENEWAL_LOOP)
                return
            passed.add(renewed.pk)
            renewed = renewed.renews


class SignatureInline(Rows):
    model = Signature
    fields = ["person", "capacity_en", "capacity_zh_hans", "party", "position"]
    autocomplete_fields = ["person", "party"]
    verbose_name_plural = _("signatures: who signed, in which capacity as the text has it, for which city")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Signature]:
        return super().get_queryset(request).select_related("person", "party")


class WordingForm(TagForm, RowForm):
    """One text of an agreement."""


class WordingInline(Stack):
    """The texts of an agreement, one for each language and standing."""

    model = Wording
    form = WordingForm
    fields = [("language", "standing", "position"), "text", "scan"]
    autocomplete_fields = ["scan"]
    verbose_name_plural = _("texts, one for each language: typed, as a scan, or both")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Wording]:
        return super().get_queryset(request).select_related("scan")


class DoubtsFilter(admin.SimpleListFilter):
    title = _("doubts")
    parameter_name = "doubts"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("some", _("has doubts")), ("none", _("no doubts"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("some", "none"):
            return queryset
        found = doubted(Agreement.objects.all())
        return queryset.filter(pk__in=found) if self.value() == "some" else queryset.exclude(pk__in=found)


@admin.register(Agreement)
class AgreementAdmin(GuardedAdmin):
    form: type[PageForm] = AgreementForm
    helps = AGREEMENT_HELP
    list_display = ["titles", "kind", "signed_date", "signature_count", *PageAdmin.list_display[1:]]
    list_filter = ["kind", DoubtsFilter, *PageAdmin.list_filter]
    autocomplete_fields = ["relationship", "parties", "renews", "signed_in", "sectors"]
    readonly_fields = ["doubts", "renewed_by"]
    inlines = [SignatureInline, WordingInline, *PageAdmin.inlines]
    own_fieldsets = [
        (
            _("What was signed"),
            {
                "fields": [
                    "doubts",
                    ("kind", "relationship"),
                    "parties",
                    ("signed", "signed_in"),
                    ("place_en", "place_zh_hans"),
                    "sectors",
                ]
            },
        ),
        (
            _("For how long"),
            {"fields": [("term_en", "term_zh_hans"), "expires", "renews", "renewed_by"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agreement]:
        return super().get_queryset(request).annotate(signature_count=Count("signatures", distinct=True))

    def check_publishable(self, page: Agreement) -> None:
        super().check_publishable(page)
        if page.parties.count() < 2:
            raise ValidationError(TWO_PARTIES)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for doubt in current_doubts(form.instance):
            self.message_user(request, linked(doubt), messages.WARNING)

    @admin.display(description=_("signed on"), ordering="signed_first")
    def signed_date(self, agreement: Agreement) -> str:
        return date_in_words(agreement.signed)

    @admin.display(description=_("signatures"), ordering="signature_count")
    def signature_count(self, agreement: Any) -> int:
        return agreement.signature_count

    @admin.display(description=_("to look at again"))
    def doubts(self, agreement: Agreement) -> SafeString | str:
        """Warnings, none of which keeps anybody from saving or publishing."""
        rows = ((linked(doubt),) for doubt in current_doubts(agreement)) if agreement.pk else ()
        return format_html_join("", "<div>{}</div>", rows) or str(_("nothing to look at"))

    @admin.display(description=_("renewed by"))
    def renewed_by(self, agreement: Agreement) -> SafeString | str:
        if not agreement.pk:
            return "–"
        change, add = "admin:relationships_agreement_change", reverse("admin:relationships_agreement_add")
        links = ((reverse(change, args=[each.pk]), each) for each in agreement.renewals.all())
        known = format_html_join("", '<div><a href="{}">{}</a></div>', links)
        values = {
            "renews": agreement.pk,
            "relationship": agreement.relationship_id,
            "kind": Agreement.Kind.RENEWAL,
        }
        enter = '{}<div><a class="addlink" href="{}?{}">{}</a></div>'
        return format_html(
            enter, known, add, urlencode(values), _("Enter the agreement that renews this one")
        )


def current_doubts(agreement: Agreement) -> list[Doubt]:
    """As the database has it now, parts and all."""
    return doubts_of(ready_for_doubt(Agreement.objects.filter(pk=agreement.pk)).get())


def linked(doubt: Doubt) -> SafeString | str:
    if not doubt.url:
        return doubt.words
    return format_html('{} <a href="{}">{}</a>', doubt.words, doubt.url, _("Look"))
