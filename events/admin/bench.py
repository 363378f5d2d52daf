"""The bench on which staff arrange a speech: what was pasted, what was done with it, and the page that shows it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.aligning import Pair, align, paragraphs
from events.arranging import Arrangement, sentences, written
from events.models import Remark, RemarkSegment
from events.paragraphs import Plan, known_names, pairs_of
from sistercities.pages.bilingual import html_language, language_name

SALT = "events.bench"
LANGUAGES = ("en", "zh-hans")
MOST = 600


@dataclass(frozen=True)
class Bench:
    """It travels with the page, sealed, so that nothing is written before it is saved."""

    remark: int
    opened_at: str
    prints: tuple[str, ...]
    arrangement: Arrangement

    @classmethod
    def of(cls, remark: Remark, pairs: Sequence[Pair], texts: Sequence[str] | None = None) -> "Bench":
        """Pairs, and the prints of the texts that they were made of: nothing may be missing when they are saved."""
        whole = texts or ["\n".join(side) for side in zip(*pairs, strict=True)] or ["", ""]
        return cls(remark.pk, remark.updated_at.isoformat(), _prints(whole), Arrangement(tuple(pairs)))

    def sealed(self) -> str:
        shown = {
            "remark": self.remark,
            "opened_at": self.opened_at,
            "prints": self.prints,
            "proposed": self.arrangement.proposed,
            "steps": [str(step) for step in self.arrangement.steps],
        }
        return signing.dumps(shown, salt=SALT, compress=True)

    @classmethod
    def unsealed(cls, text: str, remark: Remark) -> "Bench":
        """Raises signing.BadSignature where the page came back damaged, or from another remark."""
        shown = signing.loads(text, salt=SALT)
        if shown["remark"] != remark.pk:
            raise signing.BadSignature
        proposed = tuple((one, other) for one, other in shown["proposed"])
        arrangement = Arrangement(proposed).with_steps(shown["steps"])
        return cls(remark.pk, shown["opened_at"], tuple(shown["prints"]), arrangement)

    def with_arrangement(self, arrangement: Arrangement) -> "Bench":
        return replace(self, arrangement=arrangement)

    def reopened(self, remark: Remark) -> "Bench":
        return replace(self, opened_at=remark.updated_at.isoformat())

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.opened_at)

    @property
    def is_whole(self) -> bool:
        """Whether every letter that was pasted is there, in its order and its language."""
        prints = self.prints[::-1] if self.arrangement.is_swapped else self.prints
        return _prints(written(self.arrangement.pairs)) == prints


def _prints(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(hashlib.sha256(each.encode()).hexdigest() for each in written([(texts[0], texts[1])]))


class PasteForm(forms.Form):
    """A whole speech in each language; either may be empty."""

    text_en = forms.CharField(label=gettext_lazy("English"), required=False, strip=False)
    text_zh_hans = forms.CharField(label=gettext_lazy("Chinese"), required=False, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, code in zip(self.fields.values(), LANGUAGES, strict=True):
            field.widget = forms.Textarea(
                attrs={"rows": 24, "lang": html_language(code), "class": "vLargeTextField"}
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not any(text.strip() for text in values.values()):
            raise ValidationError(_("Paste the speech in one language at least."))
        if any(len(paragraphs(text)) > MOST for text in values.values()):
            raise ValidationError(_("A speech has at most %(most)d paragraphs.") % {"most": MOST})
        return values

    def bench(self, remark: Remark, known: Sequence[Pair]) -> Bench:
        """What is proposed; pairs that somebody arranged before are found again."""
        texts = [self.cleaned_data["text_en"], self.cleaned_data["text_zh_hans"]]
        known = [*known, *pairs_of(remark)]
        pairs = align(paragraphs(texts[0]), paragraphs(texts[1]), known_names(), known)
        return Bench.of(remark, pairs, texts)


def as_texts(pairs: Sequence[Pair]) -> dict[str, str]:
    """The texts as they would be pasted."""
    sides = zip(*pairs, strict=True) if pairs else ((), ())
    return {
        name: "\n\n".join(text for text in side if text)
        for name, side in zip(("text_en", "text_zh_hans"), sides, strict=True)
    }


# --- what the page shows ----------------------------------------------------------------------------------

BUTTONS: dict[str, tuple[str, Promise]] = {
    "up": ("↑", gettext_lazy("Up")),
    "down": ("↓", gettext_lazy("Down")),
    "join": ("", gettext_lazy("Join with the next")),
    "open": ("", gettext_lazy("Split")),
    "insert": ("", gettext_lazy("Insert an empty place")),
    "close": ("", gettext_lazy("Close the gap")),
}


def rows_of(
    pairs: Sequence[Pair], plan: Plan, opened: Sequence[int], focus: Sequence[Any]
) -> list[dict[str, Any]]:
    """The pairs, each place with what can be done with it. ``opened`` is the place being split, ``focus`` the button
    that has the keyboard: act, side and row."""
    lasts = [max((at for at, pair in enumerate(pairs) if pair[side]), default=-1) for side in (0, 1)]
    return [
        {
            "number": at + 1,
            "plan": planned,
            "was": _was(planned.segment) if planned.state == "changed" else None,
            "cells": [_cell(pair, side, at, lasts[side], opened, focus) for side in (0, 1)],
        }
        for at, (pair, planned) in enumerate(zip(pairs, plan.rows, strict=True))
    ]


def _cell(
    pair: Pair, side: int, at: int, last: int, opened: Sequence[int], focus: Sequence[Any]
) -> dict[str, Any]:
    text, place = pair[side], f"{side} {at}"
    language = language_name(LANGUAGES[side])
    acts = ["up", "down", "join", "open", "insert"] if text else ["close"]
    impossible = {"join"} if at >= last else set()
    impossible |= {"close"} if at > last else set()
    impossible |= {"insert"} if not pair[1 - side] else set()
    has_focus = list(focus[1:]) == [side, at]
    shown = [act for act in acts if act not in impossible]
    act_in_focus = (focus[0] if focus[0] in shown else shown[:1] and shown[0]) if has_focus else ""
    return {
        "text": text,
        "lang": html_language(LANGUAGES[side]),
        "language": language,
        "place": place,
        "sentences": _splits(text, place) if list(opened) == [side, at] else None,
        "buttons": [
            {
                "value": f"{act} {place}",
                "sign": BUTTONS[act][0],
                "label": BUTTONS[act][1],
                "spoken": f"{language} {at + 1}: {BUTTONS[act][1]}",
                "has_focus": act == act_in_focus,
            }
            for act in shown
        ],
    }


def _splits(text: str, place: str) -> list[dict[str, str]]:
    return [
        {"text": sentence, "value": f"split {place} {start}" if number else ""}
        for number, (start, sentence) in enumerate(sentences(text))
    ]


def _was(segment: RemarkSegment | None) -> list[dict[str, str]]:
    texts = (segment.text_en, segment.text_zh_hans) if segment else ()
    return [
        {"lang": html_language(code), "text": text}
        for code, text in zip(LANGUAGES, texts, strict=False)
        if text
    ]
