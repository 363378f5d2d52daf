"""The form with which staff write their own words into a letter of an event."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.letter_kinds import LINKS, allowed_in
from events.models import LetterText
from events.placeholders import placeholders, unknown
from events.roster import in_a_row
from sistercities.pages.beside import ErrorsBeside
from sistercities.pages.bilingual import columns, html_language, language_name
from sistercities.pages.curating import split_column
from sistercities.pages.safe_text import printable

BRACES = re.compile(r"[{｛}｝]")
INSECURE = re.compile(r"\bhttp://[^\s<>\"“”，。；（）]+", re.IGNORECASE)


def check_words(text: str, kind: str, *, is_subject: bool = False) -> None:
    """Refuse what would reach guests as it stands: unknown placeholders, lone braces, links that are not safe."""
    allowed = allowed_in(kind)
    if found := unknown(text, allowed):
        words = ngettext(
            "This letter knows no %(found)s. It knows: %(known)s.",
            "This letter does not know %(found)s. It knows: %(known)s.",
            len(found),
        )
        fitting = sorted(name for name in allowed if not (is_subject and name in LINKS))
        known = in_a_row(f"{{{name}}}" for name in fitting)
        raise ValidationError(words % {"found": in_a_row(found), "known": known}, code="unknown")
    without = text
    for name in placeholders(text):
        without = re.sub(rf"[{{｛]\s*{name}\s*[}}｝]", "", without, flags=re.IGNORECASE)
    if BRACES.search(without):
        raise ValidationError(_("A brace stands alone: write placeholders such as {name}."), code="brace")
    insecure = [each for each in INSECURE.findall(text) if not each.startswith(f"{settings.SITE_URL}/")]
    if insecure:
        words = _("%(link)s is not a safe address: links begin with https://.")
        raise ValidationError(words % {"link": insecure[0]}, code="insecure")


class WordsForm(ErrorsBeside):
    """Subject and words in each language; what stays empty is as usual."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = LetterText
        fields = [*columns("subject"), *columns("body")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._meta.fields or ():
            part, code = split_column(name)
            attrs = {"lang": html_language(code)}
            is_subject = part == "subject"
            field = self.fields[name]
            field.label = _("Subject") if is_subject else _("Words")
            field.widget = (
                AdminTextInputWidget(attrs={**attrs, "maxlength": 150})
                if is_subject
                else forms.Textarea(
                    attrs={**attrs, "rows": 10, "maxlength": 4000, "class": "vLargeTextField"}
                )
            )
            field.widget.attrs["aria-label"] = f"{field.label} ({language_name(code)})"
        self.initial["seen"] = self.stamp

    @property
    def stamp(self) -> str:
        """Which version of the words the form was opened with."""
        return self.instance.changed_at.isoformat() if self.instance.pk else ""

    @property
    def kind(self) -> str:
        """Of which letter it is."""
        return self.instance.kind

    def side(self, language: str) -> list[Any]:
        """The fields of one language."""
        return [self[name] for name in self._meta.fields or () if split_column(name)[1] == language]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name in self._meta.fields or ():
            if name not in values:
                continue
            values[name] = printable(values[name]).strip()
            is_subject = split_column(name)[0] == "subject"
            try:
                check_words(values[name], self.kind, is_subject=is_subject)
                if is_subject and LINKS & set(placeholders(values[name])):
                    raise ValidationError(_("A subject holds no link."), code="link")
            except ValidationError as error:
                self.add_error(name, error)
        if values.get("seen", "") != self.stamp:
            self.add_error(None, CHANGED_MEANWHILE)
            self.data = {**{name: self.data.get(name) for name in self.data}, "seen": self.stamp}
        return values

    def save_by(self, member: Any) -> LetterText | None:
        """Keep the words; where nothing is left of them there are none."""
        text: LetterText = self.instance
        if any(self.cleaned_data[name] for name in self._meta.fields or ()):
            text.changed_by = member
            text.save()
            return text
        if text.pk:
            text.delete()
        return None


CHANGED_MEANWHILE = gettext_lazy(
    "Somebody else has changed these words since you opened them. Press again to put yours in their place."
)
