"""Verdicts and notes: an edge in the state's colour, one sentence, one way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.theme import colour, font
from kyok_gui.widgets.basics import Icon, Prose, Text, escape
from kyok_gui.widgets.buttons import Button, Link
from kyok_gui.widgets.status import LEVELS, Status

_GROUNDS = {
    "good": "layer01",
    "quiet": "layer01",
    "info": "notificationBackgroundInfo",
    "warning": "notificationBackgroundWarning",
    "error": "notificationBackgroundError",
}
_EDGES = {
    "good": "supportSuccess",
    "quiet": "borderInteractive",
    "info": "supportInfo",
    "warning": "supportWarning",
    "error": "supportError",
}

_ROOMY = 1000
"""From this width on a verdict's sentence has its full size."""


class EdgedBox(QWidget):
    """A box with an edge of three pixels and a tint, both chosen by its level."""

    def __init__(self, level: str, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._level = level
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @property
    def level(self) -> str:
        """Which level is shown."""
        return self._level

    def set_level(self, level: str) -> None:
        """Changes edge and tint."""
        self._level = level
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws tint and edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(_GROUNDS[self._level]))
        painter.fillRect(0, 0, 3, self.height(), colour(_EDGES[self._level]))
        painter.end()


class Verdict(EdgedBox):
    """How a thing stands, in one sentence; what follows from it; and the one button that cures it."""

    pressed = Signal()
    link = Signal(str)

    def __init__(self, *, name: str) -> None:
        super().__init__("good", name=name)
        self._icon = Icon("", "iconPrimary", 20)
        self.mark = LEVELS["good"]
        self.sentence = Text("", "heading02", wrap=True, name=f"{name}.sentence")
        self.detail = Prose("", name=f"{name}.detail")
        self.detail.link.connect(self.link)
        self.button = Button("", "primary", name=f"{name}.button", accessible=tr("Cure"))
        self.button.clicked.connect(self.pressed)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.sentence)
        words.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 9, 12, 9)
        row.setSpacing(16)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addSpacing(32)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._icon.setContentsMargins(0, 4, 0, 0)
        self.setMinimumHeight(64)

    def show_verdict(
        self,
        level: str,
        sentence: str,
        detail_html: str = "",
        button: str = "",
        button_icon: str = "",
        *,
        mark: Status | None = None,
    ) -> None:
        """Shows a verdict; no button words, no button. `mark` gives the icon where it is not that of the level."""
        self.set_level(level)
        said = LEVELS.get(level, LEVELS["info"])
        self.mark = mark if mark is not None else said
        self._icon.set_icon(self.mark.icon, self.mark.token)
        self.sentence.setText(sentence)
        self.detail.set_html(detail_html)
        self.detail.setVisible(bool(detail_html))
        self.button.setText(button)
        self.button.setAccessibleName(button or tr("Cure"))
        self.button.set_icon_name(button_icon)
        self.button.setVisible(bool(button))
        self.setAccessibleName(f"{tr(said.word)}: {sentence}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence is smaller in a narrow window, so that it keeps to one line beside its button."""
        super().resizeEvent(event)
        style = "heading02" if event.size().width() >= _ROOMY else "heading01"
        if self.sentence.font() != font(style):
            self.sentence.setFont(font(style))


class InlineNote(EdgedBox):
    """A note in the page. `compact` is the small one that stands above the fields it is about."""

    acted = Signal()
    link = Signal(str)

    def __init__(
        self, level: str, title: str, text: str = "", *, name: str, action: str = "", compact: bool = False
    ) -> None:
        super().__init__(level, name=name)
        style = "label01" if compact else "body01"
        self._icon = Icon("", "iconPrimary", 16)
        self._title = Text("", "heading01", wrap=True)
        self._text = Prose("", style, "primary", name=f"{name}.text")
        self._text.link.connect(self.link)
        self._action = Link(action, name=f"{name}.action")
        self._action.clicked.connect(self.acted)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        icon_column = QVBoxLayout()
        icon_column.setContentsMargins(0, 2, 0, 0)
        icon_column.addWidget(self._icon)
        icon_column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addLayout(icon_column)
        row.addLayout(words, 1)
        row.addSpacing(32)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_note(level, title, escape(text), action)

    def show_note(self, level: str, title: str, html: str = "", action: str = "") -> None:
        """Shows another note; the text may hold links."""
        self.set_level(level)
        mark = LEVELS.get(level, LEVELS["info"])
        self._icon.set_icon(mark.icon, mark.token)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.set_html(html)
        self._text.setVisible(bool(html))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{tr(mark.word)}: {title} {self._text.words()}".strip())

    def words(self) -> str:
        """Title and text as a person reads them."""
        return f"{self._title.words()} {self._text.words()}".strip()


class MissingRoles(InlineNote):
    """Says beside controls that are off which role each of them needs; away while none is missing."""

    def __init__(self, *, name: str) -> None:
        super().__init__("info", "", name=name, compact=True)
        self.hide()

    def show_missing(self, missing: Mapping[str, Sequence[str]]) -> None:
        """Shows, for each missing role, what cannot be done without it."""
        lines = [f"{escape(reason)}: <b>{escape(', '.join(what))}</b>" for reason, what in missing.items()]
        self.show_note("info", "", "<br>".join(lines))
        self.setVisible(bool(lines))
