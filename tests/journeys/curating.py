"""The admin as somebody walks through it who follows every link, and what stands on its pages in which language."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import resolve, reverse

# What ends the walk, answers a script, or is not a page.
LEFT_OUT = {"admin:logout", "admin:jsi18n", "admin:autocomplete", "admin:view_on_site"}
BESIDE_THE_FORM = re.compile("_(history|delete|previews|as_visitor|compare|restore|preview)$")
SHOWN_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "aria-description", "label", "summary")
BUTTONS = {"submit", "button", "reset"}
VOID = {
    "meta",
    "br",
    "base",
    "hr",
    "img",
    "input",
    "link",
    "source",
    "col",
    "wbr",
    "path",
    "use",
    "rect",
    "circle",
}
# What a reader of Chinese reads as it is: a key to press, a piece of Markdown, what somebody typed or types.
NOT_WORDS = {"script", "style", "textarea", "code", "kbd", "samp", "pre", "bdi", "template"}


class Page(HTMLParser):
    """The links of a page, and each of its texts that is not marked as being in another language than the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.texts: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.feed(html)

    @property
    def language(self) -> str:
        return next((language for _tag, language in reversed(self.open) if language), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if tag not in VOID:
            self.open.append((tag, found.get("lang", "")))
        if self.language.startswith("en") or found.get("lang", "").startswith("en"):
            return
        self.texts += [found[name] for name in SHOWN_ATTRIBUTES if found.get(name)]
        if tag == "input" and found.get("type") in BUTTONS:
            self.texts.append(found.get("value", ""))
        if "data-inline-formset" in found:
            options = json.loads(found["data-inline-formset"])["options"]
            self.texts += [str(options.get(name, "")) for name in ("addText", "deleteText")]

    def handle_endtag(self, tag: str) -> None:
        # Elements that HTML lets one leave open end with the one around them.
        while self.open and tag not in VOID:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if (
            data.strip()
            and not self.language.startswith("en")
            and not {tag for tag, _ in self.open} & NOT_WORDS
        ):
            self.texts.append(" ".join(data.split()))


def beginnings() -> Iterator[str]:
    """The desk, and of everything that is kept the list, an empty form, the first one's form, history and deletion."""
    yield reverse("admin:index")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        first = model._default_manager.order_by("pk").first()
        if first is not None:
            yield from (
                reverse(f"{name}_{what}", args=[first.pk]) for what in ("change", "history", "delete")
            )


def shape(address: str, *, thoroughly: bool) -> tuple[str, bool]:
    """What addresses have in common that are answered alike: the view, and whether something is asked of it."""
    parts = urlsplit(address)
    name = resolve(parts.path).view_name
    if thoroughly:
        return name, bool(parts.query)
    # The pages beside the form are the same for every kind of thing.
    alike = BESIDE_THE_FORM.search(name)
    return (alike.group(), False) if alike else (name, False)


@dataclass(frozen=True)
class Visited:
    """A page that was opened, and the template that drew it."""

    html: str
    template: str


def walk(client: Client, *, thoroughly: bool = False) -> dict[str, Visited]:
    """Every page of the admin that links lead to, by address: of each kind one; thoroughly, of everything one."""
    found: dict[str, Visited] = {}
    todo, seen = deque(beginnings()), set()
    while todo:
        address = todo.popleft()
        kind = shape(address, thoroughly=thoroughly)
        if kind in seen or kind[0] in LEFT_OUT:
            continue
        answer: Any = client.get(address)
        seen.add(kind)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        found[address] = Visited(answer.content.decode(), str(answer.templates[0].name))
        links = (urldefrag(urljoin(address, link)).url for link in Page(found[address].html).links)
        todo.extend(link for link in links if link.startswith("/admin/"))
    return found


def empty_forms_sent(client: Client) -> Iterator[tuple[str, str]]:
    """What the form of each kind of thing says when nothing at all was filled in."""
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        form = client.get(address)
        if form.status_code == 200:
            management = re.findall(r'name="([\w-]+-(?:TOTAL|INITIAL)_FORMS)"', form.content.decode())
            yield address, client.post(address, dict.fromkeys(management, "0")).content.decode()


def actions_chosen(client: Client) -> Iterator[tuple[str, str]]:
    """What stands there after each action of each list: the question whether one means it, or what was done."""
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        chosen = list(model._default_manager.order_by("pk").values_list("pk", flat=True)[:2])
        if not chosen:
            continue
        names = re.search(
            r'<select name="action".*?</select>', client.get(address).content.decode(), re.DOTALL
        )
        for name in re.findall(r'value="(\w+)"', names.group()) if names else ():
            answer = client.post(address, {"action": name, "_selected_action": chosen}, follow=True)
            if answer.headers["Content-Type"].startswith("text/html"):
                yield f"{address} {name}", answer.content.decode()


def what_is_written() -> set[str]:
    """Every text of the database with Latin letters: names and titles are no captions, whatever their language."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField, models.EmailField)):
                found.update(_texts(model, field.name))
    return {
        " ".join(each.split()) for each in found if isinstance(each, str) and re.search("[A-Za-z]{2}", each)
    }


def _texts(model: type[models.Model], name: str) -> Iterable[Any]:
    rows: Any = model._default_manager.exclude(**{f"{name}__isnull": True})
    return rows.order_by().values_list(name, flat=True).distinct()
