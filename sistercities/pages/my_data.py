"""What somebody said of a page, and where staff noted them: links to drafts, the log of the admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sistercities.mail.addresses import address_key
from sistercities.mail.models import Message
from sistercities.my_data import Fate, Hand, Kept, Whose, forgets, lists, plain, row, tells
from sistercities.pages.models import Correction, PreviewLink, Revision
from sistercities.traces import entries_naming, unlog, unname


def corrections(whose: Whose) -> QuerySet[Correction]:
    return Correction.objects.alias(key=address_key("email")).filter(key__in=whose.addresses)


@tells("corrections", gettext_lazy("Requests to put something right"), place=34)
def tell(whose: Whose) -> list[dict[str, Any]]:
    return [row(each, without=("handled_by",)) for each in corrections(whose).order_by("pk")]


@lists("corrections")
def in_words(whose: Whose) -> Iterator[Kept]:
    for each in corrections(whose).order_by("pk"):
        yield Kept(_("What was said of the page “%(page)s”") % {"page": each.page_title})


@forgets("corrections")
def forget(whose: Whose, hand: Hand) -> int:
    pks = list(corrections(whose).values_list("pk", flat=True))
    Message.objects.filter(snapshot__correction__in=pks).delete()
    unlog(Correction, pks)
    return Correction.objects.filter(pk__in=pks).delete()[0]


# --- where staff noted somebody -------------------------------------------------------------------------


def previews_for(whose: Whose) -> QuerySet[PreviewLink]:
    """Links to drafts with a note that names an address of theirs, or the name that staff look for."""
    noted = Q(pk__in=[])
    for words in (*whose.addresses, *whose.names):
        noted |= Q(note__icontains=words)
    return PreviewLink.objects.filter(noted)


@tells("notes_of_staff", gettext_lazy("Notes of staff"), place=50)
def tell_notes(whose: Whose) -> list[dict[str, Any]]:
    drafts = [
        {"what": "link to a draft", "note": each.note, "made_at": plain(each.made_at)}
        for each in previews_for(whose)
    ]
    logged = [
        {"what": "log of the administration", "note": each.object_repr, "made_at": plain(each.action_time)}
        for each in entries_naming(whose.addresses)
    ]
    return drafts + logged


@lists("notes_of_staff")
def notes_in_words(whose: Whose) -> Iterator[Kept]:
    if count := previews_for(whose).count():
        words = ngettext("%(count)d note on a link to a draft", "%(count)d notes on links to drafts", count)
        yield Kept(words % {"count": count})
    if count := entries_naming(whose.addresses).count():
        words = ngettext(
            "%(count)d entry in the log of the administration",
            "%(count)d entries in the log of the administration",
            count,
        )
        yield Kept(words % {"count": count}, Fate.BLANKED, _("Who of staff did what, and when, stays."))


@forgets("notes_of_staff")
def forget_notes(whose: Whose, hand: Hand) -> int:
    return previews_for(whose).update(note="") + unname(whose.addresses)


# --- what staff did -------------------------------------------------------------------------------------


def saved_by(whose: Whose) -> QuerySet[Revision]:
    return Revision.objects.filter(made_by=whose.account) if whose.account else Revision.objects.none()


@tells("pages_saved", gettext_lazy("Saved pages"), place=52)
def tell_saved(whose: Whose) -> list[dict[str, Any]]:
    columns = ("title", "act", "made_at")
    return [
        {name: plain(value) for name, value in found.items()}
        for found in saved_by(whose).order_by("pk").values(*columns)
    ]


@lists("pages_saved")
def saved_in_words(whose: Whose) -> Iterator[Kept]:
    if count := saved_by(whose).count():
        words = ngettext("%(count)d saved state of a page", "%(count)d saved states of pages", count)
        yield Kept(
            words % {"count": count}, Fate.BLANKED, _("The pages stay; who saved them is no longer noted.")
        )


# --- what staff did in the administration ---------------------------------------------------------------


def done_by(whose: Whose) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(user=whose.account) if whose.account else LogEntry.objects.none()


@tells("administration", gettext_lazy("Log of the administration"), place=54)
def tell_done(whose: Whose) -> list[dict[str, Any]]:
    """When somebody of staff did something to what kind of thing; the names of others stay out of the file."""
    found = done_by(whose).order_by("pk").select_related("content_type")
    return [
        {"at": plain(each.action_time), "kind": each.content_type and each.content_type.model}
        for each in found
    ]


@lists("administration")
def done_in_words(whose: Whose) -> Iterator[Kept]:
    if count := done_by(whose).count():
        words = ngettext(
            "%(count)d entry on what was done in the administration",
            "%(count)d entries on what was done in the administration",
            count,
        )
        yield Kept(
            words % {"count": count}, Fate.GOES, _("Notes of the desk of an event stay, without the account.")
        )


@forgets("administration")
def forget_done(whose: Whose, hand: Hand) -> int:
    return done_by(whose).delete()[0]
