"""The head of a page's form: where the page stands, what each language lacks, what it rests on, who changed it last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sistercities.pages.admin_forms import changed_texts
from sistercities.pages.bilingual import (
    bilingual_names,
    column,
    html_language,
    language_name,
    languages,
    texts,
    without_language,
)
from sistercities.pages.curating import pill
from sistercities.pages.models import Page, Revision, Status
from sistercities.pages.revisions import revisions_of
from sistercities.pages.unsourced import statements_without_source

Act = Revision.Act


@dataclass(frozen=True)
class Side:
    """How far a page has got in one language."""

    code: str
    html_lang: str
    name: str
    state: SafeString
    note: str


@dataclass(frozen=True)
class Panel:
    """What a curator sees of a page before its form begins."""

    state: SafeString
    state_note: str
    sides: list[Side]
    sources: int | None
    unsourced: str
    changed: str


def panel_of(page: Page, publication: SafeString, sources: int | None) -> Panel:
    """Three queries, and one for each statement of its kind that wants a source, however much belongs to the page."""
    state, note = chip(page, publication)
    return Panel(
        state, note, [side(page, code) for code in languages()], sources, unsourced(page), last_change(page)
    )


def in_a_row(words: list[str]) -> str:
    return pgettext("between things in a row", ", ").join(words)


def on_own_clock(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


# --- where it stands ----------------------------------------------------------------------------------


def chip(page: Page, publication: SafeString) -> tuple[SafeString, str]:
    """The state of a page in words and as a shape, and what follows from it for readers."""
    if page.status == Status.DRAFT:
        withdrawn = was_public(page)
        shown = (
            pill("withdrawn", pgettext("of a page", "withdrawn")) if withdrawn else pill("draft", _("draft"))
        )
        return shown, _("nobody but staff can read it")
    if page.is_scheduled:
        words = _("goes live in %(time)s") % {"time": timeuntil(page.publish_at, depth=1)}
        return pill("scheduled", words), _("it appears by itself: %(moment)s") % {
            "moment": on_own_clock(page.publish_at)
        }
    if strip_tags(publication) != _("published"):
        return publication, ""
    since = date_format(timezone.localtime(page.publish_at), "DATE_FORMAT")
    return publication, _("everybody can read it, since %(day)s") % {"day": since}


def was_public(page: Page) -> bool:
    """Whether a draft was taken off the site."""
    acts = revisions_of(page).filter(act__in=[Act.PUBLISHED, Act.WITHDRAWN]).values_list("act", flat=True)
    return acts.first() == Act.WITHDRAWN


# --- what it says -------------------------------------------------------------------------------------


def side(page: Page, code: str) -> Side:
    """Complete, or what is wanting, or what changed in another language since."""
    wanting, newer = wanting_texts(page, code), changed_texts(page, code) if code in page.stale_in else []
    if wanting:
        state, note = pill("incomplete", _("incomplete")), _("wanting: %(texts)s")
    elif newer:
        state, note = pill("stale", _("older")), _("changed in another language since: %(texts)s")
    elif any(code in texts(page, name) for name in bilingual_names(type(page))):
        state, note = pill("complete", _("complete")), ""
    else:
        state, note = pill("draft", _("empty")), ""
    return Side(
        code,
        html_language(code),
        language_name(code),
        state,
        note % {"texts": in_a_row(wanting or newer)} if note else "",
    )


def wanting_texts(page: Page, code: str) -> list[str]:
    """What the texts are called that another language has and this one has not."""
    found = (
        (name, texts(page, name)) for name in bilingual_names(type(page)) if name not in page.untranslated
    )
    names = [name for name, written in found if written and code not in written]
    labels = (page._meta.get_field(column(name, code)) for name in names)
    return [without_language(field.verbose_name) for field in labels]  # type: ignore[union-attr]  # all are columns


# --- what it rests on, and who wrote it ---------------------------------------------------------------


def unsourced(page: Page) -> str:
    """The statements of a page for which no source is cited; of a draft too, so that it can be mended in time."""
    return in_a_row([label or _("the page as a whole") for label in statements_without_source(page)])


def last_change(page: Page) -> str:
    known: Any = revisions_of(page).defer("snapshot").select_related("made_by").first()
    if known is None:
        return capfirst(on_own_clock(page.updated_at))
    words = _("%(moment)s by %(who)s")
    return words % {"moment": on_own_clock(known.made_at), "who": known.made_by or _("a program")}
