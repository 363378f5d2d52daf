"""The cities of the demonstration, their bonds, agreements, milestones, and who held which office."""

from people.models import Person
from relationships.demo.bonds import BONDS, SECTORS, Bond
from relationships.demo.cities import CITIES, ORGANISATIONS, Body
from relationships.demo.counts import COUNTS, Count
from relationships.demo.milestones import MILESTONES, Moment
from relationships.demo.offices import POSTS, Post
from relationships.demo.papers import PAPERS, Paper
from relationships.models import (
    Agreement,
    City,
    CityName,
    Milestone,
    Organisation,
    Party,
    Relationship,
    RelationshipSector,
    Sector,
    Signature,
    Tally,
    Tenure,
)
from sistercities.pages.dates import parse
from sistercities.pages.demo.making import Say, cite, columns, ensure, make, page
from sistercities.pages.publishing import refresh


def load(say: Say) -> None:
    """Make the cities, what binds them, and what they signed."""
    cities = _cities()
    for body in ORGANISATIONS:
        _organisation(body)
    for count in COUNTS:
        _count(count)
    for slug, name in SECTORS.items():
        ensure(Sector, {"slug": slug}, **columns(name=name))
    bonds = sum(_bond(bond) for bond in BONDS)
    papers = sum(_paper(paper) for paper in PAPERS)
    _offices()
    say(f"{cities} cities, {bonds} bonds and {papers} agreements made.")


def _cities() -> int:
    made = 0
    for place in CITIES:
        city, new = page(City, place.slug, place.texts, place.cites, **columns(**place.names), **place.facts)
        if new:
            _milestones(city)
            for position, (name, language, kind) in enumerate(place.other_names):
                make(CityName, city=city, name=name, language=language, kind=kind, position=position)
            refresh(city)
            made += 1
    return made


def _organisation(body: Body) -> None:
    if Organisation.objects.filter(slug=body.slug).exists():
        return
    organisation = make(
        Organisation,
        slug=body.slug,
        kind=body.kind,
        city=City.objects.get(slug=body.city),
        founded=parse(body.founded) if body.founded else None,
        **columns(name=body.name),
    )
    organisation.founders.set(Person.objects.filter(slug__in=body.founders))
    cite(organisation, body.cites)


def _count(count: Count) -> None:
    as_of = parse(count.as_of)
    if Tally.objects.filter(kind=count.kind, number=count.number, as_of=as_of).exists():
        return
    city = City.objects.filter(slug=count.city).first()
    tally = make(
        Tally, city=city, kind=count.kind, number=count.number, as_of=as_of, **columns(what=count.what)
    )
    cite(tally, count.cites)


def _bond(bond: Bond) -> bool:
    relationship, new = page(
        Relationship, bond.slug, bond.texts, bond.cites, kind=bond.kind, established=parse(bond.established)
    )
    if new:
        for position, city in enumerate(bond.cities):
            make(Party, relationship=relationship, city=City.objects.get(slug=city), position=position)
        for sector in Sector.objects.filter(slug__in=bond.sectors):
            since = parse(bond.sectors_since) if bond.sectors_since else None
            make(RelationshipSector, relationship=relationship, sector=sector, since=since)
        relationship.builds_on.set(Relationship.objects.filter(slug__in=bond.builds_on))
        _milestones(relationship)
        refresh(relationship)
    return new


def _paper(paper: Paper) -> bool:
    relationship = Relationship.objects.get(slug=paper.relationship)
    agreement, new = page(
        Agreement,
        paper.slug,
        paper.texts,
        paper.cites,
        kind=paper.kind,
        relationship=relationship,
        signed=parse(paper.signed),
        signed_in=City.objects.filter(slug=paper.signed_in).first(),
        **columns(place=paper.place, term=paper.term),
    )
    if new:
        agreement.parties.set(relationship.cities)
        agreement.sectors.set(Sector.objects.filter(slug__in=paper.sectors))
        for position, signer in enumerate(paper.signers):
            make(
                Signature,
                agreement=agreement,
                person=Person.objects.get(slug=signer.person),
                party=City.objects.get(slug=signer.city),
                position=position,
                **columns(capacity=signer.capacity),
            )
        refresh(agreement)
    return new


def _milestones(home: City | Relationship) -> None:
    for moment in MILESTONES:
        if moment.at == home.slug:
            _milestone(moment, home)


def _milestone(moment: Moment, home: City | Relationship) -> None:
    milestone = make(
        Milestone,
        happened=parse(moment.when) if moment.when else None,
        relationship=home if isinstance(home, Relationship) else None,
        city=home if isinstance(home, City) else None,
        **columns(title=moment.title, text=moment.text, place=moment.place),
    )
    milestone.people.set(Person.objects.filter(slug__in=moment.people))
    milestone.sectors.set(Sector.objects.filter(slug__in=moment.sectors))
    cite(milestone, moment.cites)


def _offices() -> None:
    held = set(Tenure.objects.values_list("person__slug", "office_en"))
    for post in POSTS:
        if (post.person, post.office[0]) not in held:
            _office(post)


def _office(post: Post) -> None:
    tenure = make(
        Tenure,
        person=Person.objects.get(slug=post.person),
        city=City.objects.filter(slug=post.city).first(),
        organisation=Organisation.objects.filter(slug=post.organisation).first(),
        began=parse(post.began) if post.began else None,
        ended=parse(post.ended) if post.ended else None,
        attested=post.attested,
        **columns(office=post.office, note=post.note),
    )
    cite(tenure, post.cites)
