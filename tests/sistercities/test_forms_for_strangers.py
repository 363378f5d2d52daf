"""What keeps robots and floods away from open forms, and lets people through, however slowly or quickly they write."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django import forms
from django.core import signing
from django.core.cache import cache
from django.db import connection, connections

from sistercities.pages import forms_for_strangers
from sistercities.pages.forms_for_strangers import (
    AddressField,
    RunningText,
    StrangerForm,
    may_write,
    network_of,
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


@pytest.mark.django_db
def test_an_hour_has_its_measure_and_the_next_one_begins_anew(clock: Any) -> None:
    cache.clear()
    assert [may_write("192.0.2.1", "notes", 3) for _ in range(5)] == [True, True, True, False, False]
    assert may_write("192.0.2.2", "notes", 3)
    assert may_write("192.0.2.1", "letters", 3)
    clock.value += 3601
    assert may_write("192.0.2.1", "notes", 3)


@pytest.mark.django_db
def test_who_keeps_trying_does_not_make_the_hour_longer(clock: Any) -> None:
    cache.clear()
    for _ in range(4):
        may_write("192.0.2.1", "notes", 1)
        clock.value += 900
    clock.value += 1
    assert may_write("192.0.2.1", "notes", 1)


@pytest.mark.django_db
def test_no_address_is_stored() -> None:
    cache.clear()
    may_write("192.0.2.77", "notes")
    with connection.cursor() as cursor:
        cursor.execute("select cache_key, value from cache")
        rows = cursor.fetchall()
    assert len(rows) == 1
    assert "192.0.2.77" not in str(rows)


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_a_household_is_one_sender(address: str, sender: str) -> None:
    assert network_of(address) == sender


@pytest.mark.django_db(transaction=True)
def test_of_twenty_that_come_together_each_is_counted() -> None:
    cache.clear()

    def write(_number: int) -> bool:
        try:
            return may_write("192.0.2.1", "notes", 5)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(write, range(20))) == 5
    cache.clear()
