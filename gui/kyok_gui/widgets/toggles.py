"""Ticks, switches and radio buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.theme import colour, font, paint_icon
from kyok_gui.widgets.basics import Text, named
from kyok_gui.widgets.buttons import paint_focus
from kyok_gui.widgets.guarded import Guarded
from kyok_gui.widgets.select import Choice


def paint_tick(painter: QPainter, x: int, y: int, checked: bool, enabled: bool, partly: bool = False) -> None:
    """Draws a box of 16 pixels, ticked or not."""
    box = QRect(x, y, 16, 16)
    token = "iconPrimary" if enabled else "iconDisabled"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(token))
    painter.drawRoundedRect(box, 2, 2)
    painter.restore()
    if checked:
        paint_icon(painter, x + 2, y + 2, "checkmark", "iconInverse", 12)
    elif partly:
        painter.fillRect(x + 4, y + 7, 8, 2, colour("iconInverse"))
    else:
        painter.fillRect(box.adjusted(1, 1, -1, -1), colour("layer01"))


class CheckBox(Guarded, QCheckBox):
    """A tick with words."""

    def __init__(self, text: str, *, name: str, checked: bool = False) -> None:
        super().__init__(text)
        named(self, name, text)
        self.setFont(font("bodyCompact01"))
        self.setChecked(checked)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Box, gap and words."""
        return QSize(28 + QFontMetrics(self.font()).horizontalAdvance(self.text()) + 4, 24)

    def hitButton(self, pos: object) -> bool:
        """Box and words can both be pressed."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws box and words."""
        painter = QPainter(self)
        top = (self.height() - 16) // 2
        paint_tick(painter, 1, top, self.isChecked(), self.isEnabled())
        if self.hasFocus():
            paint_focus(painter, QRect(-1, top - 2, 20, 20), False)
        painter.setPen(colour("textPrimary" if self.isEnabled() else "textDisabled"))
        painter.drawText(self.rect().adjusted(28, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


class Toggle(Guarded, QAbstractButton):
    """A switch with a label above and the present word beside it."""

    def __init__(
        self,
        label: str,
        *,
        name: str,
        on: str = "",
        off: str = "",
        checked: bool = False,
        hide_label: bool = False,
    ) -> None:
        super().__init__()
        named(self, name, label)
        self._label = "" if hide_label else label
        self._words = (off or tr("Off"), on or tr("On"))
        self.setCheckable(True)
        self.setChecked(checked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Switch and words, with the label above."""
        words = max(QFontMetrics(font("bodyCompact01")).horizontalAdvance(word) for word in self._words)
        label = QFontMetrics(font("label01")).horizontalAdvance(self._label) + 2
        return QSize(max(60 + words, label), 48 if self._label else 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws label, switch and word."""
        painter = QPainter(self)
        top = 0
        if self._label:
            painter.setFont(font("label01"))
            painter.setPen(colour("textSecondary"))
            painter.drawText(QRect(0, 0, self.width(), 16), Qt.AlignmentFlag.AlignVCenter, self._label)
            top = 20
        on = self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        token = "buttonDisabled" if not self.isEnabled() else "supportSuccess" if on else "toggleOff"
        painter.setBrush(colour(token))
        painter.drawRoundedRect(QRect(2, top + 2, 48, 24), 12, 12)
        painter.setBrush(colour("iconOnColor"))
        painter.drawEllipse(QRect(29 if on else 5, top + 5, 18, 18))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self.hasFocus():
            paint_focus(painter, QRect(0, top, 52, 28), False)
        painter.setFont(font("bodyCompact01"))
        painter.setPen(colour("textPrimary" if self.isEnabled() else "textDisabled"))
        room = QRect(60, top, self.width() - 60, 28)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._words[on])
        painter.end()


class _Radio(QRadioButton):
    """One radio button, with a second line when the choice has one."""

    def __init__(self, choice: Choice, name: str) -> None:
        super().__init__(choice.title)
        self._usual = choice.detail
        self._second = choice.second_line
        named(self, f"{name}.{choice.id}", choice.title)
        self.setAccessibleDescription(self._second)
        self.setEnabled(not choice.reason)
        self.setFont(font("bodyCompact01"))

    def sizeHint(self) -> QSize:
        """Circle, gap and words."""
        first = QFontMetrics(self.font()).horizontalAdvance(self.text())
        second = QFontMetrics(font("label01")).horizontalAdvance(self._second)
        return QSize(28 + max(first, second) + 4, 44 if self._second else 28)

    def set_off(self, reason: str) -> None:
        """Off with a reason in the second line, or on again."""
        self._second = reason or self._usual
        self.setAccessibleDescription(self._second)
        self.setEnabled(not reason)
        self.updateGeometry()
        self.update()

    def hitButton(self, pos: object) -> bool:
        """Circle and words can both be pressed."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws circle and words."""
        painter = QPainter(self)
        enabled = self.isEnabled()
        mark = "radio-button--checked" if self.isChecked() else "radio-button"
        paint_icon(painter, 0, 4, mark, "iconPrimary" if enabled else "iconDisabled", 20)
        painter.setPen(colour("textPrimary" if enabled else "textDisabled"))
        painter.drawText(QRect(28, 4, self.width() - 28, 20), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._second:
            painter.setFont(font("label01"))
            painter.setPen(colour("textSecondary"))
            painter.drawText(QRect(28, 24, self.width() - 28, 18), Qt.AlignmentFlag.AlignVCenter, self._second)
        if self.hasFocus():
            paint_focus(painter, QRect(-1, 3, 22, 22), False)
        painter.end()


class RadioGroup(Guarded, QWidget):
    """One choice of a few, all in sight; arrows move inside, Tab leaves."""

    chosen = Signal(str)

    def __init__(
        self, label: str, choices: Sequence[Choice], *, name: str, value: str = "", accessible: str = ""
    ) -> None:
        super().__init__()
        named(self, name, accessible or label)
        self._group = QButtonGroup(self)
        self._radios: dict[str, _Radio] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if label:
            column.addWidget(Text(label, "label01", "secondary"))
        for choice in choices:
            radio = _Radio(choice, name)
            self._radios[choice.id] = radio
            self._group.addButton(radio)
            column.addWidget(radio)
            radio.clicked.connect(lambda _=False, chosen=choice.id: self.chosen.emit(chosen))
        self.set_value(value)

    def value(self) -> str:
        """Id of the chosen one, or nothing."""
        return next((key for key, radio in self._radios.items() if radio.isChecked()), "")

    def set_off(self, choice_id: str, reason: str) -> None:
        """Switches one choice off, with the reason under its title, or on again."""
        self._radios[choice_id].set_off(reason)

    def set_value(self, choice_id: str) -> None:
        """Chooses without telling."""
        radio = self._radios.get(choice_id)
        if radio is not None:
            radio.setChecked(True)
