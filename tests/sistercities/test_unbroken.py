"""No date is torn apart at the end of a line."""

import pytest

from sistercities.pages.bilingual import LocalText
from sistercities.pages.templatetags.bilingual import marked, unbroken


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("on 8 December 2021 in", "8 December 2021"),
        ("16–17 May 2016", "16–17 May 2016"),
        ("about May 1890", "May 1890"),
        ("on December 8, 1981, they", "December 8, 1981"),
        ("at noon on 9 December", "9 December"),
        ("于1981年12月8日签署", "1981年12月8日"),
        ("12月9日上午", "12月9日"),
    ],
)
def test_date_in_words_stays_on_one_line(words: str, whole: str) -> None:
    assert unbroken(words) == words.replace(whole, f'<span class="date">{whole}</span>')


def test_span_may_break_between_its_dates() -> None:
    whole = '<span class="date">September 1980</span> – <span class="date">July 1983</span>'
    assert unbroken("September 1980 – July 1983") == whole


def test_day_of_the_week_stays_within_its_brackets() -> None:
    whole = '<span class="date">2026年12月20日</span><span class="date">（星期日）</span>17:47'
    assert unbroken("2026年12月20日（星期日）17:47") == whole


def test_markup_is_left_alone_and_text_escaped() -> None:
    assert unbroken("8 < 9 & May be") == "8 &lt; 9 &amp; May be"
    link = marked(LocalText.of("see 8 May 1990 <b>", "en"))
    assert link == 'see <span class="date">8 May 1990</span> &lt;b&gt;'
