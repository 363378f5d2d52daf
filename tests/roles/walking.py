"""Every address of the admin, and what comes of asking for it as somebody."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from tests.roles.world import OF_EVENTS, Arguments, World, about, arguments

# What everybody on the staff needs to come and go, and what answers nothing without a question.
FOR_ALL = {"login", "logout", "password_change", "password_change_done", "jsi18n", "autocomplete"}
# Pages of every kind have these, all from the same code.
ALIKE = ("_history", "_previews", "_revoke", "_compare", "_restore", "_mark", "_preview_new", "_preview")
ALIKE += ("_as_visitor", "_used", "_replace", "_duplicate")


@dataclass(frozen=True)
class Address:
    """An address as it is declared: its name, where it lies, and what has to be put into it."""

    name: str
    place: str
    wanted: tuple[str, ...]

    def of(self, world: World) -> str:
        kwargs: Arguments = arguments(self.name, self.place, list(self.wanted), world)
        return reverse(f"admin:{self.name}", kwargs=kwargs)

    @property
    def is_of_an_event(self) -> bool:
        return bool(self.wanted) and about(self.name, self.place) in OF_EVENTS

    @property
    def stands_for_others(self) -> bool:
        """Whether it is the one of several alike, over the same code, that is tried every time."""
        is_alike = self.name.endswith(ALIKE)
        return not is_alike or self.name.startswith(("people_person_", "events_event_", "events_remark_"))


def addresses() -> Iterator[Address]:
    for name, place, wanted in _walk(admin.site.get_urls()):
        if name and name not in FOR_ALL and name != "app_list":
            yield Address(name, place, wanted)


def _walk(
    patterns: list[URLPattern | URLResolver], before: str = "", known: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for each in patterns:
        place, wanted = before + str(each.pattern), (*known, *each.pattern.converters)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, place, wanted)
        else:
            yield each.name or "", place, wanted


def get(client: Client, url: str) -> bool | None:
    """Whether a GET is answered with what was asked for; None where this address takes none at all."""
    with transaction.atomic():
        answer = client.get(url, _needed(url))
        transaction.set_rollback(True)
    return None if answer.status_code == 405 else is_let_in(answer)


def post(client: Client, url: str) -> bool | None:
    """Whether a POST, forged or not, is let in; None where this address takes none at all."""
    with transaction.atomic():
        answer = client.post(url, {})
        transaction.set_rollback(True)
    return None if answer.status_code == 405 else is_let_in(answer)


def is_let_in(answer: HttpResponse) -> bool:
    """Not refused, not unknown, and not led away because it is not there for whoever asked."""
    if answer.status_code in (403, 404):
        return False
    assert answer.status_code < 500
    away = answer.headers.get("Location", "").partition("?")[0]
    return away not in (reverse("admin:index"), reverse("admin:login"), reverse("account_login"))


def _needed(url: str) -> dict[str, str]:
    return {"from": "1", "to": "1"} if url.endswith("/compare/") else {}
