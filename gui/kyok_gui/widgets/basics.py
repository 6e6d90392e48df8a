"""Words, icons and lines: the smallest parts of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtGui import Qt as RichText
from PySide6.QtWidgets import QLabel, QWidget

from kyok_gui.theme import colour, font, paint_icon, role_of
from kyok_gui.widgets.signals import drop_unused_signals

_W = TypeVar("_W", bound=QWidget)

_TAGS = re.compile(r"<[^>]*>")
_ANCHOR = re.compile(r"<a ")
_SAFE = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
_UNSAFE = str.maketrans(_SAFE)
_READ = {safe: unsafe for unsafe, safe in _SAFE.items()}
_ESCAPED = re.compile("|".join(_READ))


def escape(text: str) -> str:
    """Text made safe for `Prose`."""
    return text.translate(_UNSAFE)


def tip(text: str) -> str:
    """Words for a tooltip, which would take a name with angle brackets for markup: it shows what is written."""
    return RichText.convertFromPlainText(text) if RichText.mightBeRichText(text) else text


def link_html(text: str, href: str) -> str:
    """A link for `Prose`; both parts are made safe."""
    return f'<a href="{escape(href)}">{escape(text)}</a>'


def plain(html: str) -> str:
    """The words of a piece of `Prose` html, for names and filters. Of entities it knows those that `escape` makes."""
    return _ESCAPED.sub(lambda found: _READ[found.group()], _TAGS.sub("", html))


def named(widget: _W, name: str, accessible: str = "") -> _W:
    """Gives a widget its automation name and its accessible name."""
    widget.setObjectName(name)
    if accessible:
        widget.setAccessibleName(accessible)
    return widget


def chain_tabs(anchor: QWidget, widgets: Iterable[QWidget]) -> None:
    """Lets Tab reach parts that were made later right after their anchor, and not at the end of the page.

    The anchor itself is no stop; it needs a focus policy all the same, since Qt keeps places only for such widgets.
    """
    if anchor.focusPolicy() == Qt.FocusPolicy.NoFocus:
        anchor.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    last = anchor
    for widget in widgets:
        for stop in (widget, *widget.findChildren(QWidget)):
            if stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(last, stop)
                last = stop


def set_look(widget: QWidget, **properties: object) -> None:
    """Sets dynamic properties that painting reads."""
    changed = False
    for key, value in properties.items():
        if widget.property(key) != value:
            widget.setProperty(key, value)
            changed = True
    if changed:
        widget.update()


class WrappingLabel(QLabel):
    """A label whose least height is one line: Qt's own is that of the narrowest column, which pushes pages apart."""

    def __init__(self) -> None:
        super().__init__()
        drop_unused_signals(self)

    def minimumSizeHint(self) -> QSize:
        """One line, as narrow as the layout likes; the true height follows from the width."""
        if not self.wordWrap():
            return super().minimumSizeHint()
        return QSize(40, self.fontMetrics().height())


def hide_unless(widget: QWidget, wanted: object) -> None:
    """Hides a part that has nothing to show. Unlike `setVisible` this never shows one that has no parent yet.

    A widget shown without a parent is a window of its own for a moment, and takes the focus from the real one.
    """
    if not wanted:
        widget.hide()


class Text(WrappingLabel):
    """Words in one type style and one tone."""

    def __init__(
        self, text: str = "", style: str = "body01", tone: str = "primary", *, wrap: bool = False, name: str = ""
    ) -> None:
        super().__init__()
        self._words = ""
        self.setFont(font(style))
        self.setForegroundRole(role_of(tone))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        if name:
            self.setObjectName(name)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Shows other words."""
        self._words = text
        self.setAccessibleName(text)
        super().setText(text)

    def words(self) -> str:
        """The words as a person reads them."""
        return self._words

    def set_tone(self, tone: str) -> None:
        """Changes the colour of the words."""
        self.setForegroundRole(role_of(tone))


class Prose(WrappingLabel):
    """Sentences with bold words and links; Tab reaches every link, Enter follows it."""

    link = Signal(str)

    def __init__(
        self, html: str = "", style: str = "body01", tone: str = "secondary", *, name: str, wrap: bool = True
    ) -> None:
        super().__init__()
        self._html = ""
        self.setObjectName(name)
        self.setFont(font(style))
        self.setForegroundRole(role_of(tone))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(wrap)
        if wrap:
            self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.linkActivated.connect(self.link)
        self.set_html(html)

    def set_html(self, html: str) -> None:
        """Shows other sentences."""
        self._html = html
        self.setAccessibleName(plain(html))
        links = "<a " in html
        flags = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        self.setTextInteractionFlags(flags if links else Qt.TextInteractionFlag.NoTextInteraction)
        self._lay_out()

    def words(self) -> str:
        """The words as a person reads them."""
        return plain(self._html)

    def set_tone(self, tone: str) -> None:
        """Changes the colour of the words; links keep theirs."""
        self.setForegroundRole(role_of(tone))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes straight to the first link, Shift+Tab to the last."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            super().focusNextPrevChild(event.reason() == Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Links take their colour when the text is set, so a change of theme sets it again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._html:
            self._lay_out()

    def _lay_out(self) -> None:
        style = f'<a style="color:{colour("linkPrimary").name()};text-decoration:none" '
        text = _ANCHOR.sub(style, self._html)
        if text != self.text():
            super().setText(text)


class Icon(QWidget):
    """One icon in the colour of a token."""

    def __init__(self, name: str, token: str = "iconPrimary", size: int = 16, *, header: bool = False) -> None:
        super().__init__()
        drop_unused_signals(self)
        self._name = name
        self._token = token
        self._size = size
        self._header = header
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_icon(self, name: str, token: str) -> None:
        """Shows another icon or colour."""
        if (name, token) != (self._name, self._token):
            self._name = name
            self._token = token
            self.update()

    def icon_name(self) -> str:
        """Name of the icon shown."""
        return self._name

    def sizeHint(self) -> QSize:
        """The size of the icon."""
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the icon."""
        if self._name:
            painter = QPainter(self)
            paint_icon(painter, 0, 0, self._name, self._token, self._size, self._header)
            painter.end()
