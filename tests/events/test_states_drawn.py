"""Every state of an answer is drawn, for guests and for staff, in words and by a stroke: never by colour alone."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string

from events.models import Rsvp
from sistercities.pages.curating import pill

CSS = Path(__file__).resolve().parents[2] / "static" / "css"


@pytest.mark.parametrize("status", Rsvp.Status.values)
def test_a_state_has_a_pill_with_words_whose_frame_differs(status: str) -> None:
    words = Rsvp.Status(status).label
    assert str(words) in pill(status, words)
    rules = (CSS / "admin.css").read_text(encoding="utf-8").splitlines()
    (rule,) = (line for line in rules if f".pill-{status}," in line or f".pill-{status})" in line)
    assert status == "confirmed" or "border-style" in rule


@pytest.mark.parametrize("status", Rsvp.Status.values)
def test_a_state_has_a_sign_that_is_not_that_of_a_confirmed_seat(status: str) -> None:
    sign, confirmed = (
        render_to_string("components/_rsvp_sign.html", {"status": each}) for each in (status, "confirmed")
    )
    assert "<svg" in sign
    assert (sign == confirmed) == (status == "confirmed")


def test_the_guide_of_styles_shows_every_state() -> None:
    guide = Path(__file__).resolve().parents[2] / "relationships" / "styleguide.py"
    text = guide.read_text(encoding="utf-8")
    assert [status for status in Rsvp.Status.values if f'"{status}"' not in text] == []
