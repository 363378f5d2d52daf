"""The ways to narrow the list of remarks, and its order. They live in the address, as those of the calendar do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, Q, QuerySet, When
from django.db.models.functions import Cast, Left, Lower
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from events.filters import SLUG, YEAR
from events.models import Remark
from events.models.programme import TAG, RemarkQuerySet
from events.speech import spoken_language
from people.models import Person
from sistercities.pages.dates import HistoricalDate
from sistercities.pages.templatetags.bilingual import plain

NEWEST = "newest"
# Whoever spoke less often is found through the search, or on the own page.
SPEAKERS = 12


@dataclass(frozen=True)
class RemarkFilters:
    """A speaker by address, the language in which somebody spoke, a year, and the order; empty means all."""

    speaker: str = ""
    language: str = ""
    year: str = ""
    order: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "RemarkFilters":
        """Raises Http404 for what cannot be: an unknown speaker, no language, a year that is none."""
        wanted = cls(*(query.get(name, "") for name in ("speaker", "language", "year", "order")))
        if wanted.order not in ("", NEWEST):
            raise Http404(_("There is no such order."))
        if wanted.year and not YEAR.fullmatch(wanted.year):
            raise Http404(_("That is not a year."))
        if wanted.language and not TAG.fullmatch(wanted.language):
            raise Http404(_("There is no such language."))
        if wanted.speaker and not (SLUG.fullmatch(wanted.speaker) and _speaks(wanted.speaker)):
            raise Http404(_("There is no such speaker."))
        return wanted

    def __bool__(self) -> bool:
        return bool(self.speaker or self.language or self.year)

    @property
    def url(self) -> str:
        query = urlencode({name: value for name, value in vars(self).items() if value})
        return f"{reverse('remark_list')}{'?' if query else ''}{query}"

    def narrow(self, remarks: RemarkQuerySet) -> RemarkQuerySet:
        if self.speaker:
            remarks = remarks.filter(speaker__slug=self.speaker)
        if self.language:
            remarks = remarks.filter(original_language__iexact=self.language)
        if self.year:
            year = HistoricalDate(int(self.year))
            remarks = remarks.filter(event__held_first__range=(year.first_day, year.last_day))
        return remarks

    def in_order(self, remarks: RemarkQuerySet) -> RemarkQuerySet:
        if self.order == NEWEST:
            return remarks.order_by("-publish_at", "-pk")
        return remarks.order_by("-event__held_first", "event", "position", "pk")

    def groups(self, remarks: RemarkQuerySet) -> list[dict[str, Any]]:
        """What components/_filters.html takes: every choice there is, with how many remarks it would leave."""
        orders = [("", _("By event"), None), (NEWEST, _("Newest first"), None)]
        found = [
            self._group("speaker", _("Speaker"), self._speakers(remarks)),
            self._group("language", _("Given in"), self._languages(remarks)),
            self._group("year", _("Year"), self._years(remarks)),
            {"label": _("Order"), "options": self._options("order", orders)},
        ]
        return [group for group in found if len(group["options"]) > 1]

    def _speakers(self, remarks: RemarkQuerySet) -> list[tuple[str, Any, int]]:
        among = replace(self, speaker="").narrow(remarks).order_by().values("pk")
        people = Person.objects.published().filter(remarks__in=remarks.order_by().values("pk"))
        people = people.annotate(found=Count("remarks", filter=Q(remarks__in=among), distinct=True))
        # The one asked for stands among them, however rarely he or she spoke.
        people = people.order_by(Case(When(slug=self.speaker, then=0), default=1), "-found", "sort_name")[
            :SPEAKERS
        ]
        return [
            (person.slug, plain(person.display_name), person.found)
            for person in people.prefetch_related("names")
        ]

    def _languages(self, remarks: RemarkQuerySet) -> list[tuple[str, Any, int]]:
        given = remarks.exclude(original_language="").annotate(tag=Lower("original_language"))
        rows = _counted(given.order_by("tag").values_list("tag"), replace(self, language="").narrow(remarks))
        found = {self.language.lower(): 0, **dict(rows)} if self.language else dict(rows)
        return [(tag, spoken_language(tag), count) for tag, count in sorted(found.items())]

    def _years(self, remarks: RemarkQuerySet) -> list[tuple[str, Any, int]]:
        dated = remarks.annotate(year=Left(Cast("event__held", CharField()), 4)).filter(
            year__regex="^[0-9]{4}$"
        )
        rows = _counted(dated.order_by("year").values_list("year"), replace(self, year="").narrow(remarks))
        found = {self.year: 0, **dict(rows)} if self.year else dict(rows)
        return [(year, year, found[year]) for year in sorted(found, reverse=True)]

    def _group(self, name: str, label: str, options: list[tuple[str, Any, int]]) -> dict[str, Any]:
        everything = [("", _("All"), None)] if options else []
        return {"label": label, "options": self._options(name, [*everything, *options])}

    def _options(self, name: str, choices: Sequence[tuple[str, Any, int | None]]) -> list[dict[str, Any]]:
        current = getattr(self, name)
        return [
            {
                "label": words,
                "url": replace(self, **{name: value}).url,
                "current": value == current.lower(),
                "count": count,
            }
            for value, words, count in choices
        ]


def _counted(choices: QuerySet[Any], remarks: RemarkQuerySet) -> QuerySet[Any]:
    """Each choice with how many of these remarks it has; choices without any stay."""
    return choices.annotate(
        found=Count("pk", filter=Q(pk__in=remarks.order_by().values("pk")), distinct=True)
    )


def _speaks(slug: str) -> bool:
    return bool(Person.objects.published().filter(slug=slug, remarks__in=Remark.objects.listed()).exists())
