"""Tokens, tones, fonts and icons."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QMenu

from kyok.paths import resources
from kyok_gui import theme as look
from kyok_gui.theme import current
from kyok_gui.theme.fonts import TYPE_STYLES, font
from kyok_gui.theme.icons import known, pixmap, tinted
from kyok_gui.theme.manager import ThemeManager, palette
from kyok_gui.theme.tokens import THEMES
from kyok_gui.theme.tones import OTHER_ROLES, TONES
from kyok_gui.widgets import MenuEntry
from kyok_gui.widgets.buttons import fill_menu
from tests.gui.conftest import show
from tests.gui.kit import gallery

GUI = Path(look.__file__).parents[1]


@pytest.mark.parametrize("name", THEMES)
def test_every_tone_and_role_has_a_colour_in_every_theme(name: str) -> None:
    made = palette(current.themes()[name])
    for role, token in TONES.values():
        assert made.color(role) == current.themes()[name].colour(token)
    assert len({role for role, _ in TONES.values()} | OTHER_ROLES.keys()) == len(TONES) + len(OTHER_ROLES)


def test_an_unknown_tone_is_a_fault() -> None:
    with pytest.raises(KeyError):
        look.role_of("pink")


def test_menus_follow_the_theme_when_they_open(themed: ThemeManager, qtbot: Any) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    look.dress_menu(menu)
    white = menu.styleSheet()
    themed.switch("g100")
    look.dress_menu(menu)
    assert menu.styleSheet() != white and "$" not in menu.styleSheet()


@pytest.mark.parametrize("name", THEMES)
def test_a_menu_stands_out_from_the_page_and_from_a_tile(name: str, themed: ThemeManager, qtbot: Any) -> None:
    themed.switch(name)
    menu = QMenu()
    qtbot.addWidget(menu)
    fill_menu(menu, [MenuEntry("one", "One"), MenuEntry("two", "Two", danger=True)])
    menu.popup(QPoint(0, 0))
    picture = menu.grab().toImage()
    menu.close()
    across, down = range(picture.width()), range(picture.height())
    edge = [(x, y) for x in across for y in (0, down[-1])] + [(x, y) for y in down for x in (0, across[-1])]
    (line,) = {picture.pixelColor(*place).name() for place in edge}
    assert line == look.colour("borderTile01").name()
    assert line not in {look.colour(ground).name() for ground in ("background", "layer01", "layerAccent01")}


def test_switching_is_a_repaint(themed: ThemeManager, qtbot: Any, qapp: QApplication) -> None:
    made = gallery.gallery()
    show(qtbot, made, 1440, 1700)
    begun = time.process_time()
    themed.switch("g100")
    qapp.processEvents()
    assert time.process_time() - begun < 0.15
    assert made.grab().toImage().pixelColor(4, 4) == look.colour("background")


def test_no_colour_is_written_outside_the_theme() -> None:
    found = [
        f"{file.relative_to(GUI)}: {match.group()}"
        for file in GUI.rglob("*.py")
        if "theme" not in file.relative_to(GUI).parts
        for match in re.finditer(r"#[0-9a-fA-F]{6}\b", file.read_text())
    ]
    assert not found


def test_no_widget_has_a_style_sheet_of_its_own() -> None:
    found = [
        str(file.relative_to(GUI))
        for file in GUI.rglob("*.py")
        if ".setStyleSheet(" in file.read_text() and file.name != "menus.py"
    ]
    assert not found


def test_plex_is_loaded_for_every_style(themed: ThemeManager) -> None:
    for style, wanted in TYPE_STYLES.items():
        assert QFontInfo(font(style)).family() == wanted.family, style


def test_switching_changes_the_palette_and_tells(themed: ThemeManager, qapp: QApplication) -> None:
    told: list[int] = []
    themed.switched.connect(lambda: told.append(1))
    themed.switch("g100")
    assert themed.name == "g100"
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#161616")
    assert look.colour("background") == QColor("#161616")
    themed.switch("g100")
    themed.toggle()
    assert themed.name == "white"
    assert len(told) == 2


def test_disabled_words_are_pale() -> None:
    made = palette(current.themes()["white"])
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == look.colour("textDisabled")


def test_icons_take_the_colour_of_their_token_at_paint_time(themed: ThemeManager) -> None:
    icon = look.icon("add", "iconPrimary")
    assert middle(icon) == look.colour("iconPrimary")
    themed.switch("g100")
    assert middle(icon) == QColor("#f4f4f4")
    copy = QIcon(icon)
    assert not copy.pixmap(QSize(16, 16), 2.0).isNull()


def middle(icon: QIcon) -> QColor:
    return QColor(icon.pixmap(QSize(32, 32)).toImage().pixelColor(16, 16))


def test_icon_pictures_are_kept() -> None:
    assert pixmap("add", "iconPrimary", 16).cacheKey() == pixmap("add", "iconPrimary", 16).cacheKey()
    assert pixmap("add", "iconPrimary", 16, 2.0).width() == 32


def test_the_triangle_keeps_its_dark_mark() -> None:
    assert b'fill="#161616"' in tinted("warning--alt--filled", QColor("#f1c21b"))


def test_an_unknown_icon_is_a_fault() -> None:
    assert not known("no-such-icon")
    with pytest.raises(LookupError):
        look.icon("no-such-icon")


def test_every_icon_that_code_names_is_shipped() -> None:
    names = {file.stem for file in (resources() / "icons").glob("*.svg")}
    names |= {file.stem for file in (resources() / "pictograms").glob("*.svg")}
    wanted = re.compile(r"(?:icon=|Icon\(|paint_icon\(painter, [^\"\n]*|IconButton\()\"([a-z0-9-]+)\"")
    for file in GUI.rglob("*.py"):
        for match in wanted.finditer(file.read_text()):
            assert match.group(1) in names, f"{file.name}: {match.group(1)}"
