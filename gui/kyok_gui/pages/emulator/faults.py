"""Breaking things, and undoing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kyok.domain.cluster import FaultKind
from kyok.domain.databases import NODES
from kyok.domain.regions import REGIONS
from kyok.domain.roles import EMULATOR_MANAGE
from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.pages.database.parts import PageTile
from kyok_gui.pages.emulator.fault_words import EVERY, FAULT_COLUMNS, KINDS, FaultRow, kind_choices, row_of
from kyok_gui.widgets import (
    Button,
    Choice,
    DataTable,
    EmptyState,
    MenuEntry,
    NumberField,
    SelectField,
    TableModel,
    Text,
)

if TYPE_CHECKING:
    from kyok.client.records.emulator import Fault

_NAME = "emulator.fault"


class FaultForm(PageTile):
    """What is to break: the fields follow the kind of fault."""

    started = Signal(object, object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(tr("Break something"), _NAME)
        self._context = context
        self._kind = SelectField(
            tr("Fault"), name=f"{_NAME}.kind", choices=kind_choices(), value=FaultKind.ZONE_CUT, on="tile"
        )
        self._fields: dict[str, QWidget] = {
            "zone": SelectField(tr("Zone"), name=f"{_NAME}.zone", on="tile"),
            "key-service": SelectField(tr("Key service instance"), name=f"{_NAME}.instance", on="tile"),
            "one-key-service": SelectField(tr("Key service instance"), name=f"{_NAME}.hsm", on="tile"),
            "database": SelectField(tr("Database instance"), name=f"{_NAME}.database", on="tile"),
            "node": SelectField(
                tr("Node"),
                name=f"{_NAME}.node",
                on="tile",
                value="1",
                choices=[Choice(str(number), tr("Node {number}", number=number)) for number in range(1, NODES + 1)],
            ),
            "milliseconds": NumberField(
                tr("Late by, ms"),
                name=f"{_NAME}.milliseconds",
                minimum=1,
                maximum=30_000,
                value=800,
                step=100,
                unit="ms",
                on="tile",
            ),
            "percent": NumberField(
                tr("Failing requests, %"),
                name=f"{_NAME}.percent",
                minimum=1,
                maximum=100,
                value=50,
                step=10,
                unit="%",
                on="tile",
            ),
        }
        self._blocked = ""
        self._effect = Text("", "bodyCompact01", "secondary", wrap=True, name=f"{_NAME}.effect")
        self._reason = Text("", "label01", "helper", wrap=True, name=f"{_NAME}.reason")
        self.start = Button(tr("Start fault"), "danger-tertiary", name=f"{_NAME}.start", icon="unlink")
        self._lay_out()
        self._kind.chosen.connect(lambda _: self._show_kind())
        self.start.clicked.connect(self._start)
        context.directory.changed.connect(self.show_instances)
        context.rights.guard(self.start, EMULATOR_MANAGE)
        self.show_instances()

    def _lay_out(self) -> None:
        self.body.addWidget(self._kind)
        self.body.addWidget(self._effect)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in self._fields.values():
            row.addWidget(widget, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._reason)
        foot = QHBoxLayout()
        foot.addWidget(self.start)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def show_instances(self) -> None:
        """Offers what there is to break."""
        entries = self._context.directory.entries
        keys = [Choice(entry.guid, entry.name, entry.region) for entry in entries if entry.side == "kms"]
        databases = [Choice(entry.guid, entry.name, entry.region) for entry in entries if entry.side == "database"]
        used = {entry.region for entry in entries}
        regions = [region for region in REGIONS if region.id in used] or list(REGIONS[:1])
        zones = [Choice(zone, zone) for region in regions for zone in region.zones]
        self._offer("zone", zones)
        self._offer("key-service", [Choice(EVERY, tr("Every key service")), *keys])
        self._offer("one-key-service", keys)
        self._offer("database", databases)
        self._show_kind()

    def _offer(self, field: str, choices: Sequence[Choice]) -> None:
        widget = self._fields[field]
        if not isinstance(widget, SelectField):
            return
        if not choices:
            widget.set_blocked(tr("There is none yet"))
            return
        before = widget.value()
        widget.set_choices(list(choices))
        known = {choice.id for choice in choices}
        widget.set_value(before if before in known else choices[0].id)

    @property
    def kind(self) -> FaultKind:
        """The chosen kind."""
        return FaultKind(self._kind.value())

    def _show_kind(self) -> None:
        words = KINDS[self.kind]
        for name, widget in self._fields.items():
            widget.setVisible(name in words.needs)
        self._effect.setText(tr(words.noted_effect))
        problem = self._problem()
        self.start.set_enabled_because(not problem, problem)
        self._reason.setText(problem)
        self._reason.setVisible(bool(problem))

    def set_blocked(self, reason: str) -> None:
        """Why nothing can be broken now; empty when something can."""
        self._blocked = reason
        self._show_kind()

    def _problem(self) -> str:
        if self._blocked:
            return self._blocked
        needs = KINDS[self.kind].needs
        if "one-key-service" in needs and not self._value("one-key-service"):
            return tr("There is no key service instance yet.")
        if "database" in needs and not self._value("database"):
            return tr("There is no database instance yet.")
        return ""

    def _value(self, field: str) -> Any:
        widget = self._fields[field]
        return widget.value() if isinstance(widget, SelectField | NumberField) else None

    def _start(self) -> None:
        target: dict[str, Any] = {}
        for field in KINDS[self.kind].needs:
            value = self._value(field)
            name = "instance" if field in ("key-service", "one-key-service") else field
            if value != EVERY:
                target[name] = int(value) if field == "node" else value
        self.started.emit(self.kind, target)


class FaultTable(QWidget):
    """What is broken now."""

    undo = Signal(str)
    undo_all = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._blocked = ""
        self.model = TableModel[FaultRow](FAULT_COLUMNS, key=lambda row: row.id, parent=self)
        self.table = DataTable(
            self.model,
            name="emulator.faults",
            accessible=tr("Faults in force"),
            noun=("fault in force", "faults in force"),
            fits=True,
            row_menu=self._menu,
        )
        self.all = self.table.toolbar.set_primary(tr("Undo all"), "undo", name="emulator.faults.undo-all")
        self.all.clicked.connect(self.undo_all)
        context.rights.guard(self.all, EMULATOR_MANAGE)
        self.table.set_empty(
            EmptyState(
                "",
                tr("Nothing is broken"),
                tr("Faults that are started here or on a Nodes page are listed here."),
                name="emulator.faults.empty",
            )
        )
        self.table.menu_chosen.connect(lambda row, _: self.undo.emit(row.id))
        self.table.set_loading(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def _menu(self, row: FaultRow) -> list[MenuEntry]:
        reason = self._blocked or self._context.rights.reason(EMULATOR_MANAGE)
        return [MenuEntry("undo", tr("Undo"), icon="undo", reason=reason)]

    def set_blocked(self, reason: str) -> None:
        """Why nothing can be undone now; empty when it can."""
        self._blocked = reason
        self.all.set_enabled_because(not reason, reason)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Shows the faults, newest first."""
        now, name_of = self._context.clock.now(), self._context.directory.name_of
        rows = [row_of(fault, name_of, now) for fault in faults]
        self.table.set_loading(False)
        self.model.set_rows(rows[::-1])
