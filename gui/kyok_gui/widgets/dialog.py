"""Dialogs: what will happen, what proves it, and only then the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.widgets.bars import InlineNote
from kyok_gui.widgets.basics import Icon, Prose, Text, escape, hide_unless
from kyok_gui.widgets.buttons import Button, IconButton
from kyok_gui.widgets.fields import TextField
from kyok_gui.widgets.frames import scrolled
from kyok_gui.widgets.overlay import Overlay
from kyok_gui.widgets.static_table import Cell, StaticTable
from kyok_gui.widgets.toggles import CheckBox

_W = TypeVar("_W", bound=QWidget)

EDGE = 24
INDENT = 28
_FOOT = 64
_MARGIN = 24
"""What stays free above and below the card at least."""
_SCROLLING: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class Dialog(Overlay):
    """A card in the middle. Accepting does not close it: the caller dismisses it when the work is done."""

    accepted = Signal()
    second = Signal()
    link = Signal(str)

    def __init__(self, label: str, title: str, *, path: str = "", name: str, width: int = 672) -> None:
        super().__init__(name=name, accessible=f"{label}: {title}" if label else title)
        self._name = name
        self._wide = width
        self._ready = True
        self._why = ""
        self._tick: CheckBox | None = None
        self._words: QVBoxLayout | None = None
        self._typed: tuple[TextField, str] | None = None
        self._held: tuple[int, int] | None = None
        """In which height of the window the top is held, and where."""
        self.cancel = Button(tr("Cancel"), "secondary", name=f"{name}.cancel", size="xl", high_words=True)
        self.second_button = Button(
            "", "soft", name=f"{name}.second", size="xl", high_words=True, accessible=tr("Second")
        )
        self.accept_button = Button("OK", "primary", name=f"{name}.accept", size="xl", high_words=True)
        self._error = InlineNote("error", "", name=f"{name}.error")
        self._lay_out(label, title, path)
        self.cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._accept)
        self.second_button.clicked.connect(self.second)

    # building -----------------------------------------------------------------

    def _lay_out(self, label: str, title: str, path: str) -> None:
        column = QVBoxLayout(self.card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._top = self._head(label, title, path)
        column.addWidget(self._top)
        inside = QWidget()
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(EDGE, 12, EDGE, 32)
        outer.setSpacing(0)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        outer.addLayout(self.body)
        outer.addStretch(1)
        self._content = outer
        self.body.addWidget(self._error)
        self._error.hide()
        self._scroll = scrolled(inside)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._foot())

    def _head(self, label: str, title: str, path: str) -> QWidget:
        head = QWidget()
        words = QVBoxLayout()
        words.setSpacing(0)
        self.label = Text(label, "label01", "secondary")
        hide_unless(self.label, label)
        self.title = Text(title, "heading03", name=f"{self._name}.title")
        self.title.setFixedHeight(34 if label else 30)
        self.path = Text(path, "code01", "secondary")
        hide_unless(self.path, path)
        for part in (self.label, self.title, self.path):
            words.addWidget(part)
        self.title.setContentsMargins(0, 4 if label else 0, 0, 0)
        self.path.setContentsMargins(0, 4, 0, 0)
        row = QHBoxLayout(head)
        row.setContentsMargins(EDGE, 14, 10, 8)
        words.setContentsMargins(0, 6, 0, 0)
        row.addLayout(words, 1)
        self.close_button = IconButton("close", tr("Close"), name=f"{self._name}.close", size=32)
        self.close_button.clicked.connect(self.reject)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return head

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setFixedHeight(_FOOT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self.cancel, self.second_button, self.accept_button):
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(button, 1)
        self.second_button.hide()
        return foot

    def add_effect(self, icon: str, token: str, title: str, text: str = "") -> QVBoxLayout:
        """Adds one effect with its icon; answers the column under it, for evidence that belongs to it."""
        words = self._words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(title, "heading01", wrap=True))
        if text:
            prose = Prose(escape(text), name=f"{self._name}.effect")
            words.addWidget(prose)
        row = QHBoxLayout()
        row.setSpacing(INDENT - 16)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        mark.addWidget(Icon(icon, token))
        mark.addStretch(1)
        row.addLayout(mark)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        return words

    def add_evidence(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        label: str = "",
        under_effect: bool = True,
        widths: Sequence[int] | None = None,
        row_height: int = 32,
    ) -> StaticTable:
        """Adds a small table, indented like the words of an effect."""
        column = QVBoxLayout()
        column.setSpacing(4)
        if label:
            column.addWidget(Text(label, "label01", "secondary"))
        table = StaticTable(
            heads,
            rows,
            name=f"{self._name}.evidence",
            accessible=label or heads[0],
            widths=widths,
            row_height=row_height,
            wrap=True,
        )
        table.link.connect(self.link)
        column.addWidget(table)
        if under_effect and self._words is not None:
            column.setContentsMargins(0, 7, 0, 0)
            self._words.addLayout(column)
        else:
            self.body.addLayout(column)
        return table

    def add_text(self, html: str, tone: str = "secondary") -> Prose:
        """Adds sentences."""
        prose = Prose(html, tone=tone, name=f"{self._name}.text")
        prose.link.connect(self.link)
        self.body.addWidget(prose)
        return prose

    def add_widget(self, widget: _W) -> _W:
        """Adds a field or anything else."""
        self.body.addWidget(widget)
        return widget

    def add_tick(self, text: str) -> CheckBox:
        """Asks for one tick before the last button comes on; for what can be undone."""
        self._tick = CheckBox(text, name=f"{self._name}.tick")
        self._tick.toggled.connect(self._show_ready)
        self.body.addWidget(self._tick)
        self._show_ready()
        return self._tick

    def add_typed_name(self, wanted: str) -> TextField:
        """Asks for a name to be typed; only for what cannot be undone."""
        field = TextField(tr("Type {wanted} to confirm", wanted=wanted), name=f"{self._name}.typed")
        self._typed = (field, wanted)
        field.changed.connect(self._show_ready)
        field.submitted.connect(self._accept)
        self.body.addWidget(field)
        self._show_ready()
        return field

    def set_accept(self, text: str, icon: str = "", *, danger: bool = False) -> None:
        """Names the last button."""
        self.accept_button.setText(text)
        self.accept_button.set_icon_name(icon)
        self.accept_button.set_kind("danger" if danger else "primary")

    def set_second(self, text: str, icon: str = "") -> None:
        """Offers a milder way between Cancel and the last button."""
        self.second_button.setText(text)
        self.second_button.setAccessibleName(text)
        self.second_button.set_icon_name(icon)
        self.second_button.setVisible(bool(text))

    # acting -------------------------------------------------------------------

    def open_over(self, opener: QWidget) -> None:
        """Opens in the middle; from then on the card grows and shrinks at its lower edge, until the window is resized.

        So a message or a field that appears does not move all that one was about to read or to press.
        """
        super().open_over(opener)
        self._held = self.height(), self.card.y()

    def set_ready(self, ready: bool, reason: str = "") -> None:
        """Whether the fields allow the last button."""
        self._ready = ready
        self._why = reason
        self._show_ready()

    def _allowed(self) -> bool:
        ticked = self._tick is None or self._tick.isChecked()
        typed = self._typed is None or self._typed[0].value() == self._typed[1]
        return self._ready and ticked and typed and not self._busy

    def _show_ready(self) -> None:
        self.accept_button.set_enabled_because(self._allowed(), self._why or tr("Confirm first."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field presses the last button, unless that destroys something; keys that no part takes scroll."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(self.focusWidget(), QLineEdit) and self.accept_button.kind != "danger":
            self._accept()
        elif not self.scrolls(event):
            super().keyPressEvent(event)

    def scrolls(self, event: QKeyEvent) -> bool:
        """Scrolls what the card holds, if that is what the key is for; arrows, a page, the start, the end."""
        action = _SCROLLING.get(event.key())
        if action is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        self._scroll.verticalScrollBar().triggerAction(action)
        event.accept()
        return True

    def _accept(self) -> None:
        if self._allowed():
            self.set_error("")
            self.accepted.emit()

    def set_busy(self, busy: bool) -> None:
        """While something is done nothing can be pressed."""
        self._busy = busy
        self.cancel.setEnabled(not busy)
        self.second_button.setEnabled(not busy)
        self.close_button.setEnabled(not busy)
        self._show_ready()

    def set_error(self, text: str, remedy: str = "") -> None:
        """Shows what went wrong, in the dialog itself; the buttons come back."""
        if text:
            self.set_busy(False)
            self._error.show_note("error", text, escape(remedy))
            self._scroll.ensureVisible(0, 0)
        self._error.setVisible(bool(text))
        self._place()

    def _first_focus(self) -> QWidget:
        return self.cancel

    def _place(self) -> None:
        if self.parentWidget() is None:
            return
        width = min(self._wide, self.width() - 32)
        layout = self._content
        content = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        wanted = self._top.sizeHint().height() + content + _FOOT
        height = min(wanted, self.height() - 2 * _MARGIN)
        top = (self.height() - height) // 2
        if self._held is not None:
            if self._held[0] == self.height():
                top = min(self._held[1], self.height() - _MARGIN - height)
            self._held = self.height(), top
        self.card.setGeometry((self.width() - width) // 2, top, width, height)

    def refit(self) -> None:
        """Fits the card again after its content changed."""
        self._place()


def loss_dialog(title: str, question: str, words: str, verb: str) -> Dialog:
    """Asks whether one goes on though what was entered would be lost; staying is the safe answer."""
    made = Dialog(title, question, name="leave", width=560)
    made.add_text(escape(words))
    made.cancel.setText(tr("Stay"))
    made.set_accept(verb, "", danger=True)
    return made
