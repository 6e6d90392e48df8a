"""One box of the chain: what it is, its name as a link, one line, and how it stands."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from kyok.domain.chain import Link
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.verdict import Level
from kyok_gui.theme import colour, font, paint_icon
from kyok_gui.widgets import Status, key_state, key_status
from kyok_gui.widgets.basics import named
from kyok_gui.widgets.buttons import paint_focus

BOX_HEIGHT = 104
_SLACK = 10
WIDE = 176
"""From this width on a box shows its icon and has margins of 16 instead of 12."""

_ICONS = {
    "hsm": "ibm-cloud--hyper-protect-crypto-services",
    "key": "password",
    "authorization": "user--access",
    "data-key": "locked",
    "nodes": "network--3",
}
_LEVELS = {
    Level.SUCCESS: Status("", "checkmark--filled", "supportSuccess"),
    Level.INFO: Status("", "in-progress", "supportInfo"),
    Level.WARNING: Status("", "warning--alt--filled", "supportWarning"),
    Level.ERROR: Status("", "error--filled", "supportError"),
}
_NEUTRAL = Status("", "locked", "iconSecondary")


def status_of(link: Link, worst: NodeKeyStatus) -> Status:
    """Icon, colour and word of a box; the nodes' box borrows the icon of the worst key status."""
    if link.level is None:
        return _NEUTRAL.saying(link.word)
    if link.id == "key" and link.state:
        return key_state(link.state).saying(link.word)
    if link.id == "nodes" and link.level in (Level.WARNING, Level.ERROR):
        return key_status(worst).saying(link.word)
    if link.id == "data-key" and link.state:
        return key_status("deleted").saying(link.word)
    return _LEVELS[link.level].saying(link.word)


def shortened(link: Link) -> Link:
    """The same box in fewer words, for narrow windows."""
    name, line, word = link.short
    return replace(link, name=name or link.name, line=line or link.line, word=word or link.word)


class ChainBox(QAbstractButton):
    """A box that leads to the thing it stands for. Everything is drawn, so a change of theme is a repaint."""

    def __init__(self, link_id: str) -> None:
        super().__init__()
        named(self, f"nodes.chain.{link_id}", "")
        self.setFixedHeight(BOX_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._link = Link("nodes", "", "", "", "")
        self._status = _NEUTRAL

    @property
    def link(self) -> Link:
        """What the box shows."""
        return self._link

    @property
    def status(self) -> Status:
        """Icon, colour and word of how it stands."""
        return self._status

    def show_link(self, link: Link, worst: NodeKeyStatus) -> None:
        """Shows a link of the chain."""
        self._link = link
        self._status = status_of(link, worst)
        self.setAccessibleName(f"{link.title}: {link.name}. {link.line}. {link.word}.")
        self.setToolTip("")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the chain makes it."""
        return QSize(192, BOX_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Words shorten down to this width."""
        return QSize(120, BOX_HEIGHT)

    def shown(self) -> Link:
        """The words as they stand in the box at its present width."""
        room = self.width() - 2 * self._margin()
        link = self._link
        short = shortened(link)
        slack = margin_slack(self.width())
        name = link.name if _fits(link.name, "strong", room) else short.name
        words = [word for word in self._ways_to_say(link) if _fits(word, "label01", room - 24 + slack)]
        if not words:
            return replace(short, name=name)
        whole = (link.id == "authorization" and link.broken) or _fits(link.line, "label01", room + slack)
        return replace(link, name=name, line=link.line if whole else short.line, word=words[0])

    def _ways_to_say(self, link: Link) -> list[str]:
        """How it stands, longest first. A wide box that has no room for who removed it still says between whom it
        was; the verdict names the person.
        """
        return [link.word, link.middle] if link.middle and self.width() >= WIDE else [link.word]

    def _margin(self) -> int:
        return 16 if self.width() >= WIDE else 12

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, border, words and icons."""
        painter = QPainter(self)
        link, shown, margin = self._link, self.shown(), self._margin()
        self._paint_ground(painter)
        room = self.width() - 2 * margin
        if self.width() >= WIDE:
            paint_icon(painter, self.width() - margin - 16, 12, _ICONS[link.id], "iconPrimary", 16)
        _words(
            painter,
            QRect(margin, 10, room - (24 if self.width() >= WIDE else 0), 20),
            link.title,
            "label01",
            "textSecondary",
        )
        face = font("strong")
        face.setUnderline(self.underMouse())
        _words(painter, QRect(margin, 30, room, 20), shown.name, face, "linkPrimary")
        _words(painter, QRect(margin, 48, room, 20), shown.line, "label01", "textSecondary")
        paint_icon(painter, margin, 74, self._status.icon, self._status.token, 16)
        broken = link.broken and link.level is Level.ERROR
        token = "textError" if broken else "textPrimary"
        _words(painter, QRect(margin + 24, 72, room - 24, 20), shown.word, "label01", token)
        if self.hasFocus():
            paint_focus(painter, self.rect(), False)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        link = self._link
        if not link.broken or link.level not in (Level.ERROR, Level.WARNING):
            painter.fillRect(self.rect(), colour("layerHover01" if self.underMouse() else "layer01"))
            return
        edge, ground = (
            ("supportError", "notificationBackgroundError")
            if link.level is Level.ERROR
            else ("supportWarning", "notificationBackgroundWarning")
        )
        painter.fillRect(self.rect(), colour(edge))
        painter.fillRect(self.rect().adjusted(2, 2, -2, -2), colour(ground))


def margin_slack(width: int) -> int:
    """How far a line may reach into the margin before it is shortened."""
    return _SLACK if width >= WIDE else _SLACK // 2


def _fits(text: str, style: str, room: int) -> bool:
    return QFontMetrics(font(style)).horizontalAdvance(text) <= room


def _words(painter: QPainter, rect: QRect, text: str, style: str | QFont, token: str) -> None:
    painter.setFont(font(style) if isinstance(style, str) else style)
    painter.setPen(colour(token))
    text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width() + _SLACK)
    painter.drawText(rect.adjusted(0, 0, _SLACK, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
