"""What pages tell machines of themselves (schema.org), held against its vocabulary."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from events.answers import GUEST
from events.models import Event, Participant, ProgrammeItem, Series
from events.rsvp import call_off, withdraw
from relationships.models import Organisation, Relationship, Signature, Tenure, Wording
from sistercities.news.models import Story, StorySubject
from sistercities.pages.dates import parse
from sistercities.pages.models import Page
from tests import factories
from tests.journeys.public_world import World
from tests.standards.linked import graph

pytestmark = pytest.mark.django_db
SCHEMA = "https://schema.org/"


def nodes(client: Client, page: Page | str, language: str = "en") -> list[dict[str, Any]]:
    """All that a page tells, its breadcrumbs last."""
    with translation.override(language):
        url = page if isinstance(page, str) else page.get_absolute_url()
    answer = client.get(url)
    assert answer.status_code == 200
    return graph(answer.content)


def node(client: Client, page: Page | str, language: str = "en") -> dict[str, Any]:
    return nodes(client, page, language)[0]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_the_world_says_what_it_is_about(client: Client, language: str) -> None:
    told = {}
    for page in World().pages:
        found, crumbs = nodes(client, page, language)
        assert found["name"] in (page.title_en, page.title_zh_hans)
        assert crumbs["itemListElement"][0]["position"] == 1
        assert crumbs["itemListElement"][-1]["item"] == found["url"]
        told[found["@type"]] = found
    assert set(told) == {
        *(
            "City",
            "Intangible",
            "Organization",
            "Person",
            "CreativeWork",
            "EventSeries",
            "Event",
            "WebPage",
            "NewsArticle",
        ),
    }


def test_front_page_names_the_site_its_search_and_the_next_event(client: Client) -> None:
    factories.reception()
    site, association, event, *_ = nodes(client, "/zh-hans/")
    assert site["potentialAction"]["target"]["urlTemplate"].endswith(
        "/zh-hans/search/?q={search_term_string}"
    )
    assert association["name"] == "洛杉矶—广州友好城市协会"
    assert association["alternateName"][0]["@language"] == "en"
    assert event["offers"]["availability"] == f"{SCHEMA}InStock"


def test_front_page_without_an_event_names_the_site_alone(client: Client) -> None:
    assert [each["@type"] for each in nodes(client, "/en/")] == ["WebSite", "Organization"]


def test_a_thing_is_the_same_in_both_languages(client: Client) -> None:
    city = factories.city(wikidata_id="Q16572")
    english, chinese = (node(client, city, language) for language in ("en", "zh-hans"))
    assert english["@id"] == chinese["@id"] == "http://127.0.0.1:8000/en/cities/guangzhou/#city"
    assert (english["url"], chinese["name"]) == ("http://127.0.0.1:8000/en/cities/guangzhou/", "广州")
    assert chinese["sameAs"] == "https://www.wikidata.org/entity/Q16572"
    assert chinese["geo"] == {"@type": "GeoCoordinates", "latitude": 23.13, "longitude": 113.26}


def test_city_without_a_known_place_has_no_position(client: Client) -> None:
    assert "geo" not in node(client, factories.city(latitude=None, longitude=None, timezone=""))


# --- events -------------------------------------------------------------------------------------------------


def test_event_has_hours_with_their_zone_and_a_place_with_its_city(client: Client) -> None:
    event = factories.event(venue=factories.venue(address_en="200 North Spring Street"))
    found = node(client, event)
    assert found["startDate"][-6:] in ("-08:00", "-07:00")
    assert found["eventStatus"] == f"{SCHEMA}EventScheduled"
    assert found["eventAttendanceMode"] == f"{SCHEMA}OfflineEventAttendanceMode"
    assert found["location"]["address"]["streetAddress"] == "200 North Spring Street"
    assert found["location"]["containedInPlace"]["geo"]["latitude"] == 34.05


def test_offer_follows_the_seats_although_no_content_changed(client: Client) -> None:
    event = factories.reception(seats=2)
    url = event.get_absolute_url()
    offers = [node(client, url)["offers"]]
    full = factories.rsvp(event, 2)
    offers.append(node(client, url)["offers"])
    withdraw(full)
    offers.append(node(client, url)["offers"])
    assert [each["availability"].removeprefix(SCHEMA) for each in offers] == ["InStock", "SoldOut", "InStock"]
    assert offers[0]["price"] == "0"
    assert datetime.fromisoformat(offers[0]["validThrough"]) == event.starts_at.replace(
        second=0, microsecond=0
    )


def test_seats_for_members_or_the_invited_are_no_offer(client: Client) -> None:
    for mode in ("members", "invitation", "none"):
        assert "offers" not in node(client, factories.reception(mode=mode)), mode


def test_offer_before_its_opening_says_from_when(client: Client) -> None:
    found = node(client, factories.reception(opens_at=timezone.now() + timedelta(days=2)))
    assert found["offers"]["availability"] == f"{SCHEMA}PreOrder"
    assert "validFrom" in found["offers"]


def test_what_was_called_off_or_put_off_says_so(client: Client) -> None:
    cancelled = factories.reception()
    call_off(cancelled, "Storm", "台风", GUEST)
    waiting = factories.past_event(held="2031-05-01", state="postponed", notice_en="Soon")
    moved = factories.past_event(
        held="2031-06-01", state="postponed", planned_for=parse("2031-05-02"), notice_en="New day"
    )
    found = [node(client, each) for each in (cancelled, waiting, moved)]
    assert [each["eventStatus"].removeprefix(SCHEMA) for each in found] == [
        *("EventCancelled", "EventPostponed", "EventRescheduled"),
    ]
    assert found[2]["previousStartDate"] == "2031-05-02"
    assert "offers" not in found[0]


def test_only_public_people_perform(client: Client) -> None:
    event = factories.past_event()
    seen, hidden = factories.person(en="Seen Person"), factories.person(en="Hidden Person", status="draft")
    for person in (seen, hidden):
        ProgrammeItem.objects.create(event=event, title_en="Toast", person=person)
    factories.remark(event, hidden)
    assert [each["name"] for each in node(client, event)["performer"]] == ["Seen Person"]


def test_session_names_its_umbrella_and_the_umbrella_its_session(client: Client) -> None:
    series = Series.objects.create(**factories._page("summits", "Summits", "峰会"))
    summit = factories.past_event("summit", series=series)
    session = factories.past_event("session", part_of=summit)
    secret = factories.past_event("secret", part_of=summit, visibility=Event.Visibility.UNLISTED)
    found = node(client, summit)
    assert [each["@type"] for each in found["superEvent"]] == ["EventSeries"]
    assert [each["@id"].rsplit("/", 2)[1] for each in found["subEvent"]] == ["session"]
    assert node(client, session)["superEvent"][0]["@id"] == found["@id"]
    assert node(client, secret)["superEvent"][0]["@id"] == found["@id"]


def test_hosts_organise_and_else_the_association(client: Client) -> None:
    event = factories.past_event()
    assert node(client, event)["organizer"]["name"] == "Los Angeles–Guangzhou Sister City Association"
    body = Organisation.objects.create(slug="b", name_en="Consulate", kind="consulate")
    event.hosts.add(body)
    assert [each["name"] for each in node(client, Event.objects.get(pk=event.pk))["organizer"]] == [
        "Consulate"
    ]


# --- people, bonds, works -----------------------------------------------------------------------------------


def test_the_living_are_told_by_their_year_of_birth_alone(client: Client) -> None:
    living = factories.person(born=parse("1970-03-04"))
    dead = factories.person(born=parse("1916-11-03"), died=parse("1988-02-25"))
    assert node(client, living)["birthDate"] == "1970"
    assert (node(client, dead)["birthDate"], node(client, dead)["deathDate"]) == ("1916-11-03", "1988-02-25")


def test_person_has_all_names_with_their_scripts_and_the_offices(client: Client) -> None:
    person = factories.person("liang", "Liang Lingguang", "梁灵光")
    person.names.create(
        script="Latn",
        family="Liang",
        given="Ling-kuang",
        system="wade-giles",
        is_variant=True,
        family_first=True,
    )
    Tenure.objects.create(person=person, office_en="Mayor", began=parse("1981"), ended=parse("1983"))
    found = node(client, person)
    names = {each["@language"]: each["@value"] for each in found["alternateName"]}
    assert names["zh-Hans"] == "梁灵光"
    assert names["zh-Latn-wadegile"] == "Liang Ling-kuang"
    assert found["jobTitle"] == ["Mayor"]
    assert found["hasOccupation"][0]["startDate"] == "1981"


def test_a_date_that_is_not_exact_is_left_out(client: Client) -> None:
    person = factories.person(born=parse("479 BCE"), died=parse("about 1890"))
    assert {"birthDate", "deathDate"} & set(node(client, person)) == set()


def test_alliance_is_an_organisation_of_its_public_cities(client: Client) -> None:
    world = World()
    pair, alliance = node(client, world.bond), node(client, world.alliance)
    assert pair["additionalType"] == "https://www.wikidata.org/entity/P190"
    assert [each["name"] for each in pair["subjectOf"]["about"]] == ["Guangzhou", "Los Angeles"]
    assert (alliance["@type"], alliance["foundingDate"], len(alliance["areaServed"])) == (
        "Organization",
        "2014",
        3,
    )


def test_bond_of_unknown_date_has_none(client: Client) -> None:
    bond = factories.relationship()
    Relationship.objects.filter(pk=bond.pk).update(
        established=None, established_first=None, established_last=None
    )
    assert "identifier" not in node(client, bond)


def test_agreement_tells_its_languages_and_translations(client: Client) -> None:
    agreement = factories.agreement()
    for language, standing in (("en", "authentic"), ("zh-hans", "authentic"), ("mi", "association")):
        Wording.objects.create(agreement=agreement, language=language, standing=standing, text="…")
    Signature.objects.create(agreement=agreement, person=factories.person(en="Tom Bradley"))
    Signature.objects.create(agreement=agreement, person=factories.person(en="No One", status="draft"))
    found = node(client, agreement)
    assert found["inLanguage"] == ["en", "zh-Hans"]
    assert [each["inLanguage"] for each in found["workTranslation"]] == ["mi"]
    assert found["workTranslation"][0]["translationOfWork"] == {"@id": found["@id"]}
    assert [each["name"] for each in found["contributor"]] == ["Tom Bradley"]


def test_remark_tells_its_original_and_the_translation(client: Client) -> None:
    remark = factories.remark(original_language="zh-Hans", rendering_en="association")
    found = node(client, remark)
    assert found["inLanguage"] == "zh-Hans"
    assert [each["inLanguage"] for each in found["workTranslation"]] == ["en"]
    assert found["recordedAt"]["startDate"] == "1981-12-08"


def test_draft_and_preview_tell_machines_nothing(client: Client, curator: Any) -> None:
    client.force_login(curator)
    answer = client.get(factories.city(status="draft").get_absolute_url())
    assert b"ld+json" not in answer.content


def test_participants_who_are_not_public_are_not_named(client: Client) -> None:
    event = factories.past_event()
    Participant.objects.create(event=event, person=factories.person(en="Hidden Person", status="draft"))
    assert "Hidden" not in str(nodes(client, event))


def test_story_is_news_with_its_subjects(client: Client) -> None:
    story = Story.objects.create(**factories._page("story", "A story", "新闻"), byline="Mei Chen")
    for city in (factories.city(), factories.city("b", status="draft")):
        StorySubject.objects.create(story=story, subject=city)
    found = node(client, story)
    assert (found["@type"], found["author"]["name"]) == ("NewsArticle", "Mei Chen")
    assert [each["name"] for each in found["about"]] == ["Guangzhou"]
