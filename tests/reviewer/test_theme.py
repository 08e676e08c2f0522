"""The looks of the program: contrast, colours that survive 256, what 16 and none get."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from reviewer import theme

LEVELS = {0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF}
GREYS = {8 + 10 * step for step in range(24)}
OWN = [each for each in theme.themes() if not each.ansi]


def contrast(one: str, other: str) -> float:
    return _ratio(Color.parse(one), Color.parse(other))


def _ratio(one: Color, other: Color) -> float:
    def luminance(colour: Color) -> float:
        parts = [value / 255 for value in colour.rgb]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", OWN, ids=lambda look: look.name)
def test_text_is_legible_on_every_ground(look: Theme) -> None:
    own = look.variables
    grounds = [look.background, look.surface, own["row"], own["field"]]
    for ground in grounds:
        assert contrast(str(look.foreground), str(ground)) >= 7
        assert contrast(own["quiet"], str(ground)) >= 4.5
        assert contrast(str(look.accent), str(ground)) >= 4.5
    for ground in (look.background, look.surface):
        for ink in (look.warning, look.error, look.success):
            assert contrast(str(ink), str(ground)) >= 4.5


@pytest.mark.parametrize("look", OWN, ids=lambda look: look.name)
def test_every_colour_is_one_of_the_256(look: Theme) -> None:
    colours = [look.background, look.surface, look.panel, look.foreground, look.accent, look.warning]
    colours += [look.error, look.success, *(v for v in look.variables.values() if v.startswith("#"))]
    for colour in colours:
        red, green, blue = Color.parse(str(colour)).rgb
        assert {red, green, blue} <= LEVELS or (red == green == blue and red in GREYS), colour


def test_every_theme_defines_the_same_variables_of_ours() -> None:
    for look in theme.themes():
        assert set(theme.own_variables()) <= set(look.variables)


@pytest.mark.parametrize(
    ("wanted", "colours", "no_color", "colorfgbg", "name"),
    [
        ("dark", "auto", False, "", theme.DARK),
        ("light", "auto", False, "", theme.LIGHT),
        ("light", "256", False, "", theme.LIGHT),
        ("dark", "16", False, "", theme.PLAIN),
        ("light", "none", False, "", theme.PLAIN),
        ("dark", "auto", True, "", theme.PLAIN),
        ("auto", "auto", False, "0;15", theme.LIGHT),
        ("auto", "auto", False, "0;default;15", theme.LIGHT),
        ("auto", "auto", False, "15;0", theme.DARK),
        ("auto", "auto", False, "", theme.DARK),
    ],
)
def test_the_theme_follows_settings_and_terminal(
    wanted: str, colours: str, no_color: bool, colorfgbg: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORFGBG", colorfgbg)
    assert theme.theme_name(wanted, colours, no_color=no_color) == name
