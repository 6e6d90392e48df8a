"""The tiles of the overview of an instance that holds keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.services import HS_CRYPTO
from kyok.domain.texts import plural
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.pages.keys import overview_reading as words
from kyok_gui.places import Place
from kyok_gui.times import at
from kyok_gui.widgets import (
    DONE,
    NONE_YET,
    CodeValue,
    KeyValueList,
    Link,
    LinkValue,
    Row,
    Rule,
    StaticTable,
    Status,
    StatusLabel,
    Text,
    Tile,
    key_status,
)
from kyok_gui.widgets.flow import FoldingRow

if TYPE_CHECKING:
    from kyok.client.records.databases import DatabaseSummary
    from kyok_gui.pages.keys.overview_reading import Overview

_FOLD = 880
"""Below this width, in pixels, tiles stand below each other."""
_ADDRESS_NOTE = noted(
    "The emulated cloud answers for every instance at one address; the instance ID says which is meant."
)


class OverviewTiles(QWidget):
    """Connect and Keys above, Linked databases and Instance below."""

    link = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hpcs-overview.tiles")
        self.connect_tile = ConnectTile()
        self.keys = KeysTile()
        self.databases = DatabasesTile()
        self.instance = InstanceTile()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for left, right in ((self.connect_tile, self.keys), (self.databases, self.instance)):
            row = FoldingRow(_FOLD)
            row.addWidget(left, 656)
            row.addWidget(right, 448)
            column.addLayout(row)
        for tile in (self.keys, self.databases):
            tile.link.connect(self.link)

    def show_overview(self, overview: Overview) -> None:
        """Shows an instance."""
        self.connect_tile.show_overview(overview)
        self.keys.show_overview(overview)
        self.databases.show_overview(overview)
        self.instance.show_overview(overview)


class _Tile(Tile):
    link = Signal(str)

    def __init__(self, heading: str, name: str) -> None:
        super().__init__(heading=heading, name=name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.body.setSpacing(12)

    def follows(self, text: str, name: str) -> Link:
        """A link whose target is set by `aim`."""
        link = Link(text, name=name)
        link.clicked.connect(lambda: self.link.emit(str(link.property("href"))))
        return link


class ConnectTile(_Tile):
    """Where the key management API of the instance answers."""

    def __init__(self) -> None:
        super().__init__(tr("Connect"), "hpcs-overview.connect")
        self._rows = KeyValueList(label_width=152, name="hpcs-overview.connect.values")
        self._note = Text("", "helperText01", "helper", wrap=True)
        self.body.addWidget(self._rows)
        self.body.addWidget(self._note)
        self.body.addStretch(1)

    def show_overview(self, overview: Overview) -> None:
        instance = overview.instance
        public = words.public_address(instance)
        rows: list[Row] = [
            (tr("Key management API"), CodeValue(f"{overview.address}/api/v2/keys", "hpcs-overview.address")),
            (tr("Instance ID"), CodeValue(instance.guid, "hpcs-overview.guid")),
            (tr("Header"), CodeValue(f"Bluemix-Instance: {instance.guid}", "hpcs-overview.header")),
        ]
        elsewhere = bool(public) and public != overview.address
        if elsewhere:
            rows.append((tr("In IBM Cloud"), CodeValue(f"{public}/api/v2/keys", "hpcs-overview.public")))
        self._rows.set_rows(rows)
        self._note.setText(tr(_ADDRESS_NOTE) if elsewhere else tr("Every call names the instance in its header."))


class KeysTile(_Tile):
    """Whether the instance is ready, and how many keys it holds in which state."""

    def __init__(self) -> None:
        super().__init__(tr("Keys"), "hpcs-overview.keys")
        self.state = StatusLabel(NONE_YET, size="lg", name="hpcs-overview.state")
        self._rows = KeyValueList(name="hpcs-overview.keys.values")
        self._rows.link.connect(self.link)
        self._warning = Text("", "label01", "secondary", wrap=True)
        self._open_keys = self.follows(tr("Open KMS keys"), "hpcs-overview.open-keys")
        self._open_units = self.follows(tr("Open Crypto units"), "hpcs-overview.open-units")
        links = QHBoxLayout()
        links.setSpacing(24)
        links.addWidget(self._open_keys)
        links.addWidget(self._open_units)
        links.addStretch(1)
        for part in (self.state, self._rows, Rule(), self._warning):
            self.body.addWidget(part)
        self.body.addLayout(links)
        self.body.addStretch(1)

    def show_overview(self, overview: Overview) -> None:
        guid, counts = overview.instance.guid, overview.counts
        ready = overview.ready
        word = tr("Initialized") if overview.units is not None else tr("Ready")
        self.state.set_status(DONE.saying(word) if ready else NONE_YET.saying(noted("Not initialized")))
        rows: list[Row] = []
        units = overview.units
        if units is not None:
            rows.append((tr("Crypto units"), words.units_in_words(units)))
            rows.append((tr("Administrators"), words.administrators_in_words(units)))
        if ready:
            rows.append((tr("Root keys"), counts.live_in_words()))
            rows.append((tr("Destroyed keys"), f"{counts.destroyed:,}" if counts.destroyed else tr("None")))
            rows.append((tr("Standard keys"), f"{counts.standard:,}" if counts.standard else tr("None")))
        self._rows.set_rows(rows)
        self._warning.setText(
            tr("If a root key is deleted, the databases under it stop.")
            if ready
            else tr("Initialize the crypto units before you create a key.")
        )
        self._open_keys.setProperty("href", Place(places.KEYS, guid).href())
        self._open_units.setProperty("href", Place(places.CRYPTO_UNITS, guid).href())
        self._open_units.setVisible(overview.instance.service == HS_CRYPTO)


MOST_SHOWN = 10
"""Linked databases in the tile; the others are on a page of their own."""


def _use_in_words(count: int) -> str:
    if not count:
        return tr("No database uses a key of this instance. The key is chosen when the database is created.")
    if count == 1:
        return tr("1 instance is encrypted under root keys of this instance.")
    instances = plural(count, "instance")
    words = tr("{instances} are encrypted under root keys of this instance.", instances=instances)
    return f"{words} {tr('The first {count} are listed.', count=MOST_SHOWN)}" if count > MOST_SHOWN else words


class DatabasesTile(_Tile):
    """The databases that are encrypted under keys of this instance."""

    def __init__(self) -> None:
        super().__init__(tr("Linked databases"), "hpcs-overview.databases")
        self._words = Text("", "bodyCompact01", "secondary", wrap=True, name="hpcs-overview.databases.words")
        self.table = StaticTable(
            (tr("Instance"), tr("Root key"), tr("Key status")),
            name="hpcs-overview.databases.table",
            accessible=tr("Linked databases"),
            row_height=40,
            widths=(184, 184, 0),
        )
        self.table.link.connect(self.link)
        self._create = self.follows(tr("Create a database instance"), "hpcs-overview.create-database")
        self._all = self.follows(tr("All associated resources"), "hpcs-overview.all-databases")
        for part in (self._words, self.table, self._all, self._create):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_overview(self, overview: Overview) -> None:
        guid, users = overview.instance.guid, overview.databases
        self.table.set_rows([self._row(guid, one) for one in users[:MOST_SHOWN]])
        self._all.setProperty("href", Place(places.ASSOCIATED_RESOURCES, guid).href())
        self._all.setVisible(len(users) > MOST_SHOWN)
        self.table.setVisible(bool(users))
        self._words.setText(_use_in_words(len(users)))
        self._create.setProperty("href", Place(places.CREATE_POSTGRESQL).with_query(key_instance=guid).href())
        self._create.setVisible(not users and overview.ready)

    def _row(self, guid: str, one: DatabaseSummary) -> tuple[LinkValue, LinkValue | str, Status]:
        name = LinkValue(one.name, Place(places.NODES, one.guid).href())
        key: LinkValue | str = one.kms_key_name or ""
        if one.kms_key:
            there = Place(places.KEYS, guid).with_query(key=one.kms_key)
            key = LinkValue(one.kms_key_name or one.kms_key, there.href())
        return name, key, key_status(one.key_status)


class InstanceTile(_Tile):
    """What the instance is."""

    def __init__(self) -> None:
        super().__init__(tr("Instance"), "hpcs-overview.instance")
        self._rows = KeyValueList(name="hpcs-overview.instance.values")
        self.body.addWidget(self._rows)
        self.body.addWidget(
            Text(tr("Deleting the instance is the last entry of Actions."), "helperText01", "helper", wrap=True)
        )
        self.body.addStretch(1)

    def show_overview(self, overview: Overview) -> None:
        instance = overview.instance
        created = at(instance.created_at) if instance.created_at is not None else ""
        if overview.creator and created:
            created = tr("{moment} by {person}", moment=created, person=overview.creator)
        self._rows.set_rows(
            [
                (tr("Name"), instance.name),
                (tr("Service"), words.service_of(instance)),
                (tr("Plan"), instance.plan_name),
                (tr("Location"), words.location(instance)),
                (tr("Resource group"), overview.group),
                (tr("Created"), created),
                ("CRN", CodeValue(instance.crn_text, "hpcs-overview.crn")),
            ]
        )
