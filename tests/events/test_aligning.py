"""How pasted speeches fall into paragraphs, how these find their translations, and that no step loses a letter."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.aligning import align, letters, paragraphs, run_on
from events.arranging import Arrangement, Impossible, Step, place_of, sentences, written
from events.numerals import from_han, numbers

# --- paragraphs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "One.\n\nTwo.",
        "One.\r\n\r\nTwo.\r\n",
        "\ufeffOne.\n \t\n\n\nTwo.",
        "One.\rTwo.",
        "One.\u2028Two.",
        "One.\u2029Two.",
        "  One.\n\u3000\u3000Two.",
        "One.\nTwo.\u200b",
        "One.\n\u00a0\nTwo.",
    ],
)
def test_paragraphs_are_parted_by_blank_lines_and_by_line_ends_of_every_kind(text: str) -> None:
    assert paragraphs(text) == ["One.", "Two."]


def test_chinese_without_blank_lines_is_parted_at_its_lines_and_indents() -> None:
    text = "尊敬的市长先生：\n　　一九八一年，两市结好。\n　　四十年来，往来不断。"
    assert paragraphs(text) == ["尊敬的市长先生：", "一九八一年，两市结好。", "四十年来，往来不断。"]


def test_a_heading_is_a_paragraph_of_its_own() -> None:
    text = "Trade\nThe ports of both cities have shipped goods to each other since the very first year."
    assert paragraphs(text) == [text.partition("\n")[0], text.partition("\n")[2]]


def test_lines_broken_at_the_edge_of_a_mail_are_joined_again() -> None:
    text = (
        "Forty years ago the mayors of our two cities met at City\n"
        "Hall and signed a paper of a single page, which began all\n"
        "that we remember tonight.\n\nThank you."
    )
    first, second = paragraphs(text)
    assert first.startswith("Forty years ago")
    assert "at City Hall and" in first
    assert first.endswith("tonight.")
    assert second == "Thank you."


def test_chinese_lines_are_joined_without_a_space() -> None:
    line = "四十年前两市市长在市政厅会面并签署了一页纸的协议由此开始了我们今晚所回忆的"
    assert paragraphs(f"{line}\n{line}\n一切。") == [f"{line}{line}一切。"]


def test_a_space_that_does_not_break_becomes_a_plain_one() -> None:
    assert paragraphs("Mayor\u00a0Bradley  spoke.") == ["Mayor Bradley spoke."]


@pytest.mark.parametrize("text", ["", " \n\u3000\n\t\n", "\u200b\ufeff"])
def test_nothing_has_no_paragraphs(text: str) -> None:
    assert paragraphs(text) == []


@given(st.text(alphabet="aB. 。广\n\r\t\u3000\u00a0\u200b\u2028“”1-", max_size=80))
def test_parting_a_text_loses_none_of_its_letters(text: str) -> None:
    assert letters("".join(paragraphs(text))) == letters(text)


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        ("a word", "or two", "a word or two"),
        ("广州", "洛杉矶", "广州洛杉矶"),
        ("sister-", "city", "sister-city"),
        ("于2014年，", "C40", "于2014年，C40"),
    ],
)
def test_a_seam_has_a_space_between_latin_words_only(one: str, other: str, whole: str) -> None:
    assert run_on(one, other) == whole


# --- numbers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("on 8 December 1981", "1981年12月8日"),
        ("in 1981", "一九八一年"),
        ("after forty years", "四十年之后"),
        ("the forty-fifth anniversary", "四十五周年"),
        ("some 2,500 students", "约两千五百名学生"),
        ("30,000 guests", "3万名来宾"),
        ("1.4 billion", "14亿"),
    ],
)
def test_numbers_are_the_same_in_figures_and_words_of_both_languages(english: str, chinese: str) -> None:
    assert numbers(english) == numbers(chinese) != set()


@pytest.mark.parametrize(
    ("numeral", "value"), [("十二", 12), ("二〇一四", 2014), ("一百零五", 105), ("三亿两千万", 320_000_000)]
)
def test_chinese_numerals_are_read(numeral: str, value: int) -> None:
    assert from_han(numeral) == value


@pytest.mark.parametrize("text", ["9" * 5000, "亿" * 5000, "1,,,,", "may", "²"])
def test_wild_numbers_do_no_harm(text: str) -> None:
    assert isinstance(numbers(text), set)


# --- pairs ----------------------------------------------------------------------------------------------

EN = [
    "Friends,",
    "In 1981 Mayor Bradley received Mayor Liang at City Hall, and the two of them signed the agreement.",
    "Trade",
    "Since then 2,500 students have crossed the ocean to learn in the other city.",
    "Thank you.",
]
ZH = [
    "各位朋友：",
    "1981年，布拉德利市长在市政厅会见梁市长，双方签署了协议。",
    "贸易",
    "此后，两千五百名学生远渡重洋，到对方城市求学。",
    "谢谢大家。",
]


def test_paragraphs_of_equal_number_stand_beside_each_other() -> None:
    assert align(EN, ZH) == list(zip(EN, ZH, strict=True))


def test_a_paragraph_that_was_not_translated_stands_alone() -> None:
    assert align(EN, [ZH[0], ZH[1], ZH[3], ZH[4]]) == [
        (EN[0], ZH[0]),
        (EN[1], ZH[1]),
        ("Trade", ""),
        (EN[3], ZH[3]),
        (EN[4], ZH[4]),
    ]


def test_two_paragraphs_that_became_one_in_translation_share_its_place() -> None:
    english = [EN[1], "They were students in 1979. " * 4, "They became mayors in 1992. " * 4, EN[3]]
    chinese = [ZH[1], "一九七九年时，他们还是学生。" * 4 + "一九九二年，他们成为市长。" * 4, ZH[3]]
    assert align(english, chinese)[1] == (f"{english[1]}\n\n{english[2]}", chinese[1])


LONG = ["Much was said of this, and of other things, on that evening by the sea. " * 2] * 3
LANG = "那天晚上在海边，关于此事和别的事，说了很多很多的话，大家都记得，也都不会忘。"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("It was in 1981.", "那是一九八一年。"),
        ("Caroline Ahmanson was there.", "阿曼森夫人也在。"),
        ("UCLA took part in C40.", "UCLA参加了C40。"),
        ("It is on record.[^report]", "有据可查。[^report]"),
    ],
    ids=["numbers", "names", "Latin words", "footnote marks"],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_both_texts_name_ties_paragraphs_together(english: str, chinese: str, place: int) -> None:
    spoken = list(LONG)
    spoken[place] += english
    pairs = align(spoken, [LANG + chinese], names=[("Caroline Ahmanson", "阿曼森")])
    assert (spoken[place], LANG + chinese) in pairs


def test_what_was_arranged_before_is_found_again() -> None:
    english, chinese = ["Alpha beta gamma.", "Delta epsilon."], ["甲乙丙丁。", "戊己。"]
    arranged = [("Alpha beta gamma.", ""), ("Delta epsilon.", "甲乙丙丁。"), ("", "戊己。")]
    assert align(english, chinese) != arranged
    assert align(english, chinese, known=arranged) == arranged


def test_one_language_alone_is_paired_with_nothing() -> None:
    assert align(EN, []) == [(text, "") for text in EN]
    assert align([], ZH) == [("", text) for text in ZH]
    assert align([], []) == []


@pytest.mark.parametrize(("height", "width"), [(1, 300), (300, 1), (2, 300), (7, 90)])
def test_very_different_numbers_of_paragraphs_lose_nothing(height: int, width: int) -> None:
    english, chinese = ["A few words."] * height, ["几个字。"] * width
    assert written(align(english, chinese)) == [letters("".join(english)), letters("".join(chinese))]


def test_three_hundred_paragraphs_are_aligned_within_a_second() -> None:
    english = [f"In {1700 + n} the city opened {n} schools. " + "word " * (n * 7 % 60) for n in range(300)]
    chinese = [f"{1700 + n}年，本市开办{n}所学校。" + "字" * (n * 7 % 60 * 3 // 2) for n in range(300)]
    del chinese[120], english[240]
    began = time.process_time()
    pairs = align(english, chinese)
    assert time.process_time() - began < 1
    numbered = [(one, other) for one, other in pairs if one and other]
    assert len(numbered) > 290
    assert all(numbers(one) & numbers(other) for one, other in numbered)


texts = st.lists(
    st.text(alphabet="ab1 广州.。\n[^x]", min_size=1, max_size=20).filter(lambda text: bool(text.strip())),
    max_size=8,
)


@given(texts, texts)
def test_aligning_keeps_every_paragraph_in_its_order(english: list[str], chinese: list[str]) -> None:
    pairs = align(english, chinese)
    assert written(pairs) == [letters("".join(english)), letters("".join(chinese))]
    assert all(one or other for one, other in pairs)


# --- arranging ------------------------------------------------------------------------------------------

PAIRS = (("a", "A"), ("b", ""), ("c", "B"), ("d", "C"))


def then(*steps: str, pairs: tuple[tuple[str, str], ...] = PAIRS) -> list[tuple[str, str]]:
    arrangement = Arrangement(pairs)
    for words in steps:
        arrangement = arrangement.then(Step.read(words))
    return arrangement.pairs


def test_up_moves_one_paragraph_into_the_empty_place_above() -> None:
    assert then("up 1 2") == [("a", "A"), ("b", "B"), ("c", ""), ("d", "C")]


def test_up_pushes_what_stands_in_the_way() -> None:
    assert then("up 1 3") == [("a", "A"), ("b", "B"), ("c", "C"), ("d", "")]
    assert then("up 0 0") == [("a", ""), ("", "A"), *PAIRS[1:]]


def test_down_moves_and_pushes_likewise() -> None:
    assert then("down 1 0") == [("a", ""), ("b", "A"), ("c", "B"), ("d", "C")]
    assert then("down 0 3") == [*PAIRS[:3], ("", "C"), ("d", "")]


def test_an_empty_place_is_inserted_and_closed_again() -> None:
    assert then("insert 1 2") == [("a", "A"), ("b", ""), ("c", ""), ("d", "B"), ("", "C")]
    assert then("insert 1 2", "close 1 2") == list(PAIRS)
    assert then("close 1 1") == [("a", "A"), ("b", "B"), ("c", "C"), ("d", "")]


def test_join_keeps_finished_paragraphs_apart_and_runs_on_where_one_breaks_off() -> None:
    assert then("join 0 0", pairs=(("One.", "A"), ("Two.", "B"))) == [("One.\n\nTwo.", "A"), ("", "B")]
    assert then("join 0 0", pairs=(("One", "A"), ("more.", "B"))) == [("One more.", "A"), ("", "B")]


def test_split_uses_the_empty_place_below_or_makes_one() -> None:
    assert then("split 0 0 5", pairs=(("One. Two.", "A"), ("", "B"))) == [("One.", "A"), ("Two.", "B")]
    assert then("split 0 0 5", pairs=(("One. Two.", "A"), ("b", "B"))) == [
        ("One.", "A"),
        ("Two.", ""),
        ("b", "B"),
    ]


def test_swap_exchanges_the_languages() -> None:
    assert then("swap") == [(other, one) for one, other in PAIRS]


@pytest.mark.parametrize(
    "words",
    [
        *("up 1 1", "down 1 1", "join 1 1", "insert 1 1", "split 1 1 1"),
        *("close 0 0", "join 0 3", "split 0 0 0", "split 0 0 9", "up 2 0", "up 0 99", "up -1 0", "up 0 ٣"),
        *("fly 0 0", "up 0 0 0 0", "__class__ 0 0"),
    ],
)
def test_what_cannot_be_done_is_refused(words: str) -> None:
    with pytest.raises(Impossible):
        then(words)


def test_each_step_can_be_taken_back() -> None:
    arrangement = Arrangement(PAIRS).then(Step.read("up 1 3")).then(Step.read("join 0 0"))
    assert arrangement.undone().pairs == then("up 1 3")
    assert arrangement.undone().undone().undone().pairs == list(PAIRS)


steps = st.builds(
    Step,
    st.sampled_from(["up", "down", "insert", "close", "join", "split", "swap"]),
    st.integers(0, 1),
    st.integers(0, 9),
    st.integers(0, 12),
)
cells = st.text(alphabet="ab. 广州。\n-", max_size=12).map(str.strip)
arrangements = st.lists(st.tuples(cells, cells).filter(any), max_size=6).map(tuple)


@given(arrangements, st.lists(steps, max_size=30))
def test_no_step_ever_loses_or_moves_a_letter(pairs: tuple[tuple[str, str], ...], taken: list[Step]) -> None:
    arrangement = Arrangement(pairs)
    for step in taken:
        try:
            arrangement = arrangement.then(step)
        except Impossible:
            continue
    ends = written(arrangement.pairs)
    assert ends == (written(pairs)[::-1] if arrangement.is_swapped else written(pairs))
    assert all(one or other for one, other in arrangement.pairs)


def test_sentences_of_both_languages_are_found_where_they_begin() -> None:
    english = "We met in 1981. “Good!” he said. It rained."
    assert [english[start:][:2] for start, _ in sentences(english)] == ["We", "“G", "It"]
    assert sentences("一句。“两句！”三句") == [(0, "一句。"), (3, "“两句！”"), (8, "三句")]


@given(st.text(alphabet="aB. 。！”\n州", max_size=40))
def test_sentences_hold_the_whole_paragraph(text: str) -> None:
    assert letters("".join(sentence for _, sentence in sentences(text))) == letters(text)


def test_a_place_is_found_by_words_that_stand_there_once() -> None:
    assert place_of("one two three", "two") == 4
    for words in ("", "four", "o"):
        with pytest.raises(Impossible):
            place_of("one two three", words)
