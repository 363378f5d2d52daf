"""How staff curate who is written about."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people import admin_accounts as admin_accounts  # these pages are found by being imported
from people import admin_erasing as admin_erasing
from people import admin_log as admin_log
from people import admin_members as admin_members
from people.living import private_passages
from people.models import Person, PersonName, PersonPicture
from people.names import Name, display_name
from people.readings import fits, has_tones
from sistercities.pages.addresses import address_from, free_address
from sistercities.pages.admin import PageAdmin
from sistercities.pages.admin_galleries import GalleryRows
from sistercities.pages.bilingual import column, columns, languages, texts
from sistercities.pages.curating import PartFormSet, Rows, date_in_words
from sistercities.pages.templatetags.bilingual import person_pair

WHAT_MAY_BE_WRITTEN = _(
    "Of somebody who may be living (no date of death, and born less than 110 years ago or nobody knows when) readers "
    "see the year of birth at most, whatever you enter. Write of the public part only, as published sources have it: "
    "no address, telephone number or e-mail, nothing of health, family, faith or money."
)
PRIVATE = {
    "e-mail": _("an e-mail address"),
    "telephone": _("a telephone number"),
    "address": _("an address"),
    "number": _("the number of an identity card"),
    "birthday": _("a day of birth"),
}


class NameFormSet(PartFormSet):
    """The names of one person, at least one of them; the page's titles and address follow from them."""

    def clean(self) -> None:
        super().clean()
        names = self.names()
        chief = [name.script for name in names if not name.is_variant]
        if len(chief) > len(set(chief)):
            raise forms.ValidationError(_("One chief name in each script; mark the others as variants."))
        if names:
            self.entitle(self.instance, names)

    def names(self) -> list[Name]:
        rows = [form for form in self.forms if form.is_valid() and form.cleaned_data.get("family")]
        return [form.instance.value for form in rows if not form.cleaned_data.get("DELETE")]

    def entitle(self, person: Person, names: list[Name]) -> None:
        # The person is saved before the names are, and a published page must not be without a title even then.
        for language in languages():
            setattr(person, column("title", language), display_name(names, language))
        wanted = address_from(*(getattr(person, name) for name in columns("title")))
        person.slug = person.slug or free_address(Person, wanted or "person", person.pk)


class NameInline(Rows):
    model = PersonName
    formset = NameFormSet
    min_num = 1
    fields = [
        "script",
        "family",
        "given",
        "family_first",
        "dotted",
        "romanisation",
        "system",
        "is_variant",
    ]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, validate_min=True, **kwargs)


class GalleryInline(GalleryRows):
    model = PersonPicture


def doubtful_readings(person: Person) -> Iterator[str]:
    """What seems wrong with a reading: another number of syllables than characters, or no tones."""
    for name in person.display_names():
        if not name.romanisation:
            continue
        known = {"reading": name.romanisation, "name": name.full}
        if name.is_han and not fits(name.romanisation, name.full):
            yield _("“%(reading)s” does not have a syllable for each character of %(name)s.") % known
        if not has_tones(name.romanisation):
            yield _("“%(reading)s” has no tone marks; it is read aloud with them: Liáng Língguāng.") % known


def doubtful_order(person: Person) -> Iterator[str]:
    """A short name in characters whose given name leads: rather a forgotten tick than a foreigner's name."""
    for name in person.display_names():
        is_short = name.given and len(name.family) <= 2 and len(name.given) <= 2
        if name.is_han and is_short and not name.family_first:
            known = {"name": name.full, "other": f"{name.family}{name.given}"}
            yield (
                _("It is shown as %(name)s. If it is a Chinese name, tick “family name first”: %(other)s.")
                % known
            )


def private_matters(person: Person) -> Iterator[str]:
    """What in the texts about somebody who may be living looks like a private matter."""
    if not person.may_be_living:
        return
    written = [text for name in ("known_for", "summary", "body") for text in texts(person, name).values()]
    for kind, words in private_passages(written):
        said = _(
            "%(person)s may be living, and the text seems to hold %(what)s: “%(words)s”. Is that public?"
        )
        yield said % {"person": person, "what": PRIVATE[kind], "words": words}


@admin.register(Person)
class PersonAdmin(PageAdmin):
    lead_fields = ["slug"]
    own_fieldsets = [
        (
            _("Life"),
            {
                "fields": [
                    ("born", "died"),
                    ("known_for_en", "known_for_zh_hans"),
                    ("honorific_en", "honorific_zh_hans"),
                    "portrait",
                    "position",
                ],
                "description": WHAT_MAY_BE_WRITTEN,
            },
        ),
    ]
    list_display = ["names_in_both", "known_for", "born_date", *PageAdmin.list_display[1:]]
    search_fields = [*PageAdmin.search_fields, "names__family", "names__given", "names__romanisation"]
    inlines = [NameInline, GalleryInline, *PageAdmin.inlines]
    autocomplete_fields = ["portrait"]
    # What seems wrong with a person just saved, in sentences; higher floors add what they know of.
    doubts: ClassVar[list[Callable[[Person], Iterator[str]]]] = [
        doubtful_order,
        doubtful_readings,
        private_matters,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        return super().get_queryset(request).prefetch_related("names")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        person = self.get_queryset(request).get(pk=form.instance.pk)
        for doubt in chain.from_iterable(ask(person) for ask in self.doubts):
            self.message_user(request, doubt, messages.WARNING)

    @admin.display(description=_("name"), ordering="sort_name")
    def names_in_both(self, person: Person) -> SafeString | str:
        return person_pair(person) if person.display_name else person.slug

    @admin.display(description=_("known as"))
    def known_for(self, person: Person) -> str:
        return person.known_for

    @admin.display(description=_("born"), ordering="born_first")
    def born_date(self, person: Person) -> str:
        return date_in_words(person.born)
