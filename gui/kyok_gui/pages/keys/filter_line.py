"""The line above the table: the filters in force, how many keys there are, and how many destroyed ones are hidden."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kyok.domain.key_states import KeyState
from kyok.domain.texts import plural
from kyok.domain.translation import tr
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.pages.keys.sieve import Sieve
from kyok_gui.widgets import FilterChip, Link, Text

_NAMES = {"type": "keys.chip", "state": "keys.chip.state", "ring": "keys.chip.ring"}


class FilterLine(QWidget):
    """Shows what the sieve does and takes filters away."""

    removed = Signal(str)
    """A filter is not wanted any more: what it filters."""
    destroyed_turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self._chips: dict[str, FilterChip] = {}
        for what, name in _NAMES.items():
            chip = FilterChip("", name=name)
            chip.removed.connect(lambda what=what: self.removed.emit(what))
            self._chips[what] = chip
            row.addWidget(chip)
        self._count = Text("", "label01", "secondary", name="keys.shown")
        self._hidden = Text("", "label01", "secondary", name="keys.hidden")
        self._show = Link(tr("Show them"), name="keys.show-destroyed", style="label01")
        self._show.clicked.connect(self.destroyed_turned)
        for part in (self._count, self._hidden, self._show):
            row.addWidget(part)
        row.addStretch(1)
        self.setFixedHeight(24)
        self.hide()

    def show_filters(self, sieve: Sieve) -> None:
        """One chip for each filter in force."""
        words = sieve.chips
        for what, chip in self._chips.items():
            chip.setVisible(what in words)
            if what in words:
                chip.set_words(words[what])

    def show_counts(self, rows: Sequence[KeyRow], shown: int, sieve: Sieve) -> None:
        """How many of the keys are shown, and what of destroyed ones."""
        self.setVisible(bool(rows))
        self.show_filters(sieve)
        self._count.setText(tr("{shown} of {keys}", shown=f"{shown:,}", keys=plural(len(rows), "key")))
        destroyed = sum(row.key.state is KeyState.DESTROYED and sieve.of_type(row) for row in rows)
        one = destroyed == 1
        if sieve.destroyed:
            self._hidden.setText(tr("{keys} shown.", keys=plural(destroyed, "destroyed key")))
            self._show.setText(tr("Hide it") if one else tr("Hide them"))
        else:
            self._hidden.setText(
                tr("{keys} is hidden.", keys=plural(destroyed, "destroyed key"))
                if one
                else tr("{keys} are hidden.", keys=plural(destroyed, "destroyed key"))
            )
            self._show.setText(tr("Show it") if one else tr("Show them"))
        told = destroyed > 0 and not sieve.state
        self._hidden.setVisible(told)
        self._show.setVisible(told)
