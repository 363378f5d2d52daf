"""Who held which office on a given day."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from people.models import Person
from relationships.models import Agreement, City, Tenure
from relationships.offices import ABOUT, Ground, Held, held_on
from sistercities.pages.bilingual import current_language
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.dates import HistoricalDate, spell
from sistercities.pages.fields import HistoricalDateFormField
from sistercities.pages.listing import other_query, page_of
from sistercities.pages.search import sort_key

IN_WORDS = {
    Ground.WITHIN: _("in office"),
    Ground.ATTESTED: _("in office that year, as sources have it"),
    Ground.VAGUE: _("perhaps: the dates on record are not exact enough"),
    Ground.NO_END: _("perhaps: no end is on record"),
    Ground.NO_BEGINNING: _("perhaps: no beginning is on record"),
    Ground.NEAR: _("perhaps: sources name them in office before and after"),
}
EXAMPLES = 5


class DayForm(forms.Form):
    """The day that is asked for, as exactly as one likes."""

    on = HistoricalDateFormField(
        label=_("When"),
        max_length=60,
        help_text=_("A day, a month or a year: 1981-12-08, December 1981, 1981."),
        error_messages={"required": _("Please give a day, a month or a year.")},
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs.pop("maxlength", None)


@require_safe
@public_page
def offices(request: HttpRequest) -> HttpResponse:
    """The form, and below it those who held an office then, by city."""
    form = DayForm(request.GET) if "on" in request.GET else DayForm()
    context: dict[str, Any] = {"form": form, "examples": example_days()}
    if not form.is_bound:
        return render(request, "relationships/offices.html", context)
    if not form.is_valid():
        return render(request, "relationships/offices.html", context, status=400)
    when = form.cleaned_data["on"]
    page_obj = page_of(request, in_order(held_on(candidates(when), when)))
    held: list[Held[Tenure]] = list(page_obj)
    prefetch_related_objects([each.term.person for each in held], "names")
    context |= {
        "when": when,
        "when_in_words": spell(when, current_language()),
        "places": by_city(held),
        "page_obj": page_obj,
        "query": other_query(request),
        "footnotes": Footnotes().add(*(each.term for each in held)),
    }
    return render(request, "relationships/offices.html", context)


def candidates(when: HistoricalDate) -> QuerySet[Tenure]:
    """The offices of public people that the bounds of their dates, and of the lives, do not rule out at once."""
    lived = (
        Person.objects.listed().exclude(died_last__lt=when.first_day).exclude(born_first__gt=when.last_day)
    )
    terms = Tenure.objects.filter(person__in=lived).select_related("person", "city", "organisation__city")
    return terms.exclude(began_first__gt=when.last_day + ABOUT).exclude(ended_last__lt=when.first_day - ABOUT)


def city_of(term: Tenure) -> City | None:
    """The city whose office it is, or in which its organisation is; None where there is none with a public page."""
    city = term.city or (term.organisation.city if term.organisation else None)
    return city if city and city.is_public else None


def in_order(held: list[Held[Tenure]]) -> list[Held[Tenure]]:
    """By city, its own offices before those of its organisations; what belongs to no city comes last."""

    def place(each: Held[Tenure]) -> tuple[Any, ...]:
        term, city = each.term, city_of(each.term)
        body = sort_key(str(term.organisation.name)) if term.organisation else ""
        key = sort_key(str(city.title)) if city else ""
        return city is None, key, city.pk if city else 0, body, str(term.office), term.person.sort_name

    return sorted(held, key=place)


def by_city(held: Sequence[Held[Tenure]]) -> list[tuple[City | None, list[dict[str, Any]]]]:
    rows = [(city_of(each.term), each) for each in held]
    return [
        (city, [{"term": each.term, "held": each, "words": IN_WORDS[each.ground]} for _city, each in group])
        for city, group in groupby(rows, key=lambda row: row[0])
    ]


def example_days() -> list[dict[str, Any]]:
    """Days worth asking for: those on which agreements were signed."""
    agreements = Agreement.objects.listed().exclude(signed=None).order_by("signed_first", "slug")[:EXAMPLES]
    return [{"day": agreement.signed, "agreement": agreement} for agreement in agreements]
