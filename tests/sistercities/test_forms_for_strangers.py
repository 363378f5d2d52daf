"""What keeps robots and floods away from open forms, and lets people through, however slowly or quickly they write."""

import time
from typing import Any

import pytest
from django import forms
from django.core import signing

from sistercities.pages import forms_for_strangers
from sistercities.pages.forms_for_strangers import (
    AddressField,
    RunningText,
    StrangerForm,
    new_nonce,
    read_nonce,
)


class Guestbook(StrangerForm):
    text = RunningText(max_length=20)
    email = AddressField(required=False)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The time as the forms see it; ``clock.value += 5`` lets seconds go by."""

    class Clock:
        value = time.time()

        def time(self) -> float:
            return self.value

    made = Clock()
    monkeypatch.setattr(forms_for_strangers, "time", made)
    return made


def sent(nonce: str = "", **said: str) -> Guestbook:
    return Guestbook({"nonce": nonce or new_nonce(), "text": "Good day", **said})


def test_who_takes_three_seconds_is_heard_and_who_takes_a_week_too(clock: Any) -> None:
    for seconds in (3, 7 * 24 * 3600):
        nonce = new_nonce()
        clock.value += seconds
        assert sent(nonce).is_valid()


def test_what_comes_at_once_is_shown_again_with_all_that_was_typed_and_taken_the_second_time(
    clock: Any,
) -> None:
    nonce = new_nonce()
    clock.value += 0.5
    form = sent(nonce, text="Typed by a robot?")
    assert form.errors == {"__all__": [StrangerForm.TOO_QUICK]}
    assert "Typed by a robot?" in form.as_p()
    clock.value += 3
    assert sent(form["nonce"].value(), text="Typed by a robot?").is_valid()


OF_ANOTHER = signing.dumps(["word", 0], salt="of another")  # it tells the second in which it was made


@pytest.mark.parametrize(
    "nonce",
    [" ", "x" * 24, "é\x00", OF_ANOTHER, "a:b:c"],
    ids=["a space", "letters", "no letter", "of another", "colons"],
)
def test_a_form_that_we_have_not_shown_comes_back_with_a_note_of_its_own(clock: Any, nonce: str) -> None:
    form = sent(nonce)
    assert form.errors == {"__all__": [StrangerForm.NOT_OURS]} or "nonce" in form.errors
    clock.value += 3
    assert sent(form["nonce"].value()).is_valid()


def test_a_mistake_is_named_before_haste_is(clock: Any) -> None:
    assert list(sent(text="").errors) == ["text"]


def test_two_sendings_of_one_form_are_known_as_the_same_and_fit_into_the_column(clock: Any) -> None:
    nonce, other = new_nonce(), new_nonce()
    assert read_nonce(nonce)[0] == read_nonce(nonce)[0] != read_nonce(other)[0]
    assert len(read_nonce(nonce)[0]) <= 40


def test_all_forms_are_equally_long(clock: Any) -> None:
    lengths = set()
    for _ in range(50):
        lengths.add(len(new_nonce()))
        clock.value += 0.137
    assert len(lengths) == 1


def test_address_in_full_width_is_taken_for_what_is_meant(clock: Any) -> None:
    form = sent(email="ｍｅｉ＠ｅｘａｍｐｌｅ．ｏｒｇ")
    clock.value += 3
    assert form.is_valid()
    assert form.cleaned_data["email"] == "mei@example.org"


def test_address_with_a_control_character_is_none_though_it_stands_in_quotes(clock: Any) -> None:
    form = sent(email='"m\\\x01ei"@example.org')
    clock.value += 3
    assert form.errors["email"] == ["Please leave out invisible control characters."]


def test_nothing_is_cut_off_in_the_browser() -> None:
    assert "maxlength" not in Guestbook().as_p()


def test_no_field_of_a_form_is_a_riddle() -> None:
    assert not [field for field in Guestbook() if field.name not in ("nonce", "website", "text", "email")]
    assert isinstance(Guestbook().fields["nonce"].widget, forms.HiddenInput)
