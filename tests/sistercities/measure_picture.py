"""Takes in one picture file in a process of its own, and says what that cost: ``python -m … file``."""

import json
import sys
import time
from pathlib import Path

import django
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile


def most_memory() -> int:
    """The most that this process ever held at once, in bytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def main() -> None:
    django.setup()
    from sistercities.pages.pictures import prepare  # noqa: PLC0415 - wants the settings, and to be loaded beforehand
    from tests.sistercities.picture_files import halves, saved  # noqa: PLC0415

    upload = ContentFile(Path(sys.argv[1]).read_bytes(), name="picture.jpg")
    prepare(ContentFile(saved(halves())))
    memory, began, code = most_memory(), time.process_time(), "taken"
    try:
        prepare(upload)
    except ValidationError as refused:
        code = refused.code
    print(json.dumps({"code": code, "grown": most_memory() - memory, "seconds": time.process_time() - began}))


if __name__ == "__main__":
    main()
