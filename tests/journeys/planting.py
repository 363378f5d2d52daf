"""Things that nobody may see, planted all over a small public world, each with a word of its own."""

import itertools
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from events.models import (
    Event,
    EventDocument,
    EventPicture,
    Participant,
    ProgrammeItem,
    Remark,
    Series,
)
from people.models import Person, PersonName
from relationships.models import (
    Agreement,
    Milestone,
    Organisation,
    Relationship,
    Sector,
    Signature,
    Tally,
    Tenure,
    Wording,
)
from sistercities.news.models import Enquiry, Story, StoryPicture, StorySubject
from sistercities.pages.dates import parse
from sistercities.pages.models import Correction, Document, Page, StandingPage, Status
from sistercities.pages.previews import make_link
from sistercities.pages.publishing import refresh
from tests import factories
from tests.journeys.public_world import World

WORD = re.compile(r"zqx\d+", re.IGNORECASE)
# Columns of which the words have a meaning of their own.
FIXED = {
    "timezone",
    "country_code",
    "wikidata_id",
    "language",
    "original_language",
    "attested",
    "ics_uid",
    "slug",
}
NOT_TEXT = {"sha256", "media_type", "file", "nonce", "email", "kind", "pair_key", "sort_name"}


class Garden:
    """What is planted, by its word."""

    def __init__(self) -> None:
        self.numbers = itertools.count(10)
        self.planted: dict[str, str] = {}

    def word(self, what: str) -> str:
        word = f"zqx{next(self.numbers)}"
        self.planted[word] = what
        return word

    def found_in(self, text: str) -> dict[str, str]:
        """Which of the things that nobody may see a page gives away, and in which words."""
        return {
            self.planted[found[0].lower()]: text[max(0, found.start() - 80) : found.end() + 20]
            for found in WORD.finditer(text)
        }

    def write(self, thing: models.Model, what: str) -> Any:
        """Put the thing's own word into all its texts, in both languages."""
        word = self.word(what)
        for field in thing._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
            if (
                is_text
                and type(field).__name__ != "HistoricalDateField"
                and field.name not in FIXED | NOT_TEXT
            ):
                value = (
                    f"https://{word}.example/"
                    if isinstance(field, models.URLField)
                    else f"{word} {field.name}"
                )
                setattr(thing, field.attname, value[: field.max_length])
        if isinstance(thing, Page | Organisation | Sector):
            thing.slug = word
        thing.save()
        return thing


def tomorrow(page: Page) -> None:
    type(page).objects.filter(pk=page.pk).update(publish_at=timezone.now() + timedelta(days=1))


def draft(page: Page) -> None:
    type(page).objects.filter(pk=page.pk).update(status=Status.DRAFT)


def withdrawn(page: Page) -> None:
    """Public once, renamed, and taken back: its former address is still known."""
    now = page.slug
    for slug in (f"former-{now}", now):
        type(page).objects.filter(pk=page.pk).update(slug=slug)
    draft(page)


CONDITIONS: dict[str, Callable[[Page], None]] = {
    "draft": draft,
    "scheduled": tomorrow,
    "withdrawn": withdrawn,
}


