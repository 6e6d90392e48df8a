"""The look of menus, the one part that Qt lays out by a style sheet. Each menu gets it when it opens.

Qt draws no shadow around them, so a line parts a menu from what lies below. It is that of tiles, because the subtle
border of Gray 10 can hardly be seen beside its white layers.
"""

from __future__ import annotations

from string import Template

from PySide6.QtWidgets import QMenu

from kyok_gui.theme.current import theme

_SHEET = Template("""
QMenu { background: $layer01; border: 1px solid $borderTile01; padding: 0; color: $textSecondary; }
QMenu::item { padding: 11px 24px 11px 16px; border: none; min-width: 128px; }
QMenu::item:selected { background: $layerHover01; color: $textPrimary; }
QMenu::item:disabled { color: $textDisabled; }
QMenu::separator { height: 1px; background: $borderSubtle01; margin: 0; }
QMenu::icon { padding-left: 12px; }
""")


def menu_sheet() -> str:
    """The style sheet of menus in the theme in force."""
    return _SHEET.substitute(theme().values)


def dress_menu(menu: QMenu) -> None:
    """Gives a menu the look of the theme in force."""
    sheet = menu_sheet()
    if menu.styleSheet() != sheet:
        menu.setStyleSheet(sheet)
