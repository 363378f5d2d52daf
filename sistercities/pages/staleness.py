"""Which language of a page lags behind the others.

Of every language a page remembers what its own texts were when they were last saved, and what the other languages said
when it was last looked over; texts are remembered as short hashes. A language in which there is nothing is missing, and
never stale.
"""

from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2s
from typing import Any

from sistercities.pages.bilingual import bilingual_names, column, languages

# Language -> name of a text -> its hash; texts that are empty are left out.
Said = dict[str, dict[str, str]]
# Language -> {"own": its texts, "others": language -> what that one said when this one was last looked over}.
Marks = dict[str, dict[str, Any]]
PARTS = "parts"


def stale(marks: Marks) -> dict[str, list[str]]:
    """The languages that lag behind, each with those that are newer."""
    behind = {code: _newer(marks, code) for code, mark in marks.items() if mark["own"]}
    return {code: newer for code, newer in behind.items() if newer}


def newer_texts(marks: Marks, code: str) -> list[str]:
    """The names of the texts that changed in other languages since this one was last looked over."""
    others = marks[code]["others"] if code in marks else {}
    return sorted(
        {
            name
            for other, seen in others.items()
            if other in marks
            for name in {*seen, *marks[other]["own"]}
            if seen.get(name) != marks[other]["own"].get(name)
        }
    )


def marked(before: Marks, said: Said, looked_over: Collection[str] = ()) -> Marks:
    """The marks after a page was saved with these texts; whoever saved it says which languages they looked over.

    A language that was changed has been looked over. The others lag behind it from then on, unless it only caught up
    with them: it was stale, or said nothing yet of what they say.
    """
    if not before:
        return {code: _mark(said, code) for code in said}
    lagging = stale(before)
    changed = {code for code in said if _own(before, code) != said[code]}
    leading = {code for code in changed if code not in lagging and _says_more(before, said, code)}
    in_step = set(said) - set(lagging) if not leading else set()
    reviewed = changed | set(looked_over) | in_step
    return {
        code: _mark(said, code) if code in reviewed or code not in before else {**before[code], "own": texts}
        for code, texts in said.items()
    }


def said_by(page: Any) -> Said:
    """What a page says in each language: its own texts, and through ``words_in`` those of its parts."""
    names = [name for name in bilingual_names(type(page)) if name not in page.untranslated]
    return {
        code: {
            **{name: _hash([text]) for name in names if (text := getattr(page, column(name, code)).strip())},
            **({PARTS: _hash(words)} if any(words := page.words_in(code)) else {}),
        }
        for code in languages()
    }


def review(page: Any, looked_over: Collection[str] = ()) -> None:
    """Mark on a page, not saved yet, which of its languages are in step now."""
    page.language_marks = marked(page.language_marks, said_by(page), looked_over)
    page.stale_in = sorted(stale(page.language_marks))


def look_over(page: Any, codes: Collection[str]) -> None:
    """Somebody has read these languages of a saved page and found that they say the same as the others."""
    review(page, codes)
    # Nothing that readers or other forms hold has changed, so the moment of the last change stays.
    type(page).objects.filter(pk=page.pk).update(language_marks=page.language_marks, stale_in=page.stale_in)


def _own(marks: Marks, code: str) -> dict[str, str]:
    return marks[code]["own"] if code in marks else {}


def _newer(marks: Marks, code: str) -> list[str]:
    others: Mapping[str, dict[str, str]] = marks[code]["others"]
    return [other for other in others if other in marks and others[other] != marks[other]["own"]]


def _mark(said: Said, code: str) -> dict[str, Any]:
    return {"own": said[code], "others": {other: texts for other, texts in said.items() if other != code}}


def _says_more(before: Marks, said: Said, code: str) -> bool:
    """Whether a language says something new, and does not only fill in what the others say already."""
    was, now = _own(before, code), said[code]
    elsewhere = {name for other, texts in said.items() if other != code for name in texts}
    return any(now[name] != was[name] if name in was else name not in elsewhere for name in now)


def _hash(words: Iterable[str]) -> str:
    return blake2s("\n".join(words).encode(), digest_size=6).hexdigest()
