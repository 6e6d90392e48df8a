"""Contrast of the theme tokens in every theme, by WCAG 2.2: words 4.5 to 1 (1.4.3), signs and edges 3 to 1 (1.4.11)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from kyok_gui.theme import current
from kyok_gui.theme.tokens import HEADER_THEME, THEMES
from kyok_gui.theme.tones import TONES

GROUNDS = ("background", "layer01")
"""What words and icons of every kind lie on; only fields to copy from lie on `layer02`, and they hold plain words."""
ROWS = ("layer01", "layerHover01", "layerSelected01", "layerAccent01")
"""Rows and heads of tables."""
MARKED_ROWS = ("layerHover01", "layerSelected01")
"""Links in them have a colour of their own (widgets/table_paint.py)."""
WORDS = ("textPrimary", "textSecondary", "textHelper", "textError", "linkPrimary")
SIGNS = ("iconPrimary", "iconSecondary", "supportError", "supportInfo", "borderInteractive", "focus")
ON_COLOUR = (
    ("textOnColor", "buttonPrimary"),
    ("textOnColor", "buttonPrimaryHover"),
    ("textOnColor", "buttonSecondary"),
    ("textOnColor", "buttonDangerPrimary"),
    ("textOnColor", "buttonDangerHover"),
    ("textInverse", "backgroundInverse"),
)
TAGS = ("Green", "Red", "Blue", "Magenta", "Purple", "Teal", "Cyan", "Gray", "CoolGray", "WarmGray")
DRAWN_WITH_WORDS = {"disabled", "success"}
"""Tones without a demand: what is off has none (WCAG 1.4.3), and the green one stands beside an icon and a word."""


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2, definitions)."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(theme: str, front: str, ground: str) -> float:
    """Contrast ratio of two tokens, 1 to 21."""
    found = current.themes()[theme]
    lights = sorted((luminance(found.colour(front)), luminance(found.colour(ground))), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert luminance(QColor("#ffffff")) == pytest.approx(1)
    assert contrast("white", "textPrimary", "textPrimary") == pytest.approx(1)
    assert (luminance(QColor("#ffffff")) + 0.05) / (luminance(QColor("#767676")) + 0.05) == pytest.approx(
        4.54, abs=0.01
    )


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("words", WORDS)
def test_words_can_be_read_on_every_ground(theme: str, words: str) -> None:
    low = {
        ground: round(contrast(theme, words, ground), 2) for ground in GROUNDS if contrast(theme, words, ground) < 4.5
    }
    assert not low


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("words", "grounds"),
    [
        ("textPrimary", (*ROWS, "layer02")),
        ("textSecondary", (*ROWS, "layer02")),
        ("linkPrimary", ("layer01",)),
        ("linkPrimaryHover", MARKED_ROWS),
    ],
)
def test_words_can_be_read_in_rows_and_fields(theme: str, words: str, grounds: tuple[str, ...]) -> None:
    low = {at: round(contrast(theme, words, at), 2) for at in grounds if contrast(theme, words, at) < 4.5}
    assert not low


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sign", SIGNS)
def test_signs_can_be_seen_on_every_ground(theme: str, sign: str) -> None:
    low = {ground: round(contrast(theme, sign, ground), 2) for ground in GROUNDS if contrast(theme, sign, ground) < 3}
    assert not low


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("words", "ground"), ON_COLOUR)
def test_words_can_be_read_on_buttons_and_notices(theme: str, words: str, ground: str) -> None:
    assert contrast(theme, words, ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("tag", TAGS)
def test_words_can_be_read_on_tags(theme: str, tag: str) -> None:
    assert contrast(theme, f"tagColor{tag}", f"tagBackground{tag}") >= 4.5


def test_every_tone_of_words_is_looked_at() -> None:
    looked = {*WORDS, "textInverse", "textOnColor"}
    assert {token for tone, (_, token) in TONES.items() if tone not in DRAWN_WITH_WORDS} <= looked


def test_the_header_can_be_read() -> None:
    assert contrast(HEADER_THEME, "textSecondary", "background") >= 4.5
