"""What must be true of bonds and agreements."""

from collections.abc import Iterator

from django.db.models import Count, Q

from relationships.models import Agreement, Relationship
from sistercities.audit import checks

MEMBERS = Count("parties", filter=Q(parties__left=None))
SMALLEST_ALLIANCE, PAIR = 3, 2


@checks("an alliance has three or more cities, a pair has two")
def wrong_number_of_cities() -> Iterator[str]:
    for bond in Relationship.objects.published().live().annotate(members=MEMBERS):
        alliance = bond.kind == Relationship.Kind.ALLIANCE
        if (bond.members < SMALLEST_ALLIANCE) if alliance else (bond.members != PAIR):
            yield f"{bond.slug} has {bond.members}"


@checks("a relationship's key names its present cities")
def stale_keys() -> Iterator[str]:
    for bond in Relationship.objects.with_cities():
        if bond.pair_key != bond.key_of(city.pk for city in bond.all_cities):
            yield f"{bond.slug}: {bond.pair_key}"


@checks("a published agreement has two or more parties")
def lonely_agreements() -> Iterator[str]:
    for agreement in Agreement.objects.published().annotate(count=Count("parties")).filter(count__lt=PAIR):
        yield agreement.slug
