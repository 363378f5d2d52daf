"""Forms for a directory: the file, which of its columns holds what, and which cities its doubtful places are."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from relationships.directory import checking, mapping
from relationships.directory.words import field_in_words
from relationships.models import Directory, Relationship
from sistercities.pages.fields import UNPRINTABLE
from sistercities.tables.reading import ENCODINGS, LARGEST_BYTES, Table, Unreadable, read
from sistercities.tables.words import fault_in_words

PAIRS = [(kind.value, kind.label) for kind in Relationship.Kind if kind is not Relationship.Kind.ALLIANCE]
DELIMITERS = [(",", _("comma")), ("\t", _("tab")), (";", _("semicolon")), ("|", _("vertical bar"))]
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "gb18030": "GB18030 (GBK, GB2312)",
    "windows-1252": "Windows-1252 (ISO 8859-1)",
}
OPEN = ""


class HandInForm(forms.ModelForm):
    """A file of bonds; it is read as a whole before it is kept."""

    class Meta:
        model = Directory
        fields = ["file", "source", "kind", "publish"]
        help_texts = {
            "file": _("CSV or TSV, at most 20 megabytes and 50,000 lines; its first line names the columns."),
            "kind": _(
                "For lines that do not name it. Sister cities and cooperation cities are counted apart."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table: Table | None = None
        if "kind" in self.fields:
            self.fields["kind"].choices = PAIRS  # type: ignore[attr-defined]
        if "file" in self.fields:
            self.fields["file"].widget = forms.FileInput(attrs={"accept": ".csv,.tsv,.tab,.txt,text/csv"})

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise ValidationError(fault_in_words("too-large", most=LARGEST_BYTES // 1_000_000))
        try:
            self.table = read(file.read())
        except Unreadable as wrong:
            raise ValidationError(fault_in_words(wrong.fault, **wrong.values)) from wrong
        file.seek(0)
        return file

    def save(self, commit: bool = True) -> Any:
        directory = self.instance
        if self.table:
            directory.filename = UNPRINTABLE.sub("", self.cleaned_data["file"].name)[-200:]
            directory.encoding, directory.delimiter = self.table.encoding, self.table.delimiter
            rows = [line.cells for line in self.table.lines[: mapping.SAMPLE]]
            directory.columns = mapping.guess(self.table.header, rows)
            directory.rows_total = len(self.table.lines)
        return super().save(commit)


class ColumnsForm(forms.Form):
    """Which column holds what; what stands in the file under a name is shown beside."""

    encoding = forms.ChoiceField(
        label=_("encoding"), choices=[(code, ENCODING_NAMES[code]) for code in ENCODINGS]
    )
    delimiter = forms.ChoiceField(label=_("between the columns"), choices=DELIMITERS)
    given_kind = forms.ChoiceField(label=_("kind of bond, where a line names none"), choices=PAIRS)
    publish = forms.BooleanField(
        label=_("publish at once"),
        required=False,
        help_text=_("Else all new pages are drafts until you publish them."),
    )

    def __init__(self, directory: Directory, table: Table, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directory, self.table = directory, table
        choices = [("", _("not in the file")), *((head, head) for head in table.header)]
        for name in mapping.FIELDS:
            self.fields[name] = forms.ChoiceField(label=field_in_words(name), choices=choices, required=False)

    @property
    def sides(self) -> list[list[Any]]:
        """The fields of the first city, of the second, and of the bond."""
        names = [[name for name in mapping.FIELDS if name.startswith(f"{side}_")] for side in mapping.SIDES]
        return [[self[name] for name in group] for group in [*names, list(mapping.OF_THE_BOND)]]

    @property
    def asks_again(self) -> bool:
        """Whether only the file is to be read anew: its letters may be wrong, and then no column has its name."""
        return "again" in self.data

    @property
    def about(self) -> list[Any]:
        return [self[name] for name in ("encoding", "delimiter", "given_kind", "publish")]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self._read_again(values)
        if self.asks_again:
            return values
        columns = {name: values.get(name, "") for name in mapping.FIELDS}
        for name in mapping.wanting(columns):
            if name not in self.errors:
                self.add_error(name, _("Choose the column that names this city."))
        for name in mapping.chosen_twice(columns):
            self.add_error(name, _("This column is chosen for something else too."))
        return values

    def _read_again(self, values: dict[str, Any]) -> None:
        """With other letters or another delimiter the columns have other names, and are guessed anew."""
        try:
            table = checking.table(self.directory, values.get("encoding", ""), values.get("delimiter", ""))
        except Unreadable as wrong:
            self.add_error("encoding", fault_in_words(wrong.fault, **wrong.values))
            return
        if table.header == self.table.header:
            return
        if not self.asks_again:
            self.add_error("encoding", _("Read so, the columns have other names. Read the file again first."))
            return
        guessed = mapping.guess(table.header, [line.cells for line in table.lines[: mapping.SAMPLE]])
        values.update({name: guessed.get(name, "") for name in mapping.FIELDS})

    def save(self, directory: Directory) -> None:
        values = self.cleaned_data
        directory.columns = {name: values[name] for name in mapping.FIELDS if values[name]}
        directory.encoding, directory.delimiter = values["encoding"], values["delimiter"]
        directory.kind, directory.publish = values["given_kind"], values["publish"]
        directory.save(update_fields=["columns", "encoding", "delimiter", "kind", "publish"])


class DoubtsForm(forms.Form):
    """For each doubtful place the cities that it may be; whoever does not know leaves it open."""

    def __init__(self, doubts: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doubts = {f"place-{number}": doubt for number, doubt in enumerate(doubts)}
        for name, doubt in self.doubts.items():
            self.fields[name] = forms.ChoiceField(
                label=doubt["label"],
                choices=self._choices(doubt),
                widget=forms.RadioSelect,
                required=False,
                initial=doubt["decision"],
                help_text=doubt["help"],
            )
            # Which place a number stands for may have changed since the page was opened.
            self.fields[f"{name}-key"] = forms.CharField(widget=forms.HiddenInput, initial=doubt["key"])

    def _choices(self, doubt: dict[str, Any]) -> list[tuple[str, Any]]:
        found = [(each["value"], _candidate(each)) for each in doubt["found"]]
        new = [("new", _("a new city"))] if doubt["may_be_new"] else []
        return [*found, *new, (OPEN, _("leave it open"))]

    @property
    def rows(self) -> list[tuple[dict[str, Any], Any, Any]]:
        return [(doubt, self[name], self[f"{name}-key"]) for name, doubt in self.doubts.items()]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name, doubt in self.doubts.items():
            if values.get(f"{name}-key") != doubt["key"]:
                self.add_error(name, _("The list has changed since you opened it. Choose again."))
        return values

    def decisions(self) -> dict[str, str]:
        """What was said, by the key of the place."""
        return {doubt["key"]: self.cleaned_data[name] for name, doubt in self.doubts.items()}


def _candidate(each: dict[str, Any]) -> Any:
    """“Portland, US, 4 km away; on record”."""
    where = _("in this file, new") if each["is_new"] else _("on record")
    country = "" if each["is_new"] else f" ({each['country']})"
    if each["km"] is None:
        return format_lazy("{}{}: {}", each["label"], country, where)
    return format_lazy("{}{}: {}, {}", each["label"], country, _km(each["km"]), where)


def _km(km: int) -> Any:
    return format_lazy(_("{km} km away"), km=km)
