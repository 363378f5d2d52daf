"""Which column of a directory holds what: guessed from its header and first lines, for a person to confirm or change.

Pure: no Django. ``{"origin_city": "City", "partner_city": "Sister city"}`` says it, by the names in the header.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

SIDES = ("origin", "partner")
OF_A_PLACE = (
    "city",
    "city_zh",
    "country",
    "region",
    "latitude",
    "longitude",
    "point",
    "population",
    "wikidata",
)
OF_THE_BOND = ("established", "ended", "kind", "url")
FIELDS = (*(f"{side}_{name}" for side in SIDES for name in OF_A_PLACE), *OF_THE_BOND)
NEEDED = ("origin_city", "partner_city")
# Where one of these is there, the name of the city may be wanting: its number tells which it is.
INSTEAD = {
    "origin_city": ("origin_city_zh", "origin_wikidata"),
    "partner_city": ("partner_city_zh", "partner_wikidata"),
}

Columns = dict[str, str]

# What a column is about, by words of its name in small letters and without signs; the first that is found counts.
_SUBJECTS = (
    (
        "url",
        r"^(?:source(?:url)?|reference(?:url)?|ref|url|link|website|来源|来源网址|出处|网址|链接|参考资料)$",
    ),
    ("ended", r"^(?:ended?|enddate|endtime|until|terminated|dissolved|终止.*|解除.*|结束.*|止)$"),
    (
        "established",
        (
            r"establish|signed|since|incept|founded|began|^start$|start(?:date|time|ed|ing)|^(?:year|date|begin)$"
            "|结好|缔结|建立|签署|签约|结为|成立|起始|^(?:日期|时间|年份|年)$"
        ),
    ),
    (
        "kind",
        (
            r"^(?:kind|type|category|relation(?:ship)?|status|种类)$|类别|类型|性质|关系"
            r"|(?:relationship|partnership|bond|agreement)(?:type|kind)"
        ),
    ),
    ("latitude", r"lat(?:itude)?\d?$|^lat|纬度|緯度"),
    ("longitude", r"(?:lon|lng|long|longitude)\d?$|^(?:lon|lng)|经度|經度"),
    ("point", r"coord|location|point|wkt|geom|position|坐标|座標|经纬"),
    ("population", r"pop(?:ulation)?\d?$|population|inhabitants|人口"),
    ("wikidata", r"wikidata|qid|entity|item|维基数据"),
    ("country", r"country|nation|(?<!united)state(?=code)|国家|国别|國家|国$"),
    ("region", r"region|state|province|county|admin|地区|省|州$"),
    ("city_zh", r"(?:zh|chinese|cn|hans|中文).*|.*(?:中文|汉语|译名).*"),
    ("city", r"city|town|municipal|place|name|label|commune|stadt|ville|城市|友城|市$|名称|方$"),
)
_PARTNER = (
    r"partner|sister|twin|dest|target|jumel|^to(?=city|country|town|lat|lon|pop|name|$)|(?:city|town|country|lat|lon|lng"
    r"|name|population|pop|place|wikidata|qid|item|region|state|point|coordinates?|label|zh)(?:2|b)(?:label)?$"
    r"|^(?:2|b)|second|other|foreign|友好城市|友城|结好|外方|对方|乙方|国外|外国|缔结城市|伙伴|二$"
)
_ORIGIN = (
    r"origin|source|home|^from|first|(?:city|town|country|lat|lon|lng|name|population|pop|place|wikidata|qid|item|region"
    r"|state|point|coordinates?|label|zh)(?:1|a)(?:label)?$|^(?:1|a)(?=city|country)|local|own|中方|我方|本市|甲方"
    r"|国内|本国|中国|一$"
)
# A column called only after its side names the city.
_ALONE = re.compile("(?:partner|sister|twin|origin|destination|home|from|to|对方|外方|中方|本市)s?")
_ENTITY = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]*)", re.IGNORECASE)
_POINT = re.compile(r"\s*point\s*\(", re.IGNORECASE)
_HAN = re.compile("[\u3400-\u9fff]")
SAMPLE = 50


def entity(cell: str) -> str:
    """The Wikidata number that a cell is: ``http://www.wikidata.org/entity/Q16572`` is Q16572; else nothing."""
    match = _ENTITY.fullmatch(cell.strip())
    return match.group(1).upper() if match else ""


