"""What stands under the verdict: progress, chain, node tiles, strip of key checks, data, log files."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.pages.database.chain_view import ChainView
from kyok_gui.pages.database.check_strip import CheckStrip
from kyok_gui.pages.database.data_tile import DataTile
from kyok_gui.pages.database.log_files import LogFiles
from kyok_gui.pages.database.node_tile import NodeTile
from kyok_gui.pages.database.progress import ProgressTile, restored_words
from kyok_gui.pages.database.strip_data import StripData
from kyok_gui.widgets import Text
from kyok_gui.widgets.flow import FoldingRow

if TYPE_CHECKING:
    from kyok.client.records.databases import SampleRows
    from kyok.client.records.detail import DatabaseDetail

_NODES = 3
_FOLD = 900
"""Below this width, in pixels, the nodes stand below each other."""


class NodesBody(QWidget):
    """Built once; only its words change."""

    link = Signal(str)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setObjectName("nodes.parts")
        self.progress = ProgressTile()
        self.chain = ChainView()
        self.tiles = [NodeTile(number) for number in range(1, _NODES + 1)]
        self.strip = CheckStrip()
        self.data = DataTile()
        self.logs = LogFiles(context)
        self.storage = Text("", "helperText01", "helper", wrap=True, name="nodes.storage")
        self.restored = Text("", "helperText01", "helper", wrap=True, name="nodes.restored-from")
        self.note = Text("", "helperText01", "helper", wrap=True, name="nodes.note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._row = QWidget()
        self._row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = FoldingRow(_FOLD, self._row, spacing=8)
        for tile in self.tiles:
            row.addWidget(tile, 1)
            tile.link.connect(self.link)
        for widget in (self.progress, self.chain, self._row, self.strip, self.data, self.logs):
            column.addWidget(widget)
        for words in (self.storage, self.restored, self.note):
            column.addWidget(words)

    def show_detail(self, detail: DatabaseDetail, sample: SampleRows | None, refusal: str, now: datetime) -> None:
        """Shows nodes, data and progress."""
        self.progress.show_progress(detail)
        for tile, node in zip(self.tiles, detail.nodes, strict=False):
            tile.show_node(node, detail.root_key, now)
        for place, tile in enumerate(self.tiles):
            tile.setVisible(place < len(detail.nodes))
        alive = bool(detail.nodes)
        for widget in (self.chain, self._row, self.data):
            widget.setVisible(alive)
        self.data.show_data(detail, sample, refusal)
        self.logs.show_detail(detail)
        known = detail.storage_protection
        self.storage.setText(
            tr("Storage protection: {name}. {summary}", name=known.name, summary=known.summary)
            if alive and known.name
            else ""
        )
        words = restored_words(detail)
        self.restored.setText(words)
        self.restored.setVisible(bool(words))

    def show_strip(self, data: StripData | None, own_key: bool) -> None:
        """Shows the key checks, or why there are none."""
        self.strip.setVisible(data is not None)
        if data is not None and own_key:
            self.strip.show_strip(data)
        elif data is not None:
            self.strip.show_words(tr("None: this instance uses a random key that the service keeps."))

    def tick(self, now: datetime) -> None:
        """Counts down."""
        for tile in self.tiles:
            tile.tick(now)
