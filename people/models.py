"""Members who sign in, and persons who are written about."""

import zoneinfo
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from people.names import Name, display_name, name_for, script_language
from people.seal import seal_of, seal_text
from sistercities.pages.bilingual import Bilingual, LocalText, current_language, html_language
from sistercities.pages.fields import HistoricalDateField, bound, single_line
from sistercities.pages.models import Page, Picture
from sistercities.pages.search import pinyin_keys, sort_key


def known_zone(name: str) -> None:
    """Refuse what is no IANA time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone, such as Asia/Shanghai."), params={"name": name}
        )


class MemberManager(BaseUserManager["Member"]):
    """Members are known by their e-mail address, in which case does not matter."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        member = self.model(email=email.strip(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email__iexact=username)


class Member(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in: a member of the association, a curator, or both."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150, blank=True, validators=[single_line])
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    timezone = models.CharField(_("time zone"), max_length=60, blank=True, validators=[known_zone])
    member_since = models.DateField(_("member since"), null=True, blank=True)
    member_until = models.DateField(
        _("member until"), null=True, blank=True, help_text=_("The last day; empty while it goes on.")
    )
    household = models.CharField(
        _("household"), max_length=150, blank=True, help_text=_("Names of those the membership also covers.")
    )
    person = models.OneToOneField(
        "Person",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="member",
        verbose_name=_("person"),
    )
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("account made"), default=now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = MemberManager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="member_email_once",
                violation_error_message=_("There is a member with this e-mail address already."),
            ),
            models.CheckConstraint(
                name="member_until_after_since",
                condition=Q(member_since=None)
                | Q(member_until=None)
                | Q(member_until__gte=models.F("member_since")),
                violation_error_message=_("A membership cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email

    @property
    def is_current_member(self) -> bool:
        """Whether the membership runs today; staff without a membership are none."""
        today = localdate()
        return bool(
            self.member_since
            and self.member_since <= today
            and (not self.member_until or today <= self.member_until)
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

    url_name = "people:person_detail"
    parts = ("names", "citations")
    claims = {"life": ("born", "died"), "known-for": ("known_for_en", "known_for_zh_hans")}

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
        return [row.value for row in self.names.all()]

    @property
    def display_name(self) -> LocalText:
        """The name for the present reader, marked with its own language; a name is never "only in" one."""
        name = name_for(self.display_names(), current_language())
        return LocalText.of(name.full, script_language(name.script)) if name else self.title

    @property
    def other_name(self) -> LocalText | None:
        """The same name in another script, to stand beside it."""
        own = self.display_name
        for name in sorted(self.display_names(), key=lambda each: each.is_variant):
            if name.full != own and script_language(name.script) != own.language:
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

    def derive(self) -> None:
        names = self.display_names()
        if not names:
            return
        self.title_en = display_name(names, "en")
        self.title_zh_hans = display_name(names, "zh-hans")
        latin = name_for(names, "en")
        self.sort_name = sort_key(latin.sorting)[:200] if latin else ""

    def further_words(self) -> list[str]:
        names = self.display_names()
        pinyin = [key for name in names if name.script != "Latn" for key in pinyin_keys(name.full)]
        readings = [name.romanisation for name in names]
        return [*(name.full for name in names), *readings, *pinyin, self.known_for_en, self.known_for_zh_hans]


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

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    script = models.CharField(_("script"), max_length=4, choices=Script, default=Script.LATIN)
    family = models.CharField(_("family name"), max_length=80, validators=[single_line])
    given = models.CharField(_("given names"), max_length=120, blank=True, validators=[single_line])
    family_first = models.BooleanField(_("family name first"), default=False)
    romanisation = models.CharField(
        _("reading with tones"),
        max_length=160,
        blank=True,
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

    @property
    def value(self) -> Name:
        return Name(
            self.script, self.family, self.given, self.family_first, self.romanisation, self.is_variant
        )
