"""What staff should look at again in an agreement: each a sentence, none of them a reason to refuse.

Only what is known is doubted: where a date or an office is not on record, nothing is said.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from relationships.models import Agreement, City, Signature, Tenure
from relationships.terms import expiry
from sistercities.pages.bilingual import current_language
from sistercities.pages.dates import HistoricalDate, spell
from sistercities.pages.models import Page, Status


@dataclass(frozen=True)
class Doubt:
    """One sentence for staff, and the page where they can look at what it is about."""

    words: str
    url: str = ""


Finder = Callable[[Agreement, date], Iterable[Doubt]]


def ready_for_doubt(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """With all that is asked below, in a fixed number of queries."""
    offices = Prefetch("person__tenures", Tenure.objects.select_related("organisation"))
    signatures = Signature.objects.select_related("person", "party").prefetch_related(offices)
    renewals = Agreement.objects.published().filter(renews=OuterRef("pk"))
    return (
        agreements.select_related("renews")
        .prefetch_related(Prefetch("signatures", signatures), "parties", "renews__parties", "citations")
        .annotate(is_renewed=Exists(renewals))
    )


def doubts_of(agreement: Agreement, today: date | None = None) -> list[Doubt]:
    """All doubts about one agreement that came from ``ready_for_doubt``."""
    return [doubt for find in FINDERS for doubt in find(agreement, today or localdate())]


def doubted(agreements: QuerySet[Agreement], today: date | None = None) -> list[int]:
    """The numbers of the agreements about which there is any doubt."""
    return [each.pk for each in ready_for_doubt(agreements) if doubts_of(each, today)]


# --- the offices of those who signed ----------------------------------------------------------------------


def offices_held(agreement: Agreement, _today: date) -> Iterator[Doubt]:
    for signature in agreement.signatures.all():
        tenures = offices_meant(signature)
        if agreement.signed and tenures and not any(may_cover(each, agreement.signed) for each in tenures):
            words = _(
                "%(person)s signed as %(capacity)s on %(day)s, but on record here held the office at another time: "
                "%(offices)s."
            )
            known = pgettext("between offices", "; ").join(_in_words(each) for each in tenures)
            facts = {
                "person": signature.person,
                "capacity": signature.capacity or tenures[0].office,
                "day": _day(agreement.signed),
                "offices": known,
            }
            yield Doubt(words % facts, _edit(signature.person))


def offices_meant(signature: Signature) -> list[Tenure]:
    """The offices on record at the city signed for: those that the printed capacity names, or else all of them."""
    there = [
        each
        for each in signature.person.tenures.all()
        if signature.party_id
        and signature.party_id in (each.city_id, each.organisation.city_id if each.organisation else None)
    ]
    printed = [signature.capacity_en.casefold(), signature.capacity_zh_hans]
    named = [
        each
        for each in there
        if any(
            office and office in capacity
            for office, capacity in zip(
                (each.office_en.casefold(), each.office_zh_hans), printed, strict=True
            )
        )
    ]
    return named or there


def may_cover(tenure: Tenure, signed: HistoricalDate) -> bool:
    """Whether the office may have been held on that day: yes, unless what is known of its dates rules it out."""
    years = tenure.attested_years
    if tenure.began is None and tenure.ended is None:
        return not years or min(years) <= signed.year <= max(years)
    if signed.year in years:
        return True
    too_early = tenure.began is not None and signed.last_day < tenure.began.first_day
    too_late = tenure.ended is not None and tenure.ended.last_day < signed.first_day
    return not too_early and not too_late


def _in_words(tenure: Tenure) -> str:
    """Such as "Mayor, 1981 – 1983", and "Mayor, 1981 – ?" where an end is not known."""
    if tenure.began or tenure.ended:
        years = " – ".join(_day(each) if each else "?" for each in (tenure.began, tenure.ended))
    else:
        years = tenure.attested
    return _("%(office)s, %(years)s") % {"office": tenure.office, "years": years}


# --- parties and signatures ---------------------------------------------------------------------------------


def unsigned(agreement: Agreement, _today: date) -> Iterator[Doubt]:
    signatures = list(agreement.signatures.all())
    if not signatures:
        yield Doubt(_("No signature is on record."))
        return
    signed_for = {signature.party_id for signature in signatures}
    for city in agreement.parties.all():
        if city.pk not in signed_for:
            yield Doubt(_("%(city)s is a party, but nobody has signed for it.") % {"city": city}, _edit(city))


def signed_for_others(agreement: Agreement, _today: date) -> Iterator[Doubt]:
    parties = {city.pk for city in agreement.parties.all()}
    for signature in agreement.signatures.all():
        if signature.party is not None and signature.party_id not in parties:
            words = _("%(person)s signed for %(city)s, which is not a party.")
            yield Doubt(words % {"person": signature.person, "city": signature.party}, _edit(signature.party))


# --- renewals, terms, sources -------------------------------------------------------------------------------


def renewal_of_others(agreement: Agreement, _today: date) -> Iterator[Doubt]:
    if not (first := agreement.renews):
        return
    before, now = set(first.parties.all()), set(agreement.parties.all())
    if joined := now - before:
        words = _("%(cities)s: no party of “%(agreement)s”, which this renews.")
        yield Doubt(words % {"cities": _names(joined), "agreement": first}, _edit(first))
    if left := before - now:
        words = _("%(cities)s: a party of “%(agreement)s”, which this renews, but not of this.")
        yield Doubt(words % {"cities": _names(left), "agreement": first}, _edit(first))


def renewal_too_early(agreement: Agreement, _today: date) -> Iterator[Doubt]:
    first = agreement.renews
    if first and first.signed and agreement.signed and agreement.signed.last_day < first.signed.first_day:
        words = _("It was signed before “%(agreement)s”, which it renews.")
        yield Doubt(words % {"agreement": first}, _edit(first))


def expired(agreement: Agreement, today: date) -> Iterator[Doubt]:
    term = expiry(agreement.expires, today)
    if term and term.is_over and not getattr(agreement, "is_renewed", False):
        yield Doubt(_("It expired (%(day)s), and no renewal is on record.") % {"day": _day(term.when)})


def unsourced(agreement: Agreement, _today: date) -> Iterator[Doubt]:
    if agreement.status == Status.PUBLISHED and not agreement.citations.all():
        yield Doubt(_("It is published without a source."))


FINDERS: list[Finder] = [
    offices_held,
    unsigned,
    signed_for_others,
    renewal_of_others,
    renewal_too_early,
    expired,
    unsourced,
]


def _names(cities: Iterable[City]) -> str:
    return pgettext("between cities", ", ").join(sorted(str(city) for city in cities))


def _day(when: HistoricalDate) -> str:
    return spell(when, current_language())


def _edit(page: Page) -> str:
    return reverse(f"admin:{page._meta.app_label}_{page._meta.model_name}_change", args=[page.pk])
