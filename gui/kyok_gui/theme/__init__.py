"""Look of the window: colours by token, tones of words, type styles and icons."""

from kyok_gui.theme.current import colour, theme
from kyok_gui.theme.fonts import font, line_height
from kyok_gui.theme.icons import icon, paint_icon, pixmap
from kyok_gui.theme.manager import ThemeManager
from kyok_gui.theme.menus import dress_menu
from kyok_gui.theme.tones import role_of

__all__ = [
    "ThemeManager",
    "colour",
    "dress_menu",
    "font",
    "icon",
    "line_height",
    "paint_icon",
    "pixmap",
    "role_of",
    "theme",
]
