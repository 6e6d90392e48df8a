"""The strip of key checks of the last 24 hours. Height and shape tell a check's outcome, so it reads without colour."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from kyok.domain import texts
from kyok.domain.translation import noted, tr
from kyok_gui.pages.database.strip_data import (
    DENIED,
    GRAVEST_FIRST,
    NO_CHECK,
    PASSED,
    UNREACHABLE,
    WORDS,
    StripData,
    hours,
    place_markers,
    spoken,
)
from kyok_gui.theme import colour, font
from kyok_gui.widgets.basics import named

STRIP_HEIGHT = 176
_MARGIN = 16
_NAMES = 128
_FIRST_ROW = 80
_ROW = 24
_LEGEND = (
    (PASSED, noted("Passed")),
    (DENIED, noted("Denied")),
    (UNREACHABLE, noted("Unreachable")),
    (NO_CHECK, noted("No check")),
)
_INKS = {"error": "supportError", "warning": "supportWarning"}


class CheckStrip(QWidget):
    """A mark for each quarter of an hour and node; the worst check of the quarter wins."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "nodes.strip", tr("Key checks, last 24 hours"))
        self.setFixedHeight(STRIP_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._data: StripData | None = None
        self._says = ""

    @property
    def data(self) -> StripData | None:
        """What is shown."""
        return self._data

    def show_strip(self, data: StripData) -> None:
        """Shows the checks."""
        self._says = ""
        self.setFixedHeight(STRIP_HEIGHT + _ROW * (len(data.rows) - 3))
        self.setAccessibleDescription(spoken(data))
        if data != self._data:
            self._data = data
            self.update()

    def show_words(self, words: str) -> None:
        """Shows a sentence instead, where there are no checks to show."""
        self._data = None
        self._says = words
        self.setFixedHeight(72)
        self.setAccessibleDescription(words)
        self.update()

    def words(self) -> str:
        """The strip as a person hears it."""
        return self.accessibleDescription()

    def sizeHint(self) -> QSize:
        """Any width."""
        return QSize(640, self.height())

    def _band(self) -> QRect:
        """Where the marks stand."""
        left = _MARGIN + _NAMES
        rows = len(self._data.rows) if self._data else 3
        return QRect(left, _FIRST_ROW - 12, self.width() - left - _MARGIN, rows * _ROW)

    def event(self, event: QEvent) -> bool:
        """A mark says its time and outcome under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.mark_words(event.pos()), self)
            return True
        return super().event(event)

    def mark_words(self, pos: QPoint) -> str:
        """What the mark under a point says."""
        band, data = self._band(), self._data
        if data is None or not band.contains(pos):
            return ""
        row = data.rows[(pos.y() - band.top()) // _ROW]
        count = max(1, len(row.buckets))
        place = min(count - 1, (pos.x() - band.left()) * count // band.width())
        begin, end = data.bucket(row, place)
        return tr(
            "Node {number}, {begin} to {end} UTC: {words}",
            number=row.number,
            begin=texts.time(begin),
            end=texts.time(end),
            words=tr(WORDS[row.buckets[place]]) if row.buckets[place] in WORDS else "",
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws heading, legend, marks, markers and hours."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("layer01"))
        _words(painter, QRect(_MARGIN, 16, 400, 20), tr("Key checks, last 24 hours"), "heading01", "textPrimary")
        if self._data is None:
            _words(painter, QRect(_MARGIN, 40, self.width() - 32, 20), self._says, "body01", "textSecondary")
        else:
            self._paint_legend(painter)
            self._paint_rows(painter, self._data)
            self._paint_markers(painter, self._data)
            self._paint_hours(painter, self._data)
        painter.end()

    def _paint_legend(self, painter: QPainter) -> None:
        metrics = QFontMetrics(font("label01"))
        right = self.width() - _MARGIN
        for letter, noted_word in reversed(_LEGEND):
            word = tr(noted_word)
            width = metrics.horizontalAdvance(word)
            _words(painter, QRect(right - width, 16, width + 2, 20), word, "label01", "textSecondary")
            paint_mark(painter, letter, right - width - 18, 9, 26)
            right -= width + 18 + 24

    def _paint_rows(self, painter: QPainter, data: StripData) -> None:
        band = self._band()
        for line, row in enumerate(data.rows):
            middle = _FIRST_ROW + line * _ROW
            name = tr("Node {number}", number=row.number)
            at = QRect(_MARGIN, middle - 10, _NAMES, 20)
            _words(painter, at, name, "label01", "textPrimary")
            shift = QFontMetrics(font("label01")).horizontalAdvance(name + " ")
            _words(painter, at.adjusted(shift, 0, -8, 0), row.zone, "label01", "textSecondary")
            count = max(1, len(row.buckets))
            for place, letter in enumerate(row.buckets):
                left = band.left() + place * band.width() // count
                right = band.left() + (place + 1) * band.width() // count
                paint_mark(painter, letter, left, right - left - 1, middle)

    def _paint_markers(self, painter: QPainter, data: StripData) -> None:
        band = self._band()
        metrics = QFontMetrics(font("label01"))
        markers = place_markers(data, band.left(), band.width(), metrics.horizontalAdvance)
        for marker in sorted(markers, key=lambda one: GRAVEST_FIRST.index(one.level), reverse=True):
            ink = _INKS.get(marker.level, "iconSecondary")
            painter.fillRect(marker.x, 60, 1, band.bottom() - 60 - 4, colour(ink))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(ink))
            painter.drawPolygon(QPolygon([QPoint(marker.x - 5, 55), QPoint(marker.x + 6, 55), QPoint(marker.x, 62)]))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for marker in markers:
            token = "textSecondary" if marker.level == "neutral" else "textPrimary"
            if marker.width:
                # Markers whose words found no room must not run through the words of others.
                painter.fillRect(marker.left - 4, 44, marker.width + 8, 18, colour("layer01"))
                _words(painter, QRect(marker.left, 42, marker.width + 2, 20), marker.text, "label01", token)

    def _paint_hours(self, painter: QPainter, data: StripData) -> None:
        band = self._band()
        line = band.bottom() + 1
        painter.fillRect(band.left(), line, band.width(), 1, colour("borderStrong01"))
        now = tr("now {moment}", moment=texts.time(data.now))
        strong = QFontMetrics(font("labelStrong"))
        limit = band.right() - strong.horizontalAdvance(now) - 8
        metrics = QFontMetrics(font("label01"))
        for moment, label in hours(data):
            x = band.left() + round(data.part(moment) * band.width())
            painter.fillRect(x, line, 1, 5, colour("borderStrong01"))
            width = metrics.horizontalAdvance(label)
            left = max(band.left(), x - width // 2)
            if left + width <= limit:
                _words(painter, QRect(left, line + 5, width + 2, 20), label, "label01", "textSecondary")
        tick = min(band.right(), band.left() + round(data.part(data.now) * band.width()))
        painter.fillRect(tick, line, 1, 6, colour("iconPrimary"))
        painter.setFont(font("labelStrong"))
        painter.setPen(colour("textPrimary"))
        at = QRect(band.left(), line + 5, band.width(), 20)
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, now)


def paint_mark(painter: QPainter, letter: str, left: int, width: int, middle: int) -> None:
    """Draws one mark: a bar, a block, two bars or a line."""
    if letter == PASSED:
        painter.fillRect(left, middle - 4, width, 8, colour("supportSuccess"))
    elif letter == DENIED:
        painter.fillRect(left, middle - 8, width, 16, colour("supportError"))
    elif letter == UNREACHABLE:
        painter.fillRect(left, middle - 8, width, 6, colour("supportWarning"))
        painter.fillRect(left, middle + 2, width, 6, colour("supportWarning"))
    else:
        painter.fillRect(left, middle - 1, width, 2, colour("borderStrong01"))


def _words(painter: QPainter, rect: QRect, text: str, style: str, token: str) -> None:
    painter.setFont(font(style))
    painter.setPen(colour(token))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
