"""How staff curate published counts: a number, of one kind, as of a date, from a source."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from relationships.admin.filters import ONLY_NAMED
from relationships.admin.guarded import message_of
from relationships.models import Tally
from sistercities.pages.admin_citations import CitationInline
from sistercities.pages.admin_roles import Translatable
from sistercities.pages.curating import BilingualFields, date_in_words


class TallyForm(forms.ModelForm):
    class Meta:
        help_texts = {
            "kind": _("One kind only. Where a source gives two numbers, enter two counts; never their sum."),
            "as_of": _("The day for which the source gives the number, not the day on which you read it."),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        city, as_of = values.get("city"), values.get("as_of")
        if city and as_of:
            same = Tally.objects.filter(
                city=city, kind=values.get("kind"), as_of_first=as_of.first_day, as_of_last=as_of.last_day
            )
            if same.exclude(pk=self.instance.pk).exists():
                self.add_error("as_of", message_of(Tally, "tally_once_per_date"))
        return values


@admin.register(Tally)
class TallyAdmin(BilingualFields, Translatable):
    form = TallyForm
    fields = [("city", "kind"), ("number", "as_of"), ("what_en", "what_zh_hans")]
    list_display = ["of_what", "kind", "number", "as_of_date", "citation_count"]
    list_filter = ["kind", ("city", ONLY_NAMED)]
    list_select_related = ["city"]
    search_fields = ["city__title_en", "city__title_zh_hans", "what_en", "what_zh_hans"]
    autocomplete_fields = ["city"]
    inlines = [CitationInline]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tally]:
        return super().get_queryset(request).annotate(citation_count=Count("citations", distinct=True))

    @admin.display(description=_("what is counted"))
    def of_what(self, tally: Tally) -> str:
        return ": ".join(str(each) for each in (tally.city, tally.what) if each)

    @admin.display(description=_("as of"), ordering="as_of_first")
    def as_of_date(self, tally: Tally) -> str:
        return date_in_words(tally.as_of)

    @admin.display(description=_("sources"), ordering="citation_count")
    def citation_count(self, tally: Any) -> int:
        return tally.citation_count
