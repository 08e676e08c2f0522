from __future__ import annotations

import itertools
import math

import pytest
from rich.color import Color, ColorSystem

from reviewer.colours import (
    DARK_TEXT,
    LIGHT_TEXT,
    SHADES,
    Depth,
    Ground,
    blend,
    current_style,
    match_style,
    shade,
    tag_style,
)

DARK, LIGHT = Ground(Depth.FULL, True), Ground(Depth.FULL, False)
LEAST_DIFFERENCE, LEAST_CONTRAST = 9.0, 5.0


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str) -> tuple[float, float, float]:
    red, green, blue = linear(colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883

    def root(value: float) -> float:
        return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116

    y = root(luminance(colour))
    return 116 * y - 16, 500 * (root(x) - y), 200 * (y - root(z))


def difference(one: str, other: str) -> float:
    """CIEDE2000, after Sharma, Wu and Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = lab(one), lab(other)
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    grey = 1 + 0.5 * (1 - math.sqrt(mean**7 / (mean**7 + 25**7)))
    c1, c2 = math.hypot(a1 * grey, b1), math.hypot(a2 * grey, b2)
    h1, h2 = (math.degrees(math.atan2(b, a * grey)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    middle = (h1 + h2) / 2 if abs(h1 - h2) <= 180 else (h1 + h2 + 360) / 2 % 360
    shape = (
        1
        - 0.17 * math.cos(math.radians(middle - 30))
        + 0.24 * math.cos(math.radians(2 * middle))
        + 0.32 * math.cos(math.radians(3 * middle + 6))
        - 0.2 * math.cos(math.radians(4 * middle - 63))
    )
    by_light = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = hue / (1 + 0.015 * chroma * shape)
    spread = 60 * math.exp(-(((middle - 275) / 25) ** 2))
    twist = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(spread))
    return math.sqrt(by_light**2 + by_chroma**2 + by_hue**2 + twist * by_chroma * by_hue)


@pytest.mark.parametrize("column", ["dark", "light", "strong"])
def test_any_two_tags_look_different(column: str) -> None:
    pairs = itertools.combinations((getattr(each, column) for each in SHADES.values()), 2)
    assert min(difference(*pair) for pair in pairs) >= LEAST_DIFFERENCE


@pytest.mark.parametrize(("column", "page"), [("dark", "#121212"), ("light", "#ffffff")])
def test_a_tagged_word_stands_out_from_the_page(column: str, page: str) -> None:
    assert min(difference(getattr(each, column), page) for each in SHADES.values()) >= LEAST_DIFFERENCE


@pytest.mark.parametrize(
    ("column", "text"), [("dark", LIGHT_TEXT), ("light", DARK_TEXT), ("strong", DARK_TEXT)]
)
def test_words_are_legible_on_every_tag(column: str, text: str) -> None:
    assert min(contrast(getattr(each, column), text) for each in SHADES.values()) >= LEAST_CONTRAST


@pytest.mark.parametrize(("column", "page"), [("dark_ink", "#121212"), ("light_ink", "#ffffff")])
def test_digits_are_legible_on_the_page(column: str, page: str) -> None:
    assert min(contrast(getattr(each, column), page) for each in SHADES.values()) >= LEAST_CONTRAST


def test_256_colours_show_the_same_colours() -> None:
    for each in SHADES.values():
        for value in each[:5]:
            number = Color.parse(value).downgrade(ColorSystem.EIGHT_BIT).number
            assert number is not None
            assert Color.from_ansi(number).get_truecolor().hex == value


def test_overlaps_differ_from_their_parts_and_from_the_page_by_more_than_colour() -> None:
    one, two = (tag_style((name,), DARK, False, False) for name in ("c1", "c6"))
    both = tag_style(("c1", "c6"), DARK, False, True)
    assert both.underline
    assert both.bgcolor not in (one.bgcolor, two.bgcolor)
    assert blend(["#870000", "#870000"]) == "#870000"


@pytest.mark.parametrize("depth", [Depth.ANSI, Depth.NONE])
def test_without_colours_every_state_still_looks_its_own(depth: Depth) -> None:
    ground = Ground(depth, True)
    states = [
        tag_style(("c1",), ground, False, False),
        tag_style(("c1",), ground, False, True),
        tag_style(("c1",), ground, True, False),
        tag_style(("c1",), ground, True, True),
        current_style(ground),
        match_style(ground, current=False),
    ]
    looks = {(str(s.color), str(s.bgcolor), s.bold, s.underline, s.reverse) for s in states}
    assert len(looks) == len(states)


def test_a_colour_of_somebodys_own_codebook_is_always_the_same() -> None:
    assert shade("đỏ gạch") == shade("đỏ gạch") in SHADES.values()
