"""How staff enter a remark: its facts, a whole speech pasted in both languages, and its paragraphs arranged."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from events.admin.bench import Bench
from events.models import Remark, RemarkSegment
from events.paragraphs import plan
from people.models import Member
from sistercities.pages.revisions import revisions_of
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


@pytest.fixture
def remark() -> Remark:
    return factories.remark(slug="speech")


def _at(name: str, remark: Remark) -> str:
    return reverse(f"admin:events_remark_{name}", args=[remark.pk])


def _bench(answer: Any) -> str:
    found = re.search(r'name="bench" value="([^"]*)"', answer.content.decode())
    assert found
    return unescape(found.group(1))


def _paste(staff: Client, remark: Remark, en: str = "", zh: str = "", **more: str) -> Any:
    opened = staff.get(_at("paste", remark))
    return staff.post(
        _at("paste", remark), {"bench": _bench(opened), "text_en": en, "text_zh_hans": zh, **more}
    )


def _do(staff: Client, remark: Remark, answer: Any, step: str, **more: str) -> Any:
    """Press a button of the page that came back."""
    return staff.post(_at("arrange", remark), {"bench": _bench(answer), "do": step, **more})


def _pairs(remark: Remark) -> list[tuple[str, str]]:
    return list(remark.segments.values_list("text_en", "text_zh_hans"))


def _shown(answer: Any) -> list[tuple[str, str]]:
    return [tuple(cell["text"] for cell in row["cells"]) for row in answer.context["rows"]]


# --- the remark itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delivery", "reader", "words"),
    [("read-by", False, "Choose who read it."), ("video", True, "Leave this empty")],
)
def test_a_reader_is_asked_for_where_somebody_else_read_and_only_there(
    staff: Client, remark: Remark, delivery: str, reader: bool, words: str
) -> None:
    read_by = str(factories.person().pk) if reader else ""
    opened = staff.get(_at("change", remark))
    answer = staff.post(_at("change", remark), sent(opened, delivery=delivery, read_by=read_by))
    assert words in answer.context["adminform"].form.errors["read_by"][0]


def test_a_speech_read_by_somebody_is_saved(staff: Client, remark: Remark) -> None:
    reader = factories.person()
    opened = staff.get(_at("change", remark))
    data = sent(opened, delivery="read-by", read_by=str(reader.pk))
    assert staff.post(_at("change", remark), data).status_code == 302
    assert Remark.objects.get().read_by == reader


@pytest.mark.parametrize(
    ("written", "kept"), [("ZH-HANS", "zh-Hans"), ("en", "en"), ("en-us", "en-US"), ("mi", "mi"), ("", "")]
)
def test_a_language_tag_is_kept_as_it_is_written_everywhere(
    staff: Client, remark: Remark, written: str, kept: str
) -> None:
    opened = staff.get(_at("change", remark))
    assert staff.post(_at("change", remark), sent(opened, original_language=written)).status_code == 302
    assert Remark.objects.get().original_language == kept


def test_the_name_of_a_language_is_refused_with_an_example(staff: Client, remark: Remark) -> None:
    opened = staff.get(_at("change", remark))
    answer = staff.post(_at("change", remark), sent(opened, original_language="Chinese"))
    assert "zh-Hans for Chinese" in answer.context["adminform"].form.errors["original_language"][0]


def test_the_list_shows_until_when_a_remark_is_held_back(staff: Client, remark: Remark) -> None:
    address = reverse("admin:events_remark_changelist")
    Remark.objects.update(embargo_until=timezone.now() - timedelta(days=1))
    assert "embargo until" not in staff.get(address).content.decode()
    Remark.objects.update(embargo_until=timezone.now() + timedelta(days=1))
    assert "embargo until" in staff.get(address).content.decode()


def test_paragraphs_of_the_form_are_numbered_anew_and_found_by_search(staff: Client, remark: Remark) -> None:
    opened = staff.get(_at("change", remark))
    added = {
        "segments-TOTAL_FORMS": "2",
        "segments-1-position": "1",
        "segments-1-text_en": "Zanzibar.",
        "segments-1-remark": str(remark.pk),
    }
    assert staff.post(_at("change", remark), sent(opened, **added)).status_code == 302
    assert list(remark.segments.values_list("position", flat=True)) == [1, 2]
    assert "Zanzibar." in Remark.objects.get().search_text


# --- pasting --------------------------------------------------------------------------------------------


def test_a_whole_speech_is_pasted_arranged_and_saved(staff: Client, remark: Remark) -> None:
    remark.segments.all().delete()
    answer = _paste(
        staff,
        remark,
        "Friends,\r\n\r\nIn 1981 we met.\r\n\r\nThank you.",
        "朋友们：\n　　1981年我们相会。\n　　谢谢。",
    )
    whole = [("Friends,", "朋友们："), ("In 1981 we met.", "1981年我们相会。"), ("Thank you.", "谢谢。")]
    assert _shown(answer) == whole
    assert not remark.segments.exists()
    saved = _do(staff, remark, answer, "save")
    assert saved.headers["Location"] == _at("change", remark)
    assert _pairs(remark) == whole
    assert "1981年我们相会。" in Remark.objects.get().search_text


def test_pasting_nothing_is_refused_and_keeps_what_there_was(staff: Client, remark: Remark) -> None:
    answer = _paste(staff, remark, " \n ", "")
    assert answer.status_code == 422
    assert "Paste the speech in one language at least." in answer.content.decode()
    assert remark.segments.count() == 1


def test_a_book_is_not_a_speech(staff: Client, remark: Remark) -> None:
    answer = _paste(staff, remark, "A.\n\n" * 601, "")
    assert "at most 600 paragraphs" in answer.content.decode()


def test_markup_that_is_pasted_stays_text(staff: Client, client: Client, remark: Remark) -> None:
    answer = _paste(staff, remark, "<b>Bold</b> &amp; <script>alert(1)</script>", "")
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    _do(staff, remark, answer, "save")
    assert "<script>alert" not in client.get("/en/remarks/speech/").content.decode()


def test_pasting_again_shows_what_changes_before_it_replaces(staff: Client, remark: Remark) -> None:
    remark.segments.create(position=2, text_en="Stays.", text_zh_hans="不变。")
    remark.segments.create(position=3, text_en="Goes away.", text_zh_hans="要删去。")
    opened = staff.get(_at("paste", remark))
    assert "A first thought.\n\nStays.\n\nGoes away." in opened.content.decode()
    answer = _paste(staff, remark, "A first thought, again.\n\nStays.", "第一段。\n\n不变。")
    page = answer.content.decode()
    assert "1 unchanged, 1 changed, 0 new, 1 taken out" in page
    assert "要删去。" in page
    assert remark.segments.count() == 3


def test_adding_a_translation_keeps_the_arrangement_of_before(staff: Client, remark: Remark) -> None:
    remark.segments.all().delete()
    arranged = [("One.", ""), ("Two.", "甲乙丙丁戊己庚辛。"), ("", "壬癸。")]
    for position, (en, zh) in enumerate(arranged, start=1):
        remark.segments.create(position=position, text_en=en, text_zh_hans=zh)
    answer = _paste(staff, remark, "One.\n\nTwo.\n\nThree.", "甲乙丙丁戊己庚辛。\n\n壬癸。")
    assert _shown(answer)[:2] == arranged[:2]


# --- arranging ------------------------------------------------------------------------------------------


def test_steps_are_taken_and_undone_without_writing_anything(staff: Client, remark: Remark) -> None:
    remark.segments.create(position=2, text_en="", text_zh_hans="第二段。")
    answer = staff.get(_at("arrange", remark))
    moved = _do(staff, remark, answer, "down 0 0")
    assert _shown(moved) == [("", "第一段。"), ("A first thought.", "第二段。")]
    assert 'value="down 0 1"' in moved.content.decode()
    undone = _do(staff, remark, moved, "undo")
    assert _shown(undone) == [("A first thought.", "第一段。"), ("", "第二段。")]
    assert _pairs(remark) == _shown(undone)


def test_the_keyboard_stays_with_the_paragraph_that_moved(staff: Client, remark: Remark) -> None:
    remark.segments.create(position=2, text_zh_hans="第二段。")
    page = _do(staff, remark, staff.get(_at("arrange", remark)), "down 0 0").content.decode()
    focused = re.findall(r'<button type="submit" name="do" value="([^"]*)"[^>]* autofocus', page)
    assert focused == ["down 0 1"]


def test_a_paragraph_is_split_at_a_sentence_or_before_chosen_words(staff: Client, remark: Remark) -> None:
    remark.segments.update(text_en="First one. Second one, of two halves.")
    answer = _do(staff, remark, staff.get(_at("arrange", remark)), "open 0 0")
    assert 'value="split 0 0 11"' in answer.content.decode()
    by_sentence = _do(staff, remark, answer, "split 0 0 11")
    assert _shown(by_sentence) == [("First one.", "第一段。"), ("Second one, of two halves.", "")]
    by_words = _do(staff, remark, answer, "words 0 0", words=" of two ")
    assert _shown(by_words) == [("First one. Second one,", "第一段。"), ("of two halves.", "")]


@pytest.mark.parametrize("words", ["one", "nowhere", ""])
def test_words_that_stand_there_twice_or_not_at_all_split_nothing(
    staff: Client, remark: Remark, words: str
) -> None:
    remark.segments.update(text_en="First one. Second one.")
    answer = _do(staff, remark, staff.get(_at("arrange", remark)), "words 0 0", words=words)
    assert answer.status_code == 422
    assert "do not stand in the paragraph exactly once" in answer.content.decode()
    assert _shown(answer) == _pairs(remark)


@pytest.mark.parametrize(
    "step", ["", "up", "fly 0 0", "split 0 0 0", "up 0 99", "open 9 9", "words", "words 9 9", "up 0 0 0 0 0"]
)
def test_a_step_that_cannot_be_taken_changes_nothing(staff: Client, remark: Remark, step: str) -> None:
    answer = _do(staff, remark, staff.get(_at("arrange", remark)), step)
    assert answer.status_code in (200, 422)
    assert _shown(answer) == _pairs(remark)


def test_texts_in_each_others_field_are_exchanged(staff: Client, remark: Remark) -> None:
    answer = _paste(staff, remark, "谢谢。", "Thank you.")
    answer = _do(staff, remark, answer, "swap")
    _do(staff, remark, answer, "save")
    assert _pairs(remark) == [("Thank you.", "谢谢。")]


def test_the_texts_can_be_gone_back_to_with_the_arrangement_kept(staff: Client, remark: Remark) -> None:
    answer = _paste(staff, remark, "One.\n\nTwo.", "一。\n\n二。")
    moved = _do(staff, remark, answer, "down 1 1")
    texts = _do(staff, remark, moved, "texts")
    assert texts.context["form"].initial == {"text_en": "One.\n\nTwo.", "text_zh_hans": "一。\n\n二。"}
    data = {"bench": _bench(texts), "text_en": "One.\n\nTwo.", "text_zh_hans": "一。\n\n二。"}
    assert _shown(staff.post(_at("paste", remark), data)) == _shown(moved)


# --- saving ---------------------------------------------------------------------------------------------


def test_what_is_unchanged_keeps_its_links_and_its_row(staff: Client, remark: Remark) -> None:
    second = remark.segments.create(position=2, text_en="Stays.", text_zh_hans="不变。")
    answer = _paste(staff, remark, "New.\n\nA first thought.\n\nStays.", "新的。\n\n第一段。\n\n不变。")
    _do(staff, remark, answer, "save")
    kept = RemarkSegment.objects.get(pk=second.pk)
    assert (kept.position, kept.mark, kept.text_en) == (3, "p2", "Stays.")
    assert [segment.mark for segment in remark.segments.all()] == ["p4", "p1", "p2"]


def test_saving_the_bench_keeps_a_revision_by_whoever_saved(
    staff: Client, remark: Remark, curator: Member
) -> None:
    _do(staff, remark, _paste(staff, remark, "Mine.", "我的。"), "save")
    first, last = revisions_of(remark).order_by("number")
    assert last.made_by == curator
    assert "我的。" in str(last.snapshot)
    assert "第一段。" in str(first.snapshot)


def test_nothing_is_written_over_what_somebody_else_saved_meanwhile(staff: Client, remark: Remark) -> None:
    answer = _paste(staff, remark, "Mine.", "我的。")
    remark.segments.update(text_en="Theirs.")
    Remark.objects.get().save()
    refused = _do(staff, remark, answer, "save")
    assert refused.status_code == 422
    assert "Somebody has changed this remark" in refused.content.decode()
    assert _pairs(remark)[0][0] == "Theirs."
    compared = _do(staff, remark, refused, "compare")
    assert "Theirs." in compared.content.decode()
    _do(staff, remark, compared, "save")
    assert _pairs(remark) == [("Mine.", "我的。")]


def test_a_page_that_lost_a_letter_is_not_saved(staff: Client, remark: Remark) -> None:
    whole = Bench.of(remark, [("One.", "一。")], ["One. And more.", "一。"])
    answer = staff.post(_at("arrange", remark), {"bench": whole.sealed(), "do": "save"})
    assert answer.status_code == 422
    assert "would be lost or doubled" in answer.content.decode()
    assert remark.segments.count() == 1


@pytest.mark.parametrize("damage", ["", "x", "abc:def:ghi"])
def test_a_damaged_page_does_nothing(staff: Client, remark: Remark, damage: str) -> None:
    answer = staff.post(_at("arrange", remark), {"bench": damage, "do": "save"}, follow=True)
    assert "did not come back whole" in answer.content.decode()
    assert remark.segments.count() == 1


def test_a_page_of_another_remark_does_nothing(staff: Client, remark: Remark) -> None:
    other = Bench.of(factories.remark(), [("Other.", "")]).sealed()
    with pytest.raises(signing.BadSignature):
        Bench.unsealed(other, remark)
    staff.post(_at("arrange", remark), {"bench": other, "do": "save"})
    assert _pairs(remark)[0][0] == "A first thought."


def test_marks_without_a_cited_source_are_reported(staff: Client, remark: Remark) -> None:
    answer = _do(staff, remark, _paste(staff, remark, "As told.[^report]"), "save")
    assert "not cited on this page: report" in staff.get(answer.headers["Location"]).content.decode()


texts = st.lists(
    st.tuples(st.sampled_from("abc "), st.sampled_from("甲乙 ")).map(lambda p: tuple(map(str.strip, p)))
)


@given(texts, texts)
def test_a_plan_places_every_pair_and_takes_every_old_paragraph_once(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> None:
    rows = [RemarkSegment(pk=pk, position=pk, text_en=a, text_zh_hans=b) for pk, (a, b) in enumerate(old, 1)]
    made = plan(rows, new)
    assert [row.pair for row in made.rows] == new
    used = [row.segment.pk for row in made.rows if row.segment] + [segment.pk for segment in made.gone]
    assert sorted(used) == [row.pk for row in rows]
    if old == new:
        assert {row.state for row in made.rows} <= {"kept"}


# --- who may, and what it costs -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["paste", "arrange"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_open_in_both_languages_for_staff_only(
    client: Client, staff: Client, member: Member, remark: Remark, name: str, language: str
) -> None:
    staff.cookies["django_language"] = language
    assert staff.get(_at(name, remark)).status_code == 200
    client.force_login(member)
    assert client.get(_at(name, remark)).status_code == 302
    Member.objects.filter(pk=member.pk).update(is_staff=True)
    assert client.get(_at(name, remark)).status_code == 403


@pytest.mark.parametrize("rows", [1, 60])
def test_the_bench_costs_the_same_however_long_the_speech_is(
    staff: Client, remark: Remark, rows: int
) -> None:
    for number in range(2, rows + 1):
        remark.segments.create(position=number, text_en=f"Thought {number}.", text_zh_hans=f"第{number}段。")
    answer = staff.get(_at("arrange", remark))
    with CaptureQueriesContext(connection) as captured:
        _do(staff, remark, answer, "down 0 0")
    assert len(captured) == 4
    with CaptureQueriesContext(connection) as captured:
        again = staff.post(
            _at("paste", remark), {"bench": _bench(answer), "text_en": "One.\n\n" * rows, "text_zh_hans": ""}
        )
    assert again.status_code == 200
    assert len(captured) == 5


# --- as a browser sends it ------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("javascript", [True, False])
def test_a_speech_is_arranged_by_keyboard_alone(
    browser: Any, live_server: Any, staff: Client, remark: Remark, *, javascript: bool
) -> None:
    session = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
    session["value"] = staff.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(java_script_enabled=javascript)
    context.add_cookies([session])
    page = context.new_page()
    page.goto(live_server.url + _at("paste", remark))
    page.locator("[name=text_en]").fill("One. Two, and three.\n\nFour.")
    page.locator("[name=text_zh_hans]").fill("一。\n二和三。\n四。")
    page.get_by_role("button", name="Propose paragraphs").press("Enter")
    page.locator("button[value='open 0 0']").press("Enter")
    page.locator("[name=words]").fill("Two, and")
    page.locator("[name=words]").press("Enter")
    page.get_by_role("button", name="Undo the last step").press("Enter")
    page.locator("button[value='open 0 0']").press("Enter")
    page.locator("button[value='split 0 0 5']:focus").wait_for()
    page.keyboard.press("Enter")
    page.locator("button[value='open 0 0']:focus").wait_for()
    page.get_by_role("button", name="Save the paragraphs").press("Enter")
    page.wait_for_url("**/change/")
    context.close()
    assert "".join(en for en, _zh in _pairs(remark)).replace("\n", "") == "One.Two, and three.Four."
    assert _pairs(remark)[0][0] == "One."


def test_who_publishes_under_embargo_is_told_until_when_nobody_sees_it(staff: Client, remark: Remark) -> None:
    address = _at("change", remark)
    held_back = {"embargo_until_0": "2199-01-01", "embargo_until_1": "08:00"}
    answer = staff.post(address, sent(staff.get(address), **held_back), follow=True)
    assert "Readers do not see it yet: embargo until" in answer.content.decode()
