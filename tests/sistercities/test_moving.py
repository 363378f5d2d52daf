"""The whole site as one archive: out of one house, into another, nothing lost and nothing half."""

import csv
import json
import stat
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from events.models import Rsvp, RsvpTransition
from people.models import Member
from sistercities.audit import violations
from sistercities.moving import files, tables
from sistercities.pages.models import Picture, Revision
from sistercities.pages.publishing import refresh
from tests import factories

pytestmark = pytest.mark.django_db


def _furnish() -> None:
    """A picture, a page with its history, an event with answers, a member."""
    person = factories.person("liang", "Liang Lingguang", "梁灵光")
    refresh(person, by=None)
    factories.cite(person)
    factories.picture()
    event = factories.reception(3, waiting_list=True)
    factories.rsvp(event, 2, "Mei, “Chen”\nand line")
    factories.rsvp(event, 2)
    factories.member("mei@example.org", name="")


def _all() -> dict[str, str]:
    """What every table holds."""
    return {name: b"".join(tables.rows_out(name)).decode() for name in tables.tables()}


def _backup(path: Path) -> Path:
    call_command("backup", path, stdout=StringIO())
    return path


def _restore(path: Path, **how: bool) -> None:
    call_command("restore", path, stdout=StringIO(), **how)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    _furnish()
    return _backup(tmp_path / "house.zip")


def test_what_was_packed_is_all_there_again(archive: Path) -> None:
    before = _all()
    Rsvp.objects.all().update(name="Somebody else")
    factories.person("stranger")
    _restore(archive, replace=True)
    assert _all() == before
    assert list(violations()) == []


def test_history_and_pictures_come_along(archive: Path) -> None:
    picture, revisions = Picture.objects.get(), Revision.objects.count()
    content = picture.file.read()
    for folder in files.STORES:
        for name in list(files.names(folder)):
            files.store_of(folder).delete(name)
    _restore(archive, replace=True)
    assert Picture.objects.get().file.read() == content
    assert Revision.objects.count() == revisions > 0
    assert RsvpTransition.objects.exists()


def test_life_goes_on_after_a_restore(archive: Path) -> None:
    """New rows get new numbers, triggers count and protect again."""
    _restore(archive, replace=True)
    event = Rsvp.objects.first().event
    factories.rsvp(event, 1, "Ana")
    assert list(violations()) == []
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_trigger where not tgisinternal and tgenabled = 'D'")
        assert cursor.fetchone() == (0,)


def test_a_house_that_is_not_empty_stays_as_it_is(archive: Path) -> None:
    before = _all()
    with pytest.raises(CommandError, match="not empty"):
        _restore(archive)
    assert _all() == before


def test_an_empty_house_takes_the_archive_without_more_ado(archive: Path) -> None:
    before = _all()
    with tables.emptied(tables.tables()):
        pass
    _restore(archive)
    assert _all() == before


def test_a_table_opens_without_this_program(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        rows = list(csv.DictReader(StringIO(opened.read("data/events_rsvp.csv").decode())))
        told = json.loads(opened.read("manifest.json"))
    assert rows[0]["name"] == "Mei, “Chen”\nand line"
    assert told["tables"]["events_rsvp"]["rows"] == 2


def test_who_is_signed_in_does_not_move(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        assert not {name for name in opened.namelist() if "session" in name}


def test_an_archive_is_for_its_owner_alone_to_read(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_an_archive_is_never_written_over(archive: Path) -> None:
    with pytest.raises(CommandError, match="there already"):
        _backup(archive)


def _changed(archive: Path, member: str, content: bytes | None) -> Path:
    """The archive with one member changed, or without it."""
    other = archive.with_name(f"changed-{archive.name}")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
        if content is not None:
            new.writestr(member, content)
    return other


@pytest.mark.parametrize("content", [b"id,name\n", None], ids=["changed", "missing"])
def test_a_damaged_archive_changes_nothing(archive: Path, content: bytes | None) -> None:
    before = _all()
    with pytest.raises(CommandError):
        _restore(_changed(archive, "data/events_rsvp.csv", content), replace=True)
    assert _all() == before


def test_an_archive_with_a_scratch_is_refused_in_words(archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as opened:
        begin = opened.getinfo("data/auth_permission.csv").header_offset
    content[begin + 120 : begin + 180] = b"\xff" * 60
    scratched = archive.with_name("scratched.zip")
    scratched.write_bytes(content)
    with pytest.raises(CommandError, match="no archive"):
        _restore(scratched, replace=True)


def test_half_an_archive_is_none(archive: Path) -> None:
    half = archive.with_name("half.zip")
    half.write_bytes(archive.read_bytes()[:-200])
    with pytest.raises(CommandError, match="no archive"):
        _restore(half, replace=True)


@pytest.mark.parametrize(
    ("change", "words"), [(["events.0999_later"], "later version"), ([], "earlier version")]
)
def test_an_archive_of_another_version_is_refused_with_what_to_do(
    archive: Path, change: list[str], words: str
) -> None:
    with zipfile.ZipFile(archive) as opened:
        told = json.loads(opened.read("manifest.json"))
    told["migrations"] = [*told["migrations"], *change] if change else told["migrations"][1:]
    other = _changed(archive, "manifest.json", json.dumps(told).encode())
    with pytest.raises(CommandError, match=words):
        _restore(other, replace=True)


def test_a_file_that_points_out_of_the_house_is_refused(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        told = json.loads(opened.read("manifest.json"))
    told["members"]["media/../../evil"] = {
        "bytes": 0,
        "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    }
    other = _changed(_changed(archive, "media/../../evil", b""), "manifest.json", json.dumps(told).encode())
    with pytest.raises(CommandError, match="does not belong"):
        _restore(other, replace=True)


def test_a_picture_of_the_same_name_and_other_content_is_not_written_over(archive: Path) -> None:
    name = Picture.objects.get().file.name
    files.store_of("media").delete(name)
    with files.store_of("media").open(name, "wb") as other:
        other.write(b"another picture")
    with pytest.raises(CommandError, match="another file of this name"):
        _restore(archive, replace=True)
    assert Member.objects.filter(email="mei@example.org").exists()
