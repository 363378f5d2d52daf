"""A small public world: one or two of all that a site has, each thing referring to the others."""

from events.models import (
    Participant,
    ProgrammeItem,
    RsvpPolicy,
    Series,
)
from relationships.models import (
    Organisation,
    Sector,
    Signature,
    Tally,
    Tenure,
)
from sistercities.pages.dates import parse
from sistercities.pages.models import Page, StandingPage
from sistercities.pages.publishing import refresh
from tests import factories


class World:
    """Two cities with all that a site has: published, each thing referring to the others."""

    def __init__(self) -> None:
        self.source = factories.source("report")
        self.gz, self.la = factories.city(), factories.los_angeles()
        self.akl = factories.city(
            "auckland", "Auckland", "奥克兰", latitude=-36.8, longitude=174.7, country_code="NZ"
        )
        self.bond = factories.relationship(self.gz, self.la)
        self.alliance = factories.relationship(
            self.gz, self.la, self.akl, slug="alliance", established="2014"
        )
        self.person = factories.person("liang", "Liang Lingguang", "梁灵光")
        self.sector = Sector.objects.create(slug="trade", name_en="Trade", name_zh_hans="贸易")
        self.body = Organisation.objects.create(
            slug="body", name_en="Association", name_zh_hans="协会", city=self.la
        )
        self.body.founders.add(self.person)
        self.tenure = Tenure.objects.create(
            person=self.person, office_en="Mayor", city=self.gz, began=parse("1980")
        )
        self.agreement = factories.agreement(self.bond, "founding")
        Signature.objects.create(agreement=self.agreement, person=self.person, party=self.gz)
        self.renewal = factories.agreement(
            self.bond, "renewal", renews=self.agreement, signed=parse("2001-12-08")
        )
        self.milestone = factories.milestone(self.bond, "1987")
        self.milestone.people.add(self.person)
        self.series = Series.objects.create(**factories._page("summits", "Summits", "峰会"))
        self.venue = factories.venue(city=self.la)
        self.record = factories.past_event("first-summit", "2014-06-20", series=self.series, venue=self.venue)
        self.session = factories.past_event("session", "2014-06-20", part_of=self.record)
        self.coming = factories.event("gala", venue=self.venue, series=self.series)
        RsvpPolicy.objects.create(event=self.coming, seat_limit=50, largest_party=4)
        for event in (self.record, self.coming):
            event.relationships.add(self.bond, self.alliance)
            event.hosts.add(self.body)
        self.record.signed.add(self.agreement)
        Participant.objects.create(event=self.record, person=self.person)
        ProgrammeItem.objects.create(event=self.record, title_en="Toast", person=self.person)
        self.remark = factories.remark(self.record, self.person, "toast")
        self.about = StandingPage.objects.create(**factories._page("about", "About us", "关于我们"))
        self.story = factories.story("story", self.gz, self.bond, self.person, self.record)
        self.story.topics.add(factories.topic("schools"))
        Tally.objects.create(city=self.gz, kind="sister-cities", number=38, as_of=parse("2022"))
        for cited in (*self.pages, self.milestone, self.tenure):
            factories.cite(cited, self.source)
        for page in self.pages:
            refresh(page)

    @property
    def pages(self) -> list[Page]:
        return [
            *(
                self.gz,
                self.la,
                self.akl,
                self.bond,
                self.alliance,
                self.person,
                self.agreement,
                self.renewal,
            ),
            *(self.series, self.record, self.session, self.coming, self.remark, self.about, self.story),
        ]
