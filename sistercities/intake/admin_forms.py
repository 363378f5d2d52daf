"""Forms for lists that are handed in: the file, and which of its columns holds what."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sistercities.intake.kinds import Kind, guess, kind_named
from sistercities.intake.models import Intake
from sistercities.pages.fields import UNPRINTABLE
from sistercities.tables.reading import ENCODINGS, Table, Unreadable
from sistercities.tables.sheets import read_any
from sistercities.tables.words import fault_in_words

LARGEST_BYTES = 5_000_000
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "gb18030": "GB18030 (GBK, GB2312)",
    "windows-1252": "Windows-1252 (ISO 8859-1)",
    "xlsx": "XLSX",
}
TOO_MANY = _("More than %(most)s lines at once are too many. Divide the list.")
LONGEST_SAMPLE = 30


def table_of(content: bytes, encoding: str, most: int) -> Table:
    """A list as a table. Raises ValidationError with what is wrong with it as a whole."""
    try:
        table = read_any(content, encoding, fewest=1)
    except Unreadable as wrong:
        raise ValidationError(fault_in_words(wrong.fault, **wrong.values)) from wrong
    if len(table.lines) > most:
        raise ValidationError(TOO_MANY % {"most": most})
    if not table.lines:
        raise ValidationError(_("The file names its columns and holds no lines."))
    return table


def read_into(intake: Intake, kind: type[Kind], table: Table) -> None:
    intake.encoding, intake.header = table.encoding, table.header
    intake.columns = guess(kind.columns(), table.header)
    intake.rows = [
        {"line": line.number, "cells": line.cells, "problem": line.problem} for line in table.lines
    ]


class HandInForm(forms.Form):
    """A list: what it is a list of, and the file. It is read as a whole before it is kept."""

    kind = forms.ChoiceField(label=_("What it is a list of"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.tab,.txt,.xlsx,text/csv"}),
        help_text=_(
            "CSV, TSV or XLSX, at most 5 megabytes. The first line names the columns; in which letters it is written, "
            "and what stands between the columns, is found out."
        ),
        error_messages={"required": _("Choose a file."), "empty": fault_in_words("empty")},
    )

    def __init__(self, kinds: list[type[Kind]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(kind.name, capfirst(str(kind.label))) for kind in kinds]
        if len(kinds) == 1:
            field.initial, field.widget = kinds[0].name, forms.HiddenInput()
        self.content = b""
        self.table: Table | None = None

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_BYTES:
            raise ValidationError(fault_in_words("too-large", most=LARGEST_BYTES // 1_000_000))
        kind = kind_named(str(self.cleaned_data.get("kind", "")))
        if kind is None:
            return file
        self.content = file.read()
        self.table = table_of(self.content, "", kind.most)
        return file

    def save(self, by: Any, about: int | None) -> Intake:
        kind = kind_named(self.cleaned_data["kind"])
        if kind is None or self.table is None:  # pragma: no cover - the form was not valid
            raise ValueError
        intake = Intake(kind=kind.name, about=about, made_by=by, content=self.content)
        intake.filename = UNPRINTABLE.sub("", self.cleaned_data["file"].name or "")[-200:]
        intake.digest = hashlib.sha256(self.content).hexdigest()
        read_into(intake, kind, self.table)
        intake.save()
        return intake


class ColumnsForm(forms.Form):
    """Which column of the file holds what; beside the head of each stands what is in it first."""

    def __init__(self, intake: Intake, kind: type[Kind], data: Any = None) -> None:
        super().__init__(data, initial={**intake.columns, "encoding": intake.encoding})
        self.intake, self.kind = intake, kind
        self.columns = [column for column in kind.columns() if not column.only_shown]
        choices = [("", _("not in the file")), *((head, self.sample(head)) for head in intake.header)]
        if intake.encoding != "xlsx" and intake.content:
            self.fields["encoding"] = forms.ChoiceField(
                label=capfirst(str(_("encoding"))),
                choices=[(code, ENCODING_NAMES[code]) for code in ENCODINGS],
                help_text=_("Try another one where the letters look wrong."),
            )
        for column in self.columns:
            self.fields[column.name] = forms.ChoiceField(
                label=capfirst(str(column.label)), choices=choices, required=False, help_text=str(column.help)
            )

    def sample(self, head: str) -> str:
        """A head with the first thing that stands below it."""
        place = self.intake.header.index(head)
        cells = (row["cells"][place] for row in self.intake.rows if len(row["cells"]) > place)
        first = next((cell for cell in cells if cell), "")[:LONGEST_SAMPLE]
        return f"{head}: {first}" if first else head

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("encoding", self.intake.encoding) != self.intake.encoding:
            return self.read_again(values)
        taken: set[str] = set()
        for column in self.columns:
            head = values.get(column.name, "")
            if column.required and not head and column.name not in self.errors:
                self.add_error(column.name, _("Choose the column that holds this."))
            if head and head in taken:
                self.add_error(column.name, _("This column is chosen for something else too."))
            taken.add(head)
        return values

    def read_again(self, values: dict[str, Any]) -> dict[str, Any]:
        """In other letters the columns have other names, and are guessed anew."""
        try:
            table = table_of(bytes(self.intake.content or b""), values["encoding"], self.kind.most)
        except ValidationError as fault:
            self.add_error("encoding", fault)
        else:
            read_into(self.intake, self.kind, table)
            values.update({column.name: self.intake.columns.get(column.name, "") for column in self.columns})
        return values

    def save(self) -> None:
        chosen = {column.name: self.cleaned_data.get(column.name, "") for column in self.columns}
        self.intake.columns = {name: head for name, head in chosen.items() if head}
        self.intake.save(update_fields=["columns", "encoding", "header", "rows"])
