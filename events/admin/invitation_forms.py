"""The forms with which staff invite: one guest, or a whole list of people."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.admin.clock import PLACE_HELP, WallClockField, instant_of, wall_time
from events.forms import SeatsField
from events.invitation_reading import (
    MOST_BYTES,
    MOST_ROWS,
    NotAList,
    Read,
    from_guests,
    from_members,
    read_file,
    read_text,
)
from events.models import Event, GuestTag, Invitation, InvitationList
from events.scoping import within
from people.models import Member
from sistercities.mail.addresses import comparable
from sistercities.pages.beside import ErrorsBeside
from sistercities.pages.bilingual import html_language, language_name
from sistercities.pages.fields import single_line
from sistercities.pages.forms_for_strangers import RunningText
from sistercities.tables.words import fault_in_words

Source = InvitationList.Source
OWN_DEADLINE = _(
    "On the clocks of the place. Until then this guest may answer, also after the event's own deadline; empty: as all."
)


class InvitationForm(ErrorsBeside):
    """An invitation; nobody is invited twice to one event. Its deadline is a time on the clocks of the place."""

    answer_by = WallClockField(label=_("Answer by"), help_text=OWN_DEADLINE)

    class Meta:
        widgets = {"tags": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.answer_by:
            self.initial["answer_by"] = wall_time(self.instance.answer_by, self.instance.event.zone)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        event = values.get("event") or (self.instance.event if self.instance.event_id else None)
        email = values.get("email") or ""
        # Whether an invitation is revoked is no field of the form, so the constraint cannot be asked here.
        same = Invitation.objects.live().filter(event=event, email_key=comparable(email))
        if event and email and same.exclude(pk=self.instance.pk).exists():
            self.add_error("email", _("This address has an invitation to this event already."))
        if event and values.get("answer_by"):
            read_deadline(self, event, values, self.instance.answer_by)
        return values


def read_deadline(
    form: forms.BaseForm, event: Event, values: dict[str, Any], known: datetime | None = None
) -> None:
    """Make an instant of a deadline on the clocks of the place; a new one lies ahead."""
    try:
        moment = instant_of(values["answer_by"], event.zone)
        if moment != known and moment <= timezone.now():
            raise ValidationError(_("This moment has passed."))
        values["answer_by"] = moment
    except ValidationError as fault:
        form.add_error("answer_by", fault)


# --- a list of people -----------------------------------------------------------------------------------


class PeopleForm(forms.Form):
    """Where the people of a list come from, and what the list is called."""

    source = ""
    name = forms.CharField(
        label=_("Name of the list"),
        max_length=100,
        required=False,
        validators=[single_line],
        widget=AdminTextInputWidget,
        help_text=_("Such as: consular corps. By it you find these invitations again."),
    )

    def __init__(self, *args: Any, event: Event, reader: Any, **kwargs: Any) -> None:
        """``reader`` is who hands the list in, and takes no guests from events of others."""
        super().__init__(*args, **kwargs)
        self.event, self.reader = event, reader
        self.order_fields([name for name in self.fields if name != "name"] + ["name"])

    def people(self) -> Read:
        """The people of a valid form. Raises NotAList."""
        raise NotImplementedError

    @property
    def usual_name(self) -> str:
        return str(Source(self.source).label)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                values["people"] = self.people()
            except NotAList as wrong:
                self.add_error(next(iter(self.fields)), str(wrong))
        if not self.errors and not values["people"].rows:
            self.add_error(next(iter(self.fields)), _("There is nobody in it."))
        values["name"] = values.get("name") or self.usual_name[:100]
        return values


class FileForm(PeopleForm):
    source = Source.FILE
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.tab,.txt,.xlsx,text/csv"}),
        help_text=_(
            "CSV, TSV or XLSX, with at most 5,000 people. The first line names the columns, in English or"
            " Chinese, in any order: name, title, salutation, organisation, email, language, personal words,"
            " party size, answer by, for this guest only, note. Only the name is needed."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(fault_in_words("too-large", most=MOST_BYTES // 1_000_000))
        return file

    def people(self) -> Read:
        return read_file(self.cleaned_data["file"].read())

    @property
    def usual_name(self) -> str:
        file = self.cleaned_data.get("file")
        stem = str(file.name).rpartition(".")[0] if file else ""
        return "".join(letter for letter in stem if letter.isprintable()) or super().usual_name


class TypedForm(PeopleForm):
    source = Source.TYPED
    text = RunningText(
        label=_("People"),
        max_length=100 * MOST_ROWS,
        widget=AdminTextareaWidget(attrs={"rows": 14}),
        help_text=_(
            "One a line: “Mei Chen <mei@example.org>”, or name, address and organisation with commas between. You may"
            " also paste cells of a spreadsheet, with the line that names the columns."
        ),
    )

    def people(self) -> Read:
        return read_text(self.cleaned_data["text"])


class MembersForm(PeopleForm):
    source = Source.MEMBERS
    which = forms.ChoiceField(
        label=_("Which members"),
        choices=[("all", _("all current members")), ("chosen", _("those chosen below"))],
        initial="all",
        widget=forms.RadioSelect,
    )
    chosen = forms.ModelMultipleChoiceField(
        Member.objects.filter(is_active=True).order_by("name", "email"),
        label=_("Members"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def people(self) -> Read:
        if self.cleaned_data["which"] == "chosen":
            return from_members(self.cleaned_data["chosen"])
        active = Member.objects.filter(is_active=True).select_related("covered_by").order_by("name", "email")
        return from_members(member for member in active if member.is_current_member)


class GuestsForm(PeopleForm):
    source = Source.GUESTS
    earlier = forms.ModelChoiceField(Event.objects.none(), label=_("Event"), empty_label=_("Please choose"))
    who = forms.ChoiceField(
        label=_("Which guests"),
        choices=[
            ("came", _("those whose seats were confirmed")),
            ("all", _("everybody invited, or with an answer")),
        ],
        initial="came",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answered = Q(rsvps__isnull=False) | Q(invitations__isnull=False)
        own = within(self.reader, "events.view_rsvp", Event.objects.exclude(pk=self.event.pk))
        others = own.filter(answered).distinct()
        self.fields["earlier"].queryset = others.order_by("-starts_at", "-pk")  # type: ignore[attr-defined]

    def people(self) -> Read:
        return from_guests(self.cleaned_data["earlier"], everybody=self.cleaned_data["who"] == "all")

    @property
    def usual_name(self) -> str:
        return str(self.cleaned_data.get("earlier") or super().usual_name)


FORMS: dict[str, type[PeopleForm]] = {
    str(form.source): form for form in (FileForm, TypedForm, MembersForm, GuestsForm)
}


class SharedForm(forms.Form):
    """What stands on every invitation of a list where its row says nothing of it."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("by the name: Chinese for names in Chinese characters")), *settings.LANGUAGES],
        help_text=_("In which we write to them."),
    )
    largest_party = SeatsField(
        label=_("Party size"),
        required=False,
        min_value=1,
        max_value=40,
        help_text=_("The guest included; empty: as the event has it."),
    )
    answer_by = WallClockField(label=_("Answer by"), help_text=PLACE_HELP)
    this_guest_only = forms.BooleanField(
        label=_("For this guest only"),
        required=False,
        help_text=_("Whoever else comes by such a link may only ask to come, and you decide."),
    )

    tags = forms.ModelMultipleChoiceField(
        GuestTag.objects.none(),
        label=_("Tags"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All who answer these invitations have them too. Seen by staff only."),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        chosen: Any = self.fields["tags"]
        chosen.queryset = GuestTag.objects.all()
        for code, _own_name in settings.LANGUAGES:
            self.fields[f"greeting-{code}"] = RunningText(
                label=_("Personal words (%(language)s)") % {"language": language_name(code)},
                required=False,
                max_length=1000,
                widget=AdminTextareaWidget(attrs={"rows": 3, "lang": html_language(code)}),
                help_text=_(
                    "They stand above the invitation of each guest to whom we write in this language."
                ),
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("answer_by"):
            read_deadline(self, self.event, values)
        return values

    @property
    def shared(self) -> dict[str, Any]:
        """The valid form as what a list takes over; the personal words by their language."""
        values = dict(self.cleaned_data)
        values["is_bound"] = values.pop("this_guest_only")
        values["greetings"] = {code: values.pop(f"greeting-{code}") for code, _name in settings.LANGUAGES}
        return values
