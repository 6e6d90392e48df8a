"""Fields for text, secrets and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kyok.domain.translation import tr
from kyok_gui.theme import font, paint_icon
from kyok_gui.widgets.basics import named, tip
from kyok_gui.widgets.buttons import IconButton
from kyok_gui.widgets.field import Checks, Field
from kyok_gui.widgets.lines import PADDING, Area, Line

LENS, LENS_HEADER = 42, 29
"""Where the words begin after the lens."""
ROOM_SHORTCUT = 76
SEARCH_REST_MS = 100
"""How long typing must rest before a search runs."""

SHOW_SECRET = QKeySequence("Alt+F8")
"""Shows or hides a secret while it is typed; the shortcut that Windows has for this."""


class TextField(Field):
    """One line of text."""

    changed = Signal(str)
    submitted = Signal()

    def __init__(
        self,
        label: str,
        *,
        name: str,
        value: str = "",
        placeholder: str = "",
        helper: str = "",
        mono: bool = False,
        on: str = "page",
        accessible: str = "",
    ) -> None:
        super().__init__(label, name=name, helper=helper)
        self.edit = Line(value)
        self.edit.setFixedHeight(40)
        self.edit.setFont(font("code02" if mono else "bodyCompact01"))
        self.edit.setPlaceholderText(placeholder)
        self.edit.setProperty("on", on)
        self._set_control(self.edit, accessible)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.submitted)

    def value(self) -> str:
        """The text."""
        return self.edit.text()

    def set_value(self, value: str) -> None:
        """Puts another text in."""
        if value != self.edit.text():
            self.edit.setText(value)


def _shows_secret(event: QKeyEvent) -> bool:
    return QKeySequence(event.keyCombination()) == SHOW_SECRET


class PasswordField(TextField):
    """A secret being typed: hidden, shown only while the eye is on, kept out of undo and wiped when done."""

    def __init__(
        self, label: str, *, name: str, placeholder: str = "", helper: str = "", on: str = "page", accessible: str = ""
    ) -> None:
        super().__init__(label, name=name, placeholder=placeholder, helper=helper, on=on, accessible=accessible)
        self.edit.setTextMargins(PADDING, 0, PADDING + 38, 0)
        self.eye = IconButton("view", tr("Show {label}", label=label or accessible), name=f"{name}.eye")
        self.eye.setParent(self.edit)
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab leads to the next field; keys reach the secret alone
        self.eye.clicked.connect(self._turn)
        self._show_in_clear(False)
        self.edit.installEventFilter(self)
        self._checks = Checks(name=f"{name}.checks")
        self._column.insertWidget(self._column.indexOf(self._below), self._checks)

    def _turn(self) -> None:
        self._show_in_clear(self.edit.echoMode() == QLineEdit.EchoMode.Password)

    def _show_in_clear(self, clear: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if clear else QLineEdit.EchoMode.Password)
        label = self.label or self.edit.accessibleName()
        words = tr("Hide {label}", label=label) if clear else tr("Show {label}", label=label)
        self.eye.set_icon_name("view--off" if clear else "view", words)
        keys = SHOW_SECRET.toString(QKeySequence.SequenceFormat.NativeText)
        self.eye.setToolTip(tip(f"{words} ({keys})"))

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Keeps the eye at the right end of the line, and presses it by its shortcut."""
        if event.type() == QEvent.Type.Resize and isinstance(event, QResizeEvent):
            self.eye.move(event.size().width() - 36, 4)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _shows_secret(event):
            self.eye.click()
            return True
        return super().eventFilter(watched, event)

    def set_checks(self, checks: Sequence[tuple[str, bool]]) -> None:
        """Shows which requirements the password meets."""
        self._checks.set_checks(checks)

    def wipe(self) -> None:
        """Forgets what was typed, undo history included."""
        self.edit.setText("")
        self._show_in_clear(False)


