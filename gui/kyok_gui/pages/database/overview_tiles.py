"""The four tiles of the Overview page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui import places
from kyok_gui.pages.database import overview_words as words
from kyok_gui.pages.database.connection_tile import ConnectionTile
from kyok_gui.pages.database.parts import PageTile
from kyok_gui.places import Place
from kyok_gui.widgets import (
    KeyValueList,
    Link,
    Rule,
    StaticTable,
    StatusLabel,
    Text,
    Tile,
    key_status,
)
from kyok_gui.widgets.flow import FoldingRow

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail

_FOLD = 880
"""Below this width, in pixels, tiles stand below each other."""


class OverviewTiles(QWidget):
    """Connection and Encryption above, Storage protection and Instance below."""

    link = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("db-overview.tiles")
        self.connection = ConnectionTile()
        self.encryption = EncryptionTile()
        self.protection = ProtectionTile()
        self.instance = InstanceTile()
        self.reach = ReachTile()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for left, right in ((self.connection, self.encryption), (self.protection, self.instance)):
            row = FoldingRow(_FOLD)
            row.addWidget(left, 656)
            row.addWidget(right, 448)
            column.addLayout(row)
        column.addWidget(self.reach)
        self.encryption.link.connect(self.link)

    def show_detail(self, detail: DatabaseDetail, now: datetime, *, terminal: bool) -> None:
        """Shows an instance; `terminal`: psql can be opened in one here."""
        self.connection.show_detail(detail, terminal=terminal)
        self.encryption.show_detail(detail, now)
        self.protection.show_detail(detail, now)
        self.instance.show_detail(detail)
        self.reach.show_detail(detail)

    def tab_stops(self) -> list[QWidget]:
        """What Tab reaches, in the order of the page."""
        links = self.encryption.rows.findChildren(QPushButton)
        copies = self.instance.rows.findChildren(QPushButton)
        return [*self.connection.tab_stops(), *links, self.encryption.nodes, *copies]


class EncryptionTile(PageTile):
    """Under which key the data stands."""

    link = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Encryption"), "db-overview.encryption")
        self._there = ""
        self.status = StatusLabel(key_status("checking"), size="lg", name="db-overview.key-status")
        self.rows = KeyValueList(name="db-overview.encryption.values")
        self.rows.link.connect(self.link)
        self.note = Text("", "label01", "secondary", wrap=True, name="db-overview.deletion-note")
        self.nodes = Link(tr("Open Nodes"), name="db-overview.open-nodes")
        self.nodes.clicked.connect(lambda: self.link.emit(self._there))
        self.body.addWidget(self.status)
        self.body.addSpacing(4)
        self.body.addWidget(self.rows)
        self.body.addStretch(1)
        for part in (Rule(), self.note, self.nodes):
            self.body.addWidget(part)

    def show_detail(self, detail: DatabaseDetail, now: datetime) -> None:
        """Shows key status, key and authorization."""
        self._there = Place(places.NODES, detail.guid).href()
        self.status.set_status(key_status(detail.key_status))
        self.rows.set_rows(words.encryption_rows(detail, now))
        self.note.setText(words.deletion_note(detail))


class ProtectionTile(PageTile):
    """What is encrypted, with what, and where the proof is."""

    def __init__(self) -> None:
        super().__init__(tr("Storage protection"), "db-overview.protection")
        self.body.addWidget(Text(tr("What is encrypted, with what, and where the proof is."), "body01", "secondary"))
        self.table = StaticTable(
            (tr("What"), tr("Encrypted with"), tr("Evidence")),
            name="db-overview.protection.table",
            accessible=tr("Storage protection"),
            row_height=40,
            widths=(120, 0, 0),
            wrap=True,
        )
        self.note = Text("", "label01", "helper", wrap=True)
        self.body.addWidget(self.table)
        self.body.addStretch(1)
        self.body.addWidget(self.note)

    def show_detail(self, detail: DatabaseDetail, now: datetime) -> None:
        """Shows the table."""
        self.table.set_rows(words.protection_rows(detail, now))
        key = detail.root_key
        self.note.setText(tr("Backups do not depend on {key}.", key=key.name) if key is not None else "")


class InstanceTile(PageTile):
    """What the instance is."""

    def __init__(self) -> None:
        super().__init__(tr("Instance"), "db-overview.instance")
        self.rows = KeyValueList(name="db-overview.instance.values")
        self.body.addWidget(self.rows)
        self.body.addStretch(1)
        self.body.addWidget(Text(tr("Deleting the instance is the last entry of Actions."), "label01", "helper"))

    def show_detail(self, detail: DatabaseDetail) -> None:
        """Shows the values."""
        self.rows.set_rows(words.instance_rows(detail))


class ReachTile(Tile):
    """How far the protection of the storage reaches, in the words of the nodes' own driver."""

    def __init__(self) -> None:
        super().__init__(heading=tr("How far the protection reaches"), name="db-overview.reach")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.driver = Text("", "heading01", wrap=True, name="db-overview.reach.driver")
        self.summary = Text("", "body01", "secondary", wrap=True, name="db-overview.reach.summary")
        self.cipher = Text("", "body01", "secondary", wrap=True, name="db-overview.reach.cipher")
        self.table = StaticTable(
            (tr("Situation"), tr("What holds")),
            name="db-overview.reach.table",
            accessible=tr("How far the protection reaches"),
            row_height=40,
            widths=(448, 0),
            wrap=True,
        )
        for part in (self.driver, self.summary, self.cipher):
            self.body.addWidget(part)
        self.body.addSpacing(4)
        self.body.addWidget(self.table)

    def show_detail(self, detail: DatabaseDetail) -> None:
        """Shows what the driver says of itself."""
        known = detail.storage_protection
        self.setVisible(bool(known.guarantees))
        self.driver.setText(known.name)
        self.summary.setText(known.summary)
        self.cipher.setText(words.cipher_line(detail))
        self.table.set_rows([(one.situation, one.protection) for one in known.guarantees])
