"""Companions on the form of an answer: remembered for next time by a member who ticks it, and by nobody else."""

from events.forms import RsvpForm
from people.companions import remember

TICK = "remember_companions"


def remember_if_asked(form: RsvpForm) -> None:
    """After an answer was taken: keep the names of the companions in it, if the member wishes so."""
    if form.member and TICK in form.data:
        remember(form.member, [form.cleaned_data.get(key, "") for key in form.companion_fields])
