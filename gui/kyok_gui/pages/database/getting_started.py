"""The Getting started page: the first things one does with an instance, in order, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain import databases, texts
from kyok.domain.cluster import InstanceState
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.pages.database.instance_page import InstancePage
from kyok_gui.pages.database.parts import chain_tabs
from kyok_gui.places import Place
from kyok_gui.widgets import DONE, NONE_YET, Button, Status, StatusLabel, Text, Tile

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.detail import DatabaseDetail

NAME = "getting-started"
_HINT = Status(noted("When you need it"), "information--filled", "iconSecondary")


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to do: its state comes from what exists, never from clicks."""

    place: str
    title: str
    text: str
    status: Status
    button: str


def hints(detail: DatabaseDetail) -> list[Hint]:
    """What one does first, in order."""
    return [_key(detail), _connect(detail), _backup(detail), _sizes(detail), _deletion(detail)]


def _key(detail: DatabaseDetail) -> Hint:
    total = len(detail.nodes)
    opened = sum(node.key_status in (NodeKeyStatus.CONNECTED, NodeKeyStatus.DEFAULT_KEY) for node in detail.nodes)
    state = (
        DONE.saying(tr("{opened} of {total} nodes", opened=opened, total=total))
        if total and opened == total
        else NONE_YET
    )
    if detail.root_key is None:
        text = tr(
            "The service made the key of this instance and keeps it. A key of your own is chosen at creation only."
        )
    else:
        text = tr(
            "Every node unwraps its data key with {key}. See which nodes can, and what happens when the key "
            "is disabled, the authorization removed, or a zone cut off.",
            key=detail.root_key.name,
        )
    return Hint(places.NODES, tr("See whether every node reaches its key"), text, state, tr("Open Nodes"))


def _connect(detail: DatabaseDetail) -> Hint:
    if not detail.connectable:
        text = tr("The nodes are simulated: psql cannot connect. Look at sample rows, and add some, on the Nodes page.")
        return Hint(places.NODES, tr("Put data in"), text, _rows(detail), tr("Open Nodes"))
    text = tr(
        "Download the certificate and copy the psql command. Only TLS is accepted; psql asks for the admin password."
    )
    return Hint(places.DB_OVERVIEW, tr("Connect and put data in"), text, _rows(detail), tr("Open Overview"))


def _rows(detail: DatabaseDetail) -> Status:
    rows = detail.data.rows
    return DONE.saying(texts.plural(rows, "row")) if rows else NONE_YET.saying(noted("No rows yet"))


def _backup(detail: DatabaseDetail) -> Hint:
    count = detail.backups.count
    state = DONE.saying(texts.plural(count, "backup")) if count else NONE_YET.saying(noted("No backup yet"))
    days = texts.span_words(databases.BACKUP_PERIOD)
    text = tr(
        "Taken after creation, daily and on demand, kept for {days}, and readable without your root key. "
        "Restoring one into a new instance is the only way back once the root key is deleted.",
        days=days,
    )
    return Hint(places.BACKUPS, tr("Know your way back"), text, state, tr("Open Backups"))


def _sizes(detail: DatabaseDetail) -> Hint:
    sizes = detail.sizes
    text = tr("RAM, disk and vCPU of each node, with the price before anything is changed. Disks only grow.")
    state = _HINT.saying(
        tr("{ram} GB RAM, {disk} GB disk, {cpu} vCPU per node", ram=sizes.ram, disk=sizes.disk, cpu=sizes.cpu)
    )
    return Hint(places.DB_RESOURCES, tr("Give it the size it needs"), text, state, tr("Open Resources"))


def _deletion(detail: DatabaseDetail) -> Hint:
    text = (
        tr(
            "Secure deletion needs both the instance and its root key gone. The checklist shows the evidence of "
            "each half."
        )
        if detail.root_key is not None
        else tr("A checklist shows the evidence: volumes erased, data key and backups destroyed.")
    )
    return Hint(places.SECURE_DELETION, tr("Know how it ends"), text, _HINT, tr("Open the checklist"))


class HintTile(Tile):
    """One thing to do with its button."""

    pressed = Signal(str)

    def __init__(self, number: int) -> None:
        super().__init__(name=f"{NAME}.step{number}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._place = ""
        self._number = number
        self.title = Text("", "heading02", wrap=True)
        self.status = StatusLabel(size="sm", tone="secondary")
        self.text = Text("", "body01", "secondary", wrap=True)
        self.button = Button("", "tertiary", name=f"{NAME}.step{number}.open")
        self.button.clicked.connect(lambda: self.pressed.emit(self._place))
        words = QVBoxLayout()
        words.setSpacing(4)
        for part in (self.title, self.text, self.status):
            words.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(32)
        row.addLayout(words, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)

    def show_hint(self, hint: Hint) -> None:
        """Shows what to do and how far it is."""
        self._place = hint.place
        self.title.setText(f"{self._number}  {hint.title}")
        self.text.setText(hint.text)
        self.status.set_status(hint.status)
        self.button.setText(hint.button)
        self.button.setAccessibleName(f"{hint.button}: {hint.title}")


class GettingStartedPage(InstancePage["DatabaseDetail"]):
    """Five tiles."""

    concerns: ClassVar[frozenset[str]] = frozenset({"database", "instance", "backup", "key"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place, tr("What one does first with a database instance, and where."))
        self.tiles = [HintTile(number) for number in range(1, 6)]
        self._box = QWidget()
        column = QVBoxLayout(self._box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for tile in self.tiles:
            tile.pressed.connect(self._open)
            column.addWidget(tile)
        self._box.hide()
        self.body.addWidget(self._box)
        self.body.addStretch(1)

    def reads(self, api: CloudApi) -> DatabaseDetail:
        """The instance."""
        return api.databases.detail(self.guid)

    def shows(self, view: DatabaseDetail) -> None:
        """Shows the five tiles, or fewer when the instance is gone."""
        found = (
            hints(view) if view.instance_state is InstanceState.ACTIVE else [_key(view), _backup(view), _deletion(view)]
        )
        for tile, hint in zip(self.tiles, found, strict=False):
            tile.show_hint(hint)
        for place, tile in enumerate(self.tiles):
            tile.setVisible(place < len(found))
        self._box.show()
        chain_tabs([tile.button for tile in self.tiles])

    def _open(self, kind: str) -> None:
        self.context.navigator.go(Place(kind, self.guid))
