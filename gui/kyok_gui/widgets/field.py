"""What every field has: a label above, helper or error words below, and sometimes a note."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.widgets.basics import Icon, Text, hide_unless, named, set_look
from kyok_gui.widgets.buttons import Link
from kyok_gui.widgets.guarded import Guarded


class Field(Guarded, QWidget):
    """A labelled field. The inner control carries the automation name; the label is its accessible name."""

    note_link = Signal()

    def __init__(self, label: str, *, name: str, helper: str = "") -> None:
        super().__init__()
        self._name = name
        self._helper = helper
        self._error = ""
        self._control: QWidget | None = None
        self.setObjectName(f"{name}.field")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._label = Text(label, "label01", "secondary")
        hide_unless(self._label, label)
        self._column.addWidget(self._label)
        self._column.addSpacing(4 if label else 0)
        self._below = Text(helper, "helperText01", "helper", wrap=True, name=f"{name}.helper")
        self._below.setContentsMargins(0, 4, 0, 0)
        hide_unless(self._below, helper)
        self._note: _Note | None = None

    def _set_control(self, control: QWidget, accessible: str = "") -> None:
        self._control = control
        named(control, self._name, accessible or self._label.words())
        self._column.addWidget(control)
        self._column.addWidget(self._below)

    @property
    def label(self) -> str:
        """The words above the field."""
        return self._label.words()

    def set_label(self, label: str) -> None:
        """Changes the words above the field."""
        self._label.setText(label)
        self._label.setVisible(bool(label))
        if self._control is not None:
            self._control.setAccessibleName(label)

    @property
    def error(self) -> str:
        """The fault shown, or nothing."""
        return self._error

    def set_error(self, text: str) -> None:
        """Shows what is wrong with the value, or, with no words, that nothing is."""
        self._error = text
        self._show_below()

    def set_invalid(self, invalid: bool) -> None:
        """Marks the field without words of its own, where a note already says what is wrong."""
        self._mark_invalid(invalid or bool(self._error))

    def set_helper(self, text: str) -> None:
        """Changes the helping words below the field; an error stands in their place."""
        self._helper = text
        self._show_below()

    def _show_below(self) -> None:
        words = self._error or self._helper
        self._below.setText(words)
        self._below.set_tone("error" if self._error else "helper")
        self._below.setVisible(bool(words))
        if self._control is not None:
            self._control.setAccessibleDescription(words)
            self._mark_invalid(bool(self._error))

    def _mark_invalid(self, invalid: bool) -> None:
        if self._control is not None:
            set_look(self._control, invalid="true" if invalid else "false")

    def set_note(self, icon: str, token: str, text: str, link: str = "", *, tone: str = "secondary") -> None:
        """Shows a line with an icon under the field, with a link at its right end; no words take it away."""
        if self._note is None:
            if not text:
                return
            self._note = _Note(f"{self._name}.note")
            self._note.link.clicked.connect(self.note_link)
            self._column.insertWidget(self._column.indexOf(self._below), self._note)
        self._note.show_note(icon, token, text, link, tone)


class _Note(QWidget):
    """An icon, a sentence, and a link at the right."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._icon = Icon("", "iconPrimary")
        self._text = Text("", "label01", "secondary", name=name)
        self.link = Link("", name=f"{name}.link", style="label01", accessible=tr("Open"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self.link)

    def show_note(self, icon: str, token: str, text: str, link: str, tone: str) -> None:
        self._icon.set_icon(icon, token)
        self._text.setText(text)
        self._text.set_tone(tone)
        self.link.setText(link)
        self.link.setAccessibleName(link or tr("Open"))
        self.link.setVisible(bool(link))
        self.setVisible(bool(text))


class Checks(QWidget):
    """Requirements in one row, each with its tick: "15 characters or more", "upper case"."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 4, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        self._parts: list[tuple[Text, Icon]] = []
        self.hide()

    def set_checks(self, checks: Sequence[tuple[str, bool]]) -> None:
        """Shows the requirements and which of them are met."""
        while len(self._parts) < len(checks):
            words, mark = Text("", "helperText01", "helper"), Icon("", "supportSuccess", 14)
            at = self._row.count() - 1
            self._row.insertWidget(at, words)
            self._row.insertWidget(at + 1, mark)
            self._row.insertSpacing(at + 2, 8)
            self._parts.append((words, mark))
        for index, (words, mark) in enumerate(self._parts):
            shown = index < len(checks)
            words.setVisible(shown)
            mark.setVisible(shown)
            if shown:
                text, met = checks[index]
                words.setText(text)
                words.setAccessibleName(tr("{text}: met", text=text) if met else tr("{text}: not met", text=text))
                mark.set_icon("checkmark" if met else "subtract", "iconPrimary" if met else "iconSecondary")
        self.setVisible(bool(checks))
        self.setAccessibleName(
            ", ".join(
                (tr("{text}: met", text=text) if met else tr("{text}: not met", text=text)) for text, met in checks
            )
        )


def row_of(*widgets: QWidget, spacing: int = 16, stretch: bool = False) -> QHBoxLayout:
    """Widgets side by side, aligned at their tops."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget, 0 if stretch else 1, Qt.AlignmentFlag.AlignTop)
    if stretch:
        row.addStretch(1)
    return row
