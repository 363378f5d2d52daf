"""Persons who are written about, and their names."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people.names import Form, Name, display_name, name_for, script_language, tidy
from people.readings import typed_keys
from people.seal import seal_of, seal_text
from sistercities.pages.bilingual import (
    Bilingual,
    LocalText,
    column,
    columns,
    current_language,
    html_language,
    languages,
    texts,
)
from sistercities.pages.dates import HistoricalDate, days_of
from sistercities.pages.fields import HistoricalDateField, bound, personal_name, single_line
from sistercities.pages.letters import plain
from sistercities.pages.models import Page, Picture
from sistercities.pages.search import unspaced_keys

LONGEST_LIFE = 110  # years; who was born within them and has no day of death may be living


def written_name(text: str) -> None:
    """Refuse what cannot stand on a page, in a title and on a place card: hidden characters, symbols, emoji."""
    single_line(text)
    personal_name(text)
    if any(mark in text for mark in "\u00ad\u034f\u180e\u200c\u200d"):
        raise ValidationError(
            _("Please leave out line breaks and invisible control characters."), code="control_characters"
        )


class Person(Page):
    """Somebody who is written about. Titles are derived from the names, so that no page puts a name together itself."""

    born = HistoricalDateField(_("born"), null=True, blank=True, bounds=("born_first", "born_last"))
    born_first = bound()
    born_last = bound()
    died = HistoricalDateField(_("died"), null=True, blank=True, bounds=("died_first", "died_last"))
    died_first = bound()
    died_last = bound()
    known_for_en = models.CharField(
        _("known as (English)"), max_length=200, blank=True, help_text=_("One line under the name in lists.")
    )
    known_for_zh_hans = models.CharField(_("known as (Chinese)"), max_length=200, blank=True)
    honorific_en = models.CharField(
        _("honorific (English)"),
        max_length=40,
        blank=True,
        validators=[single_line],
        help_text=_("As used in letters and on place cards, such as Dr or Prof; pages leave it out."),
    )
    honorific_zh_hans = models.CharField(
        _("honorific (Chinese)"),
        max_length=40,
        blank=True,
        validators=[single_line],
        help_text=_("Stands after the name: 先生、女士、教授."),
    )
    sort_name = models.CharField(max_length=200, blank=True, editable=False, db_index=True)
    portrait = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="portrays",
        verbose_name=_("portrait"),
        help_text=_("Stands in place of the seal."),
    )
    position = models.PositiveSmallIntegerField(_("order on the front page"), default=100)

    known_for = Bilingual("known_for")
    honorific = Bilingual("honorific")

    names_at_hand: "list[PersonName] | None" = None

    url_name = "people:person_detail"
    parts = ("names", "gallery", "citations")
    worded_by = ("names",)
    untranslated = ("title", "honorific")
    claims = {"life": ("born", "died"), "known-for": columns("known_for")}

    class Meta(Page.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name"]
        constraints = [
            *Page.Meta.constraints,
            models.CheckConstraint(
                name="person_died_after_birth",
                condition=Q(born_first=None) | Q(died_last=None) | Q(died_last__gte=models.F("born_first")),
                violation_error_message=_("Nobody dies before being born."),
            ),
        ]

    def display_names(self) -> list[Name]:
        """The names as plain values; with ``prefetch_related("names")`` no query."""
        return [row.value for row in self.all_names]

    @property
    def all_names(self) -> "Iterable[PersonName]":
        """The names in their order; a view that has them at hand already sets ``names_at_hand``."""
        return self.names.all() if self.names_at_hand is None else self.names_at_hand

    def named(self, language: str, form: Form = Form.FULL) -> str:
        """The name as it is wanted, for letters and place cards too: ``person.named("zh-hans", Form.FORMAL)``."""
        return display_name(
            self.display_names(), language, form, honorific=getattr(self, column("honorific", language))
        )

    @property
    def display_name(self) -> LocalText:
        """The name for the present reader, marked with its own language; a name is never "only in" one."""
        name = name_for(self.display_names(), current_language())
        return LocalText.of(name.full, script_language(name.script)) if name else self.title

    @property
    def other_name(self) -> LocalText | None:
        """The same name in the other script, to stand beside it."""
        own, names = self.display_name, self.display_names()
        for language in languages():
            name = name_for(names, language)
            if name and name.full != own and script_language(name.script) != own.language:
                return LocalText.of(name.full, script_language(name.script))
        return None

    @property
    def romanisation(self) -> str:
        """The reading with its tones, where there is one."""
        return next((name.romanisation for name in self.display_names() if name.romanisation), "")

    @property
    def seal(self) -> tuple[str, str]:
        """What stands on the seal of somebody without a portrait, and its language tag."""
        name = seal_of(self.display_names()) or Name("Latn", str(self.title) or "?", "", family_first=False)
        return seal_text(name), html_language(script_language(name.script))

    @property
    def may_be_living(self) -> bool:
        """Whether nothing tells that this person is dead: of the living, readers see the year of birth at most."""
        if self.died:
            return False
        today = localdate()
        # Asked of the first of March where there is no 29 February; a day is of no weight here.
        limit = days_of(today.year - LONGEST_LIFE, today.month, min(today.day, 28))
        return self.born is None or self.born.last_day >= limit

    @property
    def born_shown(self) -> HistoricalDate | None:
        """The date of birth as readers may see it; whatever is public takes it from here."""
        if self.born is None or not self.may_be_living:
            return self.born
        return HistoricalDate(self.born.year, sense=self.born.sense)

    def derive(self) -> None:
        names = self.display_names()
        if not names:
            return
        for language in languages():
            setattr(self, column("title", language), display_name(names, language))
        latin = name_for(names, "en")
        self.sort_name = latin.sort_key[:200] if latin else ""

    def further_words(self) -> list[str]:
        names = self.display_names()
        spellings = [text for name in names for text in (name.full, name.romanisation)]
        return [*spellings, *texts(self, "known_for").values()]

    def known_as(self) -> list[str]:
        names = self.display_names()
        typed = [key for name in names if name.is_han for key in unspaced_keys(name.full)]
        # Of a Western name in characters the single syllables mean nothing: nobody types bu la de li.
        chinese = [name for name in names if name.is_han and name.family_first]
        typed += [key for name in chinese for key in typed_keys(name.family, name.given)]
        # Ling-kuang is also typed Lingkuang, and José also Jose.
        latin = [name.full for name in names if not name.is_han]
        latin += [plain(text).replace(sign, "") for text in latin for sign in "-’'"]
        readings = [plain(name.romanisation) for name in names]
        return [*super().known_as(), *(name.full for name in names), *latin, *readings, *typed]


class PersonName(models.Model):
    """One name of a person, by script, with family and given name apart."""

    class Script(models.TextChoices):
        LATIN = "Latn", _("Latin letters")
        SIMPLIFIED = "Hans", _("simplified Chinese characters")
        TRADITIONAL = "Hant", _("traditional Chinese characters")

    class System(models.TextChoices):
        PINYIN = "pinyin", _("pinyin")
        WADE_GILES = "wade-giles", _("Wade–Giles")
        CANTONESE = "cantonese", _("Cantonese spelling")
        POSTAL = "postal", _("postal spelling")
        OWN = "own", _("own or customary spelling")

    # Said of a variant beside it; chief names need no such words.
    IN_WORDS = {
        System.PINYIN: _("pinyin"),
        System.WADE_GILES: _("Wade–Giles spelling"),
        System.CANTONESE: _("Cantonese spelling"),
        System.POSTAL: _("postal spelling"),
        System.OWN: _("own or customary spelling"),
    }
    LANGUAGES = {
        System.PINYIN: "zh-Latn-pinyin",
        System.WADE_GILES: "zh-Latn-wadegile",
        System.CANTONESE: "yue-Latn",
        System.POSTAL: "zh-Latn",
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    script = models.CharField(_("script"), max_length=4, choices=Script, default=Script.LATIN)
    family = models.CharField(
        _("family name"),
        max_length=80,
        validators=[written_name],
        help_text=_(
            "With its particles, in small letters where they are written so: de la Cruz stands under C, De La Cruz"
            " under D. A single name (Plato) goes here too."
        ),
    )
    given = models.CharField(_("given names"), max_length=120, blank=True, validators=[written_name])
    family_first = models.BooleanField(
        _("family name first"),
        default=False,
        help_text=_("As in Chinese, Japanese, Korean and Hungarian names: 梁灵光, Bartók Béla."),
    )
    dotted = models.BooleanField(
        _("with a middle dot"),
        default=False,
        help_text=_(
            "Only for names in characters that lead with the family and still have a dot: 阿沛·阿旺晋美. Western names"
            " in Western order get theirs by themselves."
        ),
    )
    romanisation = models.CharField(
        _("reading with tones"),
        max_length=160,
        blank=True,
        validators=[written_name],
        help_text=_("For Chinese names, such as Liáng Língguāng."),
    )
    system = models.CharField(
        _("spelling"),
        max_length=12,
        choices=System,
        blank=True,
        help_text=_(
            "For Chinese names in Latin letters: by which system, such as Wade–Giles in older papers."
        ),
    )
    is_variant = models.BooleanField(
        _("a variant"), default=False, help_text=_("Found by search, not shown first.")
    )

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["is_variant", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "script"],
                condition=Q(is_variant=False),
                name="personname_one_chief_per_script",
                violation_error_message=_("One chief name in each script; mark the others as variants."),
            )
        ]

    def __str__(self) -> str:
        return self.value.full

    def clean(self) -> None:
        self.family, self.given = tidy(self.family, self.script), tidy(self.given, self.script)

    @property
    def value(self) -> Name:
        return Name(
            script=self.script,
            family=self.family,
            given=self.given,
            family_first=self.family_first,
            romanisation=self.romanisation,
            is_variant=self.is_variant,
            system=self.system,
            dotted=self.dotted,
        )

    @property
    def language_tag(self) -> str:
        """How a browser should read it: zh-hant, zh-Latn-wadegile."""
        by_system = self.LANGUAGES.get(self.System(self.system)) if self.system else None
        return by_system or html_language(script_language(self.script))

    @property
    def label(self) -> str:
        """What kind of name it is, in words: traditional Chinese characters; Wade–Giles spelling."""
        if self.system and self.is_variant:
            return str(self.IN_WORDS[self.System(self.system)])
        if self.script != self.Script.LATIN and not self.family_first:
            return str(_("name in Chinese"))
        return str(self.get_script_display())
