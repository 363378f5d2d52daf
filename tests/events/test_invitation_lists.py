"""Lists of people to be invited: how they are read, what is said of each row, and what is taken over."""

import time
from typing import Any

import pytest
from django.utils import timezone

from events import invitations
from events.invitation_columns import field_of, read_moment
from events.invitation_lists import review, take_over
from events.invitation_reading import NotAList, from_guests, from_members, read_file, read_text
from events.models import Event, Invitation, InvitationList
from people.models import Member
from sistercities.tables.cells import read_language, read_number
from sistercities.tables.writing import as_xlsx
from tests import factories

pytestmark = pytest.mark.django_db
PLAIN = "Name,E-mail,Title\nMei Chen,mei@example.org,Prof.\n梁文,liang@example.org,教授\n"
CHINESE = "电子邮箱,职务,姓名,单位\nliang@example.org,教授,梁文,中山大学\n"


def handed_in(event: Event, rows: list[dict[str, Any]], **fields: Any) -> InvitationList:
    return InvitationList.objects.create(event=event, name="Consular corps", rows=rows, **fields)


def csv_list(event: Event, text: str) -> InvitationList:
    return handed_in(event, read_file(text.encode()).rows)


def why(batch: InvitationList) -> dict[int, str]:
    """What speaks against each row that is left out, by its line."""
    return {row.line: row.why for row in review(batch).left_out}


# --- reading --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_is_read_in_whatever_letters_a_spreadsheet_wrote_it(encoding: str) -> None:
    (row,) = read_file(CHINESE.encode(encoding)).rows
    assert row == {
        "line": 2,
        "name": "梁文",
        "title": "教授",
        "organisation": "中山大学",
        "email": "liang@example.org",
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_list_is_read_with_commas_semicolons_or_tabs(delimiter: str) -> None:
    rows = read_file(PLAIN.replace(",", delimiter).encode()).rows
    assert [(row["line"], row["name"], row["email"]) for row in rows] == [
        (2, "Mei Chen", "mei@example.org"),
        (3, "梁文", "liang@example.org"),
    ]


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("E-Mail Address:", "email"),
        ("ＥＭＡＩＬ", "email"),
        ("邮箱", "email"),
        ("Full name", "name"),
        ("来宾姓名", "name"),
        ("姓名（必填）", "name"),
        ("称呼", "salutation"),
        ("称谓", "title"),
        ("Party size", "largest_party"),
        ("人数上限", "largest_party"),
        ("What is wrong", "line"),
        ("Telephone", ""),
    ],
)
def test_columns_are_known_by_their_heads(head: str, field: str) -> None:
    assert field_of(head) == field


def test_columns_that_nobody_can_make_sense_of_are_named_and_left_out() -> None:
    read = read_file(b"Name,Telephone,Email\nMei,1234,mei@example.org\n")
    assert read.unread == ["Telephone"]
    assert read.rows == [{"line": 2, "name": "Mei", "email": "mei@example.org"}]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"Telephone,Fax\n1,2\n", "No column of names"),
        (b"Mei Chen,mei@example.org\n", "No column of names"),
        (b"PK\x03\x04xxxxxxxx", "spreadsheet"),
        (b"Name,Email\n" + b"Mei,a@b.org\n" * 5001, "More than 5000"),
    ],
)
def test_what_is_no_list_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(NotAList) as refused:
        read_file(content)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("line", "name", "email", "organisation"),
    [
        ("Mei Chen <mei@example.org>", "Mei Chen", "mei@example.org", ""),
        ("mei@example.org", "", "mei@example.org", ""),
        (
            "Mei Chen, mei@example.org, Port of Los Angeles",
            "Mei Chen",
            "mei@example.org",
            "Port of Los Angeles",
        ),
        ("梁文，liang＠example.org，中山大学", "梁文", "liang@example.org", "中山大学"),
        ("liang@example.org\t梁文", "梁文", "liang@example.org", ""),
        ("Mei Chen", "Mei Chen", "", ""),
        ('"Chen, Mei" <mei@example.org>', "Mei Chen", "mei@example.org", ""),
        ("Chen, Mei <mei@example.org>", "Mei Chen", "mei@example.org", ""),
        ("Mei Chen, The Port <mei@example.org>", "Mei Chen", "mei@example.org", "The Port"),
    ],
)
def test_a_person_is_read_from_a_line_as_people_write_it(
    line: str, name: str, email: str, organisation: str
) -> None:
    (row,) = read_text(f"\n{line}\n").rows
    assert row == {"line": 2, "name": name, "email": email, "organisation": organisation}


