"""Which log files are shown: of which node, of which kind, of which days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kyok.domain.translation import noted, tr
from kyok_gui.pages.database.log_rows import AUDIT, SERVER, LogRow
from kyok_gui.widgets import Choice, SelectField, TextField, row_of

EVERY = "all"
_WRONG = noted("A day like 2026-11-23.")
_ORDER = noted("The end is before the start.")


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What was chosen; None: from the first day on, to the last."""

    node: int | None = None
    kind: str = ""
    begin: date | None = None
    end: date | None = None

    def shows(self, rows: Iterable[LogRow]) -> list[LogRow]:
        """The files that fit. One without a day fits every one."""
        return [row for row in rows if self._fits(row)]

    def _fits(self, row: LogRow) -> bool:
        if self.node not in (None, row.node) or self.kind not in ("", row.kind):
            return False
        after = self.begin is None or row.day is None or row.day >= self.begin
        return after and (self.end is None or row.day is None or row.day <= self.end)


class LogFilterBar(QWidget):
    """Node, kind, start date, end date."""

    changed = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        nodes = [
            Choice(EVERY, tr("All nodes")),
            *(Choice(str(number), tr("Node {number}", number=number)) for number in (1, 2, 3)),
        ]
        kinds = [Choice(EVERY, tr("All kinds")), Choice(SERVER, tr(SERVER)), Choice(AUDIT, tr(AUDIT))]
        self.node = SelectField(tr("Node"), name=f"{name}.node", choices=nodes, value=EVERY)
        self.kind = SelectField(tr("Kind"), name=f"{name}.kind", choices=kinds, value=EVERY)
        self.begin = TextField(tr("Start date"), name=f"{name}.begin", placeholder="YYYY-MM-DD")
        self.end = TextField(tr("End date"), name=f"{name}.end", placeholder="YYYY-MM-DD")
        for select in (self.node, self.kind):
            select.chosen.connect(lambda _: self.changed.emit())
        for field in (self.begin, self.end):
            field.changed.connect(lambda _: self.changed.emit())
        self.setLayout(row_of(self.node, self.kind, self.begin, self.end))

    def value(self) -> LogFilter:
        """The filter; a day that cannot be read does not filter, and says so."""
        begin, end = self._day(self.begin), self._day(self.end)
        if begin is not None and end is not None and end < begin:
            self.end.set_error(tr(_ORDER))
        node, kind = self.node.value(), self.kind.value()
        return LogFilter(int(node) if node.isdecimal() else None, kind if kind in (SERVER, AUDIT) else "", begin, end)

    @staticmethod
    def _day(field: TextField) -> date | None:
        text = field.value().strip()
        try:
            found = date.fromisoformat(text) if text else None
        except ValueError:
            field.set_error(tr(_WRONG))
            return None
        field.set_error("")
        return found
