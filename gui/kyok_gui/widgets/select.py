"""Drop-down fields whose choices carry an icon, a second line and, when they cannot be chosen, the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kyok.domain.translation import tr
from kyok_gui.theme import colour, font, paint_icon
from kyok_gui.widgets.basics import named
from kyok_gui.widgets.buttons import paint_focus
from kyok_gui.widgets.field import Field
from kyok_gui.widgets.lists import OpenList
from kyok_gui.widgets.status import Status

CHOICE = Qt.ItemDataRole.UserRole
_FEW = 202
"""The height of five choices; a list that has less room covers what stands below its form."""
_AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice. A `reason` says why it cannot be chosen; `short` is shown in the closed field."""

    id: str
    title: str
    detail: str = ""
    icon: Status | None = None
    reason: str = ""
    short: str = ""

    @property
    def second_line(self) -> str:
        """What stands under the title."""
        return ". ".join(part for part in (self.detail, self.reason) if part)


class _ChoiceDelegate(QStyledItemDelegate):
    """Paints one choice."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.chosen = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        choice: Choice = index.data(CHOICE)
        return QSize(120, 56 if choice.second_line else 40)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        choice: Choice = index.data(CHOICE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        current = bool(state & QStyle.StateFlag.State_Selected) or bool(state & QStyle.StateFlag.State_MouseOver)
        ground = "layerSelected01" if choice.id == self.chosen else "layerHover01" if current else "layer01"
        painter.fillRect(rect, colour(ground))
        if index.row():
            painter.fillRect(rect.x() + 16, rect.y(), rect.width() - 32, 1, colour("borderSubtle00"))
        left = rect.x() + 15
        top = rect.y() + (8 if choice.second_line else 10)
        if choice.icon is not None:
            paint_icon(painter, left, top + 2, choice.icon.icon, choice.icon.token, 16)
            left += 24
        off = bool(choice.reason)
        room = rect.right() - 40 - left
        _line(painter, QRect(left, top, room, 20), choice.title, "body01", "textDisabled" if off else "textPrimary")
        if choice.second_line:
            second = QRect(left, top + 20, room + 24, 18)
            _line(painter, second, choice.second_line, "label01", "textHelper" if off else "textSecondary")
        if choice.id == self.chosen:
            paint_icon(painter, rect.right() - 31, rect.center().y() - 7, "checkmark", "iconPrimary", 16)


def _room(field: QRect, area: QRect, height: int) -> tuple[bool, int]:
    """Whether a list goes above its field, and how high it may be there."""
    below, above = area.bottom() - field.bottom(), field.y() - area.y()
    upwards = height > below and above > below
    return upwards, above if upwards else below


def _line(painter: QPainter, rect: QRect, text: str, style: str, token: str) -> None:
    painter.setFont(font(style))
    painter.setPen(colour(token))
    words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)


class ChoiceList(OpenList):
    """The open list. It lies inside the window, so no window manager can put it elsewhere."""

    picked = Signal(str)
    closed = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner.window())
        self._owner = owner
        self._items = QStandardItemModel(self)
        self._painter = _ChoiceDelegate(self)
        self.setModel(self._items)
        self.setItemDelegate(self._painter)
        self.clicked.connect(self._pick)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def open_at(self, choices: Sequence[Choice], chosen: str) -> None:
        """Shows the choices under the owner, or above it where there is more room."""
        self._painter.chosen = chosen
        for choice in choices:
            item = QStandardItem(choice.title)
            item.setData(choice, CHOICE)
            item.setData(f"{choice.title}. {choice.second_line}", Qt.ItemDataRole.AccessibleTextRole)
            item.setEnabled(not choice.reason)
            self._items.appendRow(item)
            first = not choice.reason and not self.currentIndex().isValid()
            if choice.id == chosen or first:
                self.setCurrentIndex(item.index())
        self._place(sum(56 if choice.second_line else 40 for choice in choices) + 2)
        self.raise_()
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self, height: int) -> None:
        owner, window = self._owner, self._owner.window()
        corner = owner.mapTo(window, QPoint(0, 0))
        field = QRect(corner, owner.size())
        upwards, room = _room(field, window.rect().adjusted(0, 8, 0, -8), height)
        area = owner.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            # What scrolls ends before the buttons of a form or a dialog: they are to stay in sight.
            view = area.viewport()
            inner = _room(field, QRect(view.mapTo(window, QPoint(0, 0)), view.size()).adjusted(0, 8, 0, -8), height)
            if inner[1] >= min(height, _FEW):
                upwards, room = inner
        height = min(height, room)
        self.setGeometry(field.x(), field.y() - height if upwards else field.bottom() + 1, field.width(), height)

    def _pick(self, index: _AnyIndex) -> None:
        choice = index.data(CHOICE)
        if isinstance(choice, Choice) and not choice.reason:
            self.picked.emit(choice.id)
            self.shut()

    def shut(self) -> None:
        """Closes the list and gives the focus back."""
        if not self.isVisible():
            return
        had_focus = self.hasFocus()
        self.hide()
        if had_focus:
            self._owner.setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self.closed.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose, Escape closes; arrows and letters move."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick(self.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab closes and goes on from the field: the list itself stands last in the window, so next is the header."""
        if self.isVisible():
            self.shut()
            self._owner.focusNextPrevChild(forwards)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Closes when the focus goes elsewhere in the window."""
        super().focusOutEvent(event)
        # A press moves the focus before it arrives; the event filter sees to it, else the owner would open it again.
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.shut()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closes at a press outside the list; a press on the owner is swallowed, since it means close."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent) and self.isVisible():
            where = event.globalPosition().toPoint()
            inside = self.rect().contains(self.mapFromGlobal(where))
            if not inside and isinstance(watched, QWidget):
                on_owner = watched is self._owner
                self.shut()
                return on_owner
        return False


class SelectBox(QPushButton):
    """The closed field."""

    def __init__(self, on: str) -> None:
        super().__init__()
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._on = on
        self.shown = ""
        self.faint = False
        self.opened = False

    def sizeHint(self) -> QSize:
        """Any width that the page gives."""
        return QSize(160, 40)

    def minimumSizeHint(self) -> QSize:
        """Long words are shortened."""
        return QSize(80, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the field, its words and the arrow."""
        painter = QPainter(self)
        rect = self.rect()
        enabled = self.isEnabled()
        hover = enabled and self.underMouse()
        ground = "field02" if self._on == "tile" else "field01"
        painter.fillRect(rect, colour(ground.replace("field", "fieldHover") if hover else ground))
        line = "borderStrong01" if enabled else "borderSubtle01"
        painter.fillRect(0, rect.height() - 1, rect.width(), 1, colour(line))
        token = "textPrimary" if enabled and not self.faint else "textHelper" if enabled else "textSecondary"
        _line(painter, rect.adjusted(16, 0, -48, 0), self.shown, "bodyCompact01", token)
        paint_icon(painter, rect.width() - 32, 12, "chevron--down", "iconPrimary" if enabled else "iconDisabled", 16)
        if self.property("invalid") == "true":
            painter.setPen(Qt.PenStyle.NoPen)
            for edge in (QRect(0, 0, rect.width(), 2), QRect(0, 38, rect.width(), 2), QRect(0, 0, 2, 40)):
                painter.fillRect(edge, colour("supportError"))
            painter.fillRect(QRect(rect.width() - 2, 0, 2, 40), colour("supportError"))
        if self.hasFocus() or self.opened:
            paint_focus(painter, rect, False)
        painter.end()


