"""Is every visible text translated, and do the compiled translations in locale/ hold what their sources say?"""

import gettext
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCALE = "zh_Hans"
PARTS = ("manage.py", "sistercities", "people", "relationships", "events", "templates", "static", "locale")
SHOWN = 15
NEEDED = ("xgettext", "msgfmt", "msgattrib", "msgmerge")


def gather(copy: Path) -> None:
    """Gather the texts in a copy of the project, so that checking changes nothing."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, copy / part)
    command = [
        sys.executable,
        "manage.py",
        "makemessages",
        f"--locale={LOCALE}",
        "--no-obsolete",
        "--no-wrap",
    ]
    done = subprocess.run(
        [*command, "--add-location=file"], cwd=copy, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"makemessages failed:\n{done.stderr or done.stdout}")


def wanting(catalogue: Path, option: str) -> list[str]:
    """The texts of one kind (--untranslated, --only-fuzzy)."""
    command = ["msgattrib", option, "--no-obsolete", "--no-wrap", str(catalogue)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line.removeprefix("msgid ") for line in text.splitlines() if line.startswith("msgid ")]
    return lines[1:]  # the first is the header's


def compiled_afresh(source: Path, scratch: Path) -> bool:
    """Whether the compiled file beside the source says the same."""
    compiled, target = source.with_suffix(".mo"), scratch / "fresh.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", str(target), str(source)], check=True)
    if not compiled.exists():
        return False
    with target.open("rb") as fresh, compiled.open("rb") as kept:
        return messages(gettext.GNUTranslations(fresh)) == messages(gettext.GNUTranslations(kept))


def messages(catalogue: gettext.GNUTranslations) -> dict[object, str]:
    """All texts but the header, which carries dates."""
    return {key: text for key, text in vars(catalogue)["_catalog"].items() if key != ""}


def main() -> str:
    """What is wrong, or nothing."""
    if missing := [tool for tool in NEEDED if not shutil.which(tool)]:
        print(f"{', '.join(missing)} not found: apt install gettext")
        return "CI has to have it." if os.environ.get("CI") else ""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy"
        copy.mkdir()
        gather(copy)
        for catalogue in sorted(copy.glob(f"locale/{LOCALE}/LC_MESSAGES/*.po")):
            for option, word in (("--untranslated", "not translated"), ("--only-fuzzy", "fuzzy")):
                if texts := wanting(catalogue, option):
                    shown = "\n  ".join(texts[:SHOWN])
                    wrong.append(f"{len(texts)} texts in {catalogue.name} are {word}, such as:\n  {shown}")
        sources = sorted(ROOT.glob(f"locale/{LOCALE}/LC_MESSAGES/*.po"))
        stale = [source for source in sources if not compiled_afresh(source, Path(scratch))]
        wrong += [f"{source.stem}.mo is not what {source.name} says: run `make messages`" for source in stale]
    return "\n".join(wrong)


if __name__ == "__main__":
    sys.exit(main() or None)
