"""Out: everything as it is at one moment, into one file."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from sistercities.moving import files, tables

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
Say = Callable[[str], None]


class Packer:
    """An archive while it is written; every member is fingerprinted as it goes in."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, chunks: Iterable[bytes], *, compress: bool = True) -> None:
        fingerprint, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
        with self.archive.open(info, "w", force_zip64=True) as member:
            for chunk in chunks:
                fingerprint.update(chunk)
                size += len(chunk)
                member.write(chunk)
        self.members[name] = {"bytes": size, "sha256": fingerprint.hexdigest()}


def pack(path: Path, say: Say) -> None:
    """Write the archive; a file of that name is there only once all of it is in. It is for its owner alone to read.

    Raises FileExistsError where there is one already.
    """
    if path.exists():
        raise FileExistsError(path)
    half = path.with_name(f".{path.name}.part")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream, zipfile.ZipFile(stream, "w") as archive:
            _fill(Packer(archive), say)
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)


def _fill(packer: Packer, say: Say) -> None:
    moment = timezone.now()
    with transaction.atomic():
        # All tables as they stand at one and the same moment, whoever writes meanwhile; and for as long as it takes.
        with connection.cursor() as cursor:
            if not connection.savepoint_ids:
                cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute("set local statement_timeout = 0")
            cursor.execute("set local idle_in_transaction_session_timeout = 0")
        counts = {name: tables.count(name) for name in tables.tables()}
        for name in counts:
            packer.add(f"data/{name}.csv", tables.rows_out(name))
        known = {
            "format": FORMAT,
            "made_at": moment.isoformat(),
            "site": settings.SITE_URL,
            "migrations": tables.migrations(),
            "tables": {
                name: {"rows": rows, "columns": tables.columns(name)} for name, rows in counts.items()
            },
        }
    say(f"{sum(counts.values())} rows of {len(counts)} tables.")
    # Files are written once and never changed, so that after the tables none of theirs is missing.
    for folder in files.STORES:
        found = list(files.names(folder))
        for name in found:
            packer.add(f"{folder}/{name}", _read(folder, name), compress=False)
        say(f"{len(found)} files of {folder}.")
    told = json.dumps({**known, "members": packer.members}, ensure_ascii=False, indent=1)
    packer.archive.writestr(MANIFEST, told)


def _read(folder: str, name: str) -> Iterator[bytes]:
    with files.store_of(folder).open(name) as stream:
        yield from stream.chunks(CHUNK)
