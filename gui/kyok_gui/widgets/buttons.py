"""Buttons, links and menus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QSizePolicy, QWidget

from kyok_gui.theme import colour, dress_menu, font, icon, paint_icon
from kyok_gui.widgets.basics import named, set_look, tip
from kyok_gui.widgets.frames import paint_box
from kyok_gui.widgets.guarded import Guarded
from kyok_gui.widgets.signals import drop_unused_signals

HEIGHTS = {"sm": 32, "md": 40, "lg": 48, "xl": 64}
"""Heights of buttons by size."""


class _Ink(NamedTuple):
    """Tokens of a button's words: as it stands, under the pointer, off."""

    normal: str
    hover: str
    off: str = "textDisabled"


_INKS = {
    "primary": _Ink("textOnColor", "textOnColor", "textOnColorDisabled"),
    "secondary": _Ink("textOnColor", "textOnColor", "textOnColorDisabled"),
    "danger": _Ink("textOnColor", "textOnColor", "textOnColorDisabled"),
    "tertiary": _Ink("buttonTertiary", "textInverse"),
    "danger-tertiary": _Ink("buttonDangerSecondary", "textOnColor"),
    "ghost": _Ink("linkPrimary", "linkPrimaryHover"),
    "soft": _Ink("linkPrimary", "linkPrimaryHover"),
    "tool": _Ink("textPrimary", "textPrimary"),
    "batch": _Ink("textOnColor", "textOnColor", "batchDisabled"),
    "link": _Ink("linkPrimary", "linkPrimaryHover"),
}


class _Ground(NamedTuple):
    """Tokens of a button's ground in its states, and of its edge; nothing is nothing drawn."""

    normal: str = ""
    hover: str = ""
    pressed: str = ""
    off: str = ""
    edge: str = ""
    edge_off: str = ""


_GROUNDS = {
    "primary": _Ground("buttonPrimary", "buttonPrimaryHover", "buttonPrimaryActive", "buttonDisabled"),
    "secondary": _Ground("buttonSecondary", "buttonSecondaryHover", "buttonSecondaryActive", "buttonDisabled"),
    "danger": _Ground("buttonDangerPrimary", "buttonDangerHover", "buttonDangerActive", "buttonDisabled"),
    "tertiary": _Ground("", "buttonTertiaryHover", "buttonTertiaryActive", "", "buttonTertiary", "borderDisabled"),
    "danger-tertiary": _Ground(
        "", "buttonDangerHover", "buttonDangerActive", "", "buttonDangerSecondary", "borderDisabled"
    ),
    "ghost": _Ground("", "backgroundHover", "backgroundActive"),
    "soft": _Ground("layer01", "layerHover01", "layerActive01", "layer01"),
    "tool": _Ground("", "layerHover01", "layerActive01"),
    "batch": _Ground("buttonPrimary", "buttonPrimaryHover", "buttonPrimaryActive", "buttonPrimary"),
    "icon": _Ground("", "backgroundHover", "backgroundActive"),
    "header": _Ground("", "backgroundHover", "backgroundActive"),
}


def paint_ground(painter: QPainter, button: QAbstractButton, kind: str, header: bool = False) -> None:
    """Draws the ground and the edge of a button in its present state."""
    ground = _GROUNDS[kind]
    edge = ground.edge
    if not button.isEnabled():
        token, edge = ground.off, ground.edge_off
    elif button.isDown():
        token = ground.pressed
    else:
        token = ground.hover if button.underMouse() else ground.normal
    if token:
        painter.fillRect(button.rect(), colour(token, header))
    if edge:
        paint_box(painter, button.rect(), edge, 1, header)


def paint_focus(painter: QPainter, rect: QRect, filled: bool = True) -> None:
    """Carbon's focus mark: two pixels of the focus colour, and one of the ground inside when the part is filled."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen("focus", 2))
    painter.drawRect(rect.adjusted(1, 1, -1, -1))
    if filled:
        painter.setPen(_pen("focusInset", 1))
        painter.drawRect(rect.adjusted(2, 2, -3, -3))
    painter.restore()


def _pen(token: str, width: int) -> QPen:
    pen = QPen(colour(token), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


class Pressable(Guarded, QPushButton):
    """A push button that Enter presses too: Qt's own does so in dialog windows only, people do everywhere."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        drop_unused_signals(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Return press it, once however long they are held."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and self.isEnabled():
                self.click()
            return
        super().keyPressEvent(event)


