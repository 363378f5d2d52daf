"""Search over everything public, and suggestions while somebody types."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as Part
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sistercities.pages.bilingual import html_language, language_name, languages, texts
from sistercities.pages.caching import BROWSER_SECONDS, public_page
from sistercities.pages.everything import found, page_models
from sistercities.pages.excerpts import also, excerpt
from sistercities.pages.listing import number_of, other_query, page_of
from sistercities.pages.searching import (
    LITTLE,
    MANY,
    NOTHING,
    Finds,
    Wish,
    clean,
    find,
    find_some,
    one_line,
    rows_of,
)
from sistercities.pages.similar import similar_names, suggestions

PER_PAGE = 20


@require_safe
@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Everything that answers to the reader's words, grouped by kind, in both languages."""
    typed = one_line(request.GET.get("q", ""))
    asked, wish = clean(typed), _wish(request)
    finds = find(asked, wish)
    guesses = similar_names(asked) if finds.total < LITTLE and wish.is_plain else []
    others = [guess for guess in guesses if guess.hit.page not in {hit.page for hit in finds.hits}]
    some = NOTHING if finds.total or others else find_some(asked, wish)
    shown = finds if finds.total else some
    rows = {
        hit.page: _result(row, asked) for hit, row in rows_of([*shown.hits, *(each.hit for each in others)])
    }
    similar = [rows[guess.hit.page] for guess in others]
    context = {
        "asked": asked,
        "was_shortened": len(typed) > len(asked),
        "only_some": bool(some.total),
        "finds": shown,
        "total": shown.of_kind(wish.kind),
        "many": MANY,
        "groups": _groups(request, shown, rows, wish),
        "similar": [{**result, "kind_label": result["page"].kind_label} for result in similar],
        "meant": _meant(request, [guess.meant for guess in others], asked),
        "filters": _filters(request, shown, wish),
        "is_narrowed": not wish.is_plain,
        "page_obj": _part(request, shown, wish),
        "query": other_query(request),
    }
    return render(request, "pages/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """The pages whose names begin like what is being typed, for the list under the search box."""
    asked = clean(request.GET.get("q", ""))
    pages = (found(row) for _hit, row in rows_of(suggestions(asked)))
    answer = [
        {
            "title": str(page.title),
            "lang": html_language(page.title.language),
            "kind": page.kind_label,
            "url": page.get_absolute_url(),
            "other": [
                {"title": text, "lang": html_language(code)}
                for code, text in texts(page, "title").items()  # type: ignore[arg-type]  # it has a page's columns
                if code != page.title.language and text != page.title
            ],
        }
        for page in pages
    ]
    response = JsonResponse({"q": asked, "suggestions": answer})
    # Only what is public is ever among it, so anybody may keep it; and whoever types on asks for it again.
    patch_cache_control(response, public=True, max_age=BROWSER_SECONDS)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _wish(request: HttpRequest) -> Wish:
    """Raises Http404 for a kind, a language or a part of a list that cannot be."""
    language, kind = request.GET.get("language", ""), request.GET.get("kind", "")
    if language and language not in languages():
        raise Http404(_("There is no such language here."))
    if kind and kind not in {model._meta.model_name for model in page_models()}:
        raise Http404(_("There is no such kind of page."))
    number = number_of(request)
    return Wish(language, kind, (number - 1) * PER_PAGE, PER_PAGE)


def _part(request: HttpRequest, finds: Finds, wish: Wish) -> Part[Any]:
    """The part of the list of one kind; the overview of all kinds has but one."""
    return page_of(request, range(finds.totals.get(wish.kind, 0)), PER_PAGE)


def _result(row: dict[str, Any], asked: str) -> dict[str, Any]:
    page = found(row)
    return {
        "page": page,
        "url": page.get_absolute_url(),
        "excerpt": excerpt(row, asked),
        "also": also(row, asked),
    }


def _groups(request: HttpRequest, finds: Finds, rows: dict[Any, Any], wish: Wish) -> list[dict[str, Any]]:
    """The best of each kind, the kind with the best page first; where one kind is asked for, that alone."""
    names = {model._meta.model_name: model._meta.verbose_name_plural for model in page_models()}
    return [
        {
            "kind": kind,
            "label": capfirst(str(names[kind])),
            "count": finds.totals[kind],
            "results": [rows[hit.page] for hit in finds.hits if hit.kind == kind],
            "url": _address(request, kind=kind),
        }
        for kind in finds.kinds
        if wish.kind in ("", kind)
    ]


def _filters(request: HttpRequest, finds: Finds, wish: Wish) -> list[dict[str, Any]]:
    names = {str(model._meta.model_name): model._meta.verbose_name_plural for model in page_models()}
    kinds = [("", _("all"), finds.total), *((kind, names[kind], finds.totals[kind]) for kind in finds.kinds)]
    tongues = [("", _("any")), *((code, language_name(code)) for code in languages())]
    return [
        {
            "label": _("Kind"),
            "options": [
                {
                    "label": capfirst(str(label)),
                    "url": _address(request, kind=kind),
                    "current": kind == wish.kind,
                    "count": count if count < MANY else None,
                }
                for kind, label, count in kinds
            ],
        },
        {
            "label": _("Language of the page"),
            "options": [
                {
                    "label": capfirst(label),
                    "url": _address(request, language=code),
                    "current": code == wish.language,
                    "count": None,
                }
                for code, label in tongues
            ],
        },
    ]


def _meant(request: HttpRequest, names: Iterable[str], asked: str) -> list[dict[str, str]]:
    """The words that were probably meant, each with the way to search for them."""
    distinct = [name for name in dict.fromkeys(names) if name != asked.casefold()]
    return [{"words": name, "url": _address(request, q=name)} for name in distinct[:LITTLE]]


def _address(request: HttpRequest, **changes: str) -> str:
    """This search with other words, another kind or another language, from its first part on."""
    known = {name: request.GET.get(name, "") for name in ("q", "kind", "language")}
    wanted = {name: value for name, value in {**known, **changes}.items() if value}
    return f"?{urlencode(wanted)}"
