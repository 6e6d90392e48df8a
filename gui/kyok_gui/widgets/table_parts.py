"""What stands below the rows of a table: the footer, and the words in place of rows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from kyok.domain.translation import tr
from kyok_gui.widgets.basics import Text
from kyok_gui.widgets.buttons import Link
from kyok_gui.widgets.frames import Frame


class Footer(Frame):
    """The count at the left and a note at the right."""

    def __init__(self, name: str) -> None:
        super().__init__("footer")
        self.setFixedHeight(40)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        self.count = Text("", "bodyCompact01", "secondary", name=f"{name}.count")
        self.note = Text("", "bodyCompact01", "secondary")
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.note)


class NothingMatches(Frame):
    """Says that no row matches, and takes the search back."""

    cleared = Signal()

    def __init__(self, name: str, noun: str) -> None:
        super().__init__("nothing")
        self.noun = noun
        self.bare_words = ""
        self.setFixedHeight(96)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        self._words = Text("", "bodyCompact01", "secondary", name=f"{name}.nothing")
        self._clear = Link(tr("Clear the search"), name=f"{name}.clear")
        self._clear.clicked.connect(self.cleared)
        row.addStretch(1)
        row.addWidget(self._words)
        row.addWidget(self._clear)
        row.addStretch(1)

    def set_words(self, filter_text: str, bare: bool) -> None:
        """Chooses the words: nothing at all, or nothing that matches."""
        none = self.bare_words or tr("No {noun} yet.", noun=self.noun)
        self._words.setText(none if bare else tr("No {noun} match.", noun=self.noun))
        self._clear.setVisible(bool(filter_text) and not bare)
