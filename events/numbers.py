"""Numbers that name a place in an order: 45th, 第四十五.

Pure: no Django.
"""

DIGITS = "〇一二三四五六七八九"


def ordinal(number: int) -> str:
    """45 is 45th, 51 is 51st, 112 is 112th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def chinese(number: int) -> str:
    """3 is 三, 12 is 十二, 45 is 四十五; beyond ninety-nine the figures stand as they are."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def place_in_order(number: int, language: str) -> str:
    """The third, as it stands before a noun: 3rd, 第三."""
    return f"第{chinese(number)}" if language.startswith("zh") else ordinal(number)
