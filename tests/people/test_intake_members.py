"""Members from lists: looked through line by line, taken over once, and handed out so that they come back unchanged."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from people.models import Member
from sistercities.intake.kinds import Kind, Looked, kind_named
from sistercities.intake.models import Intake
from sistercities.intake.reviewing import review
from tests import factories

pytestmark = pytest.mark.django_db
HEAD = "E-mail,Name,Member since,Member until,Kind of membership,Covered by"
KIND = "members"


@pytest.fixture
def client(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def hand_in(client: Client, content: bytes | str, name: str = "list.csv", kind: str = KIND) -> Intake:
    raw = content.encode() if isinstance(content, str) else content
    answer = client.post(add_address(), {"kind": kind, "file": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Intake.objects.latest("pk")


def add_address(query: str = "") -> str:
    return reverse("admin:intake_intake_add") + query


def look(client: Client, intake: Intake) -> str:
    return client.get(reverse("admin:intake_intake_change", args=[intake.pk])).content.decode()


def looked(intake: Intake) -> list[Looked]:
    return review(intake, the_kind(intake)).rows


def the_kind(intake: Intake) -> Kind:
    known = kind_named(intake.kind)
    assert known
    return known(Member.objects.get(email="curator@example.org"), intake.about)


def take(client: Client, intake: Intake, seen: str = "") -> Any:
    digest = seen or review(intake, the_kind(intake)).digest
    return client.post(reverse("admin:intake_intake_take", args=[intake.pk]), {"seen": digest}, follow=True)


def verdicts(intake: Intake) -> list[str]:
    return [row.verdict.value for row in looked(intake)]


def whys(intake: Intake) -> list[str]:
    return [row.why for row in looked(intake)]


def test_list_is_looked_through_before_anything_counts(client: Client, member: Member) -> None:
    intake = hand_in(client, f"{HEAD}\nmei@example.org,Mei Chen-Li\nana@example.org,Ana\nnobody,X\n")
    assert verdicts(intake) == ["changed", "new", "faulty"]
    page = look(client, intake)
    assert "<del>Mei Chen</del>" in page
    assert "<ins>Mei Chen-Li</ins>" in page
    assert "it should look like name@example.org" in page
    assert Member.objects.count() == 2


def test_good_lines_are_taken_over_and_what_is_wrong_stays_to_be_mended(
    client: Client, member: Member
) -> None:
    intake = hand_in(
        client, f"{HEAD}\nmei@example.org,Mei Chen-Li\nana@example.org,Ana,2024-01-31\nnobody,X\n"
    )
    page = take(client, intake).content.decode()
    assert "Taken over: 1 new, 1 changed, 1 left out." in page
    member.refresh_from_db()
    ana = Member.objects.get(email="ana@example.org")
    assert (member.name, ana.member_since, ana.has_usable_password()) == (
        "Mei Chen-Li",
        date(2024, 1, 31),
        False,
    )
    intake.refresh_from_db()
    assert (intake.content, [row["line"] for row in intake.rows]) == (None, [4])


def test_list_taken_over_again_changes_nothing(client: Client) -> None:
    content = f"{HEAD}\nana@example.org,Ana,2024-01-31,2025-01-30,household\n"
    take(client, hand_in(client, content))
    again = hand_in(client, content)
    assert verdicts(again) == ["same"]
    page = look(client, again)
    assert "This very file was taken over on" in page
    assert "There is nothing to take over" in page


def test_button_pressed_twice_takes_over_once(client: Client) -> None:
    intake = hand_in(client, f"{HEAD}\nana@example.org,Ana\n")
    seen = review(intake, the_kind(intake)).digest
    take(client, intake, seen)
    Member.objects.filter(email="ana@example.org").update(name="Ana Maria")
    take(client, intake, seen)
    assert Member.objects.get(email="ana@example.org").name == "Ana Maria"


def test_nothing_is_taken_over_that_nobody_looked_at(client: Client, member: Member) -> None:
    intake = hand_in(client, f"{HEAD}\nmei@example.org,Mei Li\n")
    seen = review(intake, the_kind(intake)).digest
    Member.objects.filter(pk=member.pk).update(name="Mei Wong")
    page = take(client, intake, seen).content.decode()
    member.refresh_from_db()
    assert member.name == "Mei Wong"
    assert "others worked meanwhile" in page


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_list_of_members_handed_out_comes_back_unchanged(client: Client, form: str, language: str) -> None:
    above = factories.member(
        "li@example.org", name="=SUM(1)", membership="household", member_since=date(2020, 1, 1)
    )
    factories.member(
        "wei@example.org", name="梁伟", language="zh-hans", covered_by=above, wants_reminders=False
    )
    client.cookies["django_language"] = language
    handed_out = client.get(reverse("admin:intake_list", args=["people", "member", form])).content
    intake = hand_in(client, handed_out, f"list.{form}")
    assert verdicts(intake) == ["same", "same", "same"]


def test_list_is_handed_out_as_it_is_filtered_and_searched(client: Client, member: Member) -> None:
    factories.member("ana@example.org", name="Ana", language="zh-hans")
    address = reverse("admin:intake_list", args=["people", "member", "xlsx"])
    sheet = load_workbook(BytesIO(client.get(f"{address}?language__exact=zh-hans").content)).active
    assert [row[0].value for row in sheet.iter_rows()] == ["E-mail", "ana@example.org"]
    lines = client.get(f"{address[:-4]}csv?q=mei").content.decode().splitlines()
    assert [line.split(",")[0] for line in lines] == ["\ufeffE-mail", "mei@example.org"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",Ana", "The e-mail address is missing."),
        ("ana@example.org,Ana,31.12.2024", "“31.12.2024” is no day that we can read"),
        ("ana@example.org,Ana,,2025-01-01", "Since when? A membership that ends has begun."),
        ("ana@example.org,Ana,2025-01-02,2025-01-01", "A membership cannot end before it begins."),
        ("ana@example.org,Ana,,,golden", "“golden” is none of these: single, household, student"),
        ("ana@example.org,Ana,,,,ana@example.org", "Nobody is covered by their own membership."),
        ("ana@example.org,Ana,,,,xu@example.org", "No member has the address xu@example.org."),
        ("ana@example.org,Ana,,,,mei@example.org", "covers nobody else"),
        ("-,Ana", "This cannot be emptied."),
        ("ana@example.org,Ana,1024-01-01", "This year is out of reach"),
        (f"ana@example.org,{'A' * 151}", "at most 150 characters"),
    ],
)
def test_line_that_cannot_be_read_says_why(client: Client, member: Member, line: str, why: str) -> None:
    intake = hand_in(client, f"{HEAD}\n{line}\nlin@example.org,Lin\n")
    first, second = looked(intake)
    assert why in first.why
    assert second.verdict == "new"


def test_second_line_about_the_same_member_does_not_count(client: Client) -> None:
    intake = hand_in(client, f"{HEAD}\nana@example.org,Ana\nAna@Example.org,Anna\n")
    assert whys(intake) == ["", "The same as line 2, which counts."]


def test_household_may_stand_below_those_whom_it_covers(client: Client) -> None:
    covered, covering = "ana@example.org,Ana,,,,li@example.org", "li@example.org,Li,2024-01-01,,household"
    intake = hand_in(client, f"{HEAD}\n{covered}\n{covering}\n")
    take(client, intake)
    assert Member.objects.get(email="ana@example.org").covered_by == Member.objects.get(
        email="li@example.org"
    )


def test_empty_cell_changes_nothing_and_a_dash_empties(client: Client, member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(member_since=date(2024, 1, 1), member_until=date(2025, 1, 1))
    take(client, hand_in(client, f"{HEAD}\nmei@example.org,,,–\n"))
    member.refresh_from_db()
    assert (member.name, member.member_since, member.member_until) == ("Mei Chen", date(2024, 1, 1), None)


def test_file_of_what_stood_there_brings_it_back(client: Client, member: Member) -> None:
    factories.member("ana@example.org", name="Ana")
    intake = hand_in(client, f"{HEAD}\nmei@example.org,Mei Li,,2027-01-01\nana@example.org,Ana\n")
    before = client.get(reverse("admin:intake_intake_before", args=[intake.pk, "csv"])).content
    assert before.decode() == "\ufeffE-mail,Name,Member until\r\nmei@example.org,Mei Chen,–\r\n"
    take(client, intake)
    take(client, hand_in(client, before))
    member.refresh_from_db()
    assert (member.name, member.member_until) == ("Mei Chen", None)


def test_columns_named_otherwise_are_chosen_by_hand(client: Client) -> None:
    intake = hand_in(client, "Anschrift,Wer\nana@example.org,Ana\n")
    page = look(client, intake)
    assert "No column of the file could be recognised as “e-mail”" in page
    address = reverse("admin:intake_intake_columns", args=[intake.pk])
    wrong = client.post(address, {"encoding": "utf-8", "email": "Wer", "name": "Wer"})
    assert (wrong.status_code, "chosen for something else too" in wrong.content.decode()) == (422, True)
    client.post(address, {"encoding": "utf-8", "email": "Anschrift", "name": "Wer"})
    intake.refresh_from_db()
    assert verdicts(intake) == ["new"]


CHINESE = "邮箱,姓名,语言,类别,入会日期\nliang@example.org,梁文,中文,家庭,2024年1月31日\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_chinese_list_is_read_in_whatever_letters_it_is_written(client: Client, encoding: str) -> None:
    intake = hand_in(client, CHINESE.encode(encoding))
    assert whys(intake) == [""]
    take(client, intake)
    liang = Member.objects.get(email="liang@example.org")
    told = (liang.name, liang.language, liang.membership, liang.member_since)
    assert told == ("梁文", "zh-hans", "household", date(2024, 1, 31))


def test_list_read_in_wrong_letters_is_read_again_in_others(client: Client) -> None:
    intake = hand_in(client, "E-mail,Name\nana@example.org,Málaga\n".encode("windows-1252"))
    assert looked(intake)[0].values["name"] == "Málaga"
    client.post(reverse("admin:intake_intake_columns", args=[intake.pk]), {"encoding": "utf-8"})
    intake.refresh_from_db()
    assert (intake.encoding, "broken" in whys(intake)[0]) == ("utf-8", True)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty."),
        (b"\xd0\xcf\x11\xe0 old", "a spreadsheet of a kind that we cannot read"),
        (b"%PDF-1.7", "This is no text file."),
        (b"E-mail,Name\n", "holds no lines"),
        (b"E-mail\n" + b"a@example.org\n" * 5_001, "More than 5000 lines"),
    ],
)
def test_file_that_is_no_list_is_refused_beside_its_field(client: Client, content: bytes, why: str) -> None:
    answer = client.post(add_address(), {"kind": KIND, "file": SimpleUploadedFile("list.csv", content)})
    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert not Intake.objects.exists()


def test_account_of_the_staff_is_changed_by_an_administrator_only(client: Client, member: Member) -> None:
    member.is_staff = True
    member.save()
    intake = hand_in(client, f"{HEAD}\nmei@example.org,Somebody Else\n")
    assert verdicts(intake) == ["changed"]
    secretary = factories.member("secretary@example.org", is_staff=True)
    kind = kind_named(KIND)
    assert kind
    assert "only an administrator" in review(intake, kind(secretary)).rows[0].why


def test_taking_over_is_noted_with_every_member(client: Client, curator: Member) -> None:
    take(client, hand_in(client, f"{HEAD}\nana@example.org,Ana\n"))
    entry = LogEntry.objects.get(object_id=str(Member.objects.get(email="ana@example.org").pk))
    assert (entry.user, entry.get_change_message()) == (curator, "Added.")


def test_looking_through_takes_as_many_queries_for_many_lines(
    client: Client, django_assert_num_queries: Any
) -> None:
    for count in (1, 30):
        lines = "\n".join(f"m{count}-{number}@example.org,Member {number}" for number in range(count))
        intake = hand_in(client, f"{HEAD}\n{lines}\n")
        kind = the_kind(intake)
        with django_assert_num_queries(1):
            review(intake, kind)


@pytest.mark.thorough
def test_two_thousand_members_come_in_and_go_out(client: Client) -> None:
    lines = "\n".join(f"m{number}@example.org,Member {number},2024-01-01" for number in range(2_000))
    intake = hand_in(client, f"{HEAD}\n{lines}\n")
    assert len(look(client, intake)) < 200_000
    take(client, intake)
    assert Member.objects.count() == 2_001
    out = client.get(reverse("admin:intake_list", args=["people", "member", "csv"]))
    assert len(out.content.splitlines()) == 2_002
