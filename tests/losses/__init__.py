"""What is lost when a line of the RSVP engine is taken away: run by hand, ``python -m tests.losses``."""

from itertools import groupby

from tests.losses import admitting, hosts, mended, serving, verbs
from tests.losses.guards import GUARDS
from tests.losses.loss import Line, Loss

_found = (*serving.LINES, *admitting.LINES, *verbs.LINES, *hosts.LINES, *mended.LINES)
_files = list(dict.fromkeys(line.path for line in _found))
LINES: tuple[Line, ...] = tuple(sorted(_found, key=lambda line: _files.index(line.path)))
ALL: tuple[Loss, ...] = (*LINES, *GUARDS)


def table() -> str:
    """All of them as the table of docs/rsvp.md, one part for each file."""
    rows = []
    for place, losses in groupby(ALL, key=lambda loss: loss.name.partition(":")[0]):
        rows += [f"\n**{place}**\n", "| taken away | the test that fails |", "|---|---|"]
        rows += [f"| {loss.what} | `{loss.test.rpartition('::')[2]}` |" for loss in losses]
    return "\n".join(rows).strip()
