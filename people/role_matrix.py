"""What each role may do, in words: the table of ``people.roles`` as staff read it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import RoleName
from people.roles import ROLES, Scope, every_permission


@dataclass(frozen=True)
class Deed:
    """Something that one may do here; each of these permissions alone is enough for it."""

    words: Promise
    permissions: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A deed, and for each role where it may be done."""

    words: Promise
    cells: list[tuple[RoleName, Scope]]


def deed(words: Promise, *permissions: str) -> Deed:
    return Deed(words, permissions)


DEEDS: list[tuple[Promise, list[Deed]]] = [
    (
        _("The record"),
        [
            deed(_("read all pages, drafts too"), "pages.view_drafts"),
            deed(_("write pages and what belongs to them"), "relationships.change_agreement"),
            deed(_("change texts in both languages"), "relationships.change_agreement", "pages.translate"),
            deed(_("add pictures and documents"), "pages.add_picture"),
            deed(_("publish, schedule, withdraw pages"), "pages.publish"),
            deed(_("answer requests to put something right"), "pages.change_correction"),
        ],
    ),
    (
        _("Events"),
        [
            deed(_("write the page of an event, its programme and remarks"), "events.change_event"),
            deed(_("set the rules and the number of seats"), "events.change_rsvppolicy"),
            deed(_("invite"), "events.add_invitation"),
            deed(_("read and decide answers"), "events.change_rsvp"),
            deed(_("read what is sensitive in them, such as diets and access"), "events.view_questionanswer"),
            deed(_("write to guests"), "events.add_mailing"),
            deed(_("see the names of who comes"), "events.view_guestnames"),
        ],
    ),
    (
        _("Members and letters"),
        [
            deed(_("look after members"), "people.change_member"),
            deed(_("answer enquiries"), "news.change_enquiry"),
            deed(_("see what became of letters"), "mail.view_message"),
            deed(_("send the newsletter"), "newsletter.send_newsletter"),
            deed(_("look after the readers of the newsletter"), "newsletter.change_subscriber"),
        ],
    ),
    (
        _("The house"),
        [
            deed(_("read what staff have done"), "pages.view_log"),
            deed(_("erase a person everywhere"), "events.delete_rsvp"),
            # That roles are given by administrators alone is said by no permission: see people.granting.
            deed(_("give and take back roles"), "people.add_rolegrant"),
        ],
    ),
]


def where(name: RoleName, deed: Deed) -> Scope:
    """Where a role may do something: everywhere, at own events, or nowhere."""
    role = ROLES[name]
    if role.everything or role.may.intersection(deed.permissions):
        return Scope.ALL
    return Scope.OWN if role.own.intersection(deed.permissions) else Scope.NONE


def matrix() -> list[tuple[Promise, list[Row]]]:
    """The whole table, by subjects."""
    return [
        (subject, [Row(each.words, [(name, where(name, each)) for name in RoleName]) for each in deeds])
        for subject, deeds in DEEDS
    ]


def unknown() -> set[str]:
    """Permissions of this table that there are not."""
    asked = {name for _subject, deeds in DEEDS for each in deeds for name in each.permissions}
    return asked - every_permission()