class TextArea(Field):
    """Several lines of text; Tab leaves it."""

    changed = Signal(str)

    def __init__(
        self,
        label: str,
        *,
        name: str,
        value: str = "",
        placeholder: str = "",
        helper: str = "",
        rows: int = 4,
        mono: bool = False,
        on: str = "page",
    ) -> None:
        super().__init__(label, name=name, helper=helper)
        self.edit = Area(value)
        self.edit.setFont(font("code02" if mono else "bodyCompact01"))
        self.edit.setPlaceholderText(placeholder)
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(rows * 20 + 20)
        self.edit.setProperty("on", on)
        self._set_control(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(lambda: self.changed.emit(self.edit.toPlainText()))

    def value(self) -> str:
        """The text."""
        return self.edit.toPlainText()

    def set_value(self, value: str) -> None:
        """Puts another text in."""
        if value != self.value():
            self.edit.setPlainText(value)

    def wipe(self) -> None:
        """Forgets the text and its undo history."""
        self.edit.setUndoRedoEnabled(False)
        self.edit.clear()
        self.edit.setUndoRedoEnabled(True)


class SearchLine(Line):
    """A line with a lens at its left end; Escape empties it."""

    searched = Signal(str)

    def __init__(
        self, placeholder: str, *, name: str, accessible: str, kind: str = "search", header: bool = False
    ) -> None:
        super().__init__(header=header)
        named(self, name, accessible)
        self._header = header
        self.setProperty("kind", kind)
        left, right = (LENS_HEADER, ROOM_SHORTCUT) if header else (LENS, PADDING)
        self.setTextMargins(left, 0, right, 0)
        self.setFont(font("bodyCompact01"))
        self.setPlaceholderText(placeholder)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SEARCH_REST_MS)
        self._rest.timeout.connect(self.search_now)
        self.textChanged.connect(self._start_rest)
        self.returnPressed.connect(self.search_now)

    def _start_rest(self) -> None:
        self._rest.start()

    def search_now(self) -> None:
        """Tells the text without waiting."""
        self._rest.stop()
        self.searched.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the line first, and leaves it to others when it is empty."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.search_now()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line and the lens."""
        super().paintEvent(event)
        painter = QPainter(self)
        left = 8 if self._header else 16
        token = "iconPrimary" if self._header else "iconSecondary"
        paint_icon(painter, left, (self.height() - 16) // 2, "search", token, 16, self._header)
        painter.end()


class SearchField(Field):
    """A search without a label of its own, outside tables."""

    changed = Signal(str)

    def __init__(self, placeholder: str, *, name: str, accessible: str) -> None:
        super().__init__("", name=name)
        self.edit = SearchLine(placeholder, name=name, accessible=accessible, kind="field-search")
        self.edit.setFixedHeight(40)
        self._set_control(self.edit, accessible)
        self.setFocusProxy(self.edit)
        self.edit.searched.connect(self.changed)

    def value(self) -> str:
        """What is searched for."""
        return self.edit.text()


class NumberField(Field):
    """A whole number between two bounds, with buttons for less and more."""

    changed = Signal(int)

    def __init__(
        self,
        label: str,
        *,
        name: str,
        minimum: int,
        maximum: int,
        value: int,
        step: int = 1,
        unit: str = "",
        helper: str = "",
        on: str = "page",
    ) -> None:
        super().__init__(label, name=name, helper=helper)
        self._bounds = (minimum, maximum)
        self._step = step
        self._value = value
        self.edit = Line(str(value))
        self.edit.setFixedHeight(40)
        self.edit.setProperty("on", on)
        self.less = IconButton("subtract", tr("Less {label}", label=label), name=f"{name}.less", size=40)
        self.more = IconButton("add", tr("More {label}", label=label), name=f"{name}.more", size=40)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.edit, 1)
        row.addWidget(self.less)
        row.addWidget(self.more)
        self._set_control(box)
        named(box, f"{name}.box", f"{label} {unit}".strip())
        named(self.edit, name, f"{label}, {unit}" if unit else label)
        self.setFocusProxy(self.edit)
        self.less.clicked.connect(lambda: self.set_value(self._value - self._step))
        self.more.clicked.connect(lambda: self.set_value(self._value + self._step))
        self.edit.editingFinished.connect(self._typed)

    def _typed(self) -> None:
        self.set_value(self.value())

    def value(self) -> int:
        """The number, also while it is being typed."""
        text = self.edit.text().strip()
        return self._inside(int(text)) if text.isdecimal() else self._value

    def _inside(self, value: int) -> int:
        low, high = self._bounds
        return max(low, min(high, value))

    def set_value(self, value: int) -> None:
        """Puts another number in, brought inside the bounds."""
        low, high = self._bounds
        value = self._inside(value)
        self.edit.setText(str(value))
        self.less.setEnabled(value > low)
        self.more.setEnabled(value < high)
        if value != self._value:
            self._value = value
            self.changed.emit(value)
