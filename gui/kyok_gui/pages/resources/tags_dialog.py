"""The tags of an instance: added by typing, removed by pressing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kyok.domain.names import tags_problem
from kyok.domain.texts import listed
from kyok.domain.translation import tr
from kyok_gui.theme import font
from kyok_gui.widgets import Button, Dialog, FilterChip, Text, TextField

_NAME = "resources.tags"
_ROOM, _GAP = 584, 8
"""Pixels: what a row of pills has, and what is between two of them."""


class TagsDialog(Dialog):
    """Nothing changes before Save."""

    def __init__(self, instance: str, tags: Sequence[str], in_use: Sequence[str]) -> None:
        super().__init__(tr("Tags"), instance, name=_NAME, width=640)
        self._before = tuple(tags)
        self.tags = list(tags)
        others = [tag for tag in in_use if tag not in tags][:8]
        helper = (
            tr("In use elsewhere: {others}.", others=listed(others))
            if others
            else tr("For example env:dev or team:payments.")
        )
        self._field = TextField(
            tr("Add a tag"), name=f"{_NAME}.new", placeholder=tr("Type a tag, then Add"), helper=helper
        )
        self._add = Button(tr("Add"), "tertiary", name=f"{_NAME}.add", icon="add", size="md")
        self._add.setFixedHeight(40)
        self._hint = Text("", "bodyCompact01", "secondary", name=f"{_NAME}.words")
        self._chips = QWidget()
        self._rows = QVBoxLayout(self._chips)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._field, 1, Qt.AlignmentFlag.AlignTop)
        add = QVBoxLayout()
        add.setContentsMargins(0, 20, 0, 0)
        add.addWidget(self._add)
        add.addStretch(1)
        line.addLayout(add)
        self.body.addWidget(self._hint)
        self.body.addWidget(self._chips)
        self.body.addLayout(line)
        self._field.changed.connect(lambda _: self._check())
        self._add.clicked.connect(self._take)
        self.set_accept(tr("Save"), "checkmark")
        self._show()

    def _problem(self) -> str:
        typed = self._field.value().strip()
        if not typed:
            return ""
        if typed.casefold() in {tag.casefold() for tag in self.tags}:
            return tr("{typed} is there already.", typed=typed)
        return tags_problem([typed]) or ""

    def _check(self) -> None:
        problem, typed = self._problem(), self._field.value().strip()
        self._field.set_error(problem)
        self._add.set_enabled_because(bool(typed) and not problem, problem or tr("Type a tag first."))
        changed = tuple(self.tags) != self._before
        why = (
            tr("Add what is typed, or clear it, first.") if typed else "" if changed else tr("Nothing is changed yet.")
        )
        self.set_ready(not why, why)
        act = tr("Press a tag to remove it.") if self.tags else tr("There are no tags yet.")
        self._hint.setText(f"{act} {why}".strip())

    def _take(self) -> None:
        typed = self._field.value().strip()
        if typed and not self._problem():
            self.tags.append(typed)
            self._field.set_value("")
            self._show()

    def _drop(self, tag: str) -> None:
        self.tags.remove(tag)
        self._show()
        self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        room, row = 0, None
        for place, tag in enumerate(self.tags, 1):
            chip = self._chip(place, tag)
            room -= chip.sizeHint().width() + _GAP
            if row is None or room < 0:
                holder, row = _line()
                self._rows.addWidget(holder)
                room = _ROOM - chip.sizeHint().width()
            row.insertWidget(row.count() - 1, chip)
        self._check()
        self.refit()

    def _chip(self, place: int, tag: str) -> FilterChip:
        chip = FilterChip(tag, name=f"{_NAME}.tag.{place}")
        shown = QFontMetrics(font("label01")).elidedText(tag, Qt.TextElideMode.ElideMiddle, _ROOM - 60)
        chip.set_words(shown)
        chip.setAccessibleName(tr("Remove tag {tag}", tag=tag))
        chip.setToolTip(tag if shown != tag else "")
        chip.removed.connect(lambda tag=tag: self._drop(tag))
        return chip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds what is typed; with nothing typed it saves."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._field.value().strip():
            self._take()
            return
        super().keyPressEvent(event)

    def _first_focus(self) -> QWidget:
        return self._field.edit


def _line() -> tuple[QWidget, QHBoxLayout]:
    """A row for pills; its last item takes the room that they leave."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_GAP)
    row.addStretch(1)
    return holder, row
