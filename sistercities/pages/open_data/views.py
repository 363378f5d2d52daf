"""Open data: the files, what describes them to programs, and the page that explains them to people."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sistercities.pages.caching import public_page
from sistercities.pages.open_data.describing import data_package, described, json_schema, licence
from sistercities.pages.open_data.tables import Table, tables
from sistercities.pages.open_data.writing import BETWEEN, as_csv, as_json
from sistercities.pages.stamped import stamped

FORMS: dict[str, tuple[str, Callable[[Table], Iterator[bytes]]]] = {
    "csv": ("text/csv; charset=utf-8; header=present", as_csv),
    "json": ("application/json", as_json),
}


@require_safe
@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    """Which tables there are, what their columns mean, and on what terms they may be used."""
    listed = [
        {"table": each, "columns": [(column.name, described(column)) for column in each.columns]}
        for each in tables.values()
    ]
    context = {"tables": listed, "licence": licence(), "between": BETWEEN.strip()}
    return render(request, "pages/open_data.html", context)


@require_safe
@stamped
def table(_request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """All rows of a table, sent as they are read."""
    found = known(name)
    if form not in FORMS:
        raise Http404(_("There is no such table."))
    media_type, write = FORMS[form]
    response = StreamingHttpResponse(write(found), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return for_others(response)


@require_safe
@stamped
def schema(_request: HttpRequest, name: str) -> HttpResponseBase:
    return for_others(as_document(json_schema(known(name)), "application/schema+json"))


@require_safe
@stamped
def package(_request: HttpRequest) -> HttpResponseBase:
    return for_others(as_document(data_package(), "application/json"))


def known(name: str) -> Table:
    if name not in tables:
        raise Http404(_("There is no such table."))
    return tables[name]


def as_document(content: dict[str, Any], media_type: str) -> HttpResponse:
    return JsonResponse(
        content, json_dumps_params={"ensure_ascii": False, "indent": 1}, content_type=media_type
    )


def for_others(response: HttpResponseBase) -> HttpResponseBase:
    """Scripts of other sites may read it, and every file names its licence and its description."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    links = ['</data/datapackage.json>; rel="describedby"; type="application/json"']
    if path := licence().get("path"):
        links.append(f'<{path}>; rel="license"')
    response.headers["Link"] = ", ".join(links)
    return response
