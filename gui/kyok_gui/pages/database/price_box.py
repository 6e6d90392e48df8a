"""The estimated price a month, large, with its three parts under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.pages.database.cost_words import CostLine
from kyok_gui.widgets import Text

_PARTS = 3


class PriceBox(QWidget):
    """See the module; the note under the parts says what is and is not included."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.price = Text("", "heading04", name=f"{name}.price")
        self.note = Text("", "helperText01", "helper", wrap=True, name=f"{name}.price-note")
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        self._lines = [(Text("", "label01", "secondary"), Text("", "label01")) for _ in range(_PARTS)]
        for line, (text, amount) in enumerate(self._lines):
            grid.addWidget(text, line, 0)
            grid.addWidget(amount, line, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(tr("Estimated cost per month"), "label01", "secondary"))
        column.addWidget(self.price)
        column.addLayout(grid)
        column.addWidget(self.note)

    def show_price(self, price: str, lines: Sequence[CostLine], note: str) -> None:
        """Shows a price with its parts, if it has any."""
        self.price.setText(price)
        for place, (text, amount) in enumerate(self._lines):
            shown = place < len(lines)
            text.setVisible(shown)
            amount.setVisible(shown)
            if shown:
                text.setText(lines[place].text)
                amount.setText(lines[place].amount)
        self.note.setText(note)

    def lines(self) -> list[tuple[str, str]]:
        """The parts as a person reads them."""
        return [(text.words(), amount.words()) for text, amount in self._lines if text.isVisibleTo(self)]
