"""Letters as people type them: without marks, in simplified characters, by pinyin, with a slip of the finger.

Pure: no Django.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator

import opencc
import pypinyin

HAN = "\u3400-\u9fff\uf900-\ufaff"
_HAN = re.compile(f"[{HAN}]")
_OTHER_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
    | {"ß": "ss", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i"}
)
APOSTROPHES = re.compile("['’‘ʻʼ`´]")
_WORD = re.compile(r"[^\W_]+")
_WITH_TONES = re.compile("(?:[a-zü]{1,6}[1-5])+")
_OF_PINYIN = """
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng
cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu
cuan cui cun cuo da dai dan dang dao de dei den deng di dian diao die ding diu dong dou du duan dui dun duo e ei
en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang
gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao
jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke ken keng kong kou ku kua kuai kuan kuang kui kun kuo
la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lue lun luo ma mai man
mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang
niao nie nin ning niu nong nou nu nuan nue nuo o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po
pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru ruan
rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai
shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao tie ting tong
tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan
xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai
zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan
zui zun zuo
"""
_SYLLABLES = frozenset(_OF_PINYIN.split())
_LONGEST_SYLLABLE = 6  # letters: zhuang
_LONGEST_WORD = 40
_MOST_READINGS = 6


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def has_han(text: str) -> bool:
    return bool(_HAN.search(text))


def simplified(text: str) -> str:
    """Traditional characters as simplified ones. For finding only: no name is ever shown converted."""
    return str(_converter().convert(text)) if has_han(text) else text


def plain(text: str) -> str:
    """A reading, or any name in Latin letters, without marks: ``Liang Lingguang``."""
    apart = unicodedata.normalize("NFKD", text.translate(_OTHER_LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The words and numbers of a text; what is joined by a hyphen is two, what has an apostrophe is one."""
    return _WORD.findall(APOSTROPHES.sub("", text))


def folded(text: str) -> str:
    """How a name is compared: small letters without marks, simplified characters, single spaces between words."""
    return " ".join(words(plain(simplified(text)).casefold()))


def syllables(text: str) -> list[str]:
    """The pinyin of the Chinese characters in a text, without tones; ü is u."""
    return [each.replace("v", "u") for each in pypinyin.lazy_pinyin(text, errors="ignore")]


def without_tone_numbers(text: str) -> str:
    """``you3hao3`` is youhao."""
    return re.sub(r"[^\W_]+", lambda word: _toneless(word[0]), text)


def _toneless(word: str) -> str:
    return re.sub("[1-5]", "", word) if _WITH_TONES.fullmatch(word.casefold()) else word


def readings(line: str) -> list[list[str]]:
    """The ways to read words as two or more syllables of pinyin: ``xian`` is xi an; few English words have any."""
    found: list[list[str]] = [[]]
    for word in line.casefold().replace("ü", "u").replace("v", "u").split():
        ways = _readings(word, {}) if word.isascii() and len(word) <= _LONGEST_WORD else []
        found = [[*before, *way] for before in found for way in ways][:_MOST_READINGS]
    return [each for each in found if len(each) > 1]


def _readings(letters: str, known: dict[str, list[list[str]]]) -> list[list[str]]:
    """All readings of these letters, a few of them where they are many."""
    if letters not in known:
        known[letters] = [
            [head, *rest]
            for size in range(min(_LONGEST_SYLLABLE, len(letters)), 0, -1)
            if (head := letters[:size]) in _SYLLABLES
            for rest in ([[]] if size == len(letters) else _readings(letters[size:], known))
        ][:_MOST_READINGS]
    return known[letters]


def accented(text: str) -> Iterator[str]:
    """The words with marks in a text, without these, for a keyboard that has none: Maori, Sao."""
    for word in words(text):
        if not word.isascii() and not has_han(word) and (bare := plain(word)) != word:
            yield bare


def slips(typed: str, meant: str) -> int:
    """How many letters were left out, put in, mistaken or swapped with the next."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for at, letter in enumerate(typed, 1):
        last, before, row = before, row, [at]
        for to, other in enumerate(meant, 1):
            best = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == meant[to - 2] and typed[at - 2] == other:
                best = min(best, last[to - 2] + 1)
            row.append(best)
    return row[-1]
