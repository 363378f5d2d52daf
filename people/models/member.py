"""Members who sign in."""

import zoneinfo
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models.grant import RoleName
from people.roles import Scope, scope
from sistercities.links import new_handle
from sistercities.mail.addresses import address_key, canonical, comparable
from sistercities.pages.fields import personal_name, single_line


def known_zone(name: str) -> None:
    """Refuse what is no IANA time zone."""
    zones = zoneinfo.available_timezones()
    if name in zones:
        return
    city = name.strip().replace(" ", "_").casefold()
    meant = sorted(zone for zone in zones if "/" in zone and zone.rpartition("/")[2].casefold() == city)
    if meant:
        words = _("“%(name)s” is not a time zone; did you mean %(meant)s?")
        raise ValidationError(words, params={"name": name, "meant": meant[0]})
    raise ValidationError(_("“%(name)s” is not a time zone, such as Asia/Shanghai."), params={"name": name})


class MemberManager(BaseUserManager["Member"]):
    """Members are known by their e-mail address, however its letters are written."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        member = self.model(email=canonical(email), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """Whoever administers the site; nobody has given them that role but whoever runs the server."""
        with transaction.atomic(using=self._db):
            member = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
            member.grants.create(role=RoleName.ADMINISTRATOR)
        return member

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.at(username or "").get()

    def at(self, email: str) -> "models.QuerySet[Member]":
        """Whoever has this address."""
        return self.alias(key=address_key("email")).filter(key=comparable(email))


class Member(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in: a member of the association, a curator, or both."""

    class Membership(models.TextChoices):
        SINGLE = "single", pgettext_lazy("membership", "single")
        HOUSEHOLD = "household", pgettext_lazy("membership", "household")
        STUDENT = "student", pgettext_lazy("membership", "student")
        CORPORATE = "corporate", pgettext_lazy("membership", "corporate")
        HONORARY = "honorary", pgettext_lazy("membership", "honorary")

    # Kinds of membership that make members of others, too: those who are covered by it.
    COVERING = (Membership.HOUSEHOLD, Membership.CORPORATE)

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150, blank=True, validators=[single_line])
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    timezone = models.CharField(_("time zone"), max_length=60, blank=True, validators=[known_zone])
    membership = models.CharField(
        _("kind of membership"), max_length=9, choices=Membership, default=Membership.SINGLE
    )
    member_since = models.DateField(_("member since"), null=True, blank=True)
    member_until = models.DateField(
        _("member until"), null=True, blank=True, help_text=_("The last day; empty while it goes on.")
    )
    household = models.CharField(
        _("household"), max_length=150, blank=True, help_text=_("Names of those the membership also covers.")
    )
    covered_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="covers",
        verbose_name=_("covered by the membership of"),
        help_text=_("For whoever signs in alone and belongs to the household of another member."),
    )
    wants_reminders = models.BooleanField(_("reminders before an event"), default=True, db_default=True)
    wants_greetings = models.BooleanField(
        _("letters of the hosts, such as thanks"), default=True, db_default=True
    )
    feed_handle = models.CharField(max_length=16, unique=True, default=new_handle, editable=False)
    feed_version = models.PositiveSmallIntegerField(
        default=1,
        editable=False,
        help_text=_("Raising it makes all earlier addresses of the calendar worthless."),
    )
    sessions_version = models.PositiveIntegerField(
        default=0,
        db_default=0,
        editable=False,
        help_text=_("Raising it signs the member out on every device."),
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
                address_key("email"),
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
            models.CheckConstraint(
                name="member_covered_by_another",
                condition=~Q(covered_by=models.F("id")),
                violation_error_message=_("Nobody is covered by their own membership."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session is compared with: it changes with the password, and by signing out everywhere."""
        said = f"{self.password}:{self.sessions_version}"
        return salted_hmac("people.Member.sessions", said, secret=secret, algorithm="sha256").hexdigest()

    # Set for one request, where somebody of staff came in without a second factor: see people.second_factor.
    is_half_in = False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether somebody may do this somewhere; nothing as long as a second factor is wanting."""
        return not self.is_half_in and super().has_perm(perm, obj)

    def may_everywhere(self, *permissions: str) -> bool:
        """Whether all of these hold at every event, and not only at those that are entrusted to this member."""
        return all(scope(self, each) is Scope.ALL for each in permissions)

    @property
    def is_current_member(self) -> bool:
        """Whether a membership runs today, their own or that of their household; staff without one are none."""
        return self.runs_today or bool(self.covered_by and self.covered_by.covers_household)

    @property
    def runs_today(self) -> bool:
        """Whether their own membership runs today."""
        today = localdate()
        return bool(
            self.member_since
            and self.member_since <= today
            and (not self.member_until or today <= self.member_until)
        )

    @property
    def covers_household(self) -> bool:
        """Whether those covered by this membership are members too."""
        return self.runs_today and self.membership in self.COVERING


class Companion(models.Model):
    """Somebody whom a member often brings along: remembered so that the name need not be typed again."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="companions")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=150, validators=[single_line, personal_name])

    class Meta:
        verbose_name = _("companion")
        verbose_name_plural = _("companions")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="companion_once")]

    def __str__(self) -> str:
        return self.name
