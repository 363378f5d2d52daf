"""What must be true of bonds and agreements."""

from collections.abc import Iterator

from django.db.models import Count, Q

from relationships.models import Agreement, Relationship
from sistercities.audit import checks, silent_triggers

MEMBERS = Count("parties", filter=Q(parties__left=None))
SMALLEST_ALLIANCE, PAIR = 3, 2
TRIGGERS = [
    ("relationships_relationship", "relationship_takes_key"),
    ("relationships_party", "party_renews_key"),
    ("relationships_party", "relationship_has_its_cities"),
    ("relationships_relationship", "relationship_has_its_cities"),
    ("relationships_agreement", "agreement_renewals_without_loop"),
    ("relationships_relationship", "relationship_successors_without_loop"),
]


@checks(
    "an alliance has three or more cities, a pair has two",
    remedy="Open the relationship in the admin: add the city that is missing, or correct its kind.",
)
def wrong_number_of_cities() -> Iterator[str]:
    for bond in Relationship.objects.published().live().annotate(members=MEMBERS):
        alliance = bond.kind == Relationship.Kind.ALLIANCE
        if (bond.members < SMALLEST_ALLIANCE) if alliance else (bond.members != PAIR):
            yield f"{bond.slug} has {bond.members}"


@checks(
    "a relationship's key names its present cities",
    remedy="Open the relationship in the admin and save it; the key is written anew.",
)
def stale_keys() -> Iterator[str]:
    for bond in Relationship.objects.with_cities():
        if bond.pair_key != bond.key_of(city.pk for city in bond.all_cities):
            yield f"{bond.slug}: {bond.pair_key}"


@checks(
    "a published agreement has two or more parties",
    remedy="Open the agreement in the admin and name its parties, or withdraw it.",
)
def lonely_agreements() -> Iterator[str]:
    for agreement in Agreement.objects.published().annotate(count=Count("parties")).filter(count__lt=PAIR):
        yield agreement.slug


@checks(
    "PostgreSQL itself holds bonds to their cities, and renewals and successors to an end",
    remedy="Make the trigger again as the migrations have it (`manage.py sqlmigrate relationships 0005`).",
)
def silent_guards() -> Iterator[str]:
    yield from silent_triggers(TRIGGERS)