class SelectField(Field):
    """A field that offers a list of choices."""

    chosen = Signal(str)

    def __init__(
        self,
        label: str,
        *,
        name: str,
        helper: str = "",
        placeholder: str = "",
        on: str = "page",
        choices: Sequence[Choice] = (),
        value: str = "",
    ) -> None:
        super().__init__(label, name=name, helper=helper)
        self._placeholder = placeholder or tr("Choose an option")
        self._choices: tuple[Choice, ...] = ()
        self._value = ""
        self._list: ChoiceList | None = None
        self.box = SelectBox(on)
        self._set_control(self.box)
        self.setFocusProxy(self.box)
        self.box.clicked.connect(self.open_list)
        self.box.installEventFilter(self)
        self.set_choices(choices)
        self.set_value(value)

    def choices(self) -> tuple[Choice, ...]:
        """What is offered."""
        return self._choices

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offers other choices; a value that is no longer among them is forgotten."""
        self._choices = tuple(choices)
        self.box.setEnabled(True)
        if self._value not in {choice.id for choice in self._choices}:
            self._value = ""
        self._show()

    def set_blocked(self, words: str) -> None:
        """Nothing can be chosen, and these words say why."""
        self._choices = ()
        self._value = ""
        self.box.setEnabled(False)
        self._show()
        self.box.shown = words
        self.box.setAccessibleName(f"{self.label}: {words}")
        self.box.update()

    def value(self) -> str:
        """Id of the chosen one, or nothing."""
        return self._value

    def set_value(self, choice_id: str) -> None:
        """Chooses without telling; an unknown id means nothing is chosen."""
        self._value = choice_id if choice_id in {choice.id for choice in self._choices} else ""
        self._show()

    def choose(self, choice_id: str) -> None:
        """Chooses as a person does, and tells."""
        if choice_id != self._value:
            self.set_value(choice_id)
            self.chosen.emit(self._value)

    def _show(self) -> None:
        found = next((choice for choice in self._choices if choice.id == self._value), None)
        self.box.faint = found is None
        self.box.shown = (found.short or found.title) if found else self._placeholder
        named(self.box, self._name, f"{self.label}: {self.box.shown}")
        self.box.update()

    def _mark_invalid(self, invalid: bool) -> None:
        super()._mark_invalid(invalid)
        self.box.update()

    def open_list(self) -> None:
        """Opens the list of choices."""
        if self._list is not None or not self._choices:
            return
        opened = ChoiceList(self.box)
        named(opened, f"{self._name}.list", self.label)
        opened.picked.connect(self.choose)
        opened.closed.connect(self._closed)
        self._list = opened
        self.box.opened = True
        opened.open_at(self._choices, self._value)

    def open_choices(self) -> ChoiceList | None:
        """The open list, if it is open."""
        return self._list

    def _closed(self) -> None:
        self._list = None
        self.box.opened = False
        self.box.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys open the list, as in every drop-down."""
        opens = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in opens:
            self.open_list()
            return True
        return super().eventFilter(watched, event)
