"""One stylesheet for the reader, many small ones for whoever writes them.

The parts under static/css are joined in the order of their layers into css/site.css: in development when a part
has changed, in production when static files are collected. Nothing has to be built by hand.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

BUNDLE = "css/site.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def parts(folder: Path) -> list[Path]:
    """The stylesheets in the order of their layers; components by name, print last."""
    return [
        folder / "tokens.css",
        folder / "base.css",
        folder / "layout.css",
        *sorted((folder / "components").glob("*.css")),
        folder / "print.css",
    ]


def squeeze(css: str) -> str:
    """Drop comments, indentation and line ends, which a reader would pay for and never see."""
    lines = (line.strip() for line in COMMENT.sub("", css).splitlines())
    return " ".join(line for line in lines if line)


def build(sources: Iterable[Path], target: Path) -> None:
    """Write the joined stylesheet if it differs from what is there (a removed part counts as a change)."""
    joined = "\n".join(squeeze(part.read_text(encoding="utf-8")) for part in sources if part.exists()) + "\n"
    if target.exists() and target.read_text(encoding="utf-8") == joined:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved into place: two processes may build at the same moment.
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    fresh.write_text(joined, encoding="utf-8")
    fresh.replace(target)


class BundleFinder(BaseFinder):
    """Finds css/site.css as if it lay in a static folder like any other file."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        base = Path(settings.BASE_DIR)
        self.source = base / "static" / "css"
        self.storage = FileSystemStorage(location=base / "var" / "bundle")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def build(self) -> None:
        build(parts(self.source), Path(self.storage.path(BUNDLE)))

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != BUNDLE:
            return []
        self.build()
        found = self.storage.path(BUNDLE)
        return [found] if find_all or kwargs.get("all") else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        self.build()
        yield BUNDLE, self.storage
