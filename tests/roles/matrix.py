"""Who may open an address of the admin, and who may send something to it: read from matrix.txt, which people review."""

from functools import cache
from pathlib import Path

from people.models import RoleName

LETTERS = {
    RoleName.ADMINISTRATOR: "a",
    RoleName.PUBLISHER: "p",
    RoleName.CURATOR: "c",
    RoleName.TRANSLATOR: "t",
    RoleName.SECRETARY: "s",
    RoleName.HOST: "h",
    RoleName.DOOR: "d",
    RoleName.READER: "r",
}


@cache
def matrix() -> dict[str, tuple[str, str]]:
    """By the name of an address: the letters of those who may GET it, and of those who may POST to it."""
    lines = Path(__file__).with_name("matrix.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {name: (who_gets, who_posts) for name, who_gets, who_posts in rows}
