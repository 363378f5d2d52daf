"""The style guide: every component once, with samples that are nobody's data."""

from datetime import UTC, datetime
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relationships.cover import globe
from relationships.map import Bond, Place, draw
from sistercities.pages.bilingual import LocalText
from sistercities.pages.dates import HistoricalDate

CITIES = (
    (34.0522, -118.2437, "Los Angeles", "洛杉矶", "city-strelitzia"),
    (23.1291, 113.2644, "Guangzhou", "广州", "city-kapok"),
    (-36.8509, 174.7645, "Auckland", "奥克兰", "city-pohutukawa"),
)


def sample(en: str, zh: str, **more: object) -> SimpleNamespace:
    """Something with a title in two languages, like a page."""
    return SimpleNamespace(title_en=en, title_zh_hans=zh, **more)


def places(*, chinese: bool) -> list[Place]:
    return [
        Place(
            lat,
            lon,
            zh if chinese else en,
            en if chinese else zh,
            "en" if chinese else "zh-Hans",
            "#map",
            colour,
        )
        for lat, lon, en, zh, colour in CITIES
    ]


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in the reader's language; the other language is one press away."""
    three = places(chinese=get_language() == "zh-hans")
    names = [place.lead for place in three]
    bonds = [Bond(a, b, f"{names[a]} · {names[b]}", "#map") for a, b in ((0, 1), (1, 2), (0, 2))]
    return render(
        request,
        "styleguide.html",
        {
            "map": draw(three, bonds),
            "pair_map": draw(three[:2], bonds[:1]),
            "cover": globe(three[:2], bonds[:1]),
            "alliance": globe(three, bonds),
            "ends": [
                {"class": p.colour, "lead": p.lead, "other": p.other, "other_lang": p.other_lang}
                for p in three
            ],
            "hues": range(24),
            "event": sample("A reception by the harbour", "港畔招待会"),
            "starts": datetime(2026, 12, 9, 2, 0, tzinfo=UTC),
            "entries": timeline(),
            "people": [
                {"person": person(en, zh), "url": "#people", "seal": seal, "line": _("Mayor")}
                for en, zh, seal in (
                    ("Wang Lin", "王琳", ("王", "zh-Hans")),
                    ("Ada Example", "", ("AE", "en")),
                    ("Ouyang Min", "欧阳敏", ("欧阳", "zh-Hans")),
                )
            ],
            "numbers": [
                {"value": 45, "label": _("years"), "note": _("in December 2026")},
                {"value": 2, "label": _("agreements"), "note": ""},
                {"value": 7, "label": _("events"), "note": ""},
                {"value": 11646, "label": _("kilometres"), "note": ""},
            ],
            "speech": speech(chinese=get_language() == "zh-hans"),
            "statuses": [
                "confirmed",
                "offered",
                "waitlisted",
                "requested",
                "unverified",
                "declined",
                "cancelled",
                "rejected",
                "lapsed",
            ],
        },
    )


def person(en: str, zh: str) -> SimpleNamespace:
    names = [LocalText.of(en, "en"), LocalText.of(zh, "zh-hans")]
    if zh and get_language() == "zh-hans":
        names.reverse()
    return SimpleNamespace(display_name=names[0], other_name=names[1])


def timeline() -> list[dict[str, object]]:
    rows = (
        (HistoricalDate(1981, 12, 8), "agreement", _("agreement"), "Sister city agreement", "友好城市协议"),
        (HistoricalDate(1987), "milestone", _("milestone"), "A first course", "第一次授课"),
        (HistoricalDate(2014, 11, 16), "event", _("event"), "Economic summit", "经济峰会"),
        (HistoricalDate(2016), "office", _("office"), "A mayor takes office", "市长就任"),
    )
    return [
        {"when": when, "kind": kind, "kind_label": label, "page": sample(en, zh), "url": "#timeline"}
        for when, kind, label, en, zh in rows
    ]


def speech(*, chinese: bool) -> dict[str, object]:
    english = (
        "Two harbours, one ocean: whoever stands on one shore looks towards the other.",
        "A sister city is not a contract about goods. It is a promise to keep writing.",
    )
    han = ("两座港口，一片大洋：站在此岸的人，望着彼岸。", "友好城市不是一纸货物合同，而是继续写信的约定。")
    texts = {"en": english, "zh-Hans": han}
    shown = ["zh-Hans", "en"] if chinese else ["en", "zh-Hans"]
    labels = {"en": "English", "zh-Hans": "中文"}
    ways = [("", _("Both languages")), *labels.items()]
    return {
        "columns": [{"lang": lang, "label": labels[lang]} for lang in shown],
        "choices": [
            {"label": label, "lang": lang, "url": "#speech", "current": not lang} for lang, label in ways
        ],
        "segments": [
            {
                "number": n,
                "mark": f"p{n}",
                "cells": [
                    {"place": place, "lang": lang, "html": texts[lang][n - 1]}
                    for place, lang in zip(("lead", "other"), shown, strict=True)
                ],
            }
            for n in (1, 2)
        ],
    }
