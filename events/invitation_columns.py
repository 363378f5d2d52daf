"""How lists of people name their columns, in English and in Chinese, and how their cells are read.

Pure: no Django.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from sistercities.tables.cells import bare

HEADS = {
    "name": "name, full name, guest, guest name, guest of honour, invitee, 姓名, 名字, 来宾, 嘉宾, 宾客, 客人, 受邀人,"
    "来宾姓名, 嘉宾姓名",
    "given": "first name, given name, forename, 名",
    "family": "last name, family name, surname, 姓, 姓氏",
    "title": "title, honorific, position, job title, 头衔, 称谓, 职务, 职称, 职位",
    "salutation": "salutation, form of address, 称呼, 抬头",
    "organisation": "organisation, organization, company, institution, affiliation, 单位, 机构, 公司, 组织,"
    "工作单位, 所在单位",
    "email": "email, e-mail, mail, email address, 邮箱, 电子邮箱, 电子邮件, 邮件, 电邮,"
    "邮箱地址, 电子邮件地址, 邮件地址",
    "language": "language, lang, preferred language, 语言, 语种",
    "greeting": "personal words, words, personal message, message, 寄语, 附言, 个人寄语",
    "largest_party": "largest party, party, party size, seats, 人数, 席位, 名额,最多人数, 人数上限, 同行上限",
    "answer_by": "answer by, deadline, RSVP by, reply by, 答复期限, 回复期限, 截止日期, 回复截止, 答复截止",
    "is_bound": "for this guest only, bound, personal, 仅限本人, 限本人",
    "note": "note, notes, remark, remarks, comment, comments, 备注, 注释",
    # What our own lists of faulty rows have beside: read by people alone.
    "line": "line, what is wrong, 行, 行号, 问题",
}
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]*(\d{1,2})[:时](\d{2})?分?)?"
)


KNOWN_HEADS = {bare(head): field for field, heads in HEADS.items() for head in heads.split(",")}


def field_of(head: str) -> str:
    """What a column holds, by its head; empty where nobody can tell. What stands in brackets explains it only."""
    plain = unicodedata.normalize("NFKC", head)
    return KNOWN_HEADS.get(bare(plain)) or KNOWN_HEADS.get(bare(re.sub(r"\(.*", "", plain))) or ""


def named_columns(header: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    """The columns that are read, by their place, and the heads of the others. Of two for one thing the first counts."""
    read: dict[int, str] = {}
    unread = []
    for place, head in enumerate(header):
        field = field_of(head)
        if field and field not in read.values():
            read[place] = field
        elif field != "line" and not re.fullmatch(r"#\d+", head):
            unread.append(head)
    return read, unread


def is_header(cells: Sequence[str]) -> bool:
    """Whether a line names columns: one of them is that of names, and none is an address."""
    fields = {field_of(cell) for cell in cells}
    return bool(fields & {"name", "family", "given"}) and not any("@" in cell for cell in cells)


def whole_name(given: Mapping[str, str]) -> str:
    """The name as one, where a list has it in two: 梁 and 文 are 梁文, Mei and Chen are Mei Chen."""
    if given.get("name") or not (given.get("given") or given.get("family")):
        return given.get("name", "")
    first, last = given.get("given", ""), given.get("family", "")
    if re.search("[\u3400-\u9fff]", first + last) and not re.search("[A-Za-z]", first + last):
        return last + first
    return f"{first} {last}".strip()


def read_moment(text: str) -> datetime | None:
    """A day, its year first, perhaps with an hour: 2026-11-30 18:00, 2026年11月30日. Without one, its last minute."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return None
    year, month, day, hour, minute = found.groups()
    try:
        clock = time(int(hour), int(minute or 0)) if hour else time(23, 59)
        return datetime.combine(date(int(year), int(month), int(day)), clock)
    except ValueError:
        return None
