"""Parts of a node's tile: a count that runs down, and figures under their labels."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from kyok_gui.theme import colour, font
from kyok_gui.widgets import Status, StatusLabel, Text
from kyok_gui.widgets.basics import named


class Pill(QWidget):
    """A count that runs down."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        named(self, name)
        self._text = ""
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_text(self, text: str, spoken: str = "") -> None:
        """Shows other words; none hides the pill."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(spoken or text)
            self.setVisible(bool(text))
            self.updateGeometry()
            self.update()

    def words(self) -> str:
        """The words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """Room for the words."""
        return QSize(QFontMetrics(font("labelStrong")).horizontalAdvance(self._text) + 18, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tint = colour("notificationBackgroundWarning")
        painter.setBrush(tint if tint != colour("layer01") else colour("layer02"))
        painter.drawRoundedRect(self.rect(), 4, 4)
        painter.setFont(font("labelStrong"))
        painter.setPen(colour("textPrimary"))
        painter.drawText(QRect(9, 0, self.width(), 24), Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()


class Figures(QWidget):
    """Labels with a value under each, side by side."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(2)
        self._labels = [Text("", "label01", "secondary") for _ in range(count)]
        self._values: list[Text | StatusLabel] = [Text("", "bodyCompact01") for _ in range(count)]
        for place, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            self._grid.addWidget(label, 0, place)
            self._grid.addWidget(value, 1, place)
        self._grid.setColumnStretch(count - 1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def use_status(self, place: int) -> None:
        """Makes one value a state with its icon."""
        old = self._values[place]
        self._grid.removeWidget(old)
        old.deleteLater()
        fresh = StatusLabel()
        self._values[place] = fresh
        self._grid.addWidget(fresh, 1, place)

    def set_widths(self, widths: tuple[int, ...]) -> None:
        """Width of each column but the last."""
        for place, width in enumerate(widths):
            self._grid.setColumnMinimumWidth(place, width)

    def set_labels(self, labels: tuple[str, ...]) -> None:
        """Names the figures."""
        for shown, label in zip(self._labels, labels, strict=True):
            shown.setText(label)

    def set_value(self, place: int, value: str | Status) -> None:
        """Shows one value."""
        shown = self._values[place]
        if isinstance(shown, StatusLabel) and isinstance(value, Status):
            shown.set_status(value)
        elif isinstance(shown, Text) and isinstance(value, str) and shown.words() != value:
            shown.setText(value)

    def words(self) -> dict[str, str]:
        """Figures as a person reads them."""
        pairs = zip(self._labels, self._values, strict=True)
        return {label.words(): value.words() for label, value in pairs}
