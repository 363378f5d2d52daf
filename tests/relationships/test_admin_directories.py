"""A list of bonds as staff take it in: handed in, understood, checked, decided, run, and reported."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from people.models import Member
from relationships import tasks
from relationships.models import Directory, Relationship
from tests import factories
from tests.relationships.directory_file import directory as made_up
from tests.relationships.test_directory_running import HEAD, LYON_GUANGZHOU, handed_in, worked

ADD = "/admin/relationships/directory/add/"
DOUBTFUL = HEAD + LYON_GUANGZHOU.replace("Guangzhou", "Guangzou")

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def address(made: Directory, name: str, *args: Any) -> str:
    return reverse(f"admin:relationships_directory_{name}", args=[made.pk, *args])


def hand_in(staff: Client, content: str | bytes, **fields: Any) -> Any:
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("../list of bonds.csv", data, "text/csv")
    values = {"file": file, "source": factories.source().pk, "kind": "sister-cities", **fields}
    return staff.post(ADD, values)


def work() -> None:
    for _step in tasks.work():
        pass


def test_file_is_handed_in_checked_and_taken_in(staff: Client, curator: Member) -> None:
    factories.city()
    answer = hand_in(staff, HEAD + LYON_GUANGZHOU)
    made = Directory.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, address(made, "columns"))
    assert (made.filename, made.handed_in_by) == ("list of bonds.csv", curator)
    columns = staff.get(address(made, "columns")).content.decode()
    assert '<option value="origin city" selected>' in columns
    assert "<td>Lyon</td>" in columns
    rest = {"encoding": "utf-8", "delimiter": ",", "given_kind": "sister-cities"}
    assert staff.post(address(made, "columns"), {**made.columns, **rest}).status_code == 302
    waiting = staff.get(address(made, "change"))
    assert (waiting.headers["Refresh"], b"waiting for the worker" in waiting.content.lower()) == ("3", True)
    work()
    checked = staff.get(address(made, "change"))
    assert "Refresh" not in checked.headers
    assert b"Take the lines in" in checked.content
    assert b"1 new bond will be made." in staff.get(address(made, "task", "run")).content
    staff.post(address(made, "task", "run"))
    work()
    bond = Relationship.objects.get()
    assert (bond.status, bond.title_en) == ("draft", "Lyon and Guangzhou")
    assert (
        f"/admin/relationships/relationship/{bond.pk}/change/"
        in staff.get(address(made, "change")).content.decode()
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The submitted file is empty."),
        (b"PK\x03\x04 a spreadsheet", "This is a spreadsheet. Save it as CSV (UTF-8)"),
        (b"one column\nLyon\n", "No columns can be made out"),
        (b"\x00\x01" * 500, "This is no text file."),
    ],
)
def test_file_that_cannot_be_read_is_refused_beside_its_field(
    staff: Client, content: bytes, words: str
) -> None:
    answer = hand_in(staff, content)
    assert words in str(answer.context["adminform"].form.errors["file"])
    assert not Directory.objects.exists()


def test_columns_that_do_not_make_a_bond_are_said_beside_their_fields(staff: Client) -> None:
    made = handed_in(HEAD + LYON_GUANGZHOU)
    values = {
        "encoding": "utf-8",
        "delimiter": ",",
        "given_kind": "sister-cities",
        "origin_city": "origin city",
    }
    answer = staff.post(address(made, "columns"), {**values, "origin_country": "origin city"})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert errors == {
        "partner_city": ["Choose the column that names this city."],
        "origin_city": ["This column is chosen for something else too."],
        "origin_country": ["This column is chosen for something else too."],
    }


CHINESE = "城市,国家,友城,友城国家\n里昂,法国,广州,中国\n".encode("gb18030")


def test_wrong_letters_are_put_right_though_no_column_has_its_name(staff: Client) -> None:
    made = handed_in(CHINESE)
    rest = {"delimiter": ",", "given_kind": "sister-cities", "again": "1"}
    staff.post(address(made, "columns"), {**made.columns, **rest, "encoding": "windows-1252"})
    made.refresh_from_db()
    assert (made.encoding, "城市" in made.columns.values()) == ("windows-1252", False)
    answer = staff.post(address(made, "columns"), {**rest, "encoding": "gb18030"})
    made.refresh_from_db()
    assert (answer.status_code, made.encoding, made.columns["origin_city"]) == (302, "gb18030", "城市")


def test_encoding_in_which_the_file_has_no_columns_is_said_beside_it_and_not_kept(staff: Client) -> None:
    made = handed_in(CHINESE)
    values = {**made.columns, "delimiter": ",", "given_kind": "sister-cities", "encoding": "utf-16"}
    for more in ({"again": "1"}, {}):
        answer = staff.post(address(made, "columns"), {**values, **more})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["encoding"])
    made.refresh_from_db()
    assert "里昂" in staff.get(address(made, "columns")).content.decode()


def test_columns_of_another_encoding_are_read_before_they_are_checked(staff: Client) -> None:
    made = handed_in(CHINESE)
    values = {**made.columns, "delimiter": ",", "given_kind": "sister-cities", "encoding": "windows-1252"}
    answer = staff.post(address(made, "columns"), values)
    words = "Read so, the columns have other names. Read the file again first."
    assert answer.context["form"].errors == {"encoding": [words]}


def test_taking_back_counts_pages_and_not_lines(staff: Client) -> None:
    made = worked(handed_in(HEAD + LYON_GUANGZHOU))
    type(made).objects.filter(pk=made.pk).update(state="running", task="withdraw", rows_done=3)
    shown = staff.get(address(made, "change")).content.decode()
    assert ("3 pages done" in shown, "of 1 lines" in shown) == (True, False)


def test_second_run_does_not_announce_what_is_made_already(staff: Client) -> None:
    made = worked(handed_in(HEAD + LYON_GUANGZHOU))
    assert b"0 new bonds will be made." in staff.get(address(made, "task", "run")).content


def test_kind_of_an_alliance_is_not_offered_and_not_taken(staff: Client) -> None:
    assert b'value="alliance"' not in staff.get(ADD).content
    assert "kind" in hand_in(staff, HEAD + LYON_GUANGZHOU, kind="alliance").context["adminform"].form.errors


def test_doubtful_place_is_decided_with_its_distance_before_eyes(staff: Client, curator: Member) -> None:
    city = factories.city()
    made = worked(handed_in(DOUBTFUL), "check")
    assert b"1 place is doubtful" in staff.get(address(made, "change")).content
    shown = staff.get(address(made, "doubts")).content.decode()
    assert "Guangzhou (CN): 0 km away, on record" in shown
    key = made.rows.get().candidates["partner"]["key"]
    staff.post(address(made, "doubts"), {"place-0": str(city.pk), "place-0-key": key})
    row = made.rows.get()
    assert (row.decision, row.decided_by) == ({key: str(city.pk)}, curator)
    worked(made)
    assert [each.pk for each in Relationship.objects.get().all_cities][1] == city.pk


@pytest.mark.parametrize(("place", "key"), [("999999", None), ("new", "another|CN||")])
def test_decision_that_was_not_offered_is_refused(staff: Client, place: str, key: str | None) -> None:
    factories.city()
    made = worked(handed_in(DOUBTFUL), "check")
    known = made.rows.get().candidates["partner"]["key"]
    answer = staff.post(address(made, "doubts"), {"place-0": place, "place-0-key": key or known})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["place-0"])
    assert made.rows.get().decision == {}


def test_report_is_filtered_by_verdict_and_safe_in_a_spreadsheet(staff: Client) -> None:
    factories.city()
    text = HEAD + LYON_GUANGZHOU + '"=HYPERLINK(""http://evil"")",France,45,4,,,China,,,\n'
    made = worked(handed_in(text), "check")
    refused = staff.get(f"{address(made, 'lines')}?verdict=refused").content.decode()
    assert ("Second city: no name." in refused, "Lyon" in refused) == (True, False)
    assert "Lyon" in staff.get(f"{address(made, 'lines')}?verdict=nonsense").content.decode()
    sheet = b"".join(staff.get(address(made, "lines_csv"))).decode()  # type: ignore[call-overload]
    assert sheet.startswith("\ufeffLine,First city,Second city")
    assert "\"'=HYPERLINK(" in sheet


def test_report_speaks_the_readers_language(staff: Client) -> None:
    made = worked(handed_in(HEAD + LYON_GUANGZHOU + LYON_GUANGZHOU), "check")
    staff.post(reverse("set_language"), {"language": "zh-hans"})
    shown = staff.get(address(made, "lines")).content.decode()
    assert "与第2行为同一关系。" in shown
    translation.activate("en")


def test_pages_of_a_large_directory_ask_no_more_than_those_of_a_small_one(
    staff: Client, django_assert_num_queries: Any
) -> None:
    for lines in (1, 40):
        made = worked(handed_in(made_up(lines, seed=4)))
        with django_assert_num_queries(6):
            staff.get(address(made, "lines"))
        with django_assert_num_queries(9):
            staff.get(address(made, "change"))


def test_only_who_may_write_bonds_may_take_them_in(client: Client) -> None:
    made = worked(handed_in(HEAD + LYON_GUANGZHOU), "check")
    helper = factories.member("helper@example.org", is_staff=True)
    client.force_login(helper)
    assert client.get(address(made, "change")).status_code == 403
    names = ["view_directory", "change_directory"]
    helper.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(Member.objects.get(pk=helper.pk))
    assert b"Take the lines in" not in client.get(address(made, "change")).content
    assert client.post(address(made, "task", "run")).status_code == 403
    assert client.post(address(made, "task", "nonsense")).status_code == 404


def test_nothing_is_begun_twice_and_what_runs_can_be_stopped_and_not_deleted(staff: Client) -> None:
    made = worked(handed_in(HEAD + LYON_GUANGZHOU), "check")
    staff.post(address(made, "task", "run"))
    staff.post(address(made, "task", "delete"))
    made.refresh_from_db()
    assert (made.state, made.task) == ("queued", "run")
    assert staff.post(address(made, "delete"), {"post": "yes"}).status_code == 403
    staff.post(address(made, "stop"))
    made.refresh_from_db()
    assert made.state == "stopped"
    staff.post(address(made, "delete"), {"post": "yes"})
    assert not Directory.objects.exists()
    assert not made.file.storage.exists(made.file.name)
