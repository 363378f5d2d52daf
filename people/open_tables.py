"""The people as open data: of those who may be living no more than their page tells."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from people.models import Person
from sistercities.pages.open_data.tables import Column, Kind, Table, add, dates, in_languages, last, of, own


def names(row: Any) -> list[str]:
    return list(dict.fromkeys(name.value.full for name in row.names.all()))


add(
    Table(
        "people",
        _("People"),
        _("The people who are written about, with their names in all scripts."),
        lambda: Person.objects.listed().prefetch_related("names"),
        (
            *own(),
            Column("names", _("All names and spellings, the chief ones leading."), names, Kind.TEXTS),
            Column("reading", _("The pinyin of the Chinese name, with tones."), of("romanisation")),
            *dates("born", _("Date of birth; of those who may be living the year alone."), of("born_shown")),
            *dates("died", _("Date of death.")),
            Column(
                "may_be_living",
                _("Whether no date of death is known, and the person may be living."),
                of("may_be_living"),
                Kind.TRUTH,
                is_always_there=True,
            ),
            *in_languages("known_for", _("What the person is known for.")),
            *last(),
        ),
    )
)
