"""The demonstration: complete, in both languages, every statement traced, and safe to load again."""

import re
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model
from django.test import Client

from events.demo.reception import coming_anniversary
from events.models import Event, Remark, RemarkSegment, RsvpPolicy, TeamMember
from events.numbers import ordinal
from events.rsvp import Answer, respond
from people.demo.sign_ins import CURATOR, DEVELOPMENT_PASSWORD, HOST, MEMBER, TRANSLATOR
from people.models import Member, Person, PersonName, RoleGrant
from relationships.models import Agreement, City, Milestone, Organisation, Relationship, Tenure
from sistercities.audit import violations
from sistercities.pages.demo.making import prose
from sistercities.pages.models import Citation, Cited, Page, Source, StandingPage

pytestmark = pytest.mark.django_db
OURS = ("pages", "news", "people", "relationships", "events", "mail", "account")
MARK = re.compile(r"\[\^([a-z0-9-]+)\]")
HAN = re.compile("[\u3400-\u9fff]")


def load() -> str:
    told = StringIO()
    call_command("demo", stdout=told)
    return told.getvalue()


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """What the command printed. Loaded once for this file; each test's own changes are undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


def models() -> list[type[Model]]:
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


def everything() -> dict[str, list[Any]]:
    return {model._meta.label: sorted(model._default_manager.values_list(), key=str) for model in models()}


def pages() -> Iterator[Page]:
    for model in models():
        if issubclass(model, Page):
            yield from model._default_manager.all()


def rows() -> Iterator[Model]:
    for model in models():
        yield from model._default_manager.all()


def bilingual_names(model: type[Model]) -> list[str]:
    fields = {field.name for field in model._meta.get_fields()}
    return [name.removesuffix("_en") for name in sorted(fields) if name.endswith("_en")]


def test_demo_is_complete(demo: str) -> None:
    counts = {
        model: model._default_manager.count() for model in (Source, City, Relationship, Agreement, Person)
    }
    assert counts == {Source: 18, City: 3, Relationship: 4, Agreement: 3, Person: 15}
    assert Milestone.objects.count() == 11
    assert Tenure.objects.count() == 16
    assert Event.objects.filter(is_illustration=False).count() == 7
    assert Event.objects.filter(is_illustration=True).count() == 1
    assert set(StandingPage.objects.values_list("slug", flat=True)) == {
        "about",
        "privacy",
        "contact",
        "imprint",
        "links",
    }


def test_demo_loaded_again_changes_nothing(demo: str) -> None:
    party = Answer(name="Cora Tor", email="cora@example.org", seats=2, companions=("Mei Chen",))
    respond(Event.objects.get(is_illustration=True), party)
    before = everything()
    load()
    assert everything() == before


def test_demo_leaves_alone_what_staff_have_written(demo: str) -> None:
    City.objects.filter(slug="auckland").update(summary_en="Edited by staff.")
    load()
    assert City.objects.get(slug="auckland").summary_en == "Edited by staff."


def test_demo_is_public_now(demo: str) -> None:
    assert [page.slug for page in pages() if not page.is_public] == []


def test_demo_has_no_text_in_one_language_only(demo: str) -> None:
    lopsided = [
        f"{row._meta.label} {row.pk} {name}"
        for row in rows()
        for name in bilingual_names(type(row))
        if bool(getattr(row, f"{name}_en")) != bool(getattr(row, f"{name}_zh_hans"))
    ]
    assert lopsided == []


def test_demo_pages_have_a_title_and_a_summary(demo: str) -> None:
    assert [page.slug for page in pages() if not (page.title_en and page.title_zh_hans)] == []
    assert [page.slug for page in pages() if not (page.summary_en and page.summary_zh_hans)] == []


def test_demo_chinese_is_chinese(demo: str) -> None:
    """No Latin punctuation between characters, and no English left where the Chinese belongs."""
    for row in rows():
        for name in bilingual_names(type(row)):
            text = MARK.sub("", getattr(row, f"{name}_zh_hans"))
            assert not re.search(f"{HAN.pattern}[,;:!?()]|{HAN.pattern}[ \\t]+{HAN.pattern}", text), text
            assert not HAN.search(getattr(row, f"{name}_en")), name


def test_demo_paragraphs_match_in_both_languages(demo: str) -> None:
    for page in pages():
        assert page.body_en.count("\n\n") == page.body_zh_hans.count("\n\n"), page.slug


def test_demo_cites_everything_that_states_facts(demo: str) -> None:
    stating = [
        model for model in models() if issubclass(model, Cited) and model not in (Source, StandingPage)
    ]
    rows = [row for model in stating for row in model._default_manager.filter(citations=None)]
    # A body of which no more than its name is told states nothing.
    assert [str(row) for row in rows if not (isinstance(row, Organisation) and row.founded is None)] == []


def test_demo_footnotes_lead_to_sources_that_are_cited(demo: str) -> None:
    for row in rows():
        if isinstance(row, Cited):
            cited = set(row.citations.values_list("source__slug", flat=True))
            for name in bilingual_names(type(row)):
                english = set(MARK.findall(getattr(row, f"{name}_en")))
                assert english == set(MARK.findall(getattr(row, f"{name}_zh_hans"))), row
                assert english <= cited, row


def test_demo_reception_that_is_made_up_borrows_no_source_in_a_thread(demo: str, client: Client) -> None:
    response = client.get("/en/relationships/guangzhou-los-angeles/")
    entry = next(each for each in response.context["page_obj"] if each.label == "illustration")
    assert [response.context["footnotes"].numbers_of(*told) for told in entry.told] == [[]]


def test_demo_tells_no_programme_that_no_source_gives(demo: str) -> None:
    assert not Event.objects.filter(is_illustration=False).exclude(programme=None).exists()


def test_demo_shows_the_two_disagreements_and_no_other(demo: str) -> None:
    disputed = Citation.objects.filter(stance="contradicts")
    assert {(str(row.subject), row.claim) for row in disputed} == {
        ("Katherine Whitman", "journeys"),
        ("Memorandum of understanding on the Tripartite Economic Alliance", "kind"),
    }
    for row in disputed:
        same = Citation.objects.filter(
            object_id=row.object_id, content_type=row.content_type, claim=row.claim
        )
        assert [(each.stance, bool(each.note_en and each.note_zh_hans)) for each in same] == [
            ("supports", True),
            ("contradicts", True),
        ]


def test_demo_names_signatories_only_where_a_source_does(demo: str) -> None:
    signed = {paper.slug: [str(row) for row in paper.signatures.all()] for paper in Agreement.objects.all()}
    assert signed == {
        "sister-city-agreement-1981": ["Liang Lingguang", "Tom Bradley"],
        "sister-city-agreement-1989": [],
        "alliance-memorandum-2014": [],
    }


def test_demo_guesses_no_name_in_characters(demo: str) -> None:
    known = {str(name): name.romanisation for name in PersonName.objects.filter(script="Hans")}
    assert known == {
        "梁灵光": "Liáng Língguāng",
        "汤姆·布拉德利": "",
        "张平": "",
        "陈建华": "",
        "张硕辅": "",
        "秦刚": "",
    }


def test_demo_alliance_joins_three_cities_on_two_bonds(demo: str) -> None:
    alliance = Relationship.objects.get(kind="alliance")
    assert [city.slug for city in alliance.cities] == ["auckland", "guangzhou", "los-angeles"]
    assert {bond.slug for bond in alliance.builds_on.all()} == {"guangzhou-los-angeles", "auckland-guangzhou"}
    assert alliance.sectors.count() == 4
    established = Relationship.objects.values_list("slug", "established")
    assert {slug: str(when) for slug, when in established} == {
        "guangzhou-los-angeles": "1981-12-08",
        "auckland-guangzhou": "1989-02-17",
        "auckland-los-angeles": "1972",
        "tripartite-economic-alliance": "2014-11-16",
    }


def test_demo_remarks_are_summaries_in_reported_speech(demo: str) -> None:
    assert set(Remark.objects.values_list("form", "original_language")) == {("summary", "")}
    for segment in RemarkSegment.objects.all():
        assert segment.text_en
        assert segment.text_zh_hans
        assert not re.search('[“”"]|\\bI\\b|我', segment.text_en + segment.text_zh_hans), segment


def test_demo_reception_is_marked_as_made_up_and_takes_answers(demo: str) -> None:
    reception = Event.objects.get(is_illustration=True)
    assert "an example" in reception.body_en
    assert "示范" in reception.body_zh_hans
    assert (reception.local_start.month, reception.local_start.day, reception.marks_years) == (
        12,
        8,
        reception.local_start.year - 1981,
    )
    policy = RsvpPolicy.objects.get(event=reception)
    assert (policy.mode, policy.seat_limit, policy.largest_party, policy.waiting_list) == (
        "open",
        120,
        4,
        True,
    )
    assert not reception.programme.exclude(person=None).exists()
    assert not reception.rsvps.exists()


@pytest.mark.parametrize(
    ("now", "year"),
    [
        ("2026-11-21T12:00-08:00", 2026),
        ("2026-12-07T18:30-08:00", 2026),
        ("2026-12-07T18:31-08:00", 2027),
        ("2026-12-08T09:00-08:00", 2027),
        ("2026-12-31T23:00-08:00", 2027),
    ],
)
def test_demo_reception_is_at_least_a_day_away(demo: str, now: str, year: int) -> None:
    bond = Relationship.objects.get(slug="guangzhou-los-angeles")
    coming = coming_anniversary(bond, datetime.fromisoformat(now))
    assert coming
    assert (coming.year, coming.years) == (year, year - 1981)


def test_demo_reception_is_made_by_the_planner(demo: str) -> None:
    reception = Event.objects.get(is_illustration=True)
    years = ordinal(reception.marks_years)
    assert reception.title_en == (
        f"Reception for the {years} anniversary of the Guangzhou–Los Angeles sister city relationship"
    )
    assert (reception.venue.name_en, str(reception.hosts.get())) == (
        "Millennium Biltmore Hotel",
        "Los Angeles–Guangzhou Sister City Association",
    )
    assert (reception.local_start.hour, reception.local_end.hour) == (18, 21)


def test_demo_sign_ins_work_and_are_printed(demo: str) -> None:
    assert Member.objects.get(email=CURATOR).is_superuser
    assert Member.objects.get(email=MEMBER).is_current_member
    assert set(EmailAddress.objects.filter(verified=True).values_list("email", flat=True)) == {
        CURATOR,
        HOST,
        MEMBER,
        TRANSLATOR,
    }
    assert all(f"Sign-in {email}: password" in demo for email in (CURATOR, HOST, MEMBER, TRANSLATOR))


def test_demo_staff_have_roles_and_the_host_looks_after_the_reception(demo: str) -> None:
    roles = {given.member.email: given.role for given in RoleGrant.objects.select_related("member")}
    assert roles == {CURATOR: "administrator", HOST: "host", TRANSLATOR: "translator"}
    assert TeamMember.objects.get().member.email == HOST
    assert list(violations()) == []


def test_demo_texts_are_joined_across_the_lines_of_the_code() -> None:
    assert prose("\n    one\n    two\n\n    three\n", "en") == "one two\n\nthree"
    assert prose("\n    广州\n    洛杉矶\n", "zh-hans") == "广州洛杉矶"
    assert prose("Tom\nLaBonge在\n广州", "zh-hans") == "Tom LaBonge在广州"


def test_demo_has_no_known_password_in_production(demo: str, settings: Any) -> None:
    Member.objects.all().delete()
    settings.DEVELOPMENT = False
    told = load()
    assert DEVELOPMENT_PASSWORD not in told
    assert not Member.objects.get(email=CURATOR).check_password(DEVELOPMENT_PASSWORD)
