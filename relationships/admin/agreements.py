"""How staff curate what cities signed."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from relationships.models import Agreement, Signature
from sistercities.pages.admin import PageAdmin
from sistercities.pages.admin_forms import PageForm
from sistercities.pages.curating import Rows, date_in_words
from sistercities.pages.models import Status

TWO_PARTIES = _("A published agreement needs at least two parties.")


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
