"""The sample rows of an instance: how many there are, the newest ones, and more of them at a press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from kyok.domain import texts
from kyok.domain.translation import tr
from kyok_gui.pages.database.machine_words import READ_ONLY, read_only
from kyok_gui.widgets import Button, Icon, StaticTable, Text, Tile

if TYPE_CHECKING:
    from kyok.client.records.databases import SampleRows
    from kyok.client.records.detail import DatabaseDetail

SAMPLE_ROWS = 10
"""How many rows one press adds."""
DATA_SET = 10_000
"""How many rows the sample data has."""
_SHOWN = 5
_DIGITS = 12


class DataTile(Tile):
    """Shows that the data is really there, and that it is not when the key is away."""

    add_pressed = Signal(int)
    """So many rows are wanted."""

    def __init__(self) -> None:
        super().__init__(name="nodes.data")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.setSpacing(12)
        self._last: int | None = None
        self.count = Text("", "bodyCompact01", name="nodes.data.count")
        self.digest = Text("", "code01", "helper", name="nodes.data.digest")
        self.load = Button(tr("Load {count} sample rows", count=f"{DATA_SET:,}"), "ghost", name="nodes.data.load")
        self.add = Button(
            tr("Add {count} sample rows", count=SAMPLE_ROWS), "tertiary", name="nodes.data.add", icon="add"
        )
        self.load.clicked.connect(lambda: self.add_pressed.emit(DATA_SET))
        self.add.clicked.connect(lambda: self.add_pressed.emit(SAMPLE_ROWS))
        self.reason = Text("", "bodyCompact01", "secondary", wrap=True, name="nodes.data.reason")
        self._lock = Icon("locked", "iconSecondary")
        self.rows = StaticTable(
            (tr("Reference"), tr("Customer"), tr("Purpose"), tr("Amount")),
            name="nodes.data.rows",
            accessible=tr("Newest sample rows"),
            widths=(248, 0, 0, 0),
            numbers=(3,),
        )
        self.shown = Text("", "label01", "helper", name="nodes.data.shown")
        self.driver = Text("", "helperText01", "helper", wrap=True, name="nodes.data.driver")
        self._lay_out()

    def _lay_out(self) -> None:
        figures = QVBoxLayout()
        figures.setSpacing(2)
        figures.addWidget(self.count)
        figures.addWidget(self.digest)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Text(tr("Data"), "heading01"), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(figures)
        head.addStretch(1)
        head.addWidget(self.load, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        why = QHBoxLayout()
        why.setSpacing(8)
        why.addWidget(self._lock)
        why.addWidget(self.reason, 1)
        self.body.addLayout(head)
        self.body.addLayout(why)
        self.body.addWidget(self.rows)
        self.body.addWidget(self.shown)
        self.body.addWidget(self.driver)

    def show_data(self, detail: DatabaseDetail, sample: SampleRows | None, refusal: str) -> None:
        """Shows the rows, or in words why nothing can be read."""
        self.driver.setText(detail.why_not_connectable)
        self.driver.setVisible(bool(detail.why_not_connectable))
        self._show_figures(detail, sample)
        words = self._against(detail, sample, refusal)
        self.reason.setText(words)
        self.reason.setVisible(bool(words))
        self._lock.setVisible(bool(words))
        for button in (self.load, self.add):
            button.set_enabled_because(not words, words)
        rows = sample.last[:_SHOWN] if sample is not None else ()
        self.rows.set_rows([(row.reference, row.customer, row.purpose, money(row.cents)) for row in rows])
        self.rows.setVisible(bool(rows))
        more = sample is not None and sample.rows > len(rows) > 0
        total = texts.plural(sample.rows, "row") if sample is not None else ""
        self.shown.setText(tr("The newest {count} of {rows}.", count=len(rows), rows=total) if more else "")
        self.shown.setVisible(more)

    def _show_figures(self, detail: DatabaseDetail, sample: SampleRows | None) -> None:
        self.count.setText(_counted(detail, sample))
        digest = sample.digest if sample is not None and sample.rows else ""
        self.digest.setText(tr("Digest {digest}", digest=digest[:_DIGITS]))
        self.digest.setAccessibleName(tr("Digest of all rows: {digest}", digest=digest))
        self.digest.setVisible(bool(digest))
        if sample is not None:
            self._last = sample.rows

    def _against(self, detail: DatabaseDetail, sample: SampleRows | None, refusal: str) -> str:
        """Why no row can be read or written; nothing when both can be done."""
        if sample is not None:
            return tr(READ_ONLY) if read_only(detail) else ""
        words = refusal or unreadable(detail)
        if not self._last:
            return words
        return f"{words} {tr('There were {rows} when last read.', rows=texts.plural(self._last, 'row'))}"

    def set_adding(self, adding: bool) -> None:
        """While rows are being written the button waits."""
        for button in (self.load, self.add):
            button.set_enabled_because(not adding, tr("Rows are being added."))


def unreadable(detail: DatabaseDetail) -> str:
    """Why the rows cannot be read, when the cloud did not say it."""
    if not detail.nodes:
        return tr("There are no nodes that hold data.")
    if any(node.state.value == "CREATING" for node in detail.nodes):
        return tr("Rows can be added as soon as the nodes run.")
    if all(node.final for node in detail.nodes):
        return tr("Not readable: the root key is deleted, so these rows cannot be read again.")
    if not any(node.key_status.value in ("connected", "default-key") for node in detail.nodes):
        return tr("Not readable: no node can unwrap the data key, so the rows stay sealed on their volumes.")
    if any(node.state.value == "RUNNING" for node in detail.nodes):
        return tr("The database has just come up: its rows are being counted.")
    if any(node.state.value == "RESTARTING" for node in detail.nodes):
        return tr("Not readable yet: the nodes are starting.")
    return tr("Not readable now: no node is running.")


def money(cents: int) -> str:
    """Cents as an amount: `1,234.50`."""
    return f"{cents / 100:,.2f}"


def _counted(detail: DatabaseDetail, sample: SampleRows | None) -> str:
    if sample is None:
        return ""
    running = sum(node.state.value == "RUNNING" for node in detail.nodes)
    where = (
        tr("on all {count} nodes", count=texts.number_word(running))
        if running == len(detail.nodes)
        else tr("on {nodes}", nodes=texts.plural(running, "node"))
    )
    return f"{texts.plural(sample.rows, 'row')} {where}"
