"""The letters of an event in the admin: which there are, how own words are written and looked at."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events import rsvp as verbs
from events.admin.letter_forms import WordsForm
from events.letter_kinds import KINDS, allowed_in
from events.letter_previews import OwnWords, people, preview
from events.links import find_rsvp
from events.models import Event, LetterText, Rsvp
from people.models import Member
from sistercities.mail.kinds import known
from sistercities.mail.models import Message
from tests import factories
from tests.events.postbox import (
    LANGUAGES,
    lantern_reception,
    link_of,
    taken_down,
)

pytestmark = pytest.mark.django_db
WORDS = {"subject_en": "", "subject_zh_hans": "", "body_en": "", "body_zh_hans": ""}


@pytest.fixture
def event() -> Event:
    return lantern_reception()


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def own(event: Event, kind: str = "rsvp_confirmed", **words: str) -> LetterText:
    return LetterText.objects.create(event=event, kind=kind, **{**WORDS, **words})


def address(event: Event, kind: str = "rsvp_confirmed", view: str = "letter") -> str:
    return reverse(f"admin:events_{view}", args=[event.pk, kind])


def write(staff: Client, event: Event, kind: str = "rsvp_confirmed", **words: str) -> Any:
    return staff.post(address(event, kind), {**WORDS, **words})


def test_list_shows_every_letter_of_an_event_and_who_wrote_own_words(staff: Client, event: Event) -> None:
    write(staff, event, body_en="Come!")
    page = staff.get(reverse("admin:events_event_letters", args=[event.pk])).content.decode()
    for kind, letter in KINDS.items():
        assert str(letter.name) in page
        assert address(event, kind) in page
    assert page.count("own words</span>") == 1
    assert "Cora Tor" in page
    assert (
        reverse("admin:events_event_letters", args=[event.pk])
        in staff.get(reverse("admin:events_event_guests", args=[event.pk])).content.decode()
    )


def test_every_letter_about_an_event_can_have_own_words() -> None:
    """Those that staff write as a whole aside."""
    about_events = {kind for kind in known() if kind.startswith(("rsvp_", "event_", "hold_", "invitation"))}
    assert about_events - KINDS.keys() == {"event_letter", "event_letter_test"}


def test_cost_of_the_list_does_not_grow_with_own_words(
    staff: Client, event: Event, django_assert_num_queries: Any
) -> None:
    for kind in list(KINDS)[:12]:
        own(event, kind, body_en="Come!")
    with django_assert_num_queries(4):
        staff.get(reverse("admin:events_event_letters", args=[event.pk]))


def test_cost_of_a_preview_does_not_grow_with_the_guests(
    staff: Client, event: Event, django_assert_num_queries: Any
) -> None:
    """The form takes five statements, and the letter in each language what it takes in the worker."""
    for _number in range(12):
        taken_down(event, 1)
    with django_assert_num_queries(5 + 2 * 9):
        staff.get(address(event))


def test_words_are_kept_with_who_wrote_them_and_left_out_where_nothing_is_left(
    staff: Client, event: Event, curator: Member
) -> None:
    answer = write(staff, event, subject_en=" At last ", body_zh_hans="请来！")
    assert answer.status_code == 302
    text = LetterText.objects.get()
    assert (text.kind, text.subject_en, text.body_zh_hans) == ("rsvp_confirmed", "At last", "请来！")
    assert text.changed_by == curator
    write(staff, event, seen=text.changed_at.isoformat())
    assert not LetterText.objects.exists()


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("body_en", "Dear {guest},", "knows no {guest}. It knows: {event}, {link}, {name}"),
        ("body_zh_hans", "｛来宾｝，您好", "knows no ｛来宾｝."),
        ("body_en", "Dear {name", "A brace stands alone"),
        ("subject_zh_hans", "{link}", "A subject holds no link."),
        ("subject_en", "{until}", "knows no {until}. It knows: {event}, {name}, {place}"),
        ("body_en", "See http://example.org/a", "http://example.org/a is not a safe address"),
        ("subject_en", "a\u2028b", "line breaks"),
    ],
)
def test_what_would_reach_guests_as_it_stands_is_said_beside_the_field(
    staff: Client, event: Event, field: str, words: str, said: str
) -> None:
    answer = write(staff, event, **{field: words})
    assert answer.status_code == 422
    form: WordsForm = answer.context["form"]
    assert list(form.errors) == [field]
    assert said in str(form.errors[field][0])
    assert form[field].value() == words
    assert not LetterText.objects.exists()


def test_error_speaks_the_language_of_whoever_writes(staff: Client, event: Event) -> None:
    staff.cookies["django_language"] = "zh-hans"
    answer = write(staff, event, body_en="{guest}")
    assert "此信函不识别{guest}" in answer.content.decode()


@pytest.mark.parametrize("written", ["{name}", "{ Name }", "｛name｝", "｛NAME}"])
def test_placeholders_may_be_written_as_a_chinese_keyboard_has_them(
    staff: Client, event: Event, written: str
) -> None:
    assert write(staff, event, body_en=f"Dear {written}!").status_code == 302
    assert "Dear Mei Chen!" in preview_of(event, body_en=f"Dear {written}!").text


def preview_of(event: Event, kind: str = "rsvp_confirmed", language: str = "en", **words: str) -> Any:
    person = people(event, kind).first() or taken_down(event, 1, "Mei Chen")
    return preview(event, kind, language, OwnWords(words.get("subject_en", ""), words["body_en"]), person)


def test_second_of_two_who_write_at_once_is_told_and_loses_nothing(staff: Client, event: Event) -> None:
    own(event, body_en="Theirs.")
    answer = write(staff, event, body_en="Mine.")
    assert answer.status_code == 422
    assert "Somebody else has changed these words" in answer.content.decode()
    assert LetterText.objects.get().body_en == "Theirs."
    again = {"body_en": "Mine.", "seen": answer.context["form"]["seen"].value()}
    assert write(staff, event, **again).status_code == 302
    assert LetterText.objects.get().body_en == "Mine."


def test_usual_words_come_back_by_a_press_and_not_by_looking(staff: Client, event: Event) -> None:
    own(event, body_en="Come!")
    page = staff.get(address(event, view="letter_usual"))
    assert "Come!" in page.content.decode()
    assert LetterText.objects.count() == 1
    assert staff.post(address(event, view="letter_usual")).status_code == 302
    assert not LetterText.objects.exists()


# --- previews -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_can_be_looked_at_before_anybody_has_answered(event: Event, language: str) -> None:
    for kind in KINDS:
        words = " ".join(f"{{{name}}}" for name in sorted(allowed_in(kind)))
        letter = preview(event, kind, language, OwnWords("", words), None)
        assert letter.subject
        assert "{" not in letter.text
        assert "@" not in letter.text


def test_preview_shows_words_that_are_not_saved_for_a_guest_of_the_event(staff: Client, event: Event) -> None:
    mei = taken_down(event, 1, "Mei Chen")
    bo = taken_down(event, 2, "Bo Li")
    page = write(staff, event, body_en="Come, {name}!", _preview="1", to=str(mei.pk))
    assert page.status_code == 200
    english, chinese = page.context["parts"]
    assert "Come, Mei Chen!" in english["text"]
    assert "感谢您的回复" in chinese["text"]
    assert not LetterText.objects.exists()
    assert set(page.context["choices"]) == {mei, bo}
    assert "Bo Li" in staff.get(address(event)).context["parts"][0]["text"]


def test_preview_without_a_guest_is_marked_as_an_invented_example(staff: Client, event: Event) -> None:
    page = staff.get(address(event))
    assert "An invented example:" in page.content.decode()
    assert "Dear Alex Example," in page.context["parts"][0]["text"]


def test_preview_lends_nobodys_link_and_changes_nothing(staff: Client, event: Event) -> None:
    rsvp = taken_down(event, 1, "Mei Chen")
    before = list(Message.objects.values_list("pk", flat=True))
    page = staff.get(address(event)).content.decode()
    assert link_of(rsvp) not in page
    assert rsvp.link_handle not in page
    for part in staff.get(address(event)).context["parts"]:
        token = part["text"].partition("/rsvp/")[2].partition("/")[0]
        with pytest.raises(Rsvp.DoesNotExist):
            find_rsvp(token)
    assert list(Message.objects.values_list("pk", flat=True)) == before


def test_preview_of_a_real_invitation_or_delegation_lends_no_link(event: Event) -> None:
    invited = factories.invitation(event, "Bo Li", greeting="Come early.")
    hold = verbs.hold_seats(
        event, verbs.Block("Consular corps", 2, owner_email="a@example.org"), verbs.SYSTEM
    )
    for kind, person, words in (
        ("invitation", invited, "Come early."),
        ("hold_made", hold, "Consular corps"),
    ):
        for language in LANGUAGES:
            letter = preview(event, kind, language, OwnWords(), person)
            assert words in letter.text
            assert f"/{language}/" in letter.text
            for handle in (invited.link_handle, hold.link_handle):
                assert handle not in letter.html


def test_frame_of_a_preview_takes_the_styles_of_the_letter_and_runs_nothing(
    staff: Client, event: Event
) -> None:
    answer = staff.get(address(event))
    rules = answer.headers["Content-Security-Policy"]
    assert "style-src 'self' 'sha256-" in rules
    assert "unsafe" not in rules
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in answer.content.decode()


def test_letters_are_for_staff_who_may_see_the_guests(client: Client, member: Member, event: Event) -> None:
    for url in (address(event), reverse("admin:events_event_letters", args=[event.pk])):
        client.force_login(member)
        assert client.get(url).status_code == 302
    client.logout()
    assert client.get(address(event)).status_code == 302


def test_there_are_no_letters_of_unknown_kinds_or_for_guests_of_other_events(
    staff: Client, event: Event
) -> None:
    stranger = taken_down(factories.reception(), 1)
    assert staff.get(address(event, "newsletter")).status_code == 404
    assert staff.get(f"{address(event)}?to={stranger.pk}").status_code == 404
    assert staff.get(f"{address(event)}?to=1e9").status_code == 200
