"""How a Chinese name is read aloud: its reading with tones, checked lightly, and the letters one types for it.

Pure: no Django.
"""

import re
import unicodedata

import pypinyin

# Read otherwise as a family name than as a word.
AS_FAMILY = {
    "万俟": ["moqi"],
    "尉迟": ["yuchi"],
    "长孙": ["zhangsun"],
    "区": ["ou"],
    "單": ["shan"],
    "单": ["shan"],
    "仇": ["qiu"],
    "任": ["ren"],
    "曾": ["zeng"],
    "朴": ["piao"],
    "查": ["zha"],
    "盖": ["ge"],
    "缪": ["miao"],
    "翟": ["zhai"],
    "解": ["xie"],
    "洗": ["xian"],
    "冼": ["xian"],
    "覃": ["qin"],
    "黑": ["he"],
}
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_TONES = "\u0304\u0301\u030c\u0300"  # macron, acute, caron, grave
_INITIAL = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
_FINAL = (
    "(?:iang|iong|uang|ueng|iao|ian|ing|uai|uan|ang|eng|ong|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ue|üe|ün|üan"
    "|a|o|e|i|u|ü)"
)
_SYLLABLE = re.compile(f"{_INITIAL}{_FINAL}|ng|m|n")
_LONGEST = 6  # letters of a syllable: zhuang


def han_count(text: str) -> int:
    """How many characters of a name are read."""
    return len(_HAN.findall(text))


def tone_count(reading: str) -> int:
    return sum(mark in _TONES for mark in unicodedata.normalize("NFD", reading))


def has_tones(reading: str) -> bool:
    return tone_count(reading) > 0


def fits(reading: str, name: str) -> bool:
    """Whether a reading has a syllable, and if it has tones a tone, for each character of the name."""
    counts = {0}
    for word in re.split(r"[\s'’·-]+", _toneless(reading).lower()):
        if word:
            counts = {before + more for before in counts for more in _splits(word)}
    return han_count(name) in counts and tone_count(reading) in (0, han_count(name))


def syllables_of(family: str, given: str) -> tuple[list[str], list[str]]:
    """The syllables of both names without tones; some characters have a reading of their own in a family name."""
    of_family = AS_FAMILY.get(family) or pypinyin.lazy_pinyin(family, errors="ignore")
    return of_family, pypinyin.lazy_pinyin(given, errors="ignore")


def words_of(family: str, given: str) -> list[str]:
    """``["liang", "lingguang"]``; a Latin part of the name, if there is one, stays as it is."""
    words = ("".join(syllables) for syllables in syllables_of(family, given))
    return [word or text for word, text in zip(words, (family, given), strict=True) if word or text]


def typed_keys(family: str, given: str) -> list[str]:
    """Ways to type a Chinese name on a Western keyboard: ``liang lingguang``, ``lianglingguang``, ``llg``."""
    syllables = [syllable for part in syllables_of(family, given) for syllable in part]
    if not syllables:
        return []
    first_letters = "".join(syllable[0] for syllable in syllables)
    keys = [" ".join(words_of(family, given)), " ".join(syllables), "".join(syllables), first_letters]
    return list(dict.fromkeys(keys))


def _toneless(reading: str) -> str:
    """Without tones, but with the two dots of ü."""
    apart = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if letter not in _TONES))


def _splits(word: str) -> set[int]:
    """All numbers of syllables into which a word can be split: ``xian`` is one or two."""
    ways: list[set[int]] = [{0}, *(set() for _ in word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST), end):
            if ways[start] and _SYLLABLE.fullmatch(word, start, end):
                ways[end] |= {count + 1 for count in ways[start]}
    return ways[-1]
