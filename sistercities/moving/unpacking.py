"""In: an archive into an empty house, or in the place of all that is there. All of it, or nothing."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files import File
from django.db import connection, transaction

from sistercities.moving import files, tables
from sistercities.moving.packing import FORMAT, MANIFEST

CHUNK = 1 << 20
Say = Callable[[str], None]


class Refused(Exception):
    """Why an archive was not unpacked; nothing was changed."""


def unpack(path: Path, say: Say, *, replace: bool = False) -> None:
    """Fill this house from an archive; with ``replace`` all that is in the database goes before.

    Raises Refused where the archive is damaged, is of another version, or the house is not empty.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            known = _manifest(archive)
            _check_version(known)
            _check_whole(archive, known)
            say("The archive is whole.")
            if not replace:
                _check_empty()
            missing = _files_to_write(archive, known)
            _fill(archive, known)
            say(f"{sum(each['rows'] for each in known['tables'].values())} rows.")
            for name in missing:
                _write_file(archive, name)
            say(f"{len(missing)} files; those that were there already stayed.")
    except (zipfile.BadZipFile, zlib.error, EOFError, FileNotFoundError, IsADirectoryError) as broken:
        raise Refused(f"{path} is no archive of this site, or not all of it: {broken}") from broken


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        known: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError) as broken:
        raise Refused(
            "The archive has no list of what is in it, so nobody can tell whether it is whole."
        ) from broken
    if known.get("format") != FORMAT:
        raise Refused(f"The archive has the form {known.get('format')}; this version reads form {FORMAT}.")
    return known


def _check_version(known: dict[str, Any]) -> None:
    """Rows fit the tables that they came from: both houses have run the same migrations."""
    here, there = set(tables.migrations()), set(known["migrations"])
    if later := sorted(there - here):
        raise Refused(f"The archive is of a later version. Install that one, and migrate: {', '.join(later)}")
    if earlier := sorted(here - there):
        words = "The archive is of an earlier version. Install that one, restore, then upgrade. It lacks"
        raise Refused(f"{words}: {', '.join(earlier)}")


def _check_whole(archive: zipfile.ZipFile, known: dict[str, Any]) -> None:
    """Every member is there, is what it was when it was packed, and lies where such things lie."""
    found = {name for name in archive.namelist() if name != MANIFEST}
    if odd := sorted(found ^ known["members"].keys()):
        raise Refused(f"In the archive, or in its list, and not in both: {', '.join(odd[:10])}")
    if set(known["tables"]) != set(tables.tables()):
        raise Refused("The archive has other tables than this database.")
    for name, told in known["members"].items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or path.parts[0] not in {"data", *files.STORES}:
            raise Refused(f"This does not belong into an archive: {name}")
        fingerprint = hashlib.sha256()
        with archive.open(name) as member:
            while chunk := member.read(CHUNK):
                fingerprint.update(chunk)
        if fingerprint.hexdigest() != told["sha256"]:
            raise Refused(f"Damaged since it was packed: {name}")


# What a house has before anybody lives in it: laid out by migrations.
FURNISHED = frozenset({"auth_permission", "django_content_type", "events_guesttag", "pages_contentversion"})


def _check_empty() -> None:
    if full := [name for name in tables.tables() if name not in FURNISHED and tables.count(name)]:
        words = "This database is not empty: " + ", ".join(full[:5])
        raise Refused(f"{words}. Give an empty one, or say --replace: all that is in it then goes.")


def _files_to_write(archive: zipfile.ZipFile, known: dict[str, Any]) -> list[str]:
    """The files that are not there yet. Raises Refused where one of that name is, and is another."""
    missing = []
    for name, told in known["members"].items():
        folder, _slash, inner = name.partition("/")
        if folder not in files.STORES:
            continue
        store = files.store_of(folder)
        if not store.exists(inner):
            missing.append(name)
        elif _fingerprint(folder, inner) != told["sha256"]:
            raise Refused(f"There is another file of this name here: {name}. Move it away first.")
    return missing


def _fingerprint(folder: str, name: str) -> str:
    fingerprint = hashlib.sha256()
    with files.store_of(folder).open(name) as stream:
        for chunk in stream.chunks(CHUNK):
            fingerprint.update(chunk)
    return fingerprint.hexdigest()


def _fill(archive: zipfile.ZipFile, known: dict[str, Any]) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 0")
            cursor.execute("set local lock_timeout = '60s'")
        with tables.emptied(known["tables"]):
            for name, told in known["tables"].items():
                with archive.open(f"data/{name}.csv") as member:
                    tables.rows_in(name, told["columns"], member)
        for name, told in known["tables"].items():
            if (rows := tables.count(name)) != told["rows"]:
                raise Refused(f"{name} has {rows} rows now, and had {told['rows']}.")
        tables.count_on(known["tables"])


def _write_file(archive: zipfile.ZipFile, name: str) -> None:
    folder, _slash, inner = name.partition("/")
    with archive.open(name) as member:
        kept = files.store_of(folder).save(inner, File(member))
    if kept != inner:
        raise Refused(f"{name} could not be kept under its own name.")