class Hidden:
    """One page of each kind that leans on public things; after ``hide`` nobody may see it."""

    def __init__(self, garden: Garden, world: World, hide: Callable[[Page], None]) -> None:
        self.garden, self.world = garden, world
        self.source = self._page(factories.source(), "source")
        self.city = self._page(factories.city("hidden", "Hidden", "隐"), "city")
        self.person = self._person()
        self.bond = self._bond()
        self.agreement = self._agreement()
        self.series = self._page(Series.objects.create(**factories._page("hidden", "H", "隐")), "series")
        self.umbrella = self._event("umbrella", factories.past_event(held="2014"))
        self.session = self._event("session", factories.past_event(held="2014-06-20", part_of=world.record))
        self.coming = self._event("coming event", factories.event(days_ahead=3))
        self.remark = self._remark("remark", world.record)
        self.about = self._page(
            StandingPage.objects.create(**factories._page("h", "H", "隐")), "standing page"
        )
        self.story = self._story()
        self._rows_of_public_things()
        for page in self.pages:
            refresh(page)
            hide(page)

    @property
    def pages(self) -> list[Page]:
        return [
            *(self.source, self.city, self.person, self.bond, self.agreement, self.series, self.umbrella),
            *(self.session, self.coming, self.remark, self.about, self.story),
        ]

    def _page(self, page: Any, what: str) -> Any:
        self.garden.write(page, what)
        row = factories.cite(page, self.world.source, claim="a-claim", stance="contradicts", note_en="?")
        self.garden.write(row, f"citation of the hidden {what}")
        type(row).objects.filter(pk=row.pk).update(claim="a-claim")
        return page

    def _person(self) -> Person:
        person = self._page(factories.person("hidden-person", "Hu Hidden", "胡隐"), "person")
        for name in person.names.all():
            self.garden.write(name, "name of a person")
        self.garden.write(
            Tenure.objects.create(person=person, office_en="?", city=self.world.gz, began=parse("1990")),
            "office of a hidden person",
        )
        PersonName.objects.filter(person=person).update(romanisation="")
        return person

    def _bond(self) -> Relationship:
        others = Relationship.objects.filter(pk__gt=self.world.alliance.pk).count()
        cities = (self.world.la, self.world.akl) if others < 2 else (self.world.gz, self.world.akl)
        kind = Relationship.Kind.values[others % 2]
        bond = self._page(factories.relationship(*cities, slug="hidden-bond", kind=kind), "bond")
        self.garden.write(factories.milestone(bond, "1999", city=None), "milestone of a hidden bond")
        bond.builds_on.add(self.world.bond)
        return bond

    def _agreement(self) -> Agreement:
        made = factories.agreement(
            self.world.bond, "hidden", signed=parse("2011"), renews=self.world.agreement
        )
        made = self._page(made, "agreement")
        for row in (
            Signature.objects.create(agreement=made, person=self.world.person),
            Wording.objects.create(agreement=made, language="en", text="?", scan=document(self.garden)),
        ):
            self.garden.write(row, f"{row._meta.verbose_name} of a hidden agreement")
        Wording.objects.update(language="en")
        return made

    def _event(self, what: str, event: Event) -> Event:
        world = self.world
        event.series = world.series
        self._page(event, what)
        event.relationships.add(world.bond)
        event.hosts.add(world.body)
        event.signed.add(world.agreement)
        event.sectors.add(world.sector)
        picture = self.garden.write(factories.picture(), f"picture of a hidden {what}")
        venue = self.garden.write(factories.venue(city=world.la), f"venue of a hidden {what}")
        Event.objects.filter(pk=event.pk).update(venue=venue)
        for row in (
            Participant.objects.create(event=event, person=world.person),
            ProgrammeItem.objects.create(event=event, title_en="?", person=world.person),
        ):
            self.garden.write(row, f"{row._meta.verbose_name} of a hidden {what}")
        EventPicture.objects.create(event=event, picture=picture)
        EventDocument.objects.create(event=event, document=document(self.garden))
        # Published in itself, and yet nothing without its event.
        self._remark(f"remark at a hidden {what}", event)
        return Event.objects.get(pk=event.pk)

    def _remark(self, what: str, event: Event) -> Remark:
        remark = self._page(factories.remark(event, self.world.person), what)
        for row in remark.segments.all():
            self.garden.write(row, f"paragraph of a hidden {what}")
        refresh(remark)
        return remark

    def _story(self) -> Story:
        world = self.world
        public = (world.gz, world.bond, world.person, world.record, world.coming, world.agreement)
        story: Story = self._page(factories.story("hidden", *public), "story")
        story.topics.add(self.garden.write(factories.topic(), "topic of a hidden story"))
        StoryPicture.objects.create(
            story=story, picture=self.garden.write(factories.picture(), "picture of a hidden story")
        )
        return story

    def _rows_of_public_things(self) -> None:
        """Not pages, and hidden by a switch of their own or by what they belong to."""
        world, write = self.world, self.garden.write
        milestone = factories.milestone(world.bond, "1988", is_shown=False, city=world.gz)
        write(milestone, "hidden milestone")
        body = Organisation.objects.create(slug="h", name_en="H", city=world.la, is_shown=False)
        write(body, "hidden organisation").founders.add(world.person)
        for cited in (milestone, body):
            write(factories.cite(cited, world.source), "note on something hidden")
        world.record.hosts.add(body)
        tally = Tally.objects.create(city=self.city, kind="sister-cities", number=77, as_of=parse("2021"))
        write(tally, "count of a hidden city")
        embargoed = self._remark("remark under embargo", world.record)
        Remark.objects.filter(pk=embargoed.pk).update(embargo_until=timezone.now() + timedelta(days=1))
        unlisted = self._event("unlisted event", factories.past_event(held="2014"))
        Event.objects.filter(pk=unlisted.pk).update(visibility=Event.Visibility.UNLISTED)


