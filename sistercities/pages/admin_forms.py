"""The form of a page in the admin."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sistercities.pages.addresses import address_from, check_address, free_address
from sistercities.pages.beside import ErrorsBeside
from sistercities.pages.bilingual import column, columns, language_name, without_language
from sistercities.pages.fields import within_reach
from sistercities.pages.models import Page, Picture, Status
from sistercities.pages.shown import wanting_words
from sistercities.pages.staleness import PARTS, newer_texts

ADDRESS_HELP = _(
    "The last part of the page's address. Left empty it is made from the English title, or from the Chinese one in "
    "pinyin. When you change the address of a published page, its old links lead to the new one."
)
LOOKED_OVER_HELP = _("Tick it and save; the page is then no longer listed as waiting for a translation.")
CHANGED_MEANWHILE = _(
    "Somebody has changed this page since you opened it, so nothing was saved. Copy what you wrote, open the page "
    "afresh, and enter it again."
)


def stamp(moment: datetime) -> str:
    """A moment as a form carries it there and back."""
    return moment.astimezone(UTC).isoformat()


def same_in(page: Page, code: str) -> str:
    """What a tick says: that this language needs no change although others have changed."""
    words = _(
        "The %(language)s text says the same: nothing to translate. (Changed in another language: %(texts)s)"
    )
    texts = pgettext("between things in a row", ", ").join(changed_texts(page, code))
    return words % {"language": language_name(code), "texts": texts}


def changed_texts(page: Page, code: str) -> list[str]:
    """What the texts are called that changed in other languages since this one was last looked over."""
    names = newer_texts(page.language_marks, code)
    labels = (page._meta.get_field(column(name, code)) for name in names if name != PARTS)
    found = [without_language(field.verbose_name) for field in labels]  # type: ignore[union-attr]  # all are columns
    return [*found, gettext("its parts")] if PARTS in names else found


# What a form of a page carries there and back by itself.
CARRIED = ("opened_at", "opened_as")


class PageForm(ErrorsBeside):
    """A page; an address left empty is made from the title. What somebody saved meanwhile is never written over."""

    opened_at = forms.CharField(widget=forms.HiddenInput, required=False)
    # What the form showed, sealed: what somebody saves meanwhile is brought together with it, see ``admin_merging``.
    opened_as = forms.CharField(widget=forms.HiddenInput, required=False)
    merging: ClassVar[Any] = None
    looked_over = forms.MultipleChoiceField(
        label=_("Looked over"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=LOOKED_OVER_HELP,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened_at"] = stamp(self.instance.updated_at) if self.instance.pk else ""
        self.offer_looking_over()
        for field in self.fields.values():
            if isinstance(field, forms.SplitDateTimeField) and within_reach not in field.validators:
                field.validators.append(within_reach)
        if not self.instance.pk and "title_en" in self.fields:
            self.fields["title_en"].widget.attrs["autofocus"] = True
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = ADDRESS_HELP

    @property
    def changed_data(self) -> list[str]:
        """What somebody changed, without what the form carries there and back by itself."""
        return [name for name in super().changed_data if name not in CARRIED]

    def offer_looking_over(self) -> None:
        """A tick for every language that another one has left behind; none where all are in step."""
        if choices := [(code, same_in(self.instance, code)) for code in self.instance.stale_in]:
            self.fields["looked_over"].choices = choices  # type: ignore[attr-defined]  # a field with choices
        else:
            del self.fields["looked_over"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.check_unchanged(values)
        self.check_pictures(values)
        titles = [values.get(name, "") for name in columns("title")]
        if (
            "title_en" in self.fields
            and not any(titles)
            and values.get("status", self.instance.status) == Status.PUBLISHED
        ):
            self.add_error("title_en", _("A published page needs a title."))
        elif "slug" in self.fields and "slug" not in self.errors and not values.get("slug"):
            self.entitle(values, address_from(*titles))
        return values

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug:
            check_address(self._meta.model, slug, self.instance.pk)
        return slug

    def check_unchanged(self, values: dict[str, Any]) -> None:
        """Two forms of one page sent at the same moment come here one after the other: the first holds the row."""
        if self.merging:
            self.add_error(None, self.merging.refusal)
            return
        if not self.instance.pk:
            return
        row = self._meta.model.objects.filter(pk=self.instance.pk).order_by().select_for_update(no_key=True)
        changed_at = row.values_list("updated_at", flat=True).first()
        if changed_at is None or stamp(changed_at) != values.get("opened_at"):
            self.add_error(None, CHANGED_MEANWHILE)

    def check_pictures(self, values: dict[str, Any]) -> None:
        """A page that was not published before is published with described pictures only."""
        if values.get("status") != Status.PUBLISHED or self.initial.get("status") == Status.PUBLISHED:
            return
        for name, value in list(values.items()):
            if isinstance(value, Picture) and not value.is_described:
                self.add_error(name, wanting_words([value]))

    def entitle(self, values: dict[str, Any], wanted: str) -> None:
        if wanted:
            values["slug"] = free_address(self._meta.model, wanted, self.instance.pk)
        elif "title_en" in self.fields:
            self.add_error("slug", _("Give the page a title, or write its address yourself."))
