"""The list of what can be lost keeps up with the engine: ``python -m tests.losses`` takes each of it away, by hand."""

from pathlib import Path

import pytest
from django.db import models

from events.models import DeskNote, Guest, Invitation, Rsvp, RsvpPolicy, SeatHold, SeatOffer
from tests.losses import ALL, LINES, table
from tests.losses.guards import GUARDS

ROOT = Path(__file__).resolve().parents[2]
KEPT_BY_THE_DATABASE = (Rsvp, Guest, SeatOffer, SeatHold, RsvpPolicy, DeskNote, Invitation)


def test_each_line_on_the_list_of_losses_stands_in_the_engine() -> None:
    wrong = [loss.name for loss in LINES if (ROOT / loss.path).read_text().count(loss.old) != 1]
    assert not wrong, "Write their new text into tests/losses: " + "; ".join(wrong)


def test_each_loss_names_a_test_that_exists() -> None:
    named = {tuple(loss.test.partition("[")[0].split("::")) for loss in ALL}
    assert not [test for file, test in named if f"def {test}(" not in (ROOT / file).read_text()]


@pytest.mark.parametrize("model", KEPT_BY_THE_DATABASE)
def test_no_constraint_is_without_a_test(model: type[models.Model]) -> None:
    assert {each.name for each in model._meta.constraints} <= {guard.what for guard in GUARDS}


def test_the_list_of_losses_is_printed_in_the_documentation() -> None:
    assert table() in (ROOT / "docs" / "rsvp.md").read_text(), "python -m tests.losses --table"