def test_what_a_mail_program_writes_on_one_line_is_several_people() -> None:
    rows = read_text("Mei Chen <mei@example.org>; 梁文 <liang@example.org>,Ana <ana@example.org>").rows
    assert [(row["line"], row["name"], row["email"]) for row in rows] == [
        (1, "Mei Chen", "mei@example.org"),
        (1, "梁文", "liang@example.org"),
        (1, "Ana", "ana@example.org"),
    ]


def test_of_two_addresses_beside_one_name_none_is_guessed() -> None:
    batch = handed_in(factories.reception(), read_text("Mei Chen, mei@example.org, chen@example.org").rows)
    assert "one address only" in why(batch)[1]


def test_cells_pasted_from_a_spreadsheet_are_read_by_their_heads() -> None:
    (row,) = read_text("姓\t名\t邮箱\n梁\t文\tliang@example.org").rows
    assert (row["family"], row["given"], row["email"]) == ("梁", "文", "liang@example.org")


def test_one_endless_line_holds_up_nobody() -> None:
    begun = time.process_time()
    for line in ("a" * 60_000, "<" + "@" * 60_000):
        read_text(line)
    assert time.process_time() - begun < 3


def test_cells_are_read_as_people_write_them() -> None:
    assert [read_language(text) for text in ("Chinese", "简体中文", "EN", "French")] == [
        "zh-hans",
        "zh-hans",
        "en",
        None,
    ]
    assert [read_number(text) for text in ("2", "２人", "两位", "-1", "many")] == [2, 2, 2, None, None]
    assert str(read_moment("2026年11月30日")) == "2026-11-30 23:59:00"
    assert str(read_moment("2026-11-30 18:00")) == "2026-11-30 18:00:00"
    assert read_moment("11/30/2026") is None


# --- looking through ------------------------------------------------------------------------------------


def test_each_faulty_row_is_named_with_its_line_and_all_that_is_wrong() -> None:
    text = (
        "name,email,language,party,answer by,bound\n"
        "Good Guest,good@example.org,en,2,,yes\n"
        ",nobody@example.org,,,,\n"
        "Bad Address,not an address,,,,\n"
        "Two Faults,x@,klingon,,,\n"
        "Large,large@example.org,,400,,\n"
        "Late,late@example.org,,,2001-01-01,\n"
        "Perhaps,perhaps@example.org,,,,maybe\n"
        "too,many,cells,in,this,line,here\n"
    )
    found = why(csv_list(factories.reception(), text))
    assert list(found) == [3, 4, 5, 6, 7, 8, 9]
    assert found[3] == "The name is missing."
    assert "name@example.org" in found[4]
    assert "“klingon” is no language" in found[5]
    assert len(found[5]) > len(found[4])
    assert "“400” is no size of a party" in found[6]
    assert "“2001-01-01” is over" in found[7]
    assert "“maybe” is neither yes nor no" in found[8]
    assert "more cells" in found[9]


def test_who_stands_in_the_list_twice_is_invited_once_however_the_address_is_written() -> None:
    text = "name,email\nMei Chen,mei@example.org\nMei C.,ＭＥＩ＠Example.org\nWithout,\nwith out,\n"
    found = why(csv_list(factories.reception(), text))
    assert found == {
        3: "The same address as in line 2: Mei Chen.",
        5: "The same name as in line 4, and no address to tell them apart.",
    }


def test_who_is_invited_or_has_answered_is_named_and_not_invited_again() -> None:
    event = factories.reception()
    factories.invitation(event, "Mei Chen", email="mei@example.org")
    factories.invitation(event, "Hand Over", email="")
    factories.rsvp(event, email="ana@example.org")
    batch = csv_list(
        event, "name,email\nM. Chen,MEI@example.org\nAna,ana@example.org\nhand over,\nNew,new@example.org\n"
    )
    assert why(batch) == {
        2: "Is invited already, as Mei Chen.",
        3: "Has answered already: confirmed.",
        4: "Somebody of this name is invited already, and there is no address to tell them apart.",
    }


