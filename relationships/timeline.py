"""What the floor of relationships adds to the thread: agreements, milestones, and offices taken and left."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from people.models import Person
from relationships.models import Agreement, City, Milestone, Party, Relationship, Sector, Signature, Tenure
from relationships.thread import Entry, Row, Scope, Strand, add, as_rows, named, texts_of
from sistercities.pages.bilingual import column, columns, languages
from sistercities.pages.models import Status

FOOTNOTE = "[^"

# What an entry is about is looked up from its own row, by keys: joined the other way round, each row would read all
# rows again, and a long thread would cost its length squared.


def agreements(scope: Scope) -> QuerySet[Agreement]:
    found = Agreement.objects.published()
    if scope.bond:
        found = found.filter(relationship=scope.bond)
    if scope.city:
        found = found.filter(parties=scope.city)
    return as_rows(
        found,
        "agreement",
        "title",
        "summary",
        dated=F("signed"),
        details=JSONObject(kind="kind", renews_id="renews"),
        in_sectors=named(Sector.objects.filter(agreements=OuterRef("pk")), "name"),
        in_cities=named(City.objects.published().filter(agreements=OuterRef("pk"))),
        in_bonds=named(Relationship.objects.published().filter(agreements=OuterRef("pk"))),
    )


def of_agreement(row: Row) -> Iterable[Entry]:
    agreement = Agreement(
        pk=row["pk"],
        slug=row["slug"],
        signed=row["dated"],
        status=Status.PUBLISHED,
        **texts_of(row, "title"),
        **texts_of(row, "text", "summary"),
        **row["details"],
    )
    yield Entry(
        agreement.signed,
        "agreement",
        str(agreement.get_kind_display()),
        agreement,
        agreement.get_absolute_url(),
        agreement.summary or None,
        claim="signed",
    )


def milestones(scope: Scope) -> QuerySet[Milestone]:
    found = Milestone.objects.shown()
    if scope.bond:
        found = found.filter(relationship=scope.bond)
    elif scope.city:
        found = found.filter(city=scope.city)
    else:
        bonds, cities = Relationship.objects.published(), City.objects.published()
        found = found.filter(Q(relationship__in=bonds) | Q(city__in=cities))
    places = {name: name for name in (column("place", code) for code in languages())}
    parties = Party.objects.filter(relationship=OuterRef(OuterRef("relationship"))).values("city")
    return as_rows(
        found,
        "milestone",
        "title",
        "text",
        dated=F("happened"),
        details=JSONObject(**places),
        in_sectors=named(Sector.objects.filter(milestones=OuterRef("pk")), "name"),
        in_cities=named(City.objects.published().filter(Q(pk=OuterRef("city")) | Q(pk__in=parties))),
        in_bonds=named(Relationship.objects.published().filter(pk=OuterRef("relationship"))),
    )


def of_milestone(row: Row) -> Iterable[Entry]:
    milestone = Milestone(
        pk=row["pk"],
        happened=row["dated"],
        **texts_of(row, "title"),
        **texts_of(row, "text"),
        **row["details"],
    )
    body = "text" if FOOTNOTE in milestone.text else ""
    label = str(milestone.place) or _("milestone")
    yield Entry(milestone.happened, "milestone", label, milestone, "", milestone.text or None, body=body)


def offices(scope: Scope) -> QuerySet[Tenure]:
    """Of a bond: the offices, from its beginning on, of those who signed for it or took part in what it achieved."""
    found = Tenure.objects.filter(person__in=Person.objects.published())
    if scope.city:
        found = found.filter(city=scope.city)
    else:
        bonds = (
            Relationship.objects.filter(pk=scope.bond.pk) if scope.bond else Relationship.objects.published()
        )
        found = found.filter(person__in=Person.objects.filter(_served(bonds)))
    if scope.bond and scope.bond.established_first is not None:
        found = found.exclude(ended_last__lt=scope.bond.established_first)
    signed = Signature.objects.filter(person=OuterRef(OuterRef("person"))).values("agreement__relationship")
    achieved = Milestone.objects.filter(people=OuterRef(OuterRef("person"))).values("relationship")
    return as_rows(
        found,
        "office",
        "person__title",
        "office",
        slug=F("person__slug"),
        dated=F("began"),
        dated_until=F("ended"),
        details=JSONObject(attested="attested", **{name: name for name in columns("note")}),
        in_cities=named(City.objects.published().filter(tenures=OuterRef("pk"))),
        in_bonds=named(Relationship.objects.published().filter(Q(pk__in=signed) | Q(pk__in=achieved))),
    )


def _served(bonds: QuerySet[Relationship]) -> Q:
    signed = Agreement.objects.published().filter(relationship__in=bonds)
    return Q(signatures__agreement__in=signed) | Q(
        milestones__in=Milestone.objects.shown().filter(relationship__in=bonds)
    )


def tenure_of(row: Row) -> Tenure:
    """The office held that a row tells of, and by whom."""
    return Tenure(
        pk=row["pk"],
        person=Person(slug=row["slug"], status=Status.PUBLISHED, **texts_of(row, "title")),
        began=row["dated"],
        ended=row["dated_until"],
        **texts_of(row, "text", "office"),
        **row["details"],
    )


def of_office(row: Row) -> Iterable[Entry]:
    """When it was taken and when it was left; years in which it is merely attested are no entry."""
    tenure = tenure_of(row)
    ends = (
        (tenure.began, _("took office"), f"office-{tenure.pk}"),
        (tenure.ended, _("left office"), f"office-{tenure.pk}-end"),
    )
    for when, label, key in ends:
        if when:
            yield Entry(
                when,
                "office",
                label,
                tenure.person,
                tenure.person.get_absolute_url(),
                tenure.office,
                note=tenure.note or None,
                of=tenure,
                key=key,
            )


add(Strand("agreement", agreements, of_agreement))
add(Strand("milestone", milestones, of_milestone))
add(Strand("office", offices, of_office))
