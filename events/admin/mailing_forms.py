"""The form with which staff write a free letter, in both languages side by side, and choose who gets it."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.admin.letter_forms import WordsForm
from events.audience import Audience, Group, Said
from events.forms import SeatsField
from events.models import Event, InvitationList, Mailing, Question
from sistercities.pages.bilingual import column, columns, language_name, languages

LARGEST = 40
MEMBERS = {"": None, "yes": True, "no": False}
CHOICES = ("members", "fewest", "most", "reply", "batch")


class MailingForm(WordsForm):
    """A free letter. What is left empty in one language is read in the other."""

    groups = forms.MultipleChoiceField(
        label=_("Those who are"),
        choices=Group.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    picked = forms.BooleanField(
        required=False,
        help_text=_("Without the tick it goes to everybody who is as chosen below."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Reading"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Nothing chosen: whatever they read."),
    )
    members = forms.ChoiceField(
        label=_("Membership"),
        choices=[("", _("members or not")), ("yes", _("members only")), ("no", _("only who is no member"))],
        required=False,
    )
    fewest = SeatsField(
        label=_("Party of at least"), min_value=1, max_value=LARGEST, required=False, help_text=_("Seats.")
    )
    most = SeatsField(
        label=_("Party of at most"), min_value=1, max_value=LARGEST, required=False, help_text=_("Seats.")
    )
    reply = forms.ChoiceField(label=_("Who replied"), required=False)
    batch = forms.ModelChoiceField(
        InvitationList.objects.none(),
        label=_("Invited by the list"),
        required=False,
        empty_label=_("any list, or none"),
    )

    class Meta:
        model = Mailing
        fields = [*columns("subject"), *columns("body")]

    def __init__(self, *args: Any, event: Event, sensitive: bool, **kwargs: Any) -> None:
        """``sensitive``: whether the one who writes may know what was answered to sensitive questions."""
        super().__init__(*args, **kwargs)
        self.instance.event = event
        for name in columns("body"):
            self.fields[name].widget.attrs["maxlength"] = 8000
        chosen: Any = self.fields
        chosen["languages"].choices = [(code, language_name(code)) for code in languages()]
        chosen["batch"].queryset = InvitationList.objects.filter(event=event)
        chosen["reply"].choices = replies_to(event, sensitive=sensitive)
        self.initial = {**self.initial, **self._kept()}
        self._name_picked(len(Audience.of(self.instance.audience).parties))

    def _name_picked(self, count: int) -> None:
        """Parties that were chosen in the guest list are meant, whatever else they are, while the tick stands."""
        if not count:
            del self.fields["picked"]
            return
        words = ngettext(
            "Only %(count)d party, chosen in the guest list",
            "Only %(count)d parties, chosen in the guest list",
            count,
        )
        self.fields["picked"].label = words % {"count": count}
        self.fields["groups"].required = not (self["picked"].value() if self.is_bound else True)

    @property
    def kind(self) -> str:
        return "event_letter"

    @property
    def stamp(self) -> str:
        """Which version of the draft the form was opened with."""
        kept = Mailing.objects.filter(pk=self.instance.pk).values_list(*self._meta.fields or (), "audience")
        return hashlib.sha256(repr(kept.first()).encode()).hexdigest()[:16] if self.instance.pk else ""

    @property
    def ticked(self) -> list[Any]:
        """The fields in which several things may be chosen."""
        return [self["groups"], self["languages"]]

    @property
    def chosen(self) -> list[Any]:
        """The other fields that say who gets it."""
        return [self[name] for name in CHOICES]

    def _kept(self) -> dict[str, Any]:
        """The choice as it was kept, as the fields show it."""
        kept = Audience.of(self.instance.audience)
        members = next(shown for shown, meant in MEMBERS.items() if meant is kept.members)
        reply = f"{kept.question}:{kept.said}" if kept.question else ""
        return {**kept.kept(), "members": members, "reply": reply, "picked": bool(kept.parties)}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for code in languages():
            subject, body = (values.get(column(name, code)) for name in ("subject", "body"))
            if body and subject == "":
                self.add_error(column("subject", code), _("The words need a subject in the same language."))
            if subject and body == "":
                self.add_error(column("body", code), _("The subject needs words in the same language."))
        if not any(self.data.get(self.add_prefix(name)) for name in self._meta.fields or ()):
            self.add_error(columns("subject")[0], _("Write the letter, in one language at least."))
        fewest, most = values.get("fewest"), values.get("most")
        if fewest and most and fewest > most:
            self.add_error("most", _("That is less than “at least”."))
        if not self.errors:
            self.instance.audience = self._chosen(values).kept()
        return values

    def _chosen(self, values: dict[str, Any]) -> Audience:
        question, _colon, said = values["reply"].partition(":")
        return Audience(
            groups=tuple(values["groups"]),
            languages=tuple(values["languages"]),
            members=MEMBERS[values["members"]],
            fewest=values["fewest"],
            most=values["most"],
            question=int(question) if question else None,
            said=said,
            batch=values["batch"].pk if values["batch"] else None,
            parties=Audience.of(self.instance.audience).parties if values.get("picked") else (),
        )


def replies_to(event: Event, *, sensitive: bool) -> list[tuple[str, Any]]:
    """What guests can have said to each question of the hosts, as one list to choose from."""
    questions = Question.objects.filter(event=event)
    if not sensitive:
        questions = questions.filter(is_sensitive=False)
    return replies_among(questions.prefetch_related("choices"))


def replies_among(questions: Iterable[Question]) -> list[tuple[str, Any]]:
    """The same of these questions, with their choices at hand."""
    found: list[tuple[str, Any]] = [("", _("anything, or nothing"))]
    for question in questions:
        said: list[tuple[Any, Any]] = [(choice.pk, choice) for choice in question.choices.all()]
        if question.kind == Question.Kind.YES_NO:
            said += [(each.value, each.label) for each in (Said.YES, Said.NO)]
        said += [(each.value, each.label) for each in (Said.ANYTHING, Said.NOTHING)]
        found += [(f"{question.pk}:{value}", f"{question} · {label}") for value, label in said]
    return found
