"""The numbers that a text names, whether in figures, in Chinese numerals or in English words. Pure."""

import re

_MONTHS = ["january", "february", "march", "april", "may", "june", "july"]
_MONTHS += ["august", "september", "october", "november", "december"]
_MONTH = "|".join(month.capitalize() for month in _MONTHS)
# A month counts only beside a figure: "may" is a verb as well.
_DATED = re.compile(rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?({_MONTH})\b)|(?:\b({_MONTH}) \d)")
_FIGURES = re.compile(r"(\d[\d,]{0,14}(?:\.\d{1,4})?)\s*(万|亿|thousand|million|billion)?")
_SCALE = {"万": 10**4, "亿": 10**8, "thousand": 10**3, "million": 10**6, "billion": 10**9}

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
# A single numeral is everywhere in Chinese (一个); two and more are meant as numbers.
_HAN_NUMBER = re.compile("[〇零一二两三四五六七八九十百千万亿]{2,12}")

_WORDS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_DECADES = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_ENGLISH = {word: value for value, word in enumerate(_WORDS, start=10)}
_ENGLISH |= {word: 10 * value for value, word in enumerate(_DECADES, start=2)}
_ENGLISH |= {f"{word[:-1]}ieth": 10 * value for value, word in enumerate(_DECADES, start=2)}
_ENGLISH |= {
    f"{decade}-{unit}": 10 * tens + ones
    for tens, decade in enumerate(_DECADES, start=2)
    for units in (_UNITS, _ORDINALS)
    for ones, unit in enumerate(units, start=1)
}
_ENGLISH_NUMBER = re.compile(r"\b(?:" + "|".join(sorted(_ENGLISH, key=len, reverse=True)) + r")\b")


def numbers(text: str) -> set[str]:
    """The numbers in a text, as figures: 1981, 四十 and forty alike."""
    found = {_scaled(figures, scale) for figures, scale in _FIGURES.findall(text)}
    found |= {str(1 + _MONTHS.index((a or b).lower())) for a, b in _DATED.findall(text)}
    found |= {str(from_han(run)) for run in _HAN_NUMBER.findall(text)}
    return found | {str(_ENGLISH[word]) for word in _ENGLISH_NUMBER.findall(text.lower())}


def from_han(numeral: str) -> int:
    """四十 is 40, 一九八一 is 1981, 两千五百 is 2500."""
    if not set(numeral) & (set(_TENS) | {"万", "亿"}):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    total = section = digit = 0
    for sign in numeral:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            total = (
                (total + section + digit) * _SCALE[sign]
                if sign == "亿"
                else total + (section + digit) * 10**4
            )
            section = digit = 0
    return total + section + digit


def _scaled(figures: str, scale: str) -> str:
    value = float(figures.replace(",", "")) * _SCALE.get(scale, 1)
    return str(int(value)) if value == int(value) else str(value)
