"""What every form in the admin shares: fields that know their language, and choices that are asked for once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models
from django.forms import BaseFormSet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sistercities.pages.admin_roles import PartRights
from sistercities.pages.beside import ErrorsBeside
from sistercities.pages.bilingual import WRITTEN_OUT, column, current_language, html_language, languages
from sistercities.pages.dates import HistoricalDate, spell
from sistercities.pages.forms_for_strangers import AddressField

ROWS = {"body": 16, "text": 6}
# Staff write addresses as everybody does, and one person has one.
ADDRESSES: dict[type[models.Field], dict[str, Any]] = {
    models.EmailField: {
        "form_class": AddressField,
        "error_messages": {"required": forms.Field.default_error_messages["required"]},
    }
}


def pill(kind: str, words: str | Promise) -> SafeString:
    """A state in words, with a class that draws it."""
    return format_html('<span class="pill pill-{}">{}</span>', kind, words)


def date_in_words(when: HistoricalDate | None) -> str:
    return spell(when, current_language()) if when else "–"


def split_column(column: str) -> tuple[str, str]:
    """The name and the language of a bilingual column: ``title_zh_hans`` is ``("title", "zh-hans")``."""
    for code in languages():
        suffix = f"_{code.replace('-', '_')}"
        if column.endswith(suffix):
            return column.removesuffix(suffix), code
    return column, ""


def in_all_languages(fields: Sequence[Any]) -> list[Any]:
    """Fields as an admin lists them, with the columns of further languages behind those that it names."""
    shown: list[Any] = []
    for each in fields:
        if not isinstance(each, str):
            shown.append(tuple(in_all_languages(each)))
            continue
        name, code = split_column(each)
        further = [column(name, more) for more in languages() if more not in WRITTEN_OUT]
        shown += [each, *(more for more in further if code == WRITTEN_OUT[-1] and more not in fields)]
    return shown


def fieldsets_in_all_languages(fieldsets: Sequence[Any]) -> list[Any]:
    return [(label, {**shown, "fields": in_all_languages(shown["fields"])}) for label, shown in fieldsets]


class NumbersAlone(AutocompleteMixin):
    """The stock field with a search, which asks the database for nothing that is no number: the form refuses it."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [each for each in value if str(each).isdecimal() or not each], attr)


class SeveralByNumber(NumbersAlone, AutocompleteSelectMultiple):
    """The same for several at once."""


class KnownAutocomplete(NumbersAlone, AutocompleteSelect):
    """The stock autocomplete, which need not ask the database for the label of a row that is loaded already."""

    known: models.Model | None = None

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=[forms.Script("js/named-choices.js", type="module")])  # type: ignore[list-item]

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        if self.known is None or [str(each) for each in value] != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        option = self.create_option(name, self.known.pk, str(self.known), True, 0, attrs=attr)
        return [(None, [option], 0)]


class RowForm(ErrorsBeside):
    """A row of an inline: related objects that came with the row are shown without another query."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownAutocomplete):
                relation = self._meta.model._meta.get_field(name)
                widget.known = getattr(self.instance, name) if relation.is_cached(self.instance) else None


class NamedTicks(BaseFormSet):
    """The tick that takes a row away says so to whoever does not see the head of its column."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete this line")


class PartFormSet(NamedTicks, BaseInlineFormSet):
    """Parts of one page, each of which knows the page without asking for it again."""

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = super().get_queryset()
        for row in rows:
            setattr(row, self.fk.name, self.instance)
        return rows


def name_inputs(field: forms.Field) -> None:
    """A date and a time under one label: each input says for whoever hears it what it is."""
    day, hour = field.widget.widgets
    day.attrs["aria-label"] = format_lazy("{}: {}", field.label, _("date"))
    hour.attrs["aria-label"] = format_lazy("{}: {}", field.label, _("time"))


class BilingualFields(admin.options.BaseModelAdmin):
    """For admins and inlines: inputs carry the language that is written in them, and stand there for every language."""

    formfield_overrides = ADDRESSES

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return fieldsets_in_all_languages(super().get_fieldsets(request, obj))

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        name, code = split_column(db_field.name)
        if field is None:
            return None
        if code:
            field.widget.attrs["lang"] = html_language(code)
        if isinstance(db_field, models.TextField):
            field.widget.attrs["rows"] = ROWS.get(name, 3)
        if isinstance(field.widget, forms.MultiWidget):
            name_inputs(field)
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SeveralByNumber(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class RowFields(PartRights, BilingualFields):
    """In a table the column's head is seen, yet not heard: every input says its name."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs["aria-label"] = field.label
        return field


class Rows(RowFields, admin.TabularInline):
    """Parts of a page, one a line."""

    extra = 0
    form = RowForm
    formset = PartFormSet


class Stack(PartRights, BilingualFields, admin.StackedInline):
    """Parts of a page that need more room than a line."""

    extra = 0
    form = RowForm
    formset = PartFormSet
