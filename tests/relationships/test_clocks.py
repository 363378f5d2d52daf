"""What readers call the time of a city: a name that people use, and how far it is from UTC."""

import pytest

from relationships.clocks import clock_name


@pytest.mark.parametrize(
    ("zone", "english", "chinese"),
    [
        ("Asia/Shanghai", "Beijing time (UTC+8)", "北京时间（UTC+8）"),
        (
            "America/Los_Angeles",
            "US Pacific Time (UTC−8, in summer UTC−7)",
            "美国太平洋时间（UTC−8，夏令时UTC−7）",
        ),
        (
            "Pacific/Auckland",
            "New Zealand time (UTC+12, in summer UTC+13)",
            "新西兰时间（UTC+12，夏令时UTC+13）",
        ),
        ("Asia/Kolkata", "UTC+5:30", "UTC+5:30"),
        ("America/St_Johns", "UTC−3:30, in summer UTC−2:30", "UTC−3:30，夏令时UTC−2:30"),
    ],
)
def test_a_zone_is_called_what_its_people_call_it(zone: str, english: str, chinese: str) -> None:
    assert clock_name(zone, "en", 2026) == english
    assert clock_name(zone, "zh-hans", 2026) == chinese
