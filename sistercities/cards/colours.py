"""The colours of the cards: those of ``static/css/tokens.css`` by day, for a picture knows no night."""

import math

PAPER, LEAF, SAND = "#faf6ed", "#fffdf8", "#f2ebdd"
INK, INK_SOFT, LINE = "#1e2430", "#565a64", "#ddd6c8"
SEAL, ON_SEAL, BAD = "#b02a1e", "#fff6ea", "#a4241a"
FLOWERS = {"city-kapok": "#b3261b", "city-strelitzia": "#cc6400", "city-pohutukawa": "#97103f"}
KAPOK, STRELITZIA = FLOWERS["city-kapok"], FLOWERS["city-strelitzia"]

Colour = tuple[int, int, int]


def city_colour(name: str) -> str:
    """The colour behind a city's class: its flower's, or one of the 24 hues, as the style sheet mixes them."""
    if name in FLOWERS:
        return FLOWERS[name]
    return from_oklch(0.48, 0.12, 15.0 * int(name.removeprefix("hue-")))


def rgb(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def between(a: str, b: str, part: float) -> Colour:
    """The colour so far on the way from one to another."""
    one, two = rgb(a), rgb(b)
    red, green, blue = (round(x + (y - x) * part) for x, y in zip(one, two, strict=True))
    return red, green, blue


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """``oklch()`` of CSS Color 4 as a browser would show it; what lies outside sRGB is cut off."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, part)))):02x}" for part in linear)


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
