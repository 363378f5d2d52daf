"""Making a newsletter: what is proposed for it, and what its readers of each language get."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.text import capfirst

from sistercities.newsletter.models import Newsletter, NewsletterItem
from sistercities.newsletter.offering import lines, offered
from sistercities.pages.bilingual import LocalText, html_language, language_name, languages, local_text, texts
from sistercities.pages.everything import page_models
from sistercities.pages.models import Page

FIRST_LOOKS_BACK = timedelta(days=30)
# More new pages of one kind than these came in at once, as by an import: the newest are offered, unticked.
MOST_OF_A_KIND = 12
FIRST_KIND = "news"  # the app whose pages stand at the head


@dataclass
class Item:
    """A page as a newsletter tells of it to readers of one language."""

    kind: str
    url: str
    title: dict[str, str]
    other_title: dict[str, str] = field(default_factory=dict)
    line: str = ""
    summary: dict[str, str] = field(default_factory=dict)
    # In words, where it is not in the reader's language.
    only_in: str = ""


def last_moment() -> datetime:
    """Since when there is something new to tell: since the last newsletter, or for a month."""
    last = Newsletter.objects.exclude(state=Newsletter.State.DRAFT).aggregate(at=Max("sending_at"))["at"]
    return last or timezone.now() - FIRST_LOOKS_BACK


def propose(newsletter: Newsletter) -> int:
    """Put in what is ahead and what was published since, behind what is in it already; returns how many pages."""
    return _put(newsletter, _worth_telling(newsletter.since or last_moment()))


def add(newsletter: Newsletter, pages: Iterable[Page]) -> int:
    """Put in further pages, ticked; one that is in it already stays where it is."""
    return _put(newsletter, ((page, True) for page in pages))


def _put(newsletter: Newsletter, pages: Iterable[tuple[Page, bool]]) -> int:
    known = set(newsletter.items.values_list("content_type_id", "object_id"))
    position = newsletter.items.aggregate(last=Max("position"))["last"] or 0
    found: list[NewsletterItem] = []
    for page, included in pages:
        key = (ContentType.objects.get_for_model(page).pk, page.pk)
        if key not in known:
            known.add(key)
            position += 1
            place = {"content_type_id": key[0], "object_id": key[1], "position": position}
            found.append(NewsletterItem(newsletter=newsletter, included=included, **place))
    NewsletterItem.objects.bulk_create(found)
    return len(found)


def _worth_telling(since: datetime) -> Iterable[tuple[Page, bool]]:
    """Stories, then what is ahead, then what is new of each kind; and whether it is ticked."""
    now = timezone.now()
    kinds = [model for model in page_models() if model.is_news]
    first = [model for model in kinds if model._meta.app_label == FIRST_KIND]
    yield from _new(first, since, now)
    yield from ((page, True) for page in offered(now))
    yield from _new([model for model in kinds if model not in first], since, now)


def _new(kinds: Iterable[type[Page]], since: datetime, now: datetime) -> Iterable[tuple[Page, bool]]:
    for model in kinds:
        new = model.objects.listed().filter(publish_at__gt=since, publish_at__lte=now)
        pages = list(new.order_by("-publish_at", "slug")[: MOST_OF_A_KIND + 1])
        yield from ((page, len(pages) <= MOST_OF_A_KIND) for page in pages[:MOST_OF_A_KIND])


def pages_in(newsletter: Newsletter) -> list[Page]:
    """The pages that it tells of, in their order: what is not public, or no longer, is left out."""
    chosen = list(newsletter.items.filter(included=True).values_list("content_type_id", "object_id"))
    found: dict[tuple[int, int], Page] = {}
    for kind in {kind for kind, _pk in chosen}:
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        if model is not None and issubclass(model, Page):
            pks = [pk for its_kind, pk in chosen if its_kind == kind]
            found |= {(kind, page.pk): page for page in model.objects.listed().filter(pk__in=pks)}
    return [found[key] for key in chosen if key in found]


def content_for(newsletter: Newsletter, language: str, pages: list[Page] | None = None) -> dict[str, Any]:
    """What readers of a language get, as plain values that can be kept."""
    pages = pages_in(newsletter) if pages is None else pages
    with translation.override(language):
        greeting = newsletter.greeting
        return {
            "subject": _marked(newsletter.subject),
            "greeting": _marked(greeting),
            "items": [asdict(item) for item in _items(pages, language)],
        }


def _items(pages: list[Page], language: str) -> list[Item]:
    kinds = {page._meta.label_lower for page in pages}
    known = {
        kind: lines(kind, [page.pk for page in pages if page._meta.label_lower == kind]) for kind in kinds
    }
    return [_item(page, language, known[page._meta.label_lower].get(page.pk, "")) for page in pages]


def _item(page: Page, language: str, line: str) -> Item:
    others = [code for code in texts(page, "title") if code != page.title.language]
    return Item(
        kind=capfirst(str(page._meta.verbose_name)),
        url=settings.SITE_URL + page.get_absolute_url(),
        title=_marked(page.title),
        other_title=_marked(local_text(page, "title", others[0])) if others else {},
        line=line,
        summary=_marked(page.summary),
        only_in=_in_words(only_in(page, language)),
    )


def _in_words(code: str) -> str:
    return translation.gettext("only in %(language)s") % {"language": language_name(code)} if code else ""


def only_in(page: Page, language: str) -> str:
    """The language in which a page is, where readers of this one find none of their own on it; else empty."""
    names = [name for name in ("body", "summary") if texts(page, name)] or ["title"]
    if language in page.missing_languages and all(language not in texts(page, name) for name in names):
        return str(local_text(page, names[0], language).language)
    return ""


def _marked(text: LocalText) -> dict[str, str]:
    return {"text": str(text), "lang": html_language(text.language)}


def doubts(newsletter: Newsletter) -> dict[str, list[str]]:
    """What staff should know before it goes out, by language; nothing of it keeps them from sending."""
    pages = pages_in(newsletter)
    return {code: _doubts_in(newsletter, pages, code) for code in languages()}


def _doubts_in(newsletter: Newsletter, pages: list[Page], code: str) -> list[str]:
    found = []
    if code not in texts(newsletter, "subject"):
        found.append(translation.gettext("There is no subject in this language."))
    if texts(newsletter, "greeting") and code not in texts(newsletter, "greeting"):
        found.append(translation.gettext("There is no greeting in this language."))
    for page in pages:
        if only_in(page, code):
            found.append(translation.gettext("Not in this language: %(page)s") % {"page": page})
        elif code in page.stale_in:
            found.append(translation.gettext("Older than in another language: %(page)s") % {"page": page})
    return found
