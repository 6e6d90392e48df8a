"""Page objects: what a person sees and presses on the pages of a database instance."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kyok_gui.pages.database.chain_box import ChainBox
from kyok_gui.pages.database.check_strip import CheckStrip
from kyok_gui.pages.database.create_summary import WhyNot
from kyok_gui.pages.database.deletion_half import HalfTile, MeaningTile
from kyok_gui.pages.database.node_tile import NodeTile
from kyok_gui.widgets import (
    Button,
    Field,
    InlineNote,
    KeyValueList,
    MenuButton,
    Prose,
    StaticTable,
    StatusLabel,
    Text,
    Verdict,
)
from tests.gui.driver import choose, choose_action, exists, find, press, table, table_rows, write


class PageObject:
    """Finds everything by its name inside one root, which may be a stage or the whole console."""

    def __init__(self, root: QWidget) -> None:
        self.root = root

    def sees(self, name: str) -> bool:
        return exists(self.root, name)

    def press(self, name: str) -> None:
        press(self.root, name)

    def type(self, name: str, text: str) -> None:
        write(self.root, name, text)

    def text(self, name: str) -> str:
        return find(self.root, name, Text).words()

    def accessible(self, name: str) -> str:
        return find(self.root, name, QWidget).accessibleName()

    def button(self, name: str) -> Button:
        return find(self.root, name, Button)


class Nodes(PageObject):
    """The Nodes page."""

    @property
    def sentence(self) -> str:
        return self.text("nodes.verdict.sentence")

    @property
    def detail(self) -> str:
        return find(self.root, "nodes.verdict.detail", Prose).words()

    @property
    def level(self) -> str:
        return find(self.root, "nodes.verdict", Verdict).level

    @property
    def cure(self) -> str:
        button = self.button("nodes.verdict.button")
        return button.text() if button.isVisibleTo(self.root) else ""

    def press_cure(self) -> None:
        self.press("nodes.verdict.button")

    def follow_detail(self, index: int = 0) -> None:
        """Presses a link of the verdict's detail with the keyboard alone."""
        prose = find(self.root, "nodes.verdict.detail", Prose)
        prose.setFocus()
        for _ in range(index + 1):
            QTest.keyClick(prose, Qt.Key.Key_Tab)
        QTest.keyClick(prose, Qt.Key.Key_Return)

    def statuses(self) -> list[str]:
        """Key status of the nodes."""
        return [tile.status.words() for tile in self.tiles()]

    def states(self) -> list[str]:
        return [tile.facts.words()["Node state"] for tile in self.tiles()]

    def roles(self) -> list[str]:
        return [tile.facts.words()["Role"] for tile in self.tiles()]

    def tiles(self) -> list[NodeTile]:
        tiles = [find(self.root, f"nodes.node{number}", NodeTile) for number in (1, 2, 3)]
        return [tile for tile in tiles if tile.isVisibleTo(self.root)]

    def countdown(self, number: int) -> str:
        return self.tiles()[number - 1].pill.accessibleName()

    def reason(self, number: int) -> str:
        return self.tiles()[number - 1].reason.words()

    def chain(self) -> dict[str, str]:
        """Word of each box."""
        boxes = [box for box in self.root.findChildren(ChainBox) if box.isVisibleTo(self.root)]
        return {box.link.id: box.link.word for box in boxes}

    def broken(self) -> list[str]:
        return [box.link.id for box in self.root.findChildren(ChainBox) if box.link.broken]

    @property
    def strip(self) -> str:
        return find(self.root, "nodes.strip", CheckStrip).words()

    @property
    def rows(self) -> str:
        return self.text("nodes.data.count")

    @property
    def unreadable(self) -> str:
        return self.text("nodes.data.reason") if self.sees("nodes.data.reason") else ""

    def table(self) -> list[list[str]]:
        return find(self.root, "nodes.data.rows", StaticTable).words()

    def server(self, number: int) -> dict[str, str]:
        """Figures of a node's server."""
        return self.tiles()[number - 1].server.words()

    @property
    def warning(self) -> str:
        return find(self.root, "nodes.storage-warning", InlineNote).words()

    def logs(self) -> list[list[str]]:
        """Name, node, size, day of each log file."""
        return table_rows(self.root, "nodes.logs.table")

    def tick_log(self, *keys: str) -> None:
        table(self.root, "nodes.logs.table").model.set_checked(keys)

    @property
    def log_error(self) -> str:
        return find(self.root, "nodes.logs.error", InlineNote).words()

    @property
    def training(self) -> MenuButton:
        return find(self.root, "nodes.break", MenuButton)

    def break_something(self, entry_id: str) -> None:
        choose_action(self.root, "nodes.break", entry_id)