def document(garden: Garden) -> Document:
    number = next(garden.numbers)
    made = Document(
        title_en="?", rights="?", media_type="text/plain", size=1, sha256=f"{number:064}", file="none.txt"
    )
    return garden.write(made, "document of something hidden")


def lean_on(hidden: Hidden, world: World) -> None:
    """Let public things refer to hidden ones, as happens when a page is withdrawn that others mention."""
    hidden_city, hidden_person = hidden.city, hidden.person
    for cited in (*world.pages, world.milestone, world.tenure):
        row = factories.cite(cited, hidden.source, claim="fact", stance="contradicts", note_en="?")
        hidden.garden.write(row, f"note of a hidden source on a {cited._meta.verbose_name}")
        type(row).objects.filter(pk=row.pk).update(claim="fact")
        if isinstance(cited, Page):
            body = f"A fact.[^{hidden.source.slug}]"
            type(cited).objects.filter(pk=cited.pk).update(body_en=body, body_zh_hans=body)
    world.alliance.parties.create(city=hidden_city, position=9)
    world.alliance.builds_on.add(hidden.bond)
    type(world.bond).objects.filter(pk=world.bond.pk).update(
        superseded_by=hidden.bond, ended="2020", ended_first=737425, ended_last=737790
    )
    half = factories.relationship(world.akl, hidden_city, slug="half")
    texts = {"title_en": "Half", "title_zh_hans": "半", "summary_en": "", "summary_zh_hans": ""}
    Relationship.objects.filter(pk=half.pk).update(**texts)
    refresh(half)
    world.agreement.parties.add(hidden_city)
    Agreement.objects.filter(pk=world.renewal.pk).update(renews=hidden.agreement, signed_in=hidden_city)
    Signature.objects.create(agreement=world.agreement, person=hidden_person, party=hidden_city, position=5)
    factories.milestone(hidden.bond, "1991", title_en="Elsewhere", city=world.gz)
    world.milestone.people.add(hidden_person)
    Milestone.objects.filter(pk=world.milestone.pk).update(city=hidden_city)
    Organisation.objects.filter(pk=world.body.pk).update(city=hidden_city)
    world.body.founders.add(hidden_person)
    Tenure.objects.create(person=world.person, office_en="Envoy", city=hidden_city, began=parse("1985"))
    for place, page in enumerate(hidden.pages, start=9):
        StorySubject.objects.create(story=world.story, subject=page, position=place)
    _lean_events_on(hidden, world)
    plant_private(hidden.garden, world)
    for page in world.pages:
        refresh(type(page).objects.get(pk=page.pk))


def plant_private(garden: Garden, world: World) -> None:
    """What people wrote to us, and what only staff know."""
    for row in (
        factories.rsvp(world.coming),
        factories.invitation(world.coming),
        make_link(world.gz, 7),
        Correction.objects.create(
            kind="relationships.city", object_id=world.gz.pk, page_title="?", text="?", nonce="1"
        ),
        Enquiry.objects.create(name="?", email="mei@example.org", subject="?", text="?", nonce="1"),
    ):
        garden.write(row, f"{row._meta.verbose_name}: for staff only")


def _lean_events_on(hidden: Hidden, world: World) -> None:
    Event.objects.filter(pk=world.session.pk).update(part_of=hidden.umbrella, series=hidden.series)
    Event.objects.filter(pk=world.coming.pk).update(marks=hidden.bond, marks_years=5)
    Series.objects.filter(pk=world.series.pk).update(relationship=hidden.bond)
    for event in (world.record, world.coming):
        event.relationships.add(hidden.bond)
        event.signed.add(hidden.agreement)
        Participant.objects.create(event=event, person=hidden.person)
        ProgrammeItem.objects.create(event=event, title_en="Words", person=hidden.person)
    Remark.objects.filter(pk=world.remark.pk).update(delivery="read-by", read_by=hidden.person)
    factories.remark(world.record, hidden.person, "by-somebody-hidden", title_en="Words", title_zh_hans="话")
    type(world.venue).objects.filter(pk=world.venue.pk).update(city=hidden.city)
