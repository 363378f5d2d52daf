"""Cities, relationships and agreements as open data."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from people.models import Person
from relationships.models import Agreement, City, Party, Relationship, Signature
from sistercities.pages.bilingual import column, columns, languages
from sistercities.pages.open_data.tables import (
    Column,
    Kind,
    Table,
    add,
    choice,
    dates,
    in_languages,
    last,
    of,
    own,
    whole,
    wikidata_address,
)


def listed(name: str, get: Callable[[Any], Iterable[Any]]) -> tuple[Column, ...]:
    """The numbers of the pages that a row refers to, and for people their titles in each language."""

    def numbers(row: Any) -> list[int]:
        return [each.pk for each in get(row)]

    def titles(code: str) -> Callable[[Any], list[str]]:
        return lambda row: [getattr(each, column("title", code)) or str(each.title) for each in get(row)]

    words = _("In the same order: what they are called.")
    return (
        Column(f"{name}_numbers", _("The numbers of those to which it refers."), numbers, Kind.NUMBERS),
        *(Column(column(name, code), words, titles(code), Kind.TEXTS) for code in languages()),
    )  # fmt: skip


def public(page: Any) -> Any:
    return page if page is not None and page.is_public else None


def number_of(get: Callable[[Any], Any]) -> Callable[[Any], int | None]:
    return lambda row: found.pk if (found := public(get(row))) else None


def cities_of(row: Relationship) -> list[City]:
    return row.cities


def sectors(row: Any) -> list[str]:
    return sorted(sector.slug for sector in row.sectors.all())


def bonds() -> Any:
    kept = Relationship.objects.listed()
    cities = (f"city__{name}" for name in ("slug", *columns("title"), "wikidata_id", "status", "publish_at"))
    known = Party.objects.select_related("city").only("relationship", "position", "left", *cities)
    parties = Prefetch("parties", known)
    below = Prefetch("builds_on", Relationship.objects.listed().only("pk"))
    return kept.select_related("superseded_by").prefetch_related(parties, below, "sectors")


def agreements() -> Any:
    signed = Signature.objects.filter(person__in=Person.objects.published()).select_related("person")
    return (
        Agreement.objects.listed()
        .select_related("relationship", "signed_in", "renews")
        .prefetch_related(
            Prefetch("parties", City.objects.published()),
            Prefetch("signatures", signed),
            "sectors",
            "wordings",
        )
    )


add(
    Table(
        "relationships",
        _("Relationships"),
        _("The bonds between cities: sister cities, friendship cooperation cities, alliances."),
        bonds,
        (
            *own(),
            choice("kind", _("The kind of bond; kinds are counted apart."), Relationship.Kind),
            *listed("cities", cities_of),
            Column(
                "cities_wikidata",
                _("The cities in Wikidata, as far as known."),
                lambda row: [wikidata_address(city.wikidata_id) for city in row.cities if city.wikidata_id],
                Kind.ADDRESSES,
            ),
            *dates("established", _("When it was established; empty where no source tells.")),
            *dates("ended", _("When it ended; empty while it lasts.")),
            Column(
                "superseded_by",
                _("The number of the relationship that took its place."),
                number_of(of("superseded_by")),
                Kind.WHOLE,
            ),
            Column(
                "builds_on",
                _("The numbers of the relationships on which it builds."),
                lambda row: [each.pk for each in row.builds_on.all()],
                Kind.NUMBERS,
            ),
            Column("sectors", _("The fields in which the cities work together."), sectors, Kind.CODES),
            *last(),
        ),
    )
)
add(
    Table(
        "agreements",
        _("Agreements"),
        _("What cities signed, and who signed it."),
        agreements,
        (
            *own(),
            choice("kind", _("The kind of agreement."), Agreement.Kind),
            Column(
                "relationship",
                _("The number of the relationship that it belongs to."),
                number_of(of("relationship")),
                Kind.WHOLE,
            ),
            *listed("parties", lambda row: row.parties.all()),
            *dates("signed", _("When it was signed.")),
            *in_languages("place", _("Where it was signed.")),
            Column(
                "signed_in",
                _("The number of the city in which it was signed."),
                number_of(of("signed_in")),
                Kind.WHOLE,
            ),
            *listed("signed_by", lambda row: [each.person for each in row.signatures.all()]),
            *in_languages("term", _("For how long it holds, in words.")),
            *dates("expires", _("When it expires, if a date is named.")),
            Column(
                "renews",
                _("The number of the agreement that it renews."),
                number_of(of("renews")),
                Kind.WHOLE,
            ),
            Column(
                "languages",
                _("The languages in which its text is on record here."),
                lambda row: list(dict.fromkeys(each.language for each in row.wordings.all())),
                Kind.CODES,
            ),
            Column("sectors", _("The fields with which it deals."), sectors, Kind.CODES),
            *last(),
        ),
    )
)
add(
    Table(
        "cities",
        _("Cities"),
        _("The cities, their place on the globe, and their number in Wikidata."),
        lambda: City.objects.listed().prefetch_related("other_names"),
        (
            *own(),
            Column(
                "other_names",
                _("Other and former names, older spellings."),
                lambda row: [each.name for each in row.other_names.all()],
                Kind.TEXTS,
            ),
            Column("reading", _("The pinyin of the Chinese name, with tones."), of("romanisation")),
            Column(
                "wikidata",
                _("The city in Wikidata."),
                lambda row: wikidata_address(row.wikidata_id),
                Kind.ADDRESS,
            ),
            Column("country_code", _("The country, by ISO 3166."), of("country_code"), is_always_there=True),
            *in_languages("country", _("The country.")),
            *in_languages("region", _("The province, state or region.")),
            Column("latitude", _("Degrees north of the equator."), of("latitude"), Kind.NUMBER),
            Column("longitude", _("Degrees east of Greenwich."), of("longitude"), Kind.NUMBER),
            Column("timezone", _("The time zone, by its IANA name."), of("timezone")),
            whole("population", _("The number of inhabitants.")),
            whole("population_year", _("The year that this number is for.")),
            *last(),
        ),
    )
)
