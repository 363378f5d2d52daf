"""People from lists: names in each script with the family name first, and nobody taken for somebody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from people.models import Member, Person
from sistercities.intake.kinds import Looked, kind_named
from sistercities.intake.models import Intake
from sistercities.intake.reviewing import review
from sistercities.pages import publishing
from sistercities.pages.models import Status
from tests import factories

pytestmark = pytest.mark.django_db
HEAD = "Address of the page,Family name,Given names,Chinese family name,Chinese given name,Born,Died,Known as"


@pytest.fixture
def client(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def hand_in(client: Client, content: bytes | str, name: str = "list.csv") -> Intake:
    raw = content.encode() if isinstance(content, str) else content
    address = reverse("admin:intake_intake_add") + "?kind=people"
    answer = client.post(address, {"kind": "people", "file": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Intake.objects.latest("pk")


def looked(intake: Intake) -> list[Looked]:
    kind = kind_named(intake.kind)
    assert kind
    return review(intake, kind(Member.objects.get(email="curator@example.org"))).rows


def take(client: Client, intake: Intake) -> str:
    kind = kind_named(intake.kind)
    assert kind
    seen = review(intake, kind(Member.objects.get(email="curator@example.org"))).digest
    address = reverse("admin:intake_intake_take", args=[intake.pk])
    return client.post(address, {"seen": seen}, follow=True).content.decode()


def test_person_from_a_list_is_a_draft_whose_names_stand_family_first(client: Client) -> None:
    take(client, hand_in(client, f"{HEAD}\n,Liang,Lingguang,梁,灵光,1916-11,2006,Governor\n"))
    person = Person.objects.get()
    assert (person.status, person.slug) == (Status.DRAFT, "liang-lingguang")
    assert (person.title_zh_hans, person.known_for_en) == ("梁灵光", "Governor")
    assert (str(person.born.year), person.born.month) == ("1916", 11)


def test_western_name_keeps_its_order_in_characters_too(client: Client) -> None:
    intake = hand_in(client, f"{HEAD}\n,Bradley,Tom,布拉德利,汤姆\n")
    assert looked(intake)[0].hints == ["Shown as: Tom Bradley · 汤姆·布拉德利"]
    take(client, intake)
    person = Person.objects.get()
    assert (person.slug, person.title_en, person.title_zh_hans) == (
        "tom-bradley",
        "Tom Bradley",
        "汤姆·布拉德利",
    )


def test_list_of_people_taken_over_again_changes_nothing(client: Client) -> None:
    content = f"{HEAD}\n,Liang,Lingguang,梁,灵光,about 1916,2006,Governor\n,Plato,,,,before 400 BCE,,\n"
    take(client, hand_in(client, content))
    assert [row.verdict for row in looked(hand_in(client, content))] == ["same", "same"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_list_of_people_handed_out_comes_back_unchanged(client: Client, form: str, language: str) -> None:
    factories.person(
        en="Tom Bradley", zh="汤姆·布拉德利", known_for_en="Mayor; =1+1", born="1917-12-29", died="1998"
    )
    factories.person("yang", en="", zh="杨白冰", honorific_zh_hans="先生", born="1920~")
    client.cookies["django_language"] = language
    out = client.get(reverse("admin:intake_list", args=["people", "person", form])).content
    assert [row.why or row.verdict for row in looked(hand_in(client, out, f"list.{form}"))] == [
        "same",
        "same",
    ]


def test_namesake_of_another_year_is_not_taken_for_the_person_on_record(client: Client) -> None:
    factories.person("tom-bradley", en="Tom Bradley", born="1917")
    first, second = looked(hand_in(client, f"{HEAD}\n,Bradley,Tom,,,1917,,\n,Bradley,Tom,,,1950,,\n"))
    assert first.verdict == "same"
    assert "tom-bradley is called so, and is somebody else" in second.why


def test_of_two_namesakes_the_address_says_who_is_meant(client: Client) -> None:
    factories.person("tom-bradley", en="Tom Bradley")
    factories.person("tom-bradley-2", en="Tom Bradley")
    first, second = looked(hand_in(client, f"{HEAD}\n,Bradley,Tom\ntom-bradley-2,Bradley,Tom,,,1950\n"))
    assert "Several people are called so" in first.why
    assert (second.verdict, second.thing.slug) == ("changed", "tom-bradley-2")


def test_change_of_a_public_page_is_kept_as_a_revision_and_said_before(
    client: Client, curator: Member
) -> None:
    person = factories.person("tom-bradley", en="Tom Bradley")
    publishing.refresh(person)
    intake = hand_in(client, f"{HEAD}\ntom-bradley,,,,,1917-12-29,,Mayor\n")
    assert "the change is seen at once" in looked(intake)[0].hints[0]
    take(client, intake)
    person.refresh_from_db()
    last = publishing.revisions.revisions_of(person).first()
    assert (person.known_for_en, last and last.made_by) == ("Mayor", curator)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("plato", "The name is missing."),
        (",,Tom", "A given name stands there without a family name."),
        (",Bradley,Tom,,,1998,1917", "Nobody dies before being born."),
        (",Bradley,Tom,,,in spring", "is not a date we can read"),
        ("Two Words,Bradley", "address"),
        (",Bradley 🎉,Tom", "without symbols or emoji"),
    ],
)
def test_line_about_a_person_that_cannot_be_read_says_why(client: Client, line: str, why: str) -> None:
    assert why in looked(hand_in(client, f"{HEAD}\n{line}\n"))[0].why
    assert not Person.objects.exists()


def test_an_address_too_long_for_a_page_is_said_to_be_so_before_anything_is_written(client: Client) -> None:
    intake = hand_in(client, f"{HEAD}\n{'x' * 300},Liang,Lingguang\n,Huang,Hua\n")
    assert [bool(row.faults) for row in looked(intake)] == [True, False]
    take(client, intake)
    assert [person.slug for person in Person.objects.all()] == ["hua-huang"]
