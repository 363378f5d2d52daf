"""The form of a page in the admin."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sistercities.pages.addresses import address_from, free_address
from sistercities.pages.fields import within_reach
from sistercities.pages.models import Status

ADDRESS_HELP = _(
    "The last part of the page's address. Left empty it is made from the English title, or from the Chinese one in "
    "pinyin. Once the page is published it stays as it is, for others link to it."
)
CHANGED_MEANWHILE = _(
    "Somebody has changed this page since you opened it, so nothing was saved. Copy what you wrote, open the page "
    "afresh, and enter it again."
)


def stamp(moment: datetime) -> str:
    """A moment as a form carries it there and back."""
    return moment.astimezone(UTC).isoformat()


class PageForm(forms.ModelForm):
    """A page; an address left empty is made from the title. What somebody saved meanwhile is never written over."""

    opened_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened_at"] = stamp(self.instance.updated_at) if self.instance.pk else ""
        for field in self.fields.values():
            if isinstance(field, forms.SplitDateTimeField) and within_reach not in field.validators:
                field.validators.append(within_reach)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = ADDRESS_HELP

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.check_unchanged(values)
        titles = values.get("title_en", ""), values.get("title_zh_hans", "")
        if "title_en" in self.fields and not any(titles) and values.get("status") == Status.PUBLISHED:
            self.add_error("title_en", _("A published page needs a title."))
        elif "slug" in self.fields and "slug" not in self.errors and not values.get("slug"):
            self.entitle(values, address_from(*titles))
        return values

    def check_unchanged(self, values: dict[str, Any]) -> None:
        """Two forms of one page sent at the same moment come here one after the other: the first holds the row."""
        if not self.instance.pk:
            return
        row = self._meta.model.objects.filter(pk=self.instance.pk).order_by().select_for_update(no_key=True)
        changed_at = row.values_list("updated_at", flat=True).first()
        if changed_at is None or stamp(changed_at) != values.get("opened_at"):
            self.add_error(None, CHANGED_MEANWHILE)

    def entitle(self, values: dict[str, Any], wanted: str) -> None:
        if wanted:
            values["slug"] = free_address(self._meta.model, wanted, self.instance.pk)
        elif "title_en" in self.fields:
            self.add_error("slug", _("Give the page a title, or write its address yourself."))
