"""The ledger of all agreements: what is asked for by the address, what can be asked for, and chains of renewals."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from relationships.models import Agreement, City, Party
from relationships.terms import Expiry, expiry
from sistercities.pages.dates import Sense, days_of
from sistercities.pages.fields import chronological
from sistercities.pages.models import Status

YEAR = re.compile("[0-9]{4}")
KIN = """
    with recursive kin(id, renews_id) as (
        select id, renews_id from relationships_agreement where id = %s
        union
        select next.id, next.renews_id
        from relationships_agreement next join kin on next.id = kin.renews_id or next.renews_id = kin.id
        where next.status = %s and next.publish_at <= %s
    ) select id from kin
"""


@dataclass(frozen=True)
class Wanted:
    """Which agreements the reader wants to see; all of them where nothing is said."""

    kind: str = ""
    city: City | None = None
    year: int | None = None

    @property
    def is_all(self) -> bool:
        return self == Wanted()


def wanted(query: QueryDict) -> Wanted:
    """What the address asks for. Raises Http404 where there is no such kind, city or year."""
    kind, slug, year = (query.get(name, "") for name in ("kind", "city", "year"))
    city = City.objects.published().filter(slug=slug).first() if slug else None
    if (kind and kind not in Agreement.Kind.values) or (slug and not city):
        raise Http404(_("There are no such agreements."))
    if year and not YEAR.fullmatch(year):
        raise Http404(_("There are no such agreements."))
    return Wanted(kind, city, int(year) if year else None)


def agreements(asked: Wanted) -> QuerySet[Agreement]:
    """The agreements that are asked for, the latest first, with their parties in the order of their bond."""
    found = (
        Agreement.objects.listed()
        .select_related("signed_in")
        .order_by(chronological("signed").desc(), "slug")
    )
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.city:
        found = found.filter(parties=asked.city)
    if asked.year is not None:
        first, last = days_of(asked.year, 1, 1), days_of(asked.year, 12, 31)
        found = found.filter(signed_first__gte=first, signed_last__lte=last)
    public = Prefetch("parties", City.objects.published())
    return found.prefetch_related(public, Prefetch("relationship__parties", Party.objects.all()))


def choices() -> dict[str, list[Any]]:
    """The kinds, cities and years for which there is any agreement."""
    listed = Agreement.objects.listed().order_by()
    rows = list(listed.values_list("kind", "signed").distinct())
    kinds = {kind for kind, _signed in rows}
    exact = {signed.year for _kind, signed in rows if signed and signed.sense in (Sense.EXACT, Sense.ABOUT)}
    return {
        "kinds": [kind for kind in Agreement.Kind if kind in kinds],
        "cities": list(City.objects.published().filter(agreements__in=listed).distinct()),
        "years": sorted((year for year in exact if year > 0), reverse=True),
    }


def parties_of(agreement: Agreement) -> QuerySet[City]:
    """Its parties, in the order of the bond that it belongs to."""
    parts = Party.objects.filter(relationship=agreement.relationship_id, city=OuterRef("pk"))
    placed = agreement.parties.published().annotate(
        place=Subquery(parts.order_by("position").values("position")[:1])
    )
    return placed.order_by(F("place").asc(nulls_last=True), "title_en")


def parties_in_order(agreement: Agreement) -> list[City]:
    """The same for a row of the ledger, where all is loaded."""
    places = {party.city_id: party.position for party in agreement.relationship.parties.all()}
    return sorted(agreement.parties.all(), key=lambda city: (places.get(city.pk, len(places)), city.title_en))


@dataclass(frozen=True)
class Line:
    """One line of the ledger, or one link of a chain of renewals."""

    agreement: Agreement
    parties: list[City]
    expiry: Expiry | None
    is_here: bool = False


def lines(found: Any, today: date) -> list[Line]:
    return [Line(each, parties_in_order(each), expiry(each.expires, today)) for each in found]


def chain_of(agreement: Agreement, today: date) -> list[Line]:
    """All that it renews and all that renew it, as far as they are public, in the order of signing."""
    kin = RawSQL(KIN, [agreement.pk, Status.PUBLISHED, timezone.now()])  # noqa: S611 - of our own words only
    found = Agreement.objects.filter(pk__in=kin).order_by(chronological("signed").asc(nulls_last=True), "pk")
    return [Line(each, [], expiry(each.expires, today), each.pk == agreement.pk) for each in found]
