"""A third language comes by settings, a migration and a catalogue: tried out in a copy of the project.

What must be true once French is there stands in ``third_language.py``, which runs inside the copy.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
PARTS = (
    "manage.py",
    "pyproject.toml",
    "sistercities",
    "people",
    "relationships",
    "events",
    "templates",
    "static",
    "docs",
)
FRENCH = """
from sistercities.settings import *

LANGUAGES = [*LANGUAGES, ("fr", "Français")]
SITE_NAME = {**SITE_NAME, "fr": "Association des villes jumelées Los Angeles–Canton"}
"""
CATALOGUE = """
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "English"
msgstr "anglais"

msgid "Chinese"
msgstr "chinois"

#, python-format
msgid "only in %(language)s"
msgstr "uniquement en %(language)s"

msgid "Sources"
msgstr "Sources et documents"

msgid "People"
msgstr "Personnes"
"""


def copy_with_french(folder: Path) -> None:
    """The three steps of a maintainer, in a copy: settings and catalogue here, the migration by its command."""
    for part in (*PARTS, "locale", "tests"):
        source, target = ROOT / part, folder / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    (folder / "french.py").write_text(FRENCH)
    catalogue = folder / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(CATALOGUE.lstrip())
    subprocess.run(["msgfmt", "-o", catalogue.with_suffix(".mo"), catalogue], check=True)


def surroundings() -> dict[str, str]:
    """The environment of the copy: the server that runs already, a scratch database of its own."""
    here = connection.settings_dict
    where = urlencode({"host": here["HOST"], "port": here["PORT"], "user": here["USER"]})
    suffix = os.environ.get("TEST_DB_SUFFIX", "") + "_french"
    own = {"DJANGO_SETTINGS_MODULE": "french", "TEST_DB_SUFFIX": suffix}
    return {"DATABASE_URL": f"postgres:///postgres?{where}", **os.environ, **own}


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=surroundings(),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.skipif(not shutil.which("msgfmt"), reason="no gettext here: apt-get install gettext")
def test_third_language_comes_by_settings_a_migration_and_a_catalogue(tmp_path: Path) -> None:
    copy_with_french(tmp_path)
    made = run(tmp_path, "manage.py", "makemigrations", "--no-input", "--name", "french")
    assert "Add field title_fr to relationship" in made
    run(tmp_path, "-m", "pytest", "-q", "--create-db", "--ds=french", "tests/sistercities/third_language.py")
