"""Share cards: what is drawn, in which characters, broken where; hostile titles do no harm."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from sistercities.cards.card import Card, draw, set_titles
from sistercities.cards.colours import city_colour
from sistercities.cards.emblems import Photograph, Seal, Thread
from sistercities.cards.glyphs import (
    Face,
    Words,
    drawable,
    face_of,
    first_legible,
    font,
    printable,
    width,
)
from sistercities.cards.typesetting import NOT_AT_END, NOT_AT_START, broken, pieces, set_text
from tests import factories

ASSOCIATION = Words("Los Angeles–Guangzhou Sister City Association", "en")
SIZES = (88, 72, 58, 46, 40)


def nothing(_name: str) -> bytes:
    raise AssertionError("no photograph was asked for")


def picture(card: Card) -> Image.Image:
    return Image.open(BytesIO(draw(card, nothing)))


def of(text: str, language: str = "en", **further: Any) -> Card:
    return Card(Words(text, language), ASSOCIATION, **further)


def test_card_is_a_small_png_of_the_size_that_others_want() -> None:
    content = draw(of("Guangzhou–Los Angeles"), nothing)
    found = Image.open(BytesIO(content))
    assert (found.format, found.size) == ("PNG", (1200, 630))
    assert len(content) < 60_000


def test_card_with_a_photograph_is_a_jpeg() -> None:
    card = of("Tom Bradley", emblem=Photograph("pictures/x.webp", "top-left"))
    found = Image.open(BytesIO(draw(card, lambda _name: factories.jpeg(640, 480))))
    assert (found.format, found.size, card.extension) == ("JPEG", (1200, 630), "jpg")


def test_card_is_drawn_in_its_cities_colours() -> None:
    crimson = "#97103f"
    found = picture(of("Auckland", emblem=Thread((crimson, crimson)), thread=(crimson, crimson))).convert(
        "RGB"
    )
    colours = {colour for _count, colour in found.getcolors(10_000) or []}
    assert any(abs(r - 0x97) < 6 and abs(g - 0x10) < 6 and abs(b - 0x3F) < 6 for r, g, b in colours)


def test_colours_of_cities_are_those_of_the_style_sheet() -> None:
    assert city_colour("city-kapok") == "#b3261b"
    # oklch(.48 .12 0), (… 120) and (… 240), as a browser shows them.
    assert [city_colour(f"hue-{hue}") for hue in (0, 8, 16)] == ["#913c5b", "#556600", "#00649a"]


@pytest.mark.parametrize("change", ["title", "other_title", "kicker", "notice"])
def test_address_changes_with_every_word_on_the_card(change: str) -> None:
    assert of("A").digest == of("A").digest
    changed = of("A", **{change: Words("B", "en")}) if change != "title" else of("B")
    assert changed.digest != of("A").digest


def test_simplified_forms_are_drawn() -> None:
    # 直, 骨 and 海 share their code points with other forms; in these the mainland's differ from Japan's.
    for character in "直骨海":
        assert face_of(character, "zh-hans") is Face.HAN
    assert font(Face.HAN, 40).getname() == ("Noto Serif SC", "Regular")


@pytest.mark.parametrize(
    "text",
    [
        "Pōhutukawa Tāmaki Makaurau",
        "Huế, Đà Nẵng, Thành phố Hồ Chí Minh",
        "Łódź, Győr, Reykjavík, Кишинёв, Αθήνα",
        "歡迎 臺灣 龍 體 灣 㐀 堃 喆",
        "かな カナ 한",
    ],
)
def test_letters_of_many_languages_are_drawn_or_told_to_be_missing(text: str) -> None:
    shown = drawable(Words(text, "en"))
    assert all(face_of(each, shown.language) for each in shown.text)
    assert shown.text.replace(" ", "") == text.replace(" ", "").replace("한", "")


def test_quotation_marks_are_narrow_in_english_and_wide_in_chinese() -> None:
    assert face_of("’", "en") is Face.LATIN
    assert face_of("’", "zh-hans") is Face.HAN


def test_what_cannot_be_drawn_is_left_out_and_never_a_box() -> None:
    assert drawable(Words("Peace 🎉 now ☮️\ufffe", "en")).text in ("Peace now", "Peace now ☮")
    assert drawable(Words("𠮷🎉", "zh-hans")).text == ""


def test_title_that_cannot_be_drawn_gives_way_to_the_other_language() -> None:
    assert first_legible(Words("القاهرة", "en"), Words("开罗", "zh-hans")).text == "开罗"
    assert first_legible(Words("🎉", "en"), Words("", "zh-hans"), ASSOCIATION) == ASSOCIATION
    assert first_legible(Words("Cairo القاهرة", "en")).text == "Cairo"


@pytest.mark.parametrize(
    ("hostile", "plain"),
    [
        ("a\nb\tc\x00d", "a b c d"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("zero\u200b\u2060\ufeffwidth", "zerowidth"),
        ("  many   spaces\u3000here ", "many spaces here"),
        ("</script><b>]]>", "</script><b>]]>"),
        ("Po\u0304hutukawa", "Pōhutukawa"),
        ("\ud800lone", "lone"),
    ],
)
def test_hostile_title_is_one_harmless_line(hostile: str, plain: str) -> None:
    assert printable(hostile) == plain
    assert picture(of(hostile)).size == (1200, 630)


@pytest.mark.parametrize(
    "text", ["", " ", "\u202e", "🎉", "W" * 200, "广" * 200, "a " * 100, "广，" * 100, "—" * 60]
)
def test_any_title_makes_a_card(text: str) -> None:
    for language in ("en", "zh-hans"):
        assert picture(of(text, language, other_title=Words("广州" * 100, "zh-hans"))).size == (1200, 630)


def lines(text: str, language: str, most: float = 660, height: float = 340) -> list[str]:
    return [line.text for line in set_text(Words(text, language), most, SIZES, height).lines]


@pytest.mark.parametrize(
    "text",
    [
        "庆祝广州与洛杉矶缔结友好城市关系45周年招待会",
        "三城经济峰会（奥克兰）：回顾、展望，以及“一带一路”倡议下的合作。",
        "汤姆·布拉德利市长率团访问广州，签署友好城市协定",
        "广州，" * 20,
    ],
)
@pytest.mark.parametrize("most", [200, 330, 480, 660])
def test_chinese_is_broken_as_an_editor_would(text: str, most: int) -> None:
    found = lines(text, "zh-hans", most, 3000)
    assert "".join(found) == text
    assert not any(line[0] in NOT_AT_START or line[-1] in NOT_AT_END for line in found)
    assert min(len(line) for line in found) > 1


@pytest.mark.parametrize("most", [330, 480, 660])
def test_words_and_names_of_cities_stay_whole(most: int) -> None:
    chinese = " | ".join(lines("庆祝广州与洛杉矶缔结友好城市关系45周年招待会", "zh-hans", most))
    assert all(word in chinese for word in ("广州", "洛杉矶", "友好城市", "45周年", "招待会"))
    assert "Los Angeles" in " | ".join(lines("Agreement of Guangzhou and Los Angeles", "en", most))


def test_lines_are_about_equally_long() -> None:
    parts = pieces("Reception for the mayors of both cities")
    assert broken(parts, 22, len) == ["Reception for the", "mayors of both cities"]


def test_long_title_ends_in_an_ellipsis_inside_its_room() -> None:
    setting = set_text(Words("The reception of the mayors " * 20, "en"), 660, SIZES, 200)
    assert setting.is_cut
    assert setting.lines[-1].text.endswith("…")
    assert setting.height <= 200
    assert all(width(line, setting.size) <= 660 for line in setting.lines)


def test_title_is_whole_where_lesser_things_can_give_way() -> None:
    long = "Reception for the 45th anniversary of the Guangzhou–Los Angeles sister city relationship"
    details = tuple(
        Words("A venue with a long name in a long street of the city " * 2, "en") for _ in range(2)
    )
    card = of(long, other_title=Words("庆祝广州与洛杉矶缔结友好城市关系" * 3, "zh-hans"), lines=details)
    assert not set_titles(card)[0].is_cut


def test_seal_holds_one_character_or_initials() -> None:
    for text, language in (("梁", "zh-hans"), ("CA", "en"), ("WWW", "en"), ("欧阳", "zh-hans")):
        assert picture(of("A name", emblem=Seal(text, language, speaks=True))).size == (1200, 630)


def test_what_is_on_a_card_can_be_read_aloud() -> None:
    card = of("Guangzhou\u202e", notice=Words("Cancelled", "en"), lines=(Words("City Hall", "en"),))
    assert card.spoken == "Cancelled · Guangzhou · City Hall"
