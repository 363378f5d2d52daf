"""What readers call a city's time: Beijing time (UTC+8), not Asia/Shanghai.

Pure: no Django. Zones without a name here are told by their distance from UTC alone.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

NAMES = {
    "America/Chicago": ("US Central Time", "美国中部时间"),
    "America/Denver": ("US Mountain Time", "美国山地时间"),
    "America/Los_Angeles": ("US Pacific Time", "美国太平洋时间"),
    "America/New_York": ("US Eastern Time", "美国东部时间"),
    "America/Vancouver": ("Pacific Time", "太平洋时间"),
    "Asia/Hong_Kong": ("Hong Kong time", "香港时间"),
    "Asia/Seoul": ("Korean time", "韩国时间"),
    "Asia/Shanghai": ("Beijing time", "北京时间"),
    "Asia/Singapore": ("Singapore time", "新加坡时间"),
    "Asia/Tokyo": ("Japanese time", "日本时间"),
    "Australia/Sydney": ("Australian Eastern Time", "澳大利亚东部时间"),
    "Europe/Berlin": ("Central European Time", "欧洲中部时间"),
    "Europe/London": ("British time", "英国时间"),
    "Europe/Paris": ("Central European Time", "欧洲中部时间"),
    "Pacific/Auckland": ("New Zealand time", "新西兰时间"),
}


def clock_name(key: str, language: str, year: int) -> str:
    """US Pacific Time (UTC−8, in summer UTC−7); 美国太平洋时间（UTC−8，夏令时UTC−7）."""
    chinese = language.startswith("zh")
    winter, summer = _offsets(ZoneInfo(key), year)
    offset = spell_offset(winter)
    if summer != winter:
        offset += f"，夏令时{spell_offset(summer)}" if chinese else f", in summer {spell_offset(summer)}"
    if key not in NAMES:
        return offset
    english, own = NAMES[key]
    return f"{own}（{offset}）" if chinese else f"{english} ({offset})"


def spell_offset(offset: timedelta) -> str:
    """UTC+8, UTC−3:30."""
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def _offsets(zone: ZoneInfo, year: int) -> tuple[timedelta, timedelta]:
    """Ordinary time and summer time, whichever half of the globe it is; twice the same where clocks stand still."""
    found = [datetime(year, month, 1, 12, tzinfo=zone).utcoffset() or timedelta() for month in (1, 7)]
    return min(found), max(found)
