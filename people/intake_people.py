"""People who are written about, from a list: their names in each script, the family name first, and their dates.

A line is recognised by the address of its page or, without one, by the names. Whoever is new becomes a draft.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from people.models import Person, PersonName
from people.names import Name, display_name, tidy
from sistercities.intake.kinds import NEVER, Column, Kind, Looked, takes_in
from sistercities.intake.readers import field_of, of_field
from sistercities.pages import publishing, revisions
from sistercities.pages.addresses import address_from, check_address, free_address
from sistercities.pages.bilingual import current_language, languages
from sistercities.pages.dates import HistoricalDate, written
from sistercities.pages.fields import HistoricalDateFormField

LATIN, SIMPLIFIED, TRADITIONAL = (
    PersonName.Script.LATIN,
    PersonName.Script.SIMPLIFIED,
    PersonName.Script.TRADITIONAL,
)
# By which the columns of a script are called, and how its words lead the heads.
SCRIPTS = {"latin": LATIN, "hans": SIMPLIFIED, "hant": TRADITIONAL}
LABELS = {
    "latin_family": pgettext_lazy("in a list, of the name in Latin letters", "family name"),
    "latin_given": pgettext_lazy("in a list, of the name in Latin letters", "given names"),
    "latin_family_first": pgettext_lazy("in a list, of the name in Latin letters", "family name first"),
    "hans_family": gettext_lazy("Chinese family name"),
    "hans_given": gettext_lazy("Chinese given name"),
    "hans_family_first": gettext_lazy("Chinese family name first"),
    "hans_romanisation": gettext_lazy("reading with tones"),
    "hant_family": gettext_lazy("traditional family name"),
    "hant_given": gettext_lazy("traditional given name"),
    "hant_family_first": gettext_lazy("traditional family name first"),
}
HEADS = {
    "latin_family": "family name,last name,surname,english family name,英文姓,姓（英文）,外文姓",
    "latin_given": "given names,given name,first name,english given name,英文名,名（英文）,外文名",
    "latin_family_first": "family name first,西文姓在前,姓在前",
    "hans_family": "chinese family name,chinese surname,中文姓,姓,姓氏",
    "hans_given": "chinese given name,中文名,名",
    "hans_family_first": "chinese family name first,中文姓在前",
    "hans_romanisation": "reading with tones,reading,pinyin,拼音,读音",
    "hant_family": "traditional family name,繁体姓,繁體姓",
    "hant_given": "traditional given name,繁体名,繁體名",
    "hant_family_first": "traditional family name first,繁体姓在前",
}
PARTS = ("family", "given", "family_first", "romanisation")
FIELDS = ("born", "died", "known_for_en", "known_for_zh_hans", "honorific_en", "honorific_zh_hans")
FIELD_HEADS = {
    "born": "born,birth,date of birth,出生,出生日期,生年",
    "died": "died,death,date of death,去世,逝世,卒年",
    "known_for_en": "known as,known for,known as (english),身份（英文）",
    "known_for_zh_hans": "known as (chinese),身份,身份（中文）",
    "honorific_en": "honorific,honorific (english),称谓（英文）",
    "honorific_zh_hans": "honorific (chinese),称谓,称谓（中文）",
}


def a_date(text: str) -> HistoricalDate:
    found: HistoricalDate = HistoricalDateFormField().to_python(text)
    return found


def date_cell(value: HistoricalDate | None) -> str:
    return written(value, current_language()) if value else ""


def of_name(column: str) -> Column:
    """A column of one name: its family name, its given name, which leads, or how it is read."""
    script, _line, part = column.partition("_")
    known = of_field(PersonName, part)
    read = known.read
    if part in ("family", "given"):
        read = _tidied(part, SCRIPTS[script])
    return Column(column, LABELS[column], HEADS[column], read, help=known.help, empty=known.empty)


def _tidied(part: str, script: str) -> Any:
    field = field_of(PersonName, part)
    return lambda text: tidy(field.clean(text, None), script)


def check_slug(text: str) -> str:
    field_of(Person, "slug").run_validators(text)
    return text.lower()


@takes_in
class People(Kind):
    """People who are written about."""

    name = "people"
    label = gettext_lazy("people who are written about")
    about_it = gettext_lazy(
        "Names with the family name in a column of its own, dates, and one line that says who it is. A line is "
        "recognised by the address of the page or, without one, by the names. Whoever is new becomes a draft."
    )
    model = Person
    permissions = ("people.add_person", "people.change_person")
    called_by = tuple(f"{script}_{part}" for script in SCRIPTS for part in ("family", "given"))
    place = 20
    most = 500

    @classmethod
    def columns(cls) -> Sequence[Column]:
        slug = Column(
            "slug",
            pgettext_lazy("of a page", "address"),
            "address of the page,address,slug,page,页面地址,网址,地址",
            read=check_slug,
            help=gettext_lazy("The last part of the address of the page. It may stay empty."),
            empty=NEVER,
            is_beside=True,
        )
        dates = {"read": a_date, "show": date_cell}
        fields = [
            of_field(Person, name, FIELD_HEADS[name], **(dates if name in ("born", "died") else {}))
            for name in FIELDS
        ]
        return [slug, *(of_name(name) for name in LABELS), *fields]

    def back(self) -> str:
        return reverse("admin:people_person_changelist")

    def key_of(self, row: Looked) -> str:
        names = _full_names(row.values)
        for script in SCRIPTS:
            if row.values.get(f"{script}_given") and not row.values.get(f"{script}_family"):
                row.faults.append(_("A given name stands there without a family name."))
                return ""
        if slug := row.values.get("slug"):
            return f"/{slug}"
        if not names:
            row.faults.append(_("The name is missing."))
            return ""
        return "|".join(f"{script}:{name}" for script, name in sorted(names.items()))

    def name_of(self, row: Looked) -> str:
        names = _full_names(row.values)
        return " · ".join(dict.fromkeys(names.values())) or row.values.get("slug", "")

    def find(self, rows: Sequence[Looked], *, lock: bool = False) -> None:
        slugs = {row.values["slug"] for row in rows if row.values.get("slug")}
        columns = [f"{script}_family" for script in SCRIPTS]
        families = {row.values[name] for row in rows for name in columns if row.values.get(name)}
        at = PersonName.objects.filter(family__in=families, is_variant=False).values("person")
        known = self.for_list(Person.objects.all())
        people = list((known.filter(slug__in=slugs) | known.filter(pk__in=at)).order_by("pk"))
        by_slug = {person.slug: person for person in people}
        by_name: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for person in people:
            for script, name in _full_names(self.told(person)).items():
                by_name[script, name].append(person)
        for row in rows:
            if row.values.get("slug"):
                row.thing = by_slug.get(row.values["slug"])
            else:
                self.find_by_names(row, by_name)

    def find_by_names(self, row: Looked, known: dict[tuple[str, str], list[Person]]) -> None:
        names = _full_names(row.values)
        found = {person.pk: person for key in names.items() for person in known.get(key, [])}
        if len(found) > 1:
            pages = ", ".join(sorted(person.slug for person in found.values()))
            words = _(
                "Several people are called so: write the address of the page that is meant (%(pages)s)."
            )
            row.faults.append(words % {"pages": pages})
        for person in found.values():
            row.thing = person
        if row.thing is not None:
            row.faults += _is_another(row, self.told(row.thing), row.thing)

    @classmethod
    def for_list(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.prefetch_related("names")

    @classmethod
    def told(cls, thing: Person) -> dict[str, Any]:
        values = {"slug": thing.slug, **{name: getattr(thing, name) for name in FIELDS}}
        chief = {name.script: name for name in thing.names.all() if not name.is_variant}
        for column in LABELS:
            script, _line, part = column.partition("_")
            name = chief.get(SCRIPTS[script])
            values[column] = getattr(name, part) if name else None
        return values

    def check(self, row: Looked) -> None:
        after = {**(self.told(row.thing) if row.thing else {}), **row.values}
        born, died = after.get("born"), after.get("died")
        if born and died and died.last_day < born.first_day:
            row.faults.append(_("Nobody dies before being born."))
        if row.thing is None and not _full_names(after):
            row.faults.append(_("The name is missing."))
        elif row.thing is None:
            shown = [display_name(_new_names(row.values), language) for language in languages()]
            row.hints.append(_("Shown as: %(names)s") % {"names": " · ".join(dict.fromkeys(shown))})
        if row.thing is None and row.values.get("slug"):
            try:
                check_address(Person, row.values["slug"])
            except ValidationError as fault:
                row.faults += fault.messages
        if row.thing is not None and row.thing.is_public and row.changes:
            row.hints.append(_("Everybody can read this page: the change is seen at once."))

    def write(self, row: Looked) -> Person:
        person = row.thing or Person(slug=row.values.get("slug") or self.address_for(row))
        if row.thing is not None:
            publishing.hold(person)
            revisions.record_first(person)
        for name in FIELDS:
            if name in row.values:
                setattr(person, name, row.values[name])
        if row.thing is None:
            person.title_en = person.title_zh_hans = row.called[:200]
        person.save()
        for written_so in _names(person, row.values):
            written_so.full_clean(exclude=["person"], validate_constraints=False)
            written_so.save()
        publishing.refresh(person, by=self.by)
        return person

    def address_for(self, row: Looked) -> str:
        shown = [display_name(_new_names(row.values), language) for language in languages()]
        return free_address(Person, address_from(*shown) or "person")


def _full_names(values: dict[str, Any]) -> dict[str, str]:
    """The names that a line gives or a person has, by script, to be compared: the family name leads."""
    found = {}
    for script in SCRIPTS:
        family, given = values.get(f"{script}_family"), values.get(f"{script}_given")
        if family:
            glue = ", " if script == "latin" else ""
            found[script] = f"{family}{glue}{given}" if given else family
    return found


def _is_another(row: Looked, told: dict[str, Any], person: Person) -> Iterator[str]:
    """Whether somebody who is called the same is rather somebody else: another name, or another year of birth."""
    words = _(
        "%(page)s is called so, and is somebody else or written otherwise: write the address of the page that is meant."
    )
    names, known = _full_names(row.values), _full_names(told)
    differs = any(script in known and known[script] != name for script, name in names.items())
    born = row.values.get("born")
    if differs or (born and person.born and born.year != person.born.year):
        yield words % {"page": person.slug}


def _names(person: Person, values: dict[str, Any]) -> Iterator[PersonName]:
    """The names of a person that a line changes, or adds."""
    chief = {name.script: name for name in person.names.all() if not name.is_variant}
    for script, code in SCRIPTS.items():
        given = {part: values[f"{script}_{part}"] for part in PARTS if f"{script}_{part}" in values}
        if not given or (code not in chief and not given.get("family")):
            continue
        name = chief.get(code) or PersonName(person=person, script=code, family_first=_leads(values))
        for part, value in given.items():
            setattr(name, part, value)
        yield name


def _leads(values: dict[str, Any]) -> bool:
    """Whether the family name leads where the list says nothing: it does in a name of few characters, as 梁灵光."""
    names = [(values.get(f"{script}_family"), values.get(f"{script}_given")) for script in ("hans", "hant")]
    return any(family and len(family) <= 2 and len(given or "") <= 2 for family, given in names)


def _new_names(values: dict[str, Any]) -> list[Name]:
    """The names of somebody new, as plain values."""
    lead = _leads(values)
    return [
        Name(
            script=code,
            family=values[f"{script}_family"],
            given=values.get(f"{script}_given") or "",
            family_first=values.get(f"{script}_family_first", lead),
        )
        for script, code in SCRIPTS.items()
        if values.get(f"{script}_family")
    ]