def guess(header: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> Columns:
    """Which column probably holds what, by its name and by what its first cells look like."""
    found: Columns = {}
    asked: list[tuple[str, str, str]] = []
    for at, head in enumerate(header):
        cells = [row[at] for row in rows[:SAMPLE] if at < len(row) and row[at]]
        subject = _subject(head, cells)
        if subject in OF_THE_BOND:
            found.setdefault(subject, head)
        elif subject:
            asked.append((head, subject, _side(head)))
    # Those that name their side come first; then cities, the first of which is the origin.
    for head, subject, side in sorted(asked, key=lambda each: (not each[2], each[1] != "city")):
        order = (side,) if side else _likely_sides(header, found, head, subject)
        free = [each for each in order if f"{each}_{subject}" not in found]
        if free:
            found[f"{free[0]}_{subject}"] = head
    return {name: found[name] for name in FIELDS if name in found}


def _likely_sides(header: Sequence[str], found: Columns, head: str, subject: str) -> tuple[str, ...]:
    """A column that names no side speaks of the city before it: «town, twin town, country» ends with the twin's."""
    if subject == "city":
        return SIDES
    order = list(header)
    before = {
        side: order.index(found[name])
        for side in SIDES
        for name in (f"{side}_city",)
        if name in found and order.index(found[name]) < order.index(head)
    }
    nearest = max(before, key=lambda side: before[side]) if before else SIDES[0]
    return (nearest, *(side for side in SIDES if side != nearest))


def _plain(head: str) -> str:
    letters = unicodedata.normalize("NFKC", head).casefold()
    return "".join(re.findall(r"[^\W_]+", letters))


def _subject(head: str, cells: Sequence[str]) -> str:
    plain = _plain(head)
    named = next((subject for subject, sign in _SUBJECTS if re.search(sign, plain)), "")
    if _mostly(cells, entity):
        # A country's number says nothing that its name does not.
        return "wikidata" if named in ("city", "wikidata") or (not named and _side(head)) else ""
    if _mostly(cells, _POINT.match):
        return "point"
    if named == "wikidata" and plain.endswith("label"):
        return "city"
    if named == "city_zh" and not re.search("city|town|name|label|城市|友城|译名|名", plain):
        return "city_zh" if _mostly(cells, _HAN.search) else ""
    return named or ("city" if _ALONE.fullmatch(plain) or (plain.endswith("label") and _side(head)) else "")


def _mostly(cells: Sequence[str], holds: Callable[[str], object]) -> bool:
    return sum(bool(holds(cell)) for cell in cells) * 2 > len(cells)


def _side(head: str) -> str:
    plain = _plain(head)
    if re.search(_PARTNER, plain):
        return "partner"
    return "origin" if re.search(_ORIGIN, plain) else ""


def wanting(columns: Columns) -> list[str]:
    """The fields without which no bond can be read, as far as nothing stands in for them."""
    return [
        name
        for name in NEEDED
        if not columns.get(name) and not any(columns.get(other) for other in INSTEAD[name])
    ]


def chosen_twice(columns: Columns) -> set[str]:
    """The fields that share their column with another one."""
    given = [head for head in columns.values() if head]
    return {name for name, head in columns.items() if head and given.count(head) > 1}


def by_number(columns: Columns, header: Sequence[str]) -> dict[str, int]:
    """The same with the numbers of the columns, from 0; a column that the file has not is left out."""
    places = {head: at for at, head in enumerate(header)}
    return {name: places[head] for name, head in columns.items() if name in FIELDS and head in places}
