"""What each role may do: the one table. Whoever has several roles may do all that any of them may.

A permission is the name that Django gives it (``events.change_event``), or one of ours (``OWN_NAMES``). ``may`` holds
everywhere; ``own`` holds at the events that somebody looks after (``events.scoping``), and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models.grant import RoleName

# What Django has no name for.
OWN_NAMES = (
    "pages.publish",
    "pages.translate",
    "pages.view_drafts",
    "pages.view_log",
    "events.view_guestnames",
)


class Scope(IntEnum):
    """Where a permission holds: nowhere, at one's own events, everywhere."""

    NONE = 0
    OWN = 1
    ALL = 2


def rights(app: str, models: str, *actions: str) -> tuple[str, ...]:
    """The names of these actions on these models: ``rights("events", "event venue", "view", "change")``."""
    return tuple(f"{app}.{action}_{model}" for model in models.split() for action in actions)


LOOK = ("view",)
WRITE = ("view", "add", "change")
ALL = (*WRITE, "delete")

# The record: pages, and the rows that are nothing without them.
PAGES = {
    "events": "event remark series",
    "relationships": "relationship agreement city milestone organisation tenure tally",
    "people": "person",
    "pages": "source standingpage",
    "news": "story",
}
PARTS = {
    "events": "eventpicture eventdocument programmeitem participant remarksegment",
    "relationships": "cityname party relationshipsector suspension signature wording",
    "people": "personname personpicture",
    "pages": "citation",
    "news": "storypicture storysubject",
}
MATTER = {
    "events": "venue",
    "relationships": "sector directory directoryrow citykey",
    "pages": "picture document",
    "news": "topic",
}


def over(kinds: dict[str, str], *actions: str) -> tuple[str, ...]:
    return tuple(right for app, models in kinds.items() for right in rights(app, models, *actions))


READING = (
    *over(PAGES, *LOOK),
    *over(PARTS, *LOOK),
    *over(MATTER, *LOOK),
    *rights("pages", "revision", *LOOK),
    "pages.view_drafts",
)
WRITING = (
    *READING,
    *over(PAGES, *ALL),
    *over(PARTS, *ALL),
    *over(MATTER, *ALL),
    *rights("pages", "correction", "view", "change"),
    *rights("pages", "previewlink", *ALL),
)
PUBLISHING = (
    *WRITING,
    "pages.publish",
    *rights("newsletter", "newsletter newsletteritem", *ALL),
    "newsletter.send_newsletter",
    *rights("news", "enquiry", "view", "change"),
    *rights("events", "rsvppolicy", *LOOK),
)
HOSTING = (
    *rights("events", "event", *WRITE),
    *rights("events", "remark", *ALL),
    *over({"events": PARTS["events"]}, *ALL),
    *rights("events", "rsvppolicy", *WRITE),
    *rights("events", "invitation invitationlist", *ALL),
    *rights("events", "rsvp guest seathold", *WRITE),
    *rights("events", "seatoffer desknote rsvptransition teammember", *LOOK),
    *rights("events", "question questionchoice", *ALL),
    *rights("events", "questionanswer", "view", "change"),
    *rights("events", "lettertext mailing", *ALL),
    "events.view_guestnames",
)
# What whoever prepares an event chooses from; all of it is the record, nothing of it about guests or members.
CHOOSING = (
    *over({**PAGES, "events": "series"}, *LOOK),
    *over({name: models for name, models in PARTS.items() if name != "events"}, *LOOK),
    *over(MATTER, *LOOK),
    *rights("events", "venue", "add", "change"),
    *rights("events", "guesttag", *LOOK),
    *rights("pages", "picture document", "add"),
    *rights("pages", "citation", "add", "change", "delete"),
)
MEMBERS = (
    *rights("people", "member companion", *ALL),
    *rights("account", "emailaddress", *LOOK),
    *rights("newsletter", "subscriber", *ALL),
    *rights("news", "enquiry", "view", "change"),
    *rights("mail", "message", "view", "change"),
)


@dataclass(frozen=True)
class Role:
    """What somebody with this role may do, everywhere and at their own events; ``about`` says it in a sentence."""

    about: Promise
    may: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    everything: bool = False


def role(about: Promise, may: Iterable[str] = (), own: Iterable[str] = ()) -> Role:
    return Role(about, frozenset(may), frozenset(own) - frozenset(may))


ROLES: dict[RoleName, Role] = {
    RoleName.ADMINISTRATOR: Role(
        _("Does everything, and alone gives and takes back roles."), everything=True
    ),
    RoleName.PUBLISHER: role(
        _("Writes, publishes, withdraws and deletes pages; sends the newsletter; answers enquiries."),
        PUBLISHING,
    ),
    RoleName.CURATOR: role(
        _(
            "Writes pages of every kind and what belongs to them. What they write becomes public by a publisher."
        ),
        WRITING,
    ),
    RoleName.TRANSLATOR: role(
        _("Reads all pages and changes their texts, in both languages, and nothing else."),
        (*READING, "pages.translate"),
    ),
    RoleName.SECRETARY: role(
        _("Looks after members, readers of the newsletter, enquiries, and letters that did not arrive."),
        MEMBERS,
    ),
    RoleName.HOST: role(
        _("Prepares the events that are entrusted to them: invitations, guests, letters, programme."),
        CHOOSING,
        HOSTING,
    ),
    RoleName.DOOR: role(
        _("Sees the names of who comes to the events at whose door they stand."),
        (),
        ("events.view_event", "events.view_guestnames"),
    ),
    RoleName.READER: role(_("Reads all pages and drafts, and changes nothing."), READING),
}


@cache
def every_permission() -> frozenset[str]:
    """All that can be allowed: Django's names for every model, and ours."""
    known = set(OWN_NAMES)
    for model in apps.get_models():
        options = model._meta
        codes = [f"{action}_{options.model_name}" for action in options.default_permissions]
        codes += [str(code) for code, _words in options.permissions]
        known.update(f"{options.app_label}.{code}" for code in codes)
    return frozenset(known)


def allowed(names: Iterable[RoleName]) -> frozenset[str]:
    """All permissions of somebody with these roles, wherever they hold."""
    roles = [ROLES[name] for name in names]
    if any(each.everything for each in roles):
        return every_permission()
    return frozenset().union(*(each.may | each.own for each in roles))


def roles_of(user: Any) -> frozenset[RoleName]:
    """The roles that somebody has at this moment; one query for as long as the request lasts."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    # A request brings its member wrapped; what is kept has to be kept with the member itself.
    known: frozenset[RoleName] | None = getattr(user, "_roles", None)
    if known is None:
        known = frozenset(RoleName(name) for name in user.grants.live().values_list("role", flat=True))
        user._roles = known
    return known


def scope(user: Any, permission: str) -> Scope:
    """Where somebody has a permission; rights that they have beside roles hold everywhere."""
    if not user.has_perm(permission):
        return Scope.NONE
    if user.is_superuser or permission in beside_roles(user):
        return Scope.ALL
    roles = [ROLES[name] for name in roles_of(user)]
    return Scope.ALL if any(each.everything or permission in each.may for each in roles) else Scope.OWN


def beside_roles(user: Any) -> frozenset[str]:
    """Rights that were given to somebody one by one; the admin gives none, and ``manage.py audit`` names them."""
    return getattr(user, "_beside_roles", frozenset())


def duties(user: Any, permission: str) -> list[str]:
    """The duties at an event that bring somebody this permission there."""
    return sorted(name.value for name in roles_of(user) if permission in ROLES[name].own)