class Overview(PageObject):
    """The Overview page."""

    @property
    def key_status(self) -> str:
        return find(self.root, "db-overview.key-status", StatusLabel).words()

    def values(self, tile: str) -> dict[str, str]:
        return self._list(tile).words()

    def _list(self, tile: str) -> KeyValueList:
        return find(self.root, f"db-overview.{tile}", QWidget).findChildren(KeyValueList)[0]

    @property
    def not_connectable(self) -> str:
        return find(self.root, "db-overview.not-connectable", InlineNote).words()

    @property
    def command(self) -> str:
        return find(self.root, "db-overview.psql", Text).accessibleName()

    @property
    def note(self) -> str:
        return self.text("db-overview.psql-note")

    @property
    def warning(self) -> str:
        return find(self.root, "db-overview.storage-warning", InlineNote).words()

    def protection(self) -> list[list[str]]:
        return find(self.root, "db-overview.protection.table", StaticTable).words()

    def reach(self) -> list[list[str]]:
        return find(self.root, "db-overview.reach.table", StaticTable).words()

    def act(self, entry_id: str) -> None:
        choose_action(self.root, "db-overview.actions", entry_id)

    def actions(self) -> list[str]:
        return [entry.title for entry in find(self.root, "db-overview.actions", MenuButton).entries()]


class Create(PageObject):
    """The creation page."""

    PLACE = "create-postgresql"

    def fill(self, *, name: str = "ledger-db", password: str = "passWORD4User19") -> None:
        self.type(f"{self.PLACE}.service-name", name)
        self.type(f"{self.PLACE}.password", password)
        self.type(f"{self.PLACE}.confirm-password", password)

    def choose(self, field: str, choice_id: str) -> None:
        choose(self.root, f"{self.PLACE}.{field}", choice_id)

    def value(self, field: str) -> str:
        return self.field(field).value()  # type: ignore[attr-defined, no-any-return]

    def field(self, name: str) -> Field:
        return find(self.root, f"{self.PLACE}.{name}.field", Field)

    def note(self, field: str) -> str:
        return self.text(f"{self.PLACE}.{field}.note") if self.sees(f"{self.PLACE}.{field}.note") else ""

    @property
    def why_not(self) -> str:
        box = find(self.root, f"{self.PLACE}.why-not", WhyNot)
        return box.words() if box.isVisibleTo(self.root) else ""

    @property
    def price(self) -> str:
        return self.text(f"{self.PLACE}.price")

    @property
    def can_create(self) -> bool:
        return self.button(f"{self.PLACE}.create").isEnabled()

    def create(self) -> None:
        self.press(f"{self.PLACE}.create")


class Deletion(PageObject):
    """The secure-deletion checklist."""

    @property
    def headline(self) -> str:
        return find(self.root, "secure-deletion.headline", InlineNote).words()

    def half(self, number: int) -> tuple[str, list[str]]:
        """State word and steps."""
        tile = find(self.root, f"secure-deletion.half{number}", HalfTile)
        return tile.state.words(), tile.words()

    def meaning(self) -> list[tuple[str, bool]]:
        return find(self.root, "secure-deletion.meaning", MeaningTile).words()

    @property
    def left(self) -> str:
        return find(self.root, "secure-deletion.left.words", Prose).words()

    @property
    def finish(self) -> str:
        button = self.button("secure-deletion.finish")
        return button.text() if button.isVisibleTo(self.root) else ""

    def confirm(self, dialog: str, name: str) -> None:
        """Types the name into an open dialog and presses its last button."""
        top = self.root.window()
        write(top, f"{dialog}.typed", name)
        press(top, f"{dialog}.accept")


def unnamed(root: QWidget) -> list[str]:
    """Interactive widgets in sight that have no automation name or no accessible name."""
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit

    kinds: tuple[Any, ...] = (QAbstractButton, QLineEdit, QAbstractItemView)
    found = [widget for kind in kinds for widget in root.findChildren(kind)]
    return [
        f"{type(widget).__name__} {widget.objectName()!r}"
        for widget in found
        if widget.isVisibleTo(root)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and (not widget.objectName() or not widget.accessibleName())
    ]