class Button(Pressable):
    """A button with words at the left and, if wished, an icon at the right end."""

    _FILLED = frozenset({"primary", "secondary", "danger", "batch"})

    def __init__(
        self,
        text: str,
        kind: str = "primary",
        *,
        name: str,
        icon: str = "",
        size: str = "md",
        accessible: str = "",
        high_words: bool = False,
    ) -> None:
        super().__init__(text)
        named(self, name, accessible or text)
        self._icon = icon
        self._spoken = bool(accessible)
        self._high_words = high_words
        self._lead = kind == "tool"
        self._bare = False
        self.setProperty("kind", kind)
        self.setFont(font("bodyCompact01"))
        self.setFixedHeight(HEIGHTS[size])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def kind(self) -> str:
        """Which look the button has."""
        return str(self.property("kind"))

    def set_kind(self, kind: str) -> None:
        """Changes the look."""
        set_look(self, kind=kind)

    def set_icon_name(self, name: str) -> None:
        """Shows another icon."""
        self._icon = name
        self.updateGeometry()
        self.update()

    @property
    def icon_name(self) -> str:
        """The icon shown, or nothing."""
        return self._icon

    def set_bare(self, bare: bool) -> None:
        """Shows the icon alone where there is little room; the words become a tooltip, unless there is one."""
        if bare == self._bare:
            return
        self._bare = bare
        if self.toolTip() in ("", self.text()):
            self.setToolTip(self.text() if bare else "")
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        """Changes the words, and the accessible name with them."""
        super().setText(text)
        if not self._spoken:
            self.setAccessibleName(text)
        self.updateGeometry()

    def set_enabled_because(self, enabled: bool, reason: str) -> None:
        """Switches the button on or off; the reason is spoken too. Pages show it in words beside the button."""
        self.setEnabled(enabled)
        words = self.forbidden or ("" if enabled else reason)
        self.setAccessibleDescription(words)
        self.setToolTip(tip(words))

    def sizeHint(self) -> QSize:
        """Room for words and icon."""
        if self._bare:
            return QSize(self.height(), self.height())
        return QSize(self.full_width(), self.height())

    def full_width(self) -> int:
        """The width with all words."""
        words = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 1
        if self._icon:
            return 16 + words + (8 if self._lead else 16) + 16 + 16
        return 16 + words + (16 if self.kind in ("ghost", "tool", "batch", "soft") else 32)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def _ink(self) -> str:
        ink = _INKS[self.kind]
        if not self.isEnabled():
            return ink.off
        return ink.hover if self.underMouse() or self.isDown() else ink.normal

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, words, icon and focus mark."""
        painter = QPainter(self)
        paint_ground(painter, self, self.kind)
        painter.setFont(self.font())
        ink = self._ink()
        token = "buttonTertiary" if ink == "batchDisabled" else ink
        painter.setPen(colour("textOnColor") if ink == "batchDisabled" else colour(token))
        if ink == "batchDisabled":
            painter.setOpacity(0.5)
        height = 52 if self._high_words else self.height()
        left = 16
        middle = (height - 16) // 2
        if self._icon and self._lead:
            paint_icon(painter, left, middle, self._icon, token, 16)
            left += 24
        elif self._icon:
            paint_icon(
                painter, self.width() - 32, middle, self._icon, "iconOnColor" if ink == "batchDisabled" else token, 16
            )
        if not self._bare:
            painter.drawText(QRect(left, 0, self.width() - left, height), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setOpacity(1.0)
        if self.hasFocus():
            paint_focus(painter, self.rect(), self.kind in self._FILLED)
        painter.end()


class IconButton(Pressable):
    """A square button that shows an icon alone; its accessible name says what it does."""

    def __init__(
        self, icon: str, accessible: str, *, name: str, size: int = 32, token: str = "iconPrimary", header: bool = False
    ) -> None:
        super().__init__()
        if not accessible:
            raise ValueError(f"{name}: a button without words needs an accessible name.")
        named(self, name, accessible)
        self.setToolTip(accessible)
        self._icon = icon
        self._token = token
        self._header = header
        self.setProperty("kind", "header" if header else "icon")
        self.setFixedSize(size, size - 1 if header else size)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_icon_name(self, icon: str, accessible: str = "") -> None:
        """Shows another icon, with another name if its meaning changed."""
        self._icon = icon
        if accessible:
            self.setAccessibleName(accessible)
            self.setToolTip(accessible)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, icon and focus mark."""
        painter = QPainter(self)
        paint_ground(painter, self, "icon", self._header)
        side = 20 if self._header else 16
        token = self._token if self.isEnabled() else "iconDisabled"
        corner = (self.width() - side) // 2
        paint_icon(painter, corner, (self.height() - side) // 2, self._icon, token, side, self._header)
        if self.hasFocus():
            painter.setPen(_pen("focusInverse" if self._header else "focus", 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


class Link(Pressable):
    """Words that lead somewhere; underlined under the pointer and with focus."""

    def __init__(
        self, text: str, *, name: str, icon: str = "", style: str = "bodyCompact01", accessible: str = ""
    ) -> None:
        super().__init__(text)
        named(self, name, accessible or text)
        self._icon = icon
        self._spoken = bool(accessible)
        self.setProperty("kind", "link")
        self.setFont(font(style))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Changes the words, and the accessible name with them."""
        super().setText(text)
        if not self._spoken:
            self.setAccessibleName(text)
        self.updateGeometry()

    def set_icon_name(self, icon: str) -> None:
        """Shows another icon."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Just the words and the icon."""
        metrics = QFontMetrics(self.font())
        width = metrics.horizontalAdvance(self.text())
        return QSize(width + (24 if self._icon else 0), max(metrics.height() + 2, 20))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaints underlined."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaints without the line."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the words."""
        painter = QPainter(self)
        hover = self.underMouse() and self.isEnabled()
        token = "textDisabled" if not self.isEnabled() else "linkPrimaryHover" if hover else "linkPrimary"
        face = self.font()
        face.setUnderline(hover)
        painter.setFont(face)
        painter.setPen(colour(token))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self._icon:
            paint_icon(painter, self.width() - 16, (self.height() - 16) // 2, self._icon, token, 16)
        if self.hasFocus():
            painter.setPen(_pen("focus", 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of a menu; a reason switches it off and is shown beside its title. `under` makes it a menu itself."""

    id: str
    title: str
    danger: bool = False
    reason: str = ""
    icon: str = ""
    rule_above: bool = False
    under: tuple[MenuEntry, ...] = ()


def fill_menu(menu: QMenu, entries: Sequence[MenuEntry]) -> None:
    """Puts entries into a menu; the entry's id is the action's data."""
    dress_menu(menu)
    menu.clear()
    for entry in entries:
        if entry.rule_above or (entry.danger and not menu.isEmpty()):
            menu.addSeparator()
        title = entry.title.replace("&", "&&")
        if entry.under:
            inner = QMenu(title, menu)
            named(inner, f"{menu.objectName()}.{entry.id}", entry.title)
            fill_menu(inner, entry.under)
            if entry.icon:
                inner.setIcon(icon(entry.icon, "iconSecondary"))
            menu.addMenu(inner)
            continue
        action = menu.addAction(f"{title}: {entry.reason}" if entry.reason else title)
        action.setData(entry.id)
        action.setObjectName(f"{menu.objectName()}.{entry.id}")
        action.setEnabled(not entry.reason)
        if entry.icon or entry.danger:
            token = "supportError" if entry.danger else "iconSecondary"
            action.setIcon(icon(entry.icon or "trash-can", token))


class MenuButton(Button):
    """A button that opens a menu below itself."""

    chosen = Signal(str)

    def __init__(
        self,
        text: str,
        entries: Sequence[MenuEntry] = (),
        *,
        name: str,
        kind: str = "tertiary",
        icon: str = "chevron--down",
        accessible: str = "",
        high_words: bool = False,
    ) -> None:
        super().__init__(text, kind, name=name, icon=icon, accessible=accessible, high_words=high_words)
        self._entries: Sequence[MenuEntry] = ()
        self._menu = QMenu(self)
        named(self._menu, f"{name}.menu", accessible or text)
        self._menu.triggered.connect(lambda action: self.chosen.emit(str(action.data())))
        self.clicked.connect(self.open_menu)
        self.set_entries(entries)

    def set_entries(self, entries: Sequence[MenuEntry]) -> None:
        """Replaces the entries; a menu without entries cannot be opened."""
        self._entries = tuple(entries)
        fill_menu(self._menu, self._entries)
        self.setEnabled(bool(self._entries))

    def entries(self) -> Sequence[MenuEntry]:
        """The entries of the menu."""
        return self._entries

    def open_menu(self) -> None:
        """Opens the menu, its right edge under the right edge of the button."""
        pop_under(self._menu, self)


def pop_under(menu: QMenu, widget: QWidget, *, align_left: bool = False) -> None:
    """Opens a menu under a widget."""
    dress_menu(menu)
    width = max(menu.sizeHint().width(), widget.width())
    menu.setMinimumWidth(width)
    left = 0 if align_left else widget.width() - width
    menu.popup(widget.mapToGlobal(QPoint(left, widget.height())))
