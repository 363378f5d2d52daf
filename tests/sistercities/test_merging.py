"""Two people who edit one page lose nothing: three states of a form are brought together, pure and in the admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Event, RsvpPolicy
from people.models import Member, RoleName
from sistercities.pages import publishing
from sistercities.pages.merging import Part, State, Value, merge, weave
from sistercities.pages.models import Source, StandingPage
from tests import factories
from tests.forms import sent
from tests.roles.world import somebody


def _text(words: str) -> Value:
    return ((words,),)


def _woven(opened: str, theirs: str, mine: str) -> str | None:
    found = weave(_text(opened), _text(theirs), _text(mine))
    return found[0][0] if found else None


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        ("One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree!", "One!\n\nTwo.\n\nThree!"),
        ("One.\n\nTwo.\n\nThree.\n\nFour.", "Zero.\n\nOne.\n\nTwo.\n\nThree.",
         "Zero.\n\nOne.\n\nTwo.\n\nThree.\n\nFour."),
        ("One.\n\nThree.", "One!\r\n\r\nTwo.\r\n\r\nThree.", "One!\n\nThree."),
        ("One.", "One!\n\nTwo.\n\nThree.", None),
        ("One.\n\nTwo!\n\nThree.", "One.\n\nTwo?\n\nThree.", None),
        ("One.\n\nTwo!\n\nThree.", "One.\n\nTwo!\n\nThree, too.", "One.\n\nTwo!\n\nThree, too."),
    ],
)  # fmt: skip
def test_two_hands_in_one_text_are_joined_where_they_wrote_at_different_places(
    theirs: str, mine: str, both: str | None
) -> None:
    found = _woven("One.\n\nTwo.\n\nThree.", theirs, mine)
    assert (found and found.strip()) == both


def test_a_row_that_one_removed_and_the_other_changed_is_kept() -> None:
    opened = State(parts={"names": Part({"1": {"a": _text("x")}, "2": {"a": _text("y")}})})
    theirs = State(parts={"names": Part({"2": {"a": _text("z")}})})
    mine = State(
        parts={"names": Part({"1": {"a": _text("w")}, "2": {"a": _text("y"), "DELETE": _text("on")}})}
    )
    merged = merge(opened, theirs, mine)
    assert merged.state.parts["names"] == Part({"2": {"a": _text("z")}}, [{"a": _text("w")}])
    assert (merged.came_back, merged.not_removed) == ([("names", "1")], [("names", "2")])


# --- in the admin -------------------------------------------------------------------------------------

FIRST, SECOND = "The first paragraph.", "The second paragraph."


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


@pytest.fixture
def page(db: None) -> StandingPage:
    return StandingPage.objects.create(
        slug="about", title_en="About us", title_zh_hans="关于我们", body_en=f"{FIRST}\n\n{SECOND}"
    )


def _url(page: Any) -> str:
    return reverse(f"admin:{page._meta.label_lower.replace('.', '_')}_change", args=[page.pk])


def _other_saves(page: Any, **changes: Any) -> Member:
    """Somebody else opens the form of the same page, and is the first to save it."""
    other = Member.objects.filter(email="wang@example.org").first() or Member.objects.create_superuser(
        "wang@example.org", "a password of a test", name="Wang Li"
    )
    client = Client()
    client.force_login(other)
    answer = client.post(_url(page), sent(client.get(_url(page)), **changes))
    assert answer.status_code == 302, answer.context["errors"]
    return other


def _again(staff: Client, page: Any, answer: Any, **changes: Any) -> Any:
    """Send what the answer shows, as a browser would."""
    return staff.post(_url(page), sent(answer, **changes))


def test_what_two_people_changed_in_different_fields_is_saved_in_one_more_step(
    staff: Client, page: StandingPage
) -> None:
    mine = sent(staff.get(_url(page)), title_zh_hans="我们是谁", body_en=f"{FIRST}\n\n{SECOND} Mine.")
    _other_saves(page, title_en="Who we are", body_en=f"{FIRST} Theirs.\n\n{SECOND}")
    answer = staff.post(_url(page), mine)
    words = answer.content.decode()
    assert "Wang Li changed this page while you had it open" in words
    assert "<ins>" in words
    page.refresh_from_db()
    assert (page.title_en, page.title_zh_hans) == ("Who we are", "关于我们")
    assert _again(staff, page, answer).status_code == 302
    page.refresh_from_db()
    assert (page.title_en, page.title_zh_hans) == ("Who we are", "我们是谁")
    assert page.body_en == f"{FIRST} Theirs.\n\n{SECOND} Mine."


@pytest.mark.parametrize(("keeps", "title"), [("theirs", "Their title"), ("mine", "My title")])
def test_what_both_changed_is_saved_only_when_somebody_has_chosen(
    staff: Client, page: StandingPage, keeps: str, title: str
) -> None:
    mine = sent(staff.get(_url(page)), title_en="My title", summary_en="Mine, and nobody else’s.")
    _other_saves(page, title_en="Their title")
    answer = staff.post(_url(page), mine)
    unanswered = _again(staff, page, answer)
    assert "Choose what is to stay" in unanswered.content.decode()
    assert 'name="keeps-title_en"' in unanswered.content.decode()
    page.refresh_from_db()
    assert page.title_en == "Their title"
    assert _again(staff, page, unanswered, **{"keeps-title_en": keeps}).status_code == 302
    page.refresh_from_db()
    assert (page.title_en, page.summary_en) == (title, "Mine, and nobody else’s.")


def test_a_third_hand_between_the_two_steps_settles_nothing_by_itself(
    staff: Client, page: StandingPage
) -> None:
    mine = sent(staff.get(_url(page)), title_en="My title")
    _other_saves(page, title_en="Their title")
    answer = staff.post(_url(page), mine)
    _other_saves(page, summary_en="A third change")
    answer = _again(staff, page, answer)
    assert 'name="keeps-title_en"' in answer.content.decode()
    assert _again(staff, page, answer, **{"keeps-title_en": "mine"}).status_code == 302
    page.refresh_from_db()
    assert (page.title_en, page.summary_en) == ("My title", "A third change")


def test_sources_that_two_people_cited_at_the_same_time_all_stay(staff: Client, page: StandingPage) -> None:
    known, theirs, mine = (factories.source(slug) for slug in ("known", "theirs", "mine"))
    row = page.citations.create(source=known)
    prefix = "pages-citation-content_type-object_id"

    def cite(source: Source, number: int) -> dict[str, Any]:
        added = {"source": source.pk, "claim": "", "stance": "supports", "position": 1, "id": ""}
        added |= {"locator": "", "note_en": "", "note_zh_hans": ""}
        return {
            f"{prefix}-TOTAL_FORMS": number + 1,
            **{f"{prefix}-{number}-{k}": v for k, v in added.items()},
        }

    old = sent(staff.get(_url(page)), **cite(mine, 1), **{f"{prefix}-0-locator": "p. 3"})
    _other_saves(page, **cite(theirs, 1), **{f"{prefix}-0-note_en": "As they remember."})
    answer = staff.post(_url(page), old)
    assert _again(staff, page, answer).status_code == 302
    assert set(page.citations.values_list("source__slug", flat=True)) == {"known", "theirs", "mine"}
    row.refresh_from_db()
    assert (row.locator, row.note_en) == ("p. 3", "As they remember.")


def test_a_page_that_was_only_touched_meanwhile_is_saved_at_once(staff: Client, page: StandingPage) -> None:
    mine = sent(staff.get(_url(page)), title_en="My title")
    publishing.refresh(page)
    assert staff.post(_url(page), mine).status_code == 302
    page.refresh_from_db()
    assert page.title_en == "My title"


def test_what_was_written_of_a_page_that_was_deleted_meanwhile_becomes_a_new_one(
    staff: Client, page: StandingPage
) -> None:
    page.citations.create(source=factories.source("known"))
    mine = sent(staff.get(_url(page)), title_en="My title")
    other = Member.objects.create_superuser("wang@example.org", "a password of a test", name="Wang Li")
    url = _url(page)
    publishing.delete(page, by=other)
    answer = staff.post(url, mine)
    assert "Wang Li deleted this page while you had it open" in answer.content.decode()
    add = reverse("admin:pages_standingpage_add")
    assert f'action="{add}"' in answer.content.decode()
    assert staff.post(add, sent(answer)).status_code == 302
    saved = StandingPage.objects.get()
    assert (saved.title_en, saved.citations.count()) == ("My title", 1)


def test_a_form_whose_memory_was_damaged_is_refused_and_shown_again(
    staff: Client, page: StandingPage
) -> None:
    mine = sent(staff.get(_url(page)), title_en="My title", opened_as="nonsense")
    _other_saves(page, title_en="Their title")
    answer = staff.post(_url(page), mine)
    assert "Somebody has changed this page since you opened it" in answer.content.decode()
    assert "My title" in answer.content.decode()


def test_a_translator_and_a_curator_lose_nothing_either(client: Client, page: StandingPage) -> None:
    client.force_login(somebody(RoleName.TRANSLATOR))
    page.citations.create(source=factories.source("known"))
    mine = sent(client.get(_url(page)), title_zh_hans="我们是谁")
    _other_saves(page, title_en="Who we are", status="published")
    answer = client.post(_url(page), mine)
    assert "Wang Li changed this page while you had it open" in answer.content.decode()
    assert _again(client, page, answer).status_code == 302
    page.refresh_from_db()
    assert (page.title_en, page.title_zh_hans, page.status) == ("Who we are", "我们是谁", "published")
    assert page.citations.count() == 1


def test_a_form_of_another_page_is_not_taken_for_one_that_was_deleted(
    staff: Client, page: StandingPage
) -> None:
    mine = sent(staff.get(_url(page)))
    gone = reverse("admin:pages_standingpage_change", args=[page.pk + 1])
    answer = staff.post(gone, {key: value for key, value in mine.items() if key != "opened_as"})
    assert answer.status_code == 302
    assert StandingPage.objects.count() == 1


def test_a_row_in_which_both_wrote_is_chosen_by_field_and_a_row_left_out_breaks_nothing(
    staff: Client, page: StandingPage
) -> None:
    row = page.citations.create(source=factories.source("known"), locator="p. 1")
    field = "pages-citation-content_type-object_id-0-locator"
    mine = sent(staff.get(_url(page)), **{field: "p. 2"})
    _other_saves(page, **{field: "p. 3"})
    answer = staff.post(_url(page), mine)
    key = f"keeps-pages-citation-content_type-object_id/{row.pk}/locator"
    assert f'name="{key}"' in answer.content.decode()
    again = sent(answer)
    forged = {name: value for name, value in again.items() if not name.startswith("pages-citation")}
    assert staff.post(_url(page), forged).status_code in (200, 302)
    row.refresh_from_db()
    assert row.locator == "p. 3"
    assert staff.post(_url(page), {**again, key: "mine"}).status_code == 302
    row.refresh_from_db()
    assert row.locator == "p. 2"


@pytest.mark.django_db
def test_fields_that_were_fixed_meanwhile_take_nothing_of_the_rest_along(client: Client) -> None:
    event = factories.event()
    client.force_login(somebody(RoleName.CURATOR))
    typed = {**sent(client.get(_url(event))), "summary_en": "What I typed."}
    RsvpPolicy.objects.create(event=event, seat_limit=20, largest_party=2)
    Event.objects.filter(pk=event.pk).update(title_en="The new title", updated_at=timezone.now())
    answer = client.post(_url(event), typed)
    assert answer.status_code == 200
    assert "starts_at" not in answer.context["adminform"].form.fields
    assert "What I typed." in answer.content.decode()
    assert "The new title" in answer.content.decode()
