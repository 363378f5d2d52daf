"""What whoever saves a page second is told: who changed what meanwhile, and what is to be chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sistercities.pages import merging
from sistercities.pages.admin_values import in_words
from sistercities.pages.bilingual import html_language
from sistercities.pages.comparing import Change, Comparison, RowChange, marked
from sistercities.pages.curating import split_column
from sistercities.pages.merging import REMOVED, Clash, Part, Row, State

KEEPS = "keeps-"
FormAndRows = tuple[Any, list[Any]]


@dataclass(frozen=True)
class Choice:
    """A clash as it is shown: both texts held against what was opened."""

    name: str
    label: str
    lang: str
    opened: str
    theirs: SafeString
    mine: SafeString
    anchor: str
    # "theirs", "mine", or nothing as long as nobody has chosen.
    chosen: str = ""


@dataclass
class Panel:
    """What whoever saves second is told, above the form that holds both."""

    who: str
    comparison: Comparison | None = None
    choices: list[Choice] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_deleted: bool = False

    @property
    def refusal(self) -> str:
        """Why nothing was saved."""
        if self.is_deleted:
            return _("The page was deleted while you had it open. Nothing is saved yet.")
        if self.comparison is None:
            return _("Choose what is to stay, and save again. Nothing is saved yet.")
        return _("Somebody has changed this page since you opened it. Look it over, then save again.")


def choice(clash: Clash, forms_now: FormAndRows, chosen: str = "") -> Choice:
    form, formsets = forms_now
    title, owner = "", form
    for formset in formsets if clash.part else ():
        if formset.prefix == clash.part:
            known = (each for each in formset.initial_forms if str(each.instance.pk) == clash.row)
            owner = next(known, formset.empty_form)
            title = f"{owner.instance}: "
    bound = owner[clash.name]
    opened, theirs, mine = (in_words(bound, value) for value in (clash.opened, clash.theirs, clash.mine))
    return Choice(
        name=KEEPS + clash.key,
        label=capfirst(f"{title}{bound.label}"),
        lang=language_of(clash.name),
        opened=opened,
        theirs=marked(opened, theirs)[1],
        mine=marked(opened, mine)[1],
        anchor=bound.id_for_label if not clash.part else "",
        chosen=chosen,
    )


def language_of(name: str) -> str:
    code = split_column(name)[1]
    return html_language(code) if code else ""


# --- what the other one did ---------------------------------------------------------------------------


class Telling:
    """What became of the form since it was opened, told like two revisions."""

    def __init__(self, opened: State, now: State, forms_now: FormAndRows) -> None:
        self.opened, self.now = opened, now
        self.form, self.formsets = forms_now
        parts = [(self.label(each), list(self.rows(each))) for each in self.formsets]
        changes = self.changes(self.form, opened.fields, now.fields)
        self.comparison = Comparison(changes, [(label, rows) for label, rows in parts if rows])

    def label(self, formset: Any) -> str:
        return capfirst(str(formset.model._meta.verbose_name_plural))

    def changes(self, form: Any, before: Row, after: Row) -> list[Change]:
        """What was fixed meanwhile for whoever writes here stands in the form no more, and is told of no more."""
        found = []
        for name in (name for name in dict.fromkeys([*before, *after]) if name in form.fields):
            values = before.get(name), after.get(name)
            if name == REMOVED or not merging.differs(*values):
                continue
            said = [in_words(form[name], value) if value else "" for value in values]
            if said[0] != said[1]:
                label, lang = capfirst(str(form[name].label)), language_of(name)
                found.append(Change(label, lang, *marked(*said), text=said[1]))
        return found

    def rows(self, formset: Any) -> Iterator[RowChange]:
        before, after = (state.parts.get(formset.prefix, Part()).known for state in (self.opened, self.now))
        for pk in dict.fromkeys([*before, *after]):
            what = "removed" if pk not in after else "changed" if pk in before else "added"
            found = self.changes(formset.empty_form, before.get(pk, {}), after.get(pk, {}))
            if found:
                yield RowChange(what, found)

    def notes(self, merged: merging.Merged) -> list[str]:
        """Rows about which the two were not of one mind; nothing is taken away then."""
        labels = {formset.prefix: self.label(formset) for formset in self.formsets}
        back = _("%(part)s: a row that you changed was removed meanwhile. It stands below as a new row.")
        kept = _(
            "%(part)s: a row that you removed was changed meanwhile. It stays; tick it again to remove it."
        )
        told = [(back, place) for place in merged.came_back] + [(kept, place) for place in merged.not_removed]
        return [words % {"part": labels[part]} for words, (part, _pk) in told]