def test_a_revoked_invitation_keeps_nobody_from_being_invited_again() -> None:
    event = factories.reception()
    invitations.revoke(factories.invitation(event, email="mei@example.org"))
    assert why(csv_list(event, "name,email\nMei,mei@example.org\n")) == {}


def test_looking_through_costs_the_same_for_one_row_and_for_300(django_assert_max_num_queries: Any) -> None:
    event = factories.reception()
    for count in (1, 300):
        rows = "".join(f"Guest {number},guest{number}@example.org\n" for number in range(count))
        batch = InvitationList.objects.select_related("event").get(
            pk=csv_list(event, f"name,email\n{rows}").pk
        )
        with django_assert_max_num_queries(4):
            assert len(review(batch).good) == count


# --- taking over ----------------------------------------------------------------------------------------


def test_a_list_of_150_with_20_bad_rows_invites_130_and_keeps_the_20() -> None:
    bad = [*[f",lost{number}@example.org" for number in range(8)], *["Guest,no address"] * 7]
    bad += [f"Again,GUEST{number}@example.org" for number in range(5)]
    good = [f"Guest {number},guest{number}@example.org" for number in range(130)]
    batch = csv_list(factories.reception(), "\n".join(["name,email", *good, *bad]))
    assert (len(review(batch).good), len(review(batch).faulty), len(review(batch).known)) == (130, 15, 5)
    assert len(take_over(batch)) == 130
    batch.refresh_from_db()
    assert Invitation.objects.filter(batch=batch, sent_at=None).count() == 130
    assert [row["line"] for row in batch.rows] == [*range(132, 152)]
    assert take_over(batch) == []
    assert Invitation.objects.count() == 130


def test_what_a_row_says_goes_before_what_is_said_for_all() -> None:
    text = "姓名,邮箱,语言,人数,仅限本人\n梁文,liang@example.org,,2,是\nMei Chen,mei@example.org,,,\n"
    batch = csv_list(factories.reception(), text)
    shared = {
        "language": "",
        "largest_party": 3,
        "is_bound": False,
        "greeting": "Welcome.",
        "answer_by": None,
    }
    liang, mei = sorted(take_over(batch, shared), key=lambda each: each.email)
    assert (liang.language, liang.largest_party, liang.is_bound, liang.greeting) == (
        "zh-hans",
        2,
        True,
        "Welcome.",
    )
    assert (mei.language, mei.largest_party, mei.is_bound, mei.greeting) == ("en", 3, False, "Welcome.")


def test_a_deadline_in_a_list_is_read_on_the_clocks_of_the_place() -> None:
    event = factories.reception()
    year = timezone.now().year + 1
    (invited,) = take_over(csv_list(event, f"name,email,answer by\nMei,m@example.org,{year}-03-05\n"))
    assert invited.answer_by is not None
    assert str(invited.answer_by.astimezone(event.zone))[:16] == f"{year}-03-05 23:59"


def test_a_guest_at_a_members_address_is_invited_as_that_member(member: Member) -> None:
    (invited,) = take_over(csv_list(factories.reception(), f"name,email\nMei,{member.email.upper()}\n"))
    assert invited.member == member


# --- from members and from earlier events ---------------------------------------------------------------


def test_members_are_invited_as_members(member: Member) -> None:
    batch = handed_in(factories.reception(), from_members([member]).rows)
    (invited,) = take_over(batch)
    assert (invited.name, invited.email, invited.member) == ("Mei Chen", member.email, member)


def test_guests_of_an_earlier_event_are_those_who_came_or_all_who_were_asked() -> None:
    earlier = factories.reception()
    factories.rsvp(earlier, 2, "Came", email="came@example.org")
    factories.rsvp(earlier, 0, "Declined", email="declined@example.org")
    factories.invitation(earlier, "Silent", email="silent@example.org", title="Consul")
    assert [row["name"] for row in from_guests(earlier).rows] == ["Came"]
    everybody = from_guests(earlier, everybody=True).rows
    assert [(row["line"], row["name"]) for row in everybody] == [(1, "Came"), (2, "Declined"), (3, "Silent")]
    assert everybody[2]["title"] == "Consul"


def test_a_list_is_read_from_a_spreadsheet_as_from_a_text() -> None:
    heads, *people = [line.split(",") for line in PLAIN.splitlines()]
    assert read_file(as_xlsx(heads, people)).rows == read_file(PLAIN.encode()).rows
