"""What the environment may set is written down, so that nobody has to read the code to run the site."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"""\benv(?:iron\.get)?(?:\.[a-z_]+)?\(\s*"([A-Z][A-Z0-9_]+)\"""")
INNER = {
    "EMBEDDED_PATIENCE",
    "DB_MAY_FORGET",
    "TEST_DB_SUFFIX",
    "WRITE_LOADED",
    "MACHINE_EXAMPLES",
    "CI",
}  # set by our own commands, not by people


def test_every_environment_variable_is_in_the_example() -> None:
    packages = ("sistercities", "people", "relationships", "events", "tests")
    sources = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    read = {name for path in sources for name in READ.findall(path.read_text(encoding="utf-8"))}
    written = set(re.findall(r"^# ?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert "SECRET_KEY" in read
    assert sorted(read - INNER - written) == []
    assert sorted(written - read) == []
