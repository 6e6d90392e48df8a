"""A simple line chart over time, drawn by hand.

Lines differ by stroke and by the shape at their end, not only by colour; values stand in the legend in words. The arrow
keys move a mark from sample to sample, whose values the legend then shows and a screen reader says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from kyok.domain.translation import tr
from kyok_gui.theme import colour, font
from kyok_gui.widgets.basics import named
from kyok_gui.widgets.buttons import paint_focus
from kyok_gui.widgets.line_chart_scale import marks, spoken, steps

HEIGHT = 216
_MARGIN = 16
_AXIS = 64
_TOP, _BOTTOM = 72, 32
_INKS = ("interactive", "iconPrimary", "supportCautionUndefined")
_STROKES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
_DOTS = 8
"""Up to so many samples each has its own shape."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name and its samples, oldest first."""

    name: str
    points: tuple[tuple[datetime, float], ...]
    style: int = 0
    """Which stroke and shape it has: the same thing looks the same in every chart."""

    def at(self, moment: datetime) -> float | None:
        """The value of the sample taken at a moment, if there is one."""
        return next((value for when, value in self.points if when == moment), None)


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart shows. `words` writes a value with its unit; a line is broken where samples are more than a step and
    a half apart.
    """

    title: str
    begin: datetime
    end: datetime
    step: timedelta
    words: Callable[[float], str]
    lines: tuple[Line, ...] = field(default_factory=tuple)
    note: str = ""
    base: int = 10
    """Round values are multiples of its powers: 1024 for bytes."""
    whole: bool = False
    """Whether it counts something: no value of the axis has parts."""

    def moments(self) -> list[datetime]:
        """Every moment at which something was measured."""
        return sorted({when for line in self.lines for when, _ in line.points})


class LineChart(QWidget):
    """See the module."""

    moved = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self._name = name
        self._data: ChartData | None = None
        self._at: datetime | None = None
        named(self, name, tr("Chart"))
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def data(self) -> ChartData | None:
        """What is shown."""
        return self._data

    def show_data(self, data: ChartData) -> None:
        """Shows other samples; the mark stays while its sample is there."""
        self._data = data
        if self._at not in data.moments():
            self._at = None
        self.setAccessibleName(data.title)
        self.setAccessibleDescription(spoken(data))
        self.update()

    def legend(self) -> list[tuple[str, str]]:
        """Each line with its value at the mark, or its last one."""
        if self._data is None:
            return []
        found = []
        for line in self._data.lines:
            value = line.at(self._at) if self._at is not None else (line.points[-1][1] if line.points else None)
            found.append((line.name, tr("not measured") if value is None else self._data.words(value)))
        return found

    def when(self) -> str:
        """The moment that the legend speaks of."""
        if self._data is None or self._at is None:
            return tr("Last values")
        return tr("{at} UTC", at=f"{self._at:%d %b %H:%M}")

    # keyboard and pointer ---------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from sample to sample, Home and End to the ends; Escape takes the mark away."""
        moments = self._data.moments() if self._data is not None else []
        key = event.key()
        if key == Qt.Key.Key_Escape and self._at is not None:
            self._mark(None)
        elif moments and key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            here = moments.index(self._at) if self._at in moments else len(moments)
            place = {
                Qt.Key.Key_Left: max(0, here - 1),
                Qt.Key.Key_Right: min(len(moments) - 1, here + 1),
                Qt.Key.Key_Home: 0,
                Qt.Key.Key_End: len(moments) - 1,
            }[Qt.Key(key)]
            self._mark(moments[place])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press marks the nearest sample."""
        super().mousePressEvent(event)
        moments = self._data.moments() if self._data is not None else []
        if moments:
            self._mark(min(moments, key=lambda moment: abs(self._x(moment) - event.position().x())))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The mark goes with the focus."""
        super().focusOutEvent(event)
        self._mark(None)

    def _mark(self, moment: datetime | None) -> None:
        if moment == self._at or self._data is None:
            return
        self._at = moment
        said = "; ".join(f"{name} {value}" for name, value in self.legend())
        self.setAccessibleDescription(f"{self.when()}: {said}" if moment is not None else spoken(self._data))
        self.moved.emit()
        self.update()

    # drawing ------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Any width."""
        return QSize(320, HEIGHT)

    def _plot(self) -> QRect:
        width = self.width() - _MARGIN - _AXIS - _MARGIN
        return QRect(_MARGIN + _AXIS, _TOP, max(1, width), self.height() - _TOP - _BOTTOM)

    def _x(self, moment: datetime) -> float:
        plot, data = self._plot(), self._data
        assert data is not None
        return plot.left() + (moment - data.begin) / (data.end - data.begin) * plot.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws title, legend, axes and lines."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("layer01"))
        data = self._data
        if data is not None:
            _words(painter, QRect(_MARGIN, 12, self.width() - 32, 20), data.title, "heading01", "textPrimary")
            self._paint_legend(painter)
            top = self._paint_values(painter, data)
            self._paint_times(painter, data)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for line in data.lines:
                self._paint_line(painter, data, line, top)
            self._paint_mark(painter)
        if self.hasFocus():
            paint_focus(painter, self.rect(), False)
        painter.end()

    def _paint_legend(self, painter: QPainter) -> None:
        label, strong = QFontMetrics(font("label01")), QFontMetrics(font("labelStrong"))
        right = QRect(_MARGIN, 12, self.width() - 2 * _MARGIN, 20)
        _words(painter, right, self.when(), "label01", "textSecondary", Qt.AlignmentFlag.AlignRight)
        entries = [
            (name, label.horizontalAdvance(name) + 6, value, strong.horizontalAdvance(value))
            for name, value in self.legend()
        ]
        room = self.width() - 2 * _MARGIN - sum(first + second + 34 for _, first, _, second in entries)
        gap = max(8, min(24, room // max(1, len(entries))))
        left = _MARGIN
        styles = [line.style for line in self._data.lines] if self._data is not None else []
        for style, (name, first, value, second) in zip(styles, entries, strict=True):
            self._paint_stroke(painter, style, QPoint(left, 46))
            _words(painter, QRect(left + 34, 38, first, 16), name, "label01", "textSecondary")
            _words(painter, QRect(left + 34 + first, 38, second + 2, 16), value, "labelStrong", "textPrimary")
            left += 34 + first + second + gap

    def _paint_stroke(self, painter: QPainter, style: int, at: QPoint) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_pen(style))
        painter.drawLine(at.x(), at.y(), at.x() + 26, at.y())
        _shape(painter, style, QPointF(at.x() + 26, at.y()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_values(self, painter: QPainter, data: ChartData) -> float:
        """The value axis with its words; answers the value at the top."""
        plot = self._plot()
        highest = max((value for line in data.lines for _, value in line.points), default=0.0)
        values = steps(highest, data.base, whole=data.whole)
        for value in values:
            y = round(plot.bottom() - value / values[-1] * plot.height())
            line = "borderSubtle01" if value else "borderStrong01"
            painter.fillRect(plot.left(), y, plot.width(), 1, colour(line))
            at = QRect(_MARGIN, y - 8, _AXIS - 8, 16)
            _words(painter, at, data.words(value), "label01", "textSecondary", Qt.AlignmentFlag.AlignRight)
        return values[-1]

    def _paint_times(self, painter: QPainter, data: ChartData) -> None:
        plot = self._plot()
        metrics = QFontMetrics(font("label01"))
        room = plot.width() // 88
        right = plot.right() + _MARGIN
        for moment, words in marks(data.begin, data.end, max(1, room)):
            x = round(self._x(moment))
            painter.fillRect(x, plot.bottom(), 1, 5, colour("borderStrong01"))
            width = metrics.horizontalAdvance(words)
            left = min(max(_MARGIN, x - width // 2), right - width)
            _words(painter, QRect(left, plot.bottom() + 6, width + 2, 16), words, "label01", "textSecondary")

    def _paint_line(self, painter: QPainter, data: ChartData, line: Line, top: float) -> None:
        plot, path = self._plot(), QPainterPath()
        before: datetime | None = None
        shapes: list[QPointF] = []
        every = len(line.points) <= _DOTS
        for count, (moment, value) in enumerate(line.points, start=1):
            at = QPointF(self._x(moment), plot.bottom() - value / top * plot.height())
            together = before is not None and moment - before <= data.step * 1.5
            if together:
                path.lineTo(at)
            else:
                path.moveTo(at)
            if every or not together or count == len(line.points):
                shapes.append(at)
            before = moment
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(line.style))
        painter.drawPath(path)
        for at in shapes:
            _shape(painter, line.style, at)

    def _paint_mark(self, painter: QPainter) -> None:
        if self._at is not None:
            plot = self._plot()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.fillRect(round(self._x(self._at)), plot.top() - 4, 1, plot.height() + 4, colour("iconPrimary"))


def _pen(style: int) -> QPen:
    pen = QPen(colour(_INKS[style % len(_INKS)]))
    pen.setWidthF(1.5)
    pen.setStyle(_STROKES[style % len(_STROKES)])
    return pen


def _shape(painter: QPainter, style: int, at: QPointF) -> None:
    """A disc, a square or a triangle."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(_INKS[style % len(_INKS)]))
    if style % 3 == 0:
        painter.drawEllipse(at, 3.5, 3.5)
    elif style % 3 == 1:
        painter.drawRect(QRect(round(at.x()) - 3, round(at.y()) - 3, 6, 6))
    else:
        painter.drawPolygon(QPolygonF([at + QPointF(0, -4), at + QPointF(4, 3.5), at + QPointF(-4, 3.5)]))


def _words(
    painter: QPainter,
    rect: QRect,
    text: str,
    style: str,
    token: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font(style))
    painter.setPen(colour(token))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | side, text)
