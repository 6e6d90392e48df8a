"""The filters in force as pills above the table; pressing one takes it away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.pages.resources.filters import FIELDS, Filters
from kyok_gui.widgets import FilterChip, Link


class FilterChips(QWidget):
    """One pill for each field; hidden while nothing is filtered."""

    removed = Signal(str)
    cleared = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self._chips = {field: FilterChip("", name=f"{name}.{field}") for field in FIELDS}
        self._clear = Link(tr("Clear all filters"), name=f"{name}.clear")
        self._clear.clicked.connect(lambda _=False: self.cleared.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field, chip in self._chips.items():
            chip.removed.connect(lambda field=field: self.removed.emit(field))
            row.addWidget(chip)
        row.addSpacing(8)
        row.addWidget(self._clear)
        row.addStretch(1)
        self.hide()

    def show_filters(self, filters: Filters) -> None:
        """Shows what is in force."""
        for field, chip in self._chips.items():
            value = filters.chosen.get(field, "")
            chip.set_words(tr("{field}: {value}", field=tr(FIELDS[field]), value=value))
            chip.setVisible(bool(value))
        self.setVisible(bool(filters.chosen))
