"""The line above the table: how many instances need attention, and the nodes counted by key status.

Each count is a filter: pressed, it leaves the instances that have such a node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from kyok.domain.key_rules import WORST_FIRST, NodeKeyStatus
from kyok.domain.texts import plural
from kyok.domain.translation import tr
from kyok.domain.verdict import Level
from kyok_gui.theme import colour, font, paint_icon
from kyok_gui.widgets import Icon, Text, key_status, named
from kyok_gui.widgets.bars import EdgedBox
from kyok_gui.widgets.buttons import Pressable, paint_focus
from kyok_gui.widgets.flow import FlowLayout
from kyok_gui.widgets.status import LEVELS
from kyok_gui.widgets.tags import paint_pill

if TYPE_CHECKING:
    from kyok.domain.key_health import Summary

_LEVELS = {Level.SUCCESS: "good", Level.INFO: "info", Level.WARNING: "warning", Level.ERROR: "error"}
_LEAST = 64
_HEIGHT, _INSIDE, _GAP, _CROSS = 24, 8, 8, 24


class CountButton(Pressable):
    """How many nodes have a key status. Switched on it is a filter in force, as a pill with a cross."""

    def __init__(self, status: NodeKeyStatus) -> None:
        super().__init__()
        self.status = status
        self._shown = key_status(str(status))
        named(self, f"key-health.count.{status}", "")
        self.setCheckable(True)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(lambda _: self._tell())
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Shows another number."""
        number = f"{count:,}"
        by_default = self.status is NodeKeyStatus.DEFAULT_KEY  # no property of a node, so it needs a word more
        words = tr("{count} with default key", count=number) if by_default else f"{number} {self._shown.word.lower()}"
        self.setText(words)
        self._tell()

    def _tell(self) -> None:
        state = tr("filter in force") if self.isChecked() else tr("filter")
        self.setAccessibleName(f"{self.text()}, {state}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, words, and the cross while it is on."""
        words = QFontMetrics(font("label01")).horizontalAdvance(self.text()) + 1
        return QSize(_INSIDE * 2 + 16 + _GAP + words + (_CROSS if self.isChecked() else 0), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws icon and words, underlined under the pointer."""
        painter = QPainter(self)
        on = self.isChecked()
        if on:
            paint_pill(painter, self.rect(), "", "gray")
        paint_icon(painter, _INSIDE, (_HEIGHT - 16) // 2, self._shown.icon, self._shown.token, 16)
        face = font("label01")
        face.setUnderline(self.underMouse())
        painter.setFont(face)
        painter.setPen(colour("tagColorGray" if on else "textSecondary"))
        room = QRect(_INSIDE + 16 + _GAP, 0, self.width(), _HEIGHT)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if on:
            paint_icon(painter, self.width() - _CROSS, (_HEIGHT - 16) // 2, "close", "tagColorGray", 16)
        if self.hasFocus():
            paint_focus(painter, self.rect(), False)
        painter.end()


class HealthSummary(EdgedBox):
    """One sentence, the counts, and how many nodes there are in all."""

    filtered = Signal(object)
    """The key statuses whose filters are in force."""

    def __init__(self) -> None:
        super().__init__("quiet", name="key-health.summary")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)  # else one line is the most
        self._icon = Icon("", "iconPrimary", 20)
        self.sentence = Text("", "heading02", wrap=True, name="key-health.summary.sentence")
        self._total = Text("", "label01", "secondary", name="key-health.summary.nodes")
        self.counts = {status: CountButton(status) for status in WORST_FIRST}
        flow = FlowLayout(across=8, down=4)
        for button in self.counts.values():
            button.toggled.connect(lambda _: self.filtered.emit(self.chosen()))
            button.hide()
            flow.addWidget(button)
        self._total.setFixedHeight(_HEIGHT)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(flow, 1)
        row.addWidget(self._total, 0, Qt.AlignmentFlag.AlignTop)
        row.setContentsMargins(0, 0, 4, 0)
        words = QVBoxLayout()
        words.setSpacing(4)
        heading = QHBoxLayout()
        heading.setContentsMargins(_INSIDE, 0, 0, 0)
        heading.addWidget(self.sentence)
        words.addLayout(heading)
        words.addLayout(row)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(20, 10, 12, 8)
        outer.setSpacing(8)
        outer.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(words, 1)
        self.setMinimumHeight(_LEAST)

    def chosen(self) -> frozenset[NodeKeyStatus]:
        """The key statuses whose filters are in force."""
        return frozenset(status for status, button in self.counts.items() if button.isChecked())

    def show_summary(self, found: Summary) -> None:
        """Shows another state. A filter in force stays in sight, even when nobody has its status any more."""
        level = _LEVELS[found.level]
        mark = LEVELS[level]
        self.set_level(level)
        self._icon.set_icon(mark.icon, mark.token)
        if self.sentence.words() != found.sentence:
            self.sentence.setText(found.sentence)
        self._total.setText(tr("{nodes} in all", nodes=plural(found.nodes, "node")))
        counts = dict(found.counts)
        for status, button in self.counts.items():
            button.show_count(counts.get(status, 0))
            button.setVisible(status in counts or button.isChecked())
        self.setAccessibleName(f"{mark.word}: {found.sentence}")

    def clear(self) -> None:
        """Takes all filters back."""
        for button in self.counts.values():
            button.setChecked(False)
